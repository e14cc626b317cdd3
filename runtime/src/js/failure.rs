//! From what code throws to errors (connector.md 16).

use std::sync::Arc;

use rquickjs::{Ctx, Object as JsObject, String as JsString, Value as JsValue};

use super::convert::{Refusal, read_text};
use super::limits::JsLimits;
use super::realm::{Guard, Realm, Tool};
use crate::error::{Error, ErrorKind};

/// Longer messages are cut, as lines of the log are.
const MOST_CHARS: usize = 4096;

/// The code that runs, in the words of its errors.
pub(super) struct Subject<'a> {
    /// Such as ``custom function `total` ``.
    pub(super) what: &'a str,
    /// The name that its source has in the interpreter.
    pub(super) file: &'a str,
    /// What bounds it.
    pub(super) limits: &'a JsLimits,
    /// Knows whether it was stopped.
    pub(super) guard: &'a Arc<Guard>,
    /// Its source.
    pub(super) source: &'a str,
    /// The interpreter puts this many bytes before the first line.
    pub(super) before: usize,
}

impl Subject<'_> {
    /// The error of a value that is no data, or of the exception behind it.
    pub(super) fn refused(&self, ctx: &Ctx<'_>, refusal: Refusal) -> Error {
        match refusal {
            Refusal::Thrown(error) => self.thrown(ctx, &error),
            Refusal::NotData(_) if self.guard.was_stopped() => self.stopped(),
            Refusal::NotData(reason) => self.error(ErrorKind::Runtime, &reason),
        }
    }

    /// The error of what the interpreter reports; takes the waiting exception.
    pub(super) fn thrown(&self, ctx: &Ctx<'_>, error: &rquickjs::Error) -> Error {
        if !matches!(error, rquickjs::Error::Exception) {
            let lost = self.guard.was_stopped();
            return if lost { self.stopped() } else { self.error(ErrorKind::Runtime, &error.to_string()) };
        }
        let value = ctx.catch();
        self.exception(ctx, &value)
    }

    /// The error of a value that was thrown, or that a promise was rejected with.
    pub(super) fn exception<'js>(&self, ctx: &Ctx<'js>, value: &JsValue<'js>) -> Error {
        if self.guard.was_stopped() {
            return self.stopped();
        }
        let read = Realm::of(ctx).and_then(|realm| match value.as_object().filter(|_| value.is_error()) {
            Some(error) => self.error_of(&realm, error),
            None if value.is_null() => Ok(self.threw_null()),
            None => Ok(self.error(ErrorKind::Runtime, &format!("threw {}", describe(&realm, value)?))),
        });
        // Reading a thrown value may throw, and be stopped, in turn.
        if self.guard.was_stopped() {
            return self.stopped();
        }
        read.unwrap_or_else(|_| {
            let _ = ctx.catch();
            self.error(ErrorKind::Runtime, "threw a value that cannot be read")
        })
    }

    /// The interpreter throws null itself when it has no memory left for an error.
    fn threw_null(&self) -> Error {
        let most = self.limits.memory_bytes();
        let message = format!("threw null, as happens when more than {most} bytes of memory are needed");
        self.error(ErrorKind::Runtime, &message)
    }

    /// The error of code that ran out of time.
    pub(super) fn stopped(&self) -> Error {
        let time = self.limits.time_limit();
        self.error(ErrorKind::Timeout, &format!("did not end within {time:?}"))
    }

    pub(super) fn error(&self, kind: ErrorKind, message: &str) -> Error {
        let end = message.char_indices().nth(MOST_CHARS).map_or(message.len(), |(end, _)| end);
        Error::new(kind, format!("{}: {}", self.what, message.get(..end).unwrap_or_default()))
    }

    fn error_of<'js>(&self, realm: &Realm<'js>, error: &JsObject<'js>) -> rquickjs::Result<Error> {
        let member = |name: &str| -> rquickjs::Result<String> {
            match error.get::<_, JsValue<'js>>(name)?.as_string() {
                Some(text) => read_text(realm, text),
                None => Ok(String::new()),
            }
        };
        let (name, mut message) = (member("name")?, member("message")?);
        let kind = ErrorKind::from_name(&name);
        if name == "InternalError" && message == "out of memory" {
            message = format!("needs more than {} bytes of memory", self.limits.memory_bytes());
        } else if kind == ErrorKind::Runtime && !name.is_empty() && name != "Error" && name != kind.name() {
            message = format!("{name}: {message}");
        }
        let place = place_in(&member("stack")?, self.file);
        let Some((line, column)) = place else { return Ok(self.error(kind, &message)) };
        let column = column_in(self.source, line, column, self.before);
        Ok(self.error(kind, &format!("line {line}, column {column}: {message}")))
    }
}

/// A thrown value that is no error, in few words.
fn describe<'js>(realm: &Realm<'js>, value: &JsValue<'js>) -> rquickjs::Result<String> {
    if value.is_function() {
        return Ok("a function".to_owned());
    }
    let text: JsString<'js> = realm.tool(Tool::Describe)?.call((value.clone(),))?;
    let mut text = read_text(realm, &text)?;
    if let Some((end, _)) = text.char_indices().nth(200) {
        text.truncate(end);
    }
    Ok(text)
}

/// Line and column of the innermost frame of `file` in a stack trace.
pub(super) fn place_in(stack: &str, file: &str) -> Option<(usize, usize)> {
    stack.lines().find_map(|frame| {
        let at = frame.find(file)?;
        let mut numbers = frame.get(at + file.len()..)?.strip_prefix(':')?.trim_end_matches(')').split(':');
        Some((numbers.next()?.parse().ok()?, numbers.next().and_then(|text| text.parse().ok()).unwrap_or(1)))
    })
}

/// The column in characters of one that the interpreter counts in bytes, `before` of which it puts before the source.
pub(super) fn column_in(source: &str, line: usize, column: usize, before: usize) -> usize {
    let column = if line == 1 { column.saturating_sub(before).max(1) } else { column };
    let text = source.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    match text.get(..column.saturating_sub(1)) {
        Some(bytes) => bytes.chars().count() + 1,
        None => column,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters() {
        assert_eq!(column_in("é + x", 1, 10, 4), 5);
        assert_eq!(column_in("a\nčaj + x", 2, 8, 4), 7);
        assert_eq!(column_in("a", 1, 2, 4), 1);
        assert_eq!(column_in("a", 9, 3, 4), 3);
    }

    #[test]
    fn finds_the_innermost_frame_of_a_file() {
        let stack = "    at map (native)\n    at inner (total.js:4:11)\n    at total (total.js:9:3)\n";
        assert_eq!(place_in(stack, "total.js"), Some((4, 11)));
        assert_eq!(place_in("    at total.js:4:11\n", "total.js"), Some((4, 11)));
        assert_eq!(place_in(stack, "other.js"), None);
    }
}

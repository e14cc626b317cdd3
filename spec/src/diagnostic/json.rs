//! Diagnostics for tools.

use super::Diagnostic;
use crate::json::quote;
use crate::source::SourceMap;

/// Writes diagnostics for tools: one JSON object on a line of its own for each.
///
/// Keys: `code` (`"LP0201"`), `name`, `level` (`"error"`, `"warning"`, `"note"`), `message`, `file`, `start` and `end`
/// (each with `line` and `column`, 1-based and in characters, and `offset`, 0-based and in bytes; `end` is exclusive),
/// `pointer`, `label`, `help`. What a diagnostic does not have is null.
///
/// ```
/// # use linchpin_spec::diagnostic::{Code, Diagnostic, render_json};
/// # use linchpin_spec::source::SourceMap;
/// let found = [Diagnostic::new(Code::FileNotFound, "there is no file `a.json`", None)];
/// let line = render_json(&found, &SourceMap::new());
/// assert!(line.starts_with(r#"{"code":"LP0001","name":"file-not-found","level":"error","#));
/// ```
pub fn render_json(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        object(&mut out, diagnostic, sources);
        out.push('\n');
    }
    out
}

fn object(out: &mut String, diagnostic: &Diagnostic, sources: &SourceMap) {
    let info = diagnostic.code.info();
    let file = diagnostic.span.map(|span| sources.file(span.file));
    let path = file.map(|file| file.path().display().to_string());
    let place = |offset: u32| {
        file.map(|file| {
            let (line, column) = file.position(offset);
            format!(r#"{{"line":{line},"column":{column},"offset":{offset}}}"#)
        })
    };
    let members = [
        ("code", Some(quoted(info.id))),
        ("name", Some(quoted(info.name))),
        ("level", Some(quoted(diagnostic.level.name()))),
        ("message", Some(quoted(&diagnostic.message))),
        ("file", path.as_deref().map(quoted)),
        ("start", diagnostic.span.and_then(|span| place(span.start))),
        ("end", diagnostic.span.and_then(|span| place(span.end))),
        ("pointer", diagnostic.pointer.as_deref().map(quoted)),
        ("label", diagnostic.label.as_deref().map(quoted)),
        ("help", diagnostic.help.as_deref().map(quoted)),
    ];
    for (at, (name, value)) in members.into_iter().enumerate() {
        out.push(if at == 0 { '{' } else { ',' });
        out.push_str(&quoted(name));
        out.push(':');
        out.push_str(value.as_deref().unwrap_or("null"));
    }
    out.push('}');
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(text, &mut out);
    out
}

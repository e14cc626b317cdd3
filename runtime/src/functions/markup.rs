//! Text and markup: HTML and Markdown (iml.md 9.2).

use std::borrow::Cow;

use super::args::Call;
use crate::error::Error;
use crate::scope::Site;
use crate::value::Value;

/// `stripHTML(text) → text`: the text without HTML.
///
/// Styles and scripts go with their content, line breaks become line feeds, comments and tags go, entities stay. A
/// `<` that opens no tag is text. Nullish gives null (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let html = Value::from("<p title='a > b'>1 &lt; 2<br>and 3 < 4</p>");
/// assert_eq!(functions::strip_html(scope.at("doc"), &[&html])?, Value::from("1 &lt; 2\nand 3 < 4"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn strip_html(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let text = Call::new(site, "stripHTML", args).text(0);
    Ok(text.map_or(Value::Null, |text| Value::from(strip(&text))))
}

/// `escapeHTML(text) → text`: `&`, `<` and `>` become entities, nothing else does. Nullish gives null (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let text = Value::from("R&D <\"new\">");
/// assert_eq!(functions::escape_html(scope.at("doc"), &[&text])?, Value::from("R&amp;D &lt;\"new\"&gt;"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn escape_html(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let entity = |char| match char {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => None,
    };
    Ok(escaped(&Call::new(site, "escapeHTML", args), entity))
}

/// `escapeMarkdown(text) → text`: characters with a meaning in Markdown become entities. Nullish gives null.
///
/// These are `#`, `*`, `_`, `` ` ``, `|`, `~`, `\`, square, round and pointed brackets (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let text = Value::from("2 * 3");
/// assert_eq!(functions::escape_markdown(scope.at("doc"), &[&text])?, Value::from("2 &#42; 3"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn escape_markdown(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let entity = |char| match char {
        '#' => Some("&#35;"),
        '*' => Some("&#42;"),
        '_' => Some("&#95;"),
        '`' => Some("&#96;"),
        '|' => Some("&#124;"),
        '~' => Some("&#126;"),
        '\\' => Some("&#92;"),
        '[' => Some("&#91;"),
        ']' => Some("&#93;"),
        '(' => Some("&#40;"),
        ')' => Some("&#41;"),
        '<' => Some("&#60;"),
        '>' => Some("&#62;"),
        _ => None,
    };
    Ok(escaped(&Call::new(site, "escapeMarkdown", args), entity))
}

/// The text with entities in place of some characters; the same value where there are none of them.
fn escaped(call: &Call<'_>, entity: impl Fn(char) -> Option<&'static str>) -> Value {
    let Some(text) = call.text(0) else { return Value::Null };
    let mut out = String::new();
    let mut rest = &*text;
    while let Some(at) = rest.find(|char| entity(char).is_some()) {
        out.push_str(rest.get(..at).unwrap_or_default());
        let mut chars = rest.get(at..).unwrap_or_default().chars();
        out.push_str(chars.next().and_then(&entity).unwrap_or_default());
        rest = chars.as_str();
    }
    match (out.is_empty(), call.value(0)) {
        (true, same @ Value::Text(_)) => same.clone(),
        _ => {
            out.push_str(rest);
            Value::from(out)
        }
    }
}

/// The steps are those of the rule, one after the other: what a step leaves is what the next one sees.
fn strip(html: &str) -> String {
    let (mut style, mut script) = (Closing::default(), Closing::default());
    let element =
        |rest: &str| style.element_end(rest, "style").or_else(|| script.element_end(rest, "script"));
    let without_elements = cut(html, element, "");
    let with_breaks = cut(&without_elements, |rest| opening_end(rest, "br"), "\n");
    let mut comment = Closing::default();
    let without_comments = cut(&with_breaks, |rest| comment.comment_end(rest), "");
    cut(&without_comments, tag_end, "").into_owned()
}

/// Puts something else in place of pieces from `<` to `>`; `end` gives the end of one at the start of a text.
fn cut<'a>(text: &'a str, mut end: impl FnMut(&str) -> Option<usize>, instead: &str) -> Cow<'a, str> {
    let limit = text.rfind('>').map_or(0, |last| last + 1);
    let mut out = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(start) = text.get(at..limit).and_then(|rest| rest.find('<')).map(|start| at + start) {
        let Some(length) = text.get(start..).and_then(&mut end) else {
            at = start + 1;
            continue;
        };
        out.push_str(text.get(copied..start).unwrap_or_default());
        out.push_str(instead);
        copied = start + length;
        at = copied;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// Searches what closes a piece. Where there was none once there is none further on, and no search is repeated: so
/// many openings without an end take no more time than one.
#[derive(Default)]
struct Closing {
    is_missing: bool,
}

impl Closing {
    /// The end of an element with its content, if `text` begins with one of this name.
    fn element_end(&mut self, text: &str, name: &str) -> Option<usize> {
        if self.is_missing {
            return None;
        }
        let open = opening_end(text, name)?;
        let end = closing_end(text, open, name);
        self.is_missing = end.is_none();
        end
    }

    fn comment_end(&mut self, text: &str) -> Option<usize> {
        if self.is_missing {
            return None;
        }
        let inside = text.strip_prefix("<!--")?;
        let end = inside.find("-->").map(|end| 4 + end + 3);
        self.is_missing = end.is_none();
        end
    }
}

/// The end of the first closing tag of this name at or after `at`.
fn closing_end(text: &str, mut at: usize, name: &str) -> Option<usize> {
    loop {
        at += text.get(at..)?.find("</")? + 2;
        let after = at + name.len();
        let is_closing = text.get(at..after).is_some_and(|found| found.eq_ignore_ascii_case(name));
        if is_closing && text.get(after..)?.starts_with(|char: char| char == '>' || char.is_whitespace()) {
            return text.get(after..)?.find('>').map(|end| after + end + 1);
        }
    }
}

/// The end of an opening tag of this name.
fn opening_end(text: &str, name: &str) -> Option<usize> {
    let after = 1 + name.len();
    let is_name = text.get(1..after)?.eq_ignore_ascii_case(name);
    let is_whole =
        text.get(after..)?.starts_with(|char: char| matches!(char, '>' | '/') || char.is_whitespace());
    if is_name && is_whole { tag_end(text) } else { None }
}

/// The end of a tag: the first `>` that no quotes around a value of an attribute hide, or else the first one.
fn tag_end(text: &str) -> Option<usize> {
    if !text.get(1..)?.starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '/' | '!' | '?'))
    {
        return None;
    }
    let first = text.find('>')?;
    let mut quote = None;
    let mut before = b'<';
    for (at, byte) in text.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'>' => return Some(at + 1),
            None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
            None => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    Some(first + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::Function;
    use crate::functions::args::run;

    fn text(function: Function, text: &str) -> String {
        run(function, &[Value::from(text)]).unwrap().to_text().to_string()
    }

    #[test]
    fn html_is_removed_in_order() {
        let cases = [
            ("plain", "plain"),
            ("", ""),
            ("<p class=\"x\">one</p> <em>two</em>", "one two"),
            ("one<br>two<BR/>three<br class='c' >four", "one\ntwo\nthree\nfour"),
            ("<breadcrumb>x</breadcrumb>", "x"),
            ("a<style>p { }</style>b<Script src=x>if (1 < 2) { '</p>' }</SCRIPT >c", "abc"),
            ("a<script>never closed", "anever closed"),
            ("<styled>kept</styled>", "kept"),
            ("a<!-- <b>no</b> -->b<!doctype html>c<?php x ?>d", "abcd"),
            ("a<!-- open", "a<!-- open"),
            ("1 < 2 > 0 <3 <", "1 < 2 > 0 <3 <"),
            ("<a title=\"x > y\">z</a>", "z"),
            ("<a title=\"x>y</a>", "y"),
            ("it's <b>Tom's</b>", "it's Tom's"),
            ("&amp;&nbsp;", "&amp;&nbsp;"),
            ("žluť<i>ě</i>", "žluťě"),
        ];
        for (html, expected) in cases {
            assert_eq!(text(strip_html, html), expected, "{html}");
        }
    }

    #[test]
    fn hostile_html_takes_no_time() {
        for piece in
            ["<", "<a", "<a \"", "<script>", "<style></", "<!--", "<a =\"", "<br", "<script></script"]
        {
            let html = piece.repeat(20_000);
            let _ = text(strip_html, &html);
            let _ = text(strip_html, &format!("{html}>"));
        }
    }

    #[test]
    fn special_characters_become_entities() {
        assert_eq!(
            text(escape_html, "<a href='#'>\"x\" & y</a>"),
            "&lt;a href='#'&gt;\"x\" &amp; y&lt;/a&gt;"
        );
        assert_eq!(text(escape_html, "plain"), "plain");
        assert_eq!(
            text(escape_markdown, "[a](b) `c` ~d~ e\\_f <g>"),
            "&#91;a&#93;&#40;b&#41; &#96;c&#96; &#126;d&#126; e&#92;&#95;f &#60;g&#62;"
        );
        assert_eq!(text(escape_markdown, "# a | b!"), "&#35; a &#124; b!");
    }

    #[test]
    fn arguments_are_coerced() {
        for function in [strip_html as Function, escape_html, escape_markdown] {
            assert!(matches!(run(function, &[Value::Undefined]), Ok(Value::Null)));
            assert_eq!(run(function, &[Value::from(1.5)]).unwrap(), Value::from("1.5"));
            assert_eq!(run(function, &[Value::EmptyText]).unwrap(), Value::from(""));
        }
    }
}

//! From values to XML.

use super::{ATTRIBUTES, DEEPEST, VALUE, XmlError, is_name};
use crate::value::Value;

/// Writes an element, or several for a list: the inverse of [`super::parse`], compact and without a declaration.
///
/// Undefined writes nothing; null and empty text an empty element.
///
/// # Errors
/// A message that says what cannot be written: names that are no names of XML, characters that XML does not have,
/// values that are nested too deep.
pub(crate) fn write(out: &mut String, name: &str, value: &Value) -> Result<(), XmlError> {
    element(out, name, value, 0)
}

fn element(out: &mut String, name: &str, value: &Value, depth: usize) -> Result<(), XmlError> {
    if depth >= DEEPEST {
        return Err(XmlError::too_deep());
    }
    match value {
        Value::Undefined => return Ok(()),
        Value::Array(items) => return items.iter().try_for_each(|item| element(out, name, item, depth + 1)),
        _ if !is_name(name) => return Err(XmlError::new(format!("`{name}` is not a name of XML"))),
        _ => {}
    }
    out.push('<');
    out.push_str(name);
    let mut content = String::new();
    match value {
        Value::Object(object) => {
            for (key, value) in object.get(ATTRIBUTES).and_then(Value::as_object).into_iter().flatten() {
                attribute(out, key, value)?;
            }
            text(&mut content, object.get(VALUE).unwrap_or(&Value::UNDEFINED), escape_text)?;
            for (key, child) in object.iter().filter(|(key, _)| !matches!(key.as_str(), VALUE | ATTRIBUTES)) {
                element(&mut content, key, child, depth + 1)?;
            }
        }
        scalar => text(&mut content, scalar, escape_text)?,
    }
    if content.is_empty() {
        out.push_str("/>");
    } else {
        out.push('>');
        out.push_str(&content);
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
    Ok(())
}

/// Nullish attributes are left out.
fn attribute(out: &mut String, name: &str, value: &Value) -> Result<(), XmlError> {
    if value.is_nullish() {
        return Ok(());
    }
    if !is_name(name) {
        return Err(XmlError::new(format!("`{name}` is not a name of XML")));
    }
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    text(out, value, escape_attribute)?;
    out.push('"');
    Ok(())
}

fn text(out: &mut String, value: &Value, escape: fn(char) -> Option<&'static str>) -> Result<(), XmlError> {
    for char in value.text_form().chars() {
        match escape(char) {
            Some(escaped) => out.push_str(escaped),
            None if is_xml(char) => out.push(char),
            None => return Err(XmlError::new(format!("XML has no character U+{:04X}", u32::from(char)))),
        }
    }
    Ok(())
}

/// Carriage returns would be read back as line feeds.
fn escape_text(char: char) -> Option<&'static str> {
    match char {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#13;"),
        _ => None,
    }
}

/// In attributes all white space would be read back as spaces.
fn escape_attribute(char: char) -> Option<&'static str> {
    match char {
        '"' => Some("&quot;"),
        '\n' => Some("&#10;"),
        '\t' => Some("&#9;"),
        other => escape_text(other),
    }
}

fn is_xml(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

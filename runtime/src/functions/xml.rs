//! XML in templates (iml.md 10).

use super::args::Call;
use crate::codec::xml;
use crate::error::Error;
use crate::scope::Site;
use crate::value::Value;

/// `parseXML(text) → collection`: a collection with the root element.
///
/// An element without attributes and child elements is its text. Any other is a collection: `_attributes`, `_value`
/// if it has text, and the child elements as lists under their names. Blank gives null (iml.md 10, connector.md 7.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let text = Value::from("<order id='7'><item>Tea</item><item>Cup</item></order>");
/// let order = functions::parse_xml(scope.at("doc"), &[&text])?;
/// assert_eq!(order.key("order").key("item").index(2), &Value::from("Cup"));
/// assert_eq!(order.key("order").key("_attributes").key("id"), &Value::from("7"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// Text that is not well-formed XML, declares entities and uses them, or is nested deeper than 256 levels.
pub fn parse_xml(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "parseXML", args);
    if call.value(0).is_blank() {
        return Ok(Value::Null);
    }
    let text = call.value(0).text_form();
    xml::parse(&text).map_err(|problem| call.invalid(0, format_args!("the text is not XML: {problem}")))
}

/// `createXML(object) → text`: the inverse of [`parse_xml`], compact and without a declaration.
///
/// Each key is an element, lists are repeated elements, scalars are their text. Null and empty text give an empty
/// element, undefined gives none. A nullish argument gives null (iml.md 10).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let order = Value::parse_json(br#"{"order": {"item": ["Tea & milk", null]}}"#)?;
/// let text = functions::create_xml(scope.at("doc"), &[&order])?;
/// assert_eq!(text, Value::from("<order><item>Tea &amp; milk</item><item/></order>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// What is no collection; keys that cannot be names of elements; characters that XML does not have; more than 256
/// levels.
pub fn create_xml(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "createXML", args);
    if call.value(0).is_nullish() {
        return Ok(Value::Null);
    }
    let object = call.value(0).as_object().ok_or_else(|| call.invalid(0, "a collection is needed"))?;
    let mut out = String::new();
    for (name, value) in object {
        xml::write(&mut out, name, value).map_err(|problem| call.invalid(0, problem))?;
    }
    Ok(Value::from(out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::args::{run, run_json};

    #[test]
    fn blank_gives_null_and_other_values_their_text() {
        for blank in [Value::Undefined, Value::Null, Value::from("")] {
            assert!(matches!(run(parse_xml, &[blank]), Ok(Value::Null)));
        }
        let buffer = Value::from(b"<a>1</a>".to_vec());
        assert_eq!(run(parse_xml, &[buffer]).unwrap().key("a"), &Value::from("1"));
        for wrong in [Value::from(" "), Value::from(5), Value::from("<a>")] {
            let error = run(parse_xml, &[wrong]).unwrap_err();
            assert!(format!("{error:?}").contains("not XML"), "{error:?}");
        }
    }

    #[test]
    fn only_collections_are_written() {
        assert!(matches!(run(create_xml, &[Value::Undefined]), Ok(Value::Null)));
        assert_eq!(run_json(create_xml, r#"[{"a": {"b": 1}}]"#), Value::from("<a><b>1</b></a>"));
        assert_eq!(run_json(create_xml, "[{}]"), Value::from(""));
        for wrong in [Value::from("<a/>"), Value::empty_array(), Value::TRUE] {
            assert!(run(create_xml, &[wrong]).is_err());
        }
    }
}

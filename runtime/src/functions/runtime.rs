//! Functions that the app runtime adds to the language, without those that need an engine of their own (iml.md 10).

use super::args::Call;
use super::general::entry;
use crate::error::{Error, ErrorKind};
use crate::scope::Site;
use crate::value::{Object, Value};

/// `createJSON(value) → text`: JSON as `JSON.stringify` writes it; undefined gives undefined (iml.md 10, 12).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::{Object, Value}};
/// # let scope = Scope::new();
/// let task: Object = [("name", Value::from("a\"b")), ("due", Value::Undefined)].into_iter().collect();
/// let json = functions::create_json(scope.at("doc"), &[&Value::from(task)])?;
/// assert_eq!(json, Value::from(r#"{"name":"a\"b"}"#));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn create_json(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(Value::from(Call::new(site, "createJSON", args).value(0).to_json()))
}

/// `parseJSON(text | buffer) → any`: reads JSON. Nullish gives null, and a value that is no text stays as it is
/// (iml.md 10).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let value = functions::parse_json(scope.at("doc"), &[&Value::from(r#"{"a": [1, 2]}"#)])?;
/// assert_eq!(value.key("a").index(2), &Value::from(2));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// The text is not JSON.
pub fn parse_json(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "parseJSON", args);
    json(call, call.value(0))
}

fn json(call: Call<'_>, value: &Value) -> Result<Value, Error> {
    let text = match value {
        Value::Undefined | Value::Null => return Ok(Value::Null),
        Value::Text(text) => text.as_bytes(),
        Value::EmptyText => b"",
        Value::Buffer(buffer) => buffer,
        other => return Ok(other.clone()),
    };
    Value::parse_json(text).map_err(|error| call.invalid(0, error))
}

/// `isArray(value) → boolean` (iml.md 10).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::is_array(scope.at("doc"), &[&Value::empty_array()])?, Value::TRUE);
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn is_array(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(Value::from(matches!(Call::new(site, "isArray", args).value(0), Value::Array(_))))
}

/// `pop(array) → any`: the last item; undefined when there is none. The array itself is not changed (iml.md 10).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::from_iter([1, 2].map(Value::from));
/// assert_eq!(functions::pop(scope.at("doc"), &[&list])?, Value::from(2));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn pop(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let items = Call::new(site, "pop", args).value(0).as_array();
    Ok(items.and_then(<[Value]>::last).cloned().unwrap_or_default())
}

/// `shift(array) → any`: the first item; undefined when there is none. The array itself is not changed (iml.md 10).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::from_iter([1, 2].map(Value::from));
/// assert_eq!(functions::shift(scope.at("doc"), &[&list])?, Value::from(1));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn shift(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let items = Call::new(site, "shift", args).value(0).as_array();
    Ok(items.and_then(<[Value]>::first).cloned().unwrap_or_default())
}

/// `errorFactory(type, message) → error`: fails with the message and the kind that the type names (iml.md 10).
///
/// ```
/// # use linchpin::{error::ErrorKind, functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [&Value::from("DataError"), &Value::from("no such task")];
/// let error = functions::error_factory(scope.at("doc"), &args).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Data);
/// assert_eq!(error.message(), "no such task");
/// ```
///
/// # Errors
/// Always: that is what it is for.
pub fn error_factory(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "errorFactory", args);
    let kind = ErrorKind::from_name(&call.value(0).text_form());
    Err(Error::new(kind, call.value(1).text_form()).with_place(site.place))
}

/// `toDataStructure(data, [type]) → array`: the fields of a sample, each with `name`, `type` and, for collections and
/// arrays of collections, `spec`. Text is read as JSON (iml.md 10).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let fields = functions::to_data_structure(scope.at("doc"), &[&Value::from(r#"{"done": true}"#)])?;
/// assert_eq!(fields.to_json().as_deref(), Some(r#"[{"name":"done","type":"boolean"}]"#));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// The text is not JSON, or the type is not `json`.
pub fn to_data_structure(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "toDataStructure", args);
    let ty = call.value(1);
    if !ty.is_blank() && !ty.text_form().eq_ignore_ascii_case("json") {
        return Err(call.invalid(1, "the type must be json"));
    }
    let sample = json(call, call.value(0))?;
    Ok(Value::array(fields(&sample)))
}

/// The fields of a collection, or of the first collection in an array.
fn fields(sample: &Value) -> Vec<Value> {
    let object = sample.items().iter().find_map(Value::as_object);
    object.into_iter().flatten().map(|(name, value)| field(name, value)).collect()
}

fn field(name: &str, value: &Value) -> Value {
    let ty = match value {
        Value::Array(_) => "array",
        Value::Object(_) => "collection",
        Value::Number(_) => "number",
        Value::Bool(_) => "boolean",
        Value::Date(_) => "date",
        Value::Buffer(_) => "buffer",
        _ => "text",
    };
    let mut field: Object = entry("name", Value::from(name), "type", Value::text(ty));
    if value.items().iter().any(|item| matches!(item, Value::Object(_))) {
        field.insert("spec", Value::array(fields(value)));
    }
    Value::from(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::args::{run, run_json};

    #[test]
    fn json_goes_both_ways() {
        assert_eq!(
            run_json(create_json, r#"[{"b": 1, "a": [null, "é"]}]"#),
            Value::from(r#"{"b":1,"a":[null,"é"]}"#)
        );
        assert_eq!(run(create_json, &[]).unwrap(), Value::Undefined);
        assert_eq!(run_json(create_json, "[null]"), Value::from("null"));
        assert_eq!(run(parse_json, &[Value::from("[1]")]).unwrap(), Value::array(vec![Value::from(1)]));
        assert_eq!(run(parse_json, &[Value::from(b"7".to_vec())]).unwrap(), Value::from(7));
        assert_eq!(run(parse_json, &[]).unwrap(), Value::Null);
        assert_eq!(run(parse_json, &[Value::TRUE]).unwrap(), Value::TRUE);
        for wrong in [Value::from(""), Value::EmptyText, Value::from("{a: 1}")] {
            let error = run(parse_json, &[wrong]).unwrap_err().to_string();
            assert!(error.contains("parseJSON, argument 1: invalid JSON at line 1"), "{error}");
        }
    }

    #[test]
    fn ends_of_arrays() {
        assert_eq!(run_json(pop, r#"[[1, "z"]]"#), Value::from("z"));
        assert_eq!(run_json(shift, r#"[["a", 1]]"#), Value::from("a"));
        for nothing in ["[[]]", "[null]", r#"["text"]"#] {
            assert_eq!(run_json(pop, nothing), Value::Undefined);
            assert_eq!(run_json(shift, nothing), Value::Undefined);
        }
        assert_eq!(run_json(is_array, "[{}]"), Value::FALSE);
        assert_eq!(run(is_array, &[]).unwrap(), Value::FALSE);
    }

    #[test]
    fn made_errors_name_their_place() {
        let error =
            run(error_factory, &[Value::from("RateLimitError"), Value::from("slow down")]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RateLimit);
        assert_eq!(error.to_string(), "slow down (test)");
        let error = run(error_factory, &[Value::from("OddError")]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Runtime);
    }

    #[test]
    fn structures_of_samples() {
        let sample = r#"[{"n": 1, "o": {"t": "x"}, "l": [1], "lo": [{"b": false}], "e": {}, "z": null}]"#;
        assert_eq!(
            run_json(to_data_structure, sample).to_json().unwrap(),
            concat!(
                r#"[{"name":"n","type":"number"},{"name":"o","type":"collection","spec":[{"name":"t","type":"text"}]},"#,
                r#"{"name":"l","type":"array"},{"name":"lo","type":"array","spec":[{"name":"b","type":"boolean"}]},"#,
                r#"{"name":"e","type":"collection","spec":[]},{"name":"z","type":"text"}]"#
            )
        );
        assert_eq!(run_json(to_data_structure, "[5]"), Value::empty_array());
        assert!(run(to_data_structure, &[Value::from("nope")]).is_err());
        assert!(run(to_data_structure, &[Value::from("{}"), Value::from("yaml")]).is_err());
    }
}

//! The functions of the connector `forms`, in Rust.

use linchpin::{Error, Object, Scope, Value, functions};

use crate::{argument, object, or};

/// The type of a field for a property of a schema.
///
/// # Errors
/// Never.
pub fn field_type(_: &Scope, args: &[Value]) -> Result<Value, Error> {
    Ok(type_of(argument(args, 0)).into())
}

fn type_of(property: &Value) -> &'static str {
    if matches!(property.key("format").as_text(), Some("date-time" | "date")) {
        return "date";
    }
    let ty = property.key("type");
    let ty = match ty.as_array() {
        Some(several) => several.iter().find(|each| each.as_text() != Some("null")).and_then(Value::as_text),
        None => ty.as_text(),
    };
    match ty {
        Some("integer" | "number") => "number",
        Some("boolean") => "boolean",
        Some("array") => "array",
        Some("object") => "collection",
        _ => "text",
    }
}

/// The fields for a schema.
///
/// # Errors
/// Those of `capitalize`.
pub fn fields_of(scope: &Scope, args: &[Value]) -> Result<Value, Error> {
    let schema = argument(args, 0);
    let required = schema.key("required").as_array().unwrap_or_default();
    let properties = schema.key("properties").as_object().cloned().unwrap_or_default();
    let mut fields = Vec::new();
    for (name, property) in properties.iter_like_javascript() {
        let name = Value::from(name.as_str());
        let mut field = Object::new();
        let mut ty = type_of(property);
        field.set("name", name.clone());
        field.set("type", ty);
        field.set("label", or(property.key("title"), name.clone()));
        if required.contains(&name) {
            field.set("required", true);
        }
        if property.key("enum").as_array().is_some() {
            ty = "select";
            field.set("type", ty);
            let options = [property.key("enum").clone(), property.key("enumNames").clone()];
            field.set("options", options_of(scope, &options)?);
        }
        if ty == "collection" {
            field.set("spec", fields_of(scope, std::slice::from_ref(property))?);
        }
        fields.push(field.into());
    }
    Ok(Value::array(fields))
}

/// Options of a select; what has no label gets its value for one.
///
/// # Errors
/// Those of `capitalize`.
pub fn options_of(scope: &Scope, args: &[Value]) -> Result<Value, Error> {
    let labels = argument(args, 1);
    let mut options = Vec::new();
    for (value, at) in argument(args, 0).as_array().unwrap_or_default().iter().zip(1..) {
        let label = or(labels.index(at), functions::capitalize(scope.at("optionsOf"), &[value])?);
        options.push(object([("value", value.clone()), ("label", label)]));
    }
    Ok(Value::array(options))
}

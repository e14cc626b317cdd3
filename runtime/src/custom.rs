//! Functions of a connector's own that no Rust function replaces (rulings 39).

use crate::error::Error;
use crate::scope::Site;
use crate::value::Value;

/// Calls a function that the connector brings as JavaScript.
///
/// # Errors
/// Always: there is no JavaScript engine. The message says how to give the function in Rust.
pub fn custom(site: Site<'_>, name: &str, _: &[&Value]) -> Result<Value, Error> {
    Err(Error::template(
        site.place,
        format_args!(
            "function '{name}' is JavaScript, which cannot run here; give it in Rust (`functions = ..`)"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scope::Scope;

    #[test]
    fn the_error_names_the_function_and_the_place() {
        let scope = Scope::new();
        let error = custom(scope.at("a.json:1:2 url"), "getErrors", &[]).unwrap_err().to_string();
        assert!(error.contains("'getErrors'") && error.contains("a.json:1:2 url"), "{error}");
    }
}

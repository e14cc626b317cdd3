//! Custom functions of connectors: the seam between templates and what runs their code (connector.md 16).

use crate::error::Error;
use crate::scope::Site;
use crate::value::Value;

/// The custom functions of one module run.
///
/// A scope carries them to the templates: see [`Scope::set_custom`](crate::scope::Scope::set_custom). With the
/// feature `js`, [`JsFunctions::run`](crate::js::JsFunctions::run) makes them of JavaScript.
pub trait CustomFunctions: Send + Sync {
    /// Calls the function `name`.
    ///
    /// # Errors
    ///
    /// What the function throws, with its name, line and message, and the template's place.
    fn call(&self, site: Site<'_>, name: &str, args: &[&Value]) -> Result<Value, Error>;
}

/// Calls a custom function that was not replaced by one in Rust.
///
/// # Errors
///
/// Those of the function; and when the run has no custom functions.
pub fn custom(site: Site<'_>, name: &str, args: &[&Value]) -> Result<Value, Error> {
    match site.scope.custom() {
        Some(functions) => functions.call(site, name, args),
        None => Err(missing(site, name)),
    }
}

#[cold]
fn missing(site: Site<'_>, name: &str) -> Error {
    Error::template(
        site.place,
        format_args!(
            "function '{name}' is JavaScript, which cannot run here: enable the feature `js`, or give it in Rust \
             (`functions = ..`)"
        ),
    )
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

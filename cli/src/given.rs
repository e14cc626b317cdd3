//! Values that the user gives: on the command line, by the environment, at a prompt, in a file.

use std::io::{self, IsTerminal, Read};
use std::path::Path;

use linchpin::{Object, Value};

use crate::output::report;

/// `NAME=VALUE`. The value `-` stands for one that must not stand on a command line.
#[derive(Clone)]
pub(crate) struct Given {
    pub(crate) name: String,
    value: String,
}

/// Reads `NAME=VALUE`.
pub(crate) fn given(text: &str) -> Result<Given, String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => {
            Ok(Given { name: name.to_owned(), value: value.to_owned() })
        }
        // What was written may be a secret, so it is not repeated.
        _ => Err("write NAME=VALUE".to_owned()),
    }
}

impl Given {
    /// The value; for `-`, that of the variable `LINCHPIN_<kind>_<NAME>`, else what is typed or piped in.
    pub(crate) fn read(&self, kind: &str) -> Result<String, String> {
        if self.value != "-" {
            return Ok(self.value.clone());
        }
        match from_environment(kind, &self.name) {
            Some(value) => Ok(value),
            None => ask(&self.name, true),
        }
    }
}

/// The variable that holds a value: `LINCHPIN_PARAM_API_KEY` for the parameter `api-key`.
pub(crate) fn variable(kind: &str, name: &str) -> String {
    let name: String = name
        .chars()
        .map(|char| if char.is_alphanumeric() { char.to_ascii_uppercase() } else { '_' })
        .collect();
    format!("LINCHPIN_{kind}_{name}")
}

/// A value from the environment, if it is there.
pub(crate) fn from_environment(kind: &str, name: &str) -> Option<String> {
    std::env::var(variable(kind, name)).ok().filter(|value| !value.is_empty())
}

/// True when somebody sits there who can answer.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal()
}

/// Asks for a value; a secret one is not shown while it is typed. What is piped in is read line by line.
pub(crate) fn ask(label: &str, secret: bool) -> Result<String, String> {
    let failed = |error: io::Error| format!("cannot read {label}: {error}");
    if secret && can_ask() {
        return rpassword::prompt_password(format!("{label}: ")).map_err(failed);
    }
    if can_ask() {
        report(&format!("{label}: "));
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line).map_err(failed)?;
    let value = line.trim_end_matches(['\r', '\n']);
    if value.is_empty() && !can_ask() {
        return Err(format!("nothing was piped in for `{label}`"));
    }
    Ok(value.to_owned())
}

/// An object of a JSON file; `-` is the standard input.
pub(crate) fn read_object(path: &Path) -> Result<Object, String> {
    let shown = path.display();
    let mut text = Vec::new();
    let read = match path.to_str() {
        Some("-") => io::stdin().read_to_end(&mut text).map(|_| ()),
        _ => std::fs::read(path).map(|bytes| text = bytes),
    };
    read.map_err(|error| format!("{shown}: {error}"))?;
    match Value::parse_json(&text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(format!("{shown}: parameters are a JSON object")),
        Err(error) => Err(format!("{shown}: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_hold_an_equals_sign() {
        let key = given("key=a=b=").unwrap();
        assert_eq!((key.name.as_str(), key.value.as_str()), ("key", "a=b="));
        assert!(given("=x").is_err());
        assert!(!given("s3cret").err().unwrap().contains("s3cret"));
    }

    #[test]
    fn variables_have_names_that_shells_take() {
        assert_eq!(variable("PARAM", "api-key"), "LINCHPIN_PARAM_API_KEY");
        assert_eq!(variable("COMMON", "clientId"), "LINCHPIN_COMMON_CLIENTID");
    }
}

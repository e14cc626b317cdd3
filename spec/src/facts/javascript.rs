//! What of a connector is JavaScript that runs (connector.md 16 and 18).

use std::collections::BTreeSet;

use crate::check::walk;
use crate::iml::usage::Usage;
use crate::model::Connector;

/// The custom functions that templates call. `in_rust` tells those that are given in Rust, which do not count.
pub fn called_functions<'a>(connector: &'a Connector, in_rust: &dyn Fn(&str) -> bool) -> BTreeSet<&'a str> {
    let names: BTreeSet<&str> = connector.functions.iter().map(|function| &*function.id.value).collect();
    let mut called = BTreeSet::new();
    if names.is_empty() {
        return called;
    }
    walk::templates(connector, &mut |template, _| {
        let calls = Usage::of(template).calls;
        let custom = calls.iter().filter_map(|call| names.get(call.name).copied());
        called.extend(custom.filter(|name| !in_rust(name)));
    });
    called
}

/// Whether a client of the connector runs JavaScript: the runtime's feature `js` is needed then (rulings 18).
pub fn runs_javascript(connector: &Connector) -> bool {
    connector.modules.iter().any(|module| module.code.is_some())
        || !connector.data_sources.is_empty()
        || !called_functions(connector, &|_| false).is_empty()
}

/// The parameter that gives code at run time: code that is nothing but `{{parameters.name}}` (rulings 41).
///
/// As JavaScript, such a text would export nothing, so no code is mistaken for it.
pub fn code_parameter(code: &str) -> Option<&str> {
    let path = code.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
    let name = path.strip_prefix("parameters.")?;
    let is_name = !name.is_empty() && name.chars().all(|char| char.is_alphanumeric() || char == '_');
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::code_parameter;

    #[test]
    fn code_may_come_from_a_parameter() {
        assert_eq!(code_parameter(" {{ parameters.code }}\n"), Some("code"));
        for code in [
            "module.exports = 1",
            "{{a}}",
            "{{parameters.a + 1}}",
            "{{parameters.a.b}}",
            "{{parameters.}}",
            "",
        ] {
            assert_eq!(code_parameter(code), None, "{code}");
        }
    }
}

//! What of a connector needs JavaScript when it runs (connector.md 16 and 18, rulings 18).

use std::collections::BTreeSet;

use linchpin_spec::check::walk;
use linchpin_spec::iml::usage::Usage;
use linchpin_spec::model::{Connector, Function};

/// The part of a client that runs JavaScript.
pub(crate) struct JavaScript<'a> {
    /// The custom functions, if templates call one of them that is not given in Rust. Then code may call all of them.
    pub(crate) functions: &'a [Function],
    /// What needs the interpreter, in words; empty when nothing does.
    pub(crate) reasons: Vec<String>,
}

/// Finds out what `connector`, reduced to what is kept, runs in JavaScript. `in_rust` tells functions that are given
/// in Rust.
pub(crate) fn javascript<'a>(connector: &'a Connector, in_rust: &dyn Fn(&str) -> bool) -> JavaScript<'a> {
    let called = called(connector, in_rust);
    let mut reasons = Vec::new();
    reasons.extend(named("custom function", called.iter().copied()));
    let modules = connector.modules.iter().filter(|module| module.code.is_some());
    reasons.extend(named("module", modules.map(|module| module.id.value.as_str())));
    reasons
        .extend(named("data source", connector.data_sources.iter().map(|source| source.id.value.as_str())));
    JavaScript { functions: if called.is_empty() { &[] } else { &connector.functions }, reasons }
}

/// Custom functions that templates call and that are not given in Rust.
fn called<'a>(connector: &'a Connector, in_rust: &dyn Fn(&str) -> bool) -> BTreeSet<&'a str> {
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

/// Such as ``the modules `a` and 3 more``.
fn named<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<&str> = names.collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("the {what} `{one}`")),
        [first, rest @ ..] => Some(format!("the {what}s `{first}` and {} more", rest.len())),
    }
}

/// The parameter that gives code at run time: code that is nothing but `{{parameters.name}}` (rulings 41).
///
/// As JavaScript, such a text would export nothing, so no code is mistaken for it.
pub(crate) fn code_parameter(code: &str) -> Option<&str> {
    let path = code.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
    let name = path.strip_prefix("parameters.")?;
    name.chars().all(|char| char.is_alphanumeric() || char == '_').then_some(name)
}

#[cfg(test)]
mod tests {
    use super::code_parameter;

    #[test]
    fn code_may_come_from_a_parameter() {
        assert_eq!(code_parameter(" {{ parameters.code }}\n"), Some("code"));
        for code in ["module.exports = 1", "{{a}}", "{{parameters.a + 1}}", "{{parameters.a.b}}", ""] {
            assert_eq!(code_parameter(code), None, "{code}");
        }
    }
}

//! What of a connector needs JavaScript when it runs (connector.md 16 and 18, rulings 18).

use linchpin_spec::facts;
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
    let called = facts::called_functions(connector, in_rust);
    let mut reasons = Vec::new();
    reasons.extend(named("custom function", called.iter().copied()));
    let modules = connector.modules.iter().filter(|module| module.code.is_some());
    reasons.extend(named("module", modules.map(|module| module.id.value.as_str())));
    reasons
        .extend(named("data source", connector.data_sources.iter().map(|source| source.id.value.as_str())));
    JavaScript { functions: if called.is_empty() { &[] } else { &connector.functions }, reasons }
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

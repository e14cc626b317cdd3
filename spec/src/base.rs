//! Inheritance from base (connector.md 5): pure functions from two JSON trees to one, spans kept.
//!
//! The merge happens on the definition, before any template is looked at. An own value always wins; what the
//! rules settle is how much of the base's value survives beside it.

use crate::json::{Kind, Member, Node};
use crate::read::canonical;

/// How the values of one directive are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// Objects are merged recursively; anything else is replaced.
    Deep,
    /// Objects are merged key by key, whole values replaced.
    Keys,
    /// Like `Keys`; keys differ only by more than their case.
    Headers,
    /// Lists are joined, without repetitions.
    Union,
    /// Objects whose keys have rules of their own; other keys are `Deep`.
    Fields(&'static [(&'static str, Rule)]),
}

/// The rules of a request. Directives that are not named here hold scalars, or objects that merge deeply.
const REQUEST: &[(&str, Rule)] = &[
    ("headers", Rule::Headers),
    ("qs", Rule::Keys),
    ("body", Rule::Deep),
    ("temp", Rule::Deep),
    ("oauth", Rule::Keys),
    ("aws", Rule::Keys),
    ("log", Rule::Fields(LOG)),
    ("pagination", Rule::Fields(PAGINATION)),
    ("response", Rule::Fields(RESPONSE)),
];

const LOG: &[(&str, Rule)] = &[("sanitize", Rule::Union)];

const PAGINATION: &[(&str, Rule)] = &[("headers", Rule::Headers), ("qs", Rule::Keys), ("body", Rule::Deep)];

const RESPONSE: &[(&str, Rule)] = &[
    ("temp", Rule::Deep),
    ("data", Rule::Deep),
    ("error", Rule::Deep),
    ("valid", Rule::Deep),
    ("type", Rule::Deep),
    ("iterate", Rule::Deep),
    ("output", Rule::Deep),
];

/// The key of a spread (connector.md 1, rule 3).
const SPREAD: &str = "{{...}}";

/// A request that inherits from `base`. The result stands where `own` does.
pub(crate) fn merge(base: &Node, own: &Node) -> Node {
    merge_by(Rule::Fields(REQUEST), base, own)
}

/// Signing options of an OAuth 1 phase over those of the whole connection (connector.md 10.5).
pub(crate) fn merge_options(base: &Node, own: &Node) -> Node {
    merge_by(Rule::Keys, base, own)
}

fn merge_by(rule: Rule, base: &Node, own: &Node) -> Node {
    match (&base.kind, &own.kind) {
        (Kind::Object(inherited), Kind::Object(members)) => {
            Node { kind: Kind::Object(merge_members(rule, inherited, members)), span: own.span }
        }
        (Kind::Array(inherited), Kind::Array(items)) if rule == Rule::Union => {
            let extra = items.iter().filter(|item| !inherited.contains(item));
            Node { kind: Kind::Array(inherited.iter().chain(extra).cloned().collect()), span: own.span }
        }
        _ => own.clone(),
    }
}

/// Base's members keep their places, own ones are added behind. Where either side spreads a collection, place
/// decides who wins when the request is built: then all own members come behind all inherited ones.
fn merge_members(rule: Rule, base: &[Member], own: &[Member]) -> Vec<Member> {
    let spreads = base.iter().chain(own).any(|member| &*member.key.value == SPREAD);
    let merged = |member: &Member, inherited: Option<&Member>| match inherited {
        Some(inherited) => Member {
            key: member.key.clone(),
            value: merge_value(rule, &member.key.value, &inherited.value, &member.value),
        },
        None => member.clone(),
    };
    let mut result = Vec::with_capacity(base.len() + own.len());
    for inherited in base {
        match own.iter().find(|member| same_key(rule, &member.key.value, &inherited.key.value)) {
            None => result.push(inherited.clone()),
            Some(member) if !spreads => result.push(merged(member, Some(inherited))),
            Some(_) => {}
        }
    }
    for member in own {
        let inherited = base.iter().find(|other| same_key(rule, &member.key.value, &other.key.value));
        if spreads || inherited.is_none() {
            result.push(merged(member, inherited));
        }
    }
    result
}

fn merge_value(rule: Rule, key: &str, base: &Node, own: &Node) -> Node {
    match rule {
        Rule::Deep => merge_by(Rule::Deep, base, own),
        Rule::Keys | Rule::Headers | Rule::Union => own.clone(),
        Rule::Fields(rules) => {
            let key = canonical(key);
            let rule = rules.iter().find(|(name, _)| *name == key).map_or(Rule::Deep, |(_, rule)| *rule);
            merge_by(rule, base, own)
        }
    }
}

fn same_key(rule: Rule, left: &str, right: &str) -> bool {
    match rule {
        Rule::Headers => left.eq_ignore_ascii_case(right),
        // Aliases of one directive are one key, or the base's spelling would survive beside the own one.
        Rule::Fields(_) => canonical(left) == canonical(right),
        Rule::Deep | Rule::Keys | Rule::Union => left == right,
    }
}

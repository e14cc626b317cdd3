//! JSON without places: samples, and what is constant in a connector.

use linchpin_spec::json::{Kind, Node, quote};
use linchpin_spec::model::{Entry, KeyTemplate, Tree};

/// JSON without places.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    /// `null`, a boolean, a number: as it is written.
    Bare(String),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) const EMPTY: Self = Self::Object(Vec::new());

    pub(crate) fn of(node: &Node) -> Self {
        match &node.kind {
            Kind::Null => Self::Bare("null".to_owned()),
            Kind::Bool(bool) => Self::Bare(bool.to_string()),
            Kind::Number(number) => Self::Bare(number.clone()),
            Kind::String(text) => Self::Text(text.value.to_string()),
            Kind::Array(items) => Self::Array(items.iter().map(Self::of).collect()),
            Kind::Object(members) => Self::Object(
                members
                    .iter()
                    .map(|member| (member.key.value.to_string(), Self::of(&member.value)))
                    .collect(),
            ),
        }
    }

    /// The value of a directive in which nothing is a template.
    pub(crate) fn constant(tree: &Tree) -> Option<Self> {
        Some(match tree {
            Tree::Null(_) => Self::Bare("null".to_owned()),
            Tree::Bool(bool) => Self::Bare(bool.value.to_string()),
            Tree::Number(number) => Self::Bare(number.value.clone()),
            Tree::Template(template) if template.broken.is_some() => return None,
            Tree::Template(template) => Self::Text(template.literal()?.to_owned()),
            Tree::Array(items) => Self::Array(items.value.iter().map(Self::constant).collect::<Option<_>>()?),
            Tree::Object(entries) => {
                let member = |entry: &Entry| match entry {
                    Entry::Field { key: KeyTemplate::Literal(key), value } => {
                        Some((key.value.clone(), Self::constant(value)?))
                    }
                    _ => None,
                };
                Self::Object(entries.value.iter().map(member).collect::<Option<_>>()?)
            }
        })
    }

    /// How many values there are in it, itself included.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Bare(_) | Self::Text(_) => 1,
            Self::Array(items) => 1 + items.iter().map(Self::size).sum::<usize>(),
            Self::Object(members) => 1 + members.iter().map(|(_, value)| value.size()).sum::<usize>(),
        }
    }

    pub(crate) fn member(&self, key: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// `value` at the end of a path of keys.
    pub(crate) fn at(path: &[&str], value: Self) -> Self {
        path.iter().rev().fold(value, |value, key| Self::Object(vec![((*key).to_owned(), value)]))
    }

    /// Adds what `other` has; where both have the same leaf, the first stays.
    pub(crate) fn merge(&mut self, other: Self) {
        let (Self::Object(members), Self::Object(more)) = (self, other) else { return };
        for (key, value) in more {
            match members.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => known.merge(value),
                None => members.push((key, value)),
            }
        }
    }

    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Bare(text) => out.push_str(text),
            Self::Text(text) => quote(text, out),
            Self::Array(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (at, (key, value)) in members.iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    quote(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

//! JSON that is made, not read.

use std::fmt::Write as _;

use linchpin_spec::json::{Kind, Node};

/// JSON that is made, not read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    /// `null`, a boolean, a number: as it is written.
    Bare(String),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(super) const EMPTY: Self = Self::Object(Vec::new());

    pub(super) fn of(node: &Node) -> Self {
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

    pub(super) fn member(&self, key: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// `value` at the end of a path of keys.
    pub(super) fn at(path: &[&str], value: Self) -> Self {
        path.iter().rev().fold(value, |value, key| Self::Object(vec![((*key).to_owned(), value)]))
    }

    /// Adds what `other` has; where both have the same leaf, the first stays.
    pub(super) fn merge(&mut self, other: Self) {
        let (Self::Object(members), Self::Object(more)) = (self, other) else { return };
        for (key, value) in more {
            match members.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => known.merge(value),
                None => members.push((key, value)),
            }
        }
    }

    pub(super) fn text(&self) -> String {
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

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

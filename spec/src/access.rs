//! Short ways into the JSON tree, used by the loader and the readers.

use crate::json::{Kind, Member, Node};
use crate::span::{Span, Spanned, Text};

impl Node {
    /// The members of an object; nothing for any other value.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Object(members) => members,
            _ => &[],
        }
    }

    /// The items of an array; nothing for any other value.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::Array(items) => items,
            _ => &[],
        }
    }

    /// The value behind `key`, when this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.members().iter().find(|member| &*member.key.value == key).map(|member| &member.value)
    }

    /// Like [`Node::get`], but a `null` counts as absent.
    pub(crate) fn get_set(&self, key: &str) -> Option<&Node> {
        self.get(key).filter(|value| !value.is_null())
    }

    /// The string with its place, when this is one.
    pub(crate) fn as_text(&self) -> Option<&Text> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The characters, when this is a string.
    pub(crate) fn as_str(&self) -> Option<&str> {
        self.as_text().map(|text| &*text.value)
    }

    /// The string with its span, when this is one that is not blank.
    pub(crate) fn as_name(&self) -> Option<Spanned<String>> {
        let text = self.as_str()?.trim();
        (!text.is_empty()).then(|| Spanned::new(text.to_owned(), self.span))
    }

    /// True for `null`.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// True for any object.
    pub(crate) fn is_object(&self) -> bool {
        matches!(self.kind, Kind::Object(_))
    }

    /// True for any array.
    pub(crate) fn is_array(&self) -> bool {
        matches!(self.kind, Kind::Array(_))
    }

    /// True for `{}`, `[]` and blank strings: the ways in which tools write that there is nothing.
    pub(crate) fn is_empty_value(&self) -> bool {
        match &self.kind {
            Kind::Null => true,
            Kind::Object(members) => members.is_empty(),
            Kind::Array(items) => items.is_empty(),
            Kind::String(text) => text.value.trim().is_empty(),
            Kind::Bool(_) | Kind::Number(_) => false,
        }
    }

    /// What kind of value this is, with its article, for messages.
    pub(crate) fn describe(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "an array",
            Kind::Object(_) => "an object",
        }
    }

    /// An object without members that stands at `span`.
    pub(crate) fn empty_object(span: Span) -> Self {
        Self { kind: Kind::Object(Vec::new()), span }
    }
}

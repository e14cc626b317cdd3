//! JSON to trees of templates (iml.md 12).

use super::reader::Reader;
use crate::iml::parse_template;
use crate::json::{Kind, Member, Node};
use crate::model::{Entry, KeyTemplate, Tree};
use crate::span::Spanned;

/// The key that merges a collection into its object (connector.md 1, rule 3).
const SPREAD: &str = "{{...}}";

impl Reader<'_> {
    /// Any value, every string of it a template.
    pub(super) fn tree(&mut self, node: &Node) -> Tree {
        match &node.kind {
            Kind::Null => Tree::Null(node.span),
            Kind::Bool(value) => Tree::Bool(Spanned::new(*value, node.span)),
            Kind::Number(number) => Tree::Number(Spanned::new(number.clone(), node.span)),
            Kind::String(text) => Tree::Template(parse_template(text, self.sink)),
            Kind::Array(items) => {
                let items = items.iter().map(|item| self.tree(item)).collect();
                Tree::Array(Spanned::new(items, node.span))
            }
            Kind::Object(members) => {
                let entries = members.iter().map(|member| self.entry(member)).collect();
                Tree::Object(Spanned::new(entries, node.span))
            }
        }
    }

    fn entry(&mut self, member: &Member) -> Entry {
        let value = self.tree(&member.value);
        if member.key.value.trim() == SPREAD {
            return Entry::Spread(value);
        }
        let key = if member.key.value.contains("{{") {
            KeyTemplate::Template(parse_template(&member.key, self.sink))
        } else {
            KeyTemplate::Literal(Spanned::new(member.key.value.to_string(), member.key.span))
        };
        Entry::Field { key, value }
    }

    /// An object, or a template that gives one. `[]` is how some tools write an empty object.
    pub(super) fn collection(&mut self, what: &str, node: &Node) -> Option<Tree> {
        match &node.kind {
            Kind::Object(_) | Kind::String(_) => Some(self.tree(node)),
            Kind::Array(items) if items.is_empty() => Some(Tree::Object(Spanned::new(Vec::new(), node.span))),
            Kind::Null => None,
            _ => {
                self.wrong_type(what, "an object or a template", node);
                None
            }
        }
    }
}

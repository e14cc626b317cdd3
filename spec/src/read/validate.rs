//! `validate` (connector.md 15.4).

use super::reader::{Reader, is_true, number};
use crate::json::{Kind, Node};
use crate::model::Validation;
use crate::span::Spanned;

/// The rules that are known.
pub(crate) const RULES: &[&str] =
    &["min", "max", "pattern", "enum", "minItems", "maxItems", "unique", "past"];

impl Reader<'_> {
    /// The rules for a parameter's value. A rule that cannot be read is left out.
    pub(super) fn validation(&mut self, node: &Node) -> Validation {
        match &node.kind {
            Kind::Bool(false) => return Validation { off: true, ..Validation::default() },
            Kind::Object(_) => {}
            _ => {
                if !node.is_empty_value() && !matches!(node.kind, Kind::Bool(true)) {
                    self.passed_over("validate", "an object of rules, or false", node);
                }
                return Validation::default();
            }
        }
        self.check_keys("validate", node, RULES);
        Validation {
            min: self.bound(node, "min"),
            max: self.bound(node, "max"),
            pattern: self.pattern(node),
            one_of: self.one_of(node),
            min_items: self.items(node, "minItems"),
            max_items: self.items(node, "maxItems"),
            unique: is_true(node.get("unique")),
            off: false,
        }
    }

    fn bound(&mut self, node: &Node, name: &str) -> Option<f64> {
        let value = node.get_set(name)?;
        let bound = number(value);
        if bound.is_none() && !value.is_empty_value() {
            self.passed_over(&format!("validate.{name}"), "a number", value);
        }
        bound
    }

    fn items(&mut self, node: &Node, name: &str) -> Option<u64> {
        let bound = self.bound(node, name)?;
        // Bounds below zero hold for every list, and saturate to zero here.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(bound as u64)
    }

    fn pattern(&mut self, node: &Node) -> Option<Spanned<String>> {
        let pattern = node.get_set("pattern")?;
        let text = pattern.get("regexp").unwrap_or(pattern);
        match text.as_str() {
            Some(regexp) => Some(Spanned::new(regexp.to_owned(), text.span)),
            None => {
                self.passed_over("validate.pattern", "a regular expression", pattern);
                None
            }
        }
    }

    fn one_of(&mut self, node: &Node) -> Vec<String> {
        let list = node.get("enum").map(Node::items).unwrap_or_default();
        let text = |item: &Node| match &item.kind {
            Kind::String(text) => Some(text.value.to_string()),
            Kind::Number(number) => Some(number.clone()),
            Kind::Bool(value) => Some(value.to_string()),
            Kind::Null | Kind::Array(_) | Kind::Object(_) => None,
        };
        list.iter().filter_map(text).collect()
    }
}

//! Constant pieces.

use std::borrow::Cow;

use linchpin::__private::v1::literal as value_of;
use linchpin::Value;
use linchpin::plan::{List, Literal};
use linchpin_spec::json::{Kind, Node};
use linchpin_spec::model::{Entry, KeyTemplate, Tree};

/// Plain JSON as data of a plan.
pub(crate) fn node(node: &Node) -> Literal {
    match &node.kind {
        Kind::Null => Literal::Null,
        Kind::Bool(bool) => Literal::Bool(*bool),
        Kind::Number(written) => number(written),
        Kind::String(text) => self::text(&text.value),
        Kind::Array(items) => Literal::Array(items.iter().map(self::node).collect()),
        Kind::Object(members) => {
            let members = members.iter();
            let members =
                members.map(|member| (Cow::Owned(member.key.value.to_string()), self::node(&member.value)));
            Literal::Object(members.collect())
        }
    }
}

/// A whole value as data, when nothing in it is a template.
pub(crate) fn constant(tree: &Tree) -> Option<Literal> {
    Some(match tree {
        Tree::Null(_) => Literal::Null,
        Tree::Bool(bool) => Literal::Bool(bool.value),
        Tree::Number(written) => number(&written.value),
        Tree::Template(template) if template.broken.is_some() => return None,
        Tree::Template(template) => text(template.literal()?),
        Tree::Array(items) => Literal::Array(items.value.iter().map(constant).collect::<Option<List<_>>>()?),
        Tree::Object(entries) => {
            let entries = entries.value.iter().map(|entry| match entry {
                Entry::Field { key: KeyTemplate::Literal(key), value } => {
                    Some((Cow::Owned(key.value.clone()), constant(value)?))
                }
                _ => None,
            });
            Literal::Object(entries.collect::<Option<List<_>>>()?)
        }
    })
}

/// The value of a number as written.
pub(crate) fn number_value(written: &str) -> Value {
    value_of(&number(written))
}

fn number(written: &str) -> Literal {
    Literal::Number(Cow::Owned(written.to_owned()))
}

fn text(text: &str) -> Literal {
    Literal::Text(Cow::Owned(text.to_owned()))
}

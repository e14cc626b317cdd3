//! Visits the templates of a value.

use crate::iml::ast::Template;
use crate::model::{Entry, KeyTemplate, Tree};

/// Shows `seen` every template of a value, keys included.
pub fn templates<'a>(value: &'a Tree, seen: &mut dyn FnMut(&'a Template)) {
    match value {
        Tree::Null(_) | Tree::Bool(_) | Tree::Number(_) => {}
        Tree::Template(template) => seen(template),
        Tree::Array(items) => items.value.iter().for_each(|item| templates(item, seen)),
        Tree::Object(entries) => {
            for entry in &entries.value {
                match entry {
                    Entry::Spread(value) => templates(value, seen),
                    Entry::Field { key, value } => {
                        if let KeyTemplate::Template(template) = key {
                            seen(template);
                        }
                        templates(value, seen);
                    }
                }
            }
        }
    }
}

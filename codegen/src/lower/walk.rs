//! Visits the templates of a value.

use linchpin_spec::iml::ast::Template;
use linchpin_spec::model::{Entry, KeyTemplate, Tree};

/// Shows `seen` every template of a value, keys included.
pub(crate) fn tree<'a>(value: &'a Tree, seen: &mut dyn FnMut(&'a Template)) {
    match value {
        Tree::Null(_) | Tree::Bool(_) | Tree::Number(_) => {}
        Tree::Template(template) => seen(template),
        Tree::Array(items) => items.value.iter().for_each(|item| tree(item, seen)),
        Tree::Object(entries) => {
            for entry in &entries.value {
                match entry {
                    Entry::Spread(value) => tree(value, seen),
                    Entry::Field { key, value } => {
                        if let KeyTemplate::Template(template) = key {
                            seen(template);
                        }
                        tree(value, seen);
                    }
                }
            }
        }
    }
}

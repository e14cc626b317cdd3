//! The options of a select in all their forms (connector.md 15.2).

use super::parameter::Purpose;
use super::reader::{Reader, label};
use crate::json::{Kind, Node};
use crate::model::{Choice, Options};

/// The properties of a store's items that hold label and value.
struct Names<'n> {
    label: &'n str,
    value: &'n str,
}

const USUAL: Names<'static> = Names { label: "label", value: "value" };

impl Reader<'_> {
    /// An array, an RPC reference, or `{"store": ..}` with more.
    pub(super) fn options(&mut self, node: &Node, purpose: Purpose) -> Options {
        let mut options = Options::default();
        match &node.kind {
            Kind::Object(_) => self.extended_options(node, purpose, &mut options),
            _ => self.store(node, &USUAL, purpose, &mut options),
        }
        options
    }

    fn extended_options(&mut self, node: &Node, purpose: Purpose, options: &mut Options) {
        let name = |key: &str| node.get(key).and_then(Node::as_str);
        let names =
            Names { label: name("label").unwrap_or("label"), value: name("value").unwrap_or("value") };
        match node.get_set("store") {
            Some(store) => self.store(store, &names, purpose, options),
            None => options.open = true,
        }
        if let Some(nested) = node.get_set("nested") {
            options.nested = self.fields("options.nested", nested, purpose);
        }
        if let Some(nested) =
            node.get_set("placeholder").and_then(|placeholder| placeholder.get_set("nested"))
        {
            options.placeholder_nested = self.fields("options.placeholder.nested", nested, purpose);
        }
    }

    fn store(&mut self, node: &Node, names: &Names<'_>, purpose: Purpose, options: &mut Options) {
        match &node.kind {
            Kind::Array(items) => self.choices(items, names, purpose, options),
            Kind::String(text) => {
                options.rpc = self.rpc_reference("options", text);
                options.open = true;
            }
            Kind::Null => options.open = true,
            Kind::Object(members) if members.is_empty() => options.open = true,
            _ => {
                self.passed_over("options", "an array of options or an RPC reference", node);
                options.open = true;
            }
        }
    }

    fn choices(&mut self, items: &[Node], names: &Names<'_>, purpose: Purpose, options: &mut Options) {
        for item in items {
            match &item.kind {
                // A group: its options count, its label is for the form.
                Kind::Object(_) if item.get("options").is_some() => match item.get("options") {
                    Some(Node { kind: Kind::Array(items), .. }) => {
                        self.choices(items, names, purpose, options);
                    }
                    Some(group) => self.store(group, names, purpose, options),
                    None => {}
                },
                Kind::Object(_) => options.choices.extend(self.choice(item, names, purpose)),
                Kind::String(text) if text.value.starts_with("rpc://") => {
                    options.rpc = self.rpc_reference("options", text).or(options.rpc.take());
                    options.open = true;
                }
                Kind::Null => {}
                Kind::String(_) | Kind::Number(_) | Kind::Bool(_) => {
                    options.choices.push(Choice { label: None, value: item.clone(), nested: Vec::new() });
                }
                Kind::Array(_) => {
                    self.passed_over("options", "a list of objects with `label` and `value`", item);
                }
            }
        }
    }

    /// One option. Where it has no value, its label is one.
    fn choice(&mut self, item: &Node, names: &Names<'_>, purpose: Purpose) -> Option<Choice> {
        let value = item.get_set(names.value).or_else(|| item.get_set(names.label));
        let Some(value) = value else {
            self.passed_over("options", "a list of objects with `label` and `value`", item);
            return None;
        };
        let nested = item.get_set("nested").map(|nested| self.fields("nested", nested, purpose));
        Some(Choice {
            label: label(item.get(names.label)),
            value: value.clone(),
            nested: nested.unwrap_or_default(),
        })
    }
}

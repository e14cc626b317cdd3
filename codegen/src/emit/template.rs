//! Templates and directive values as callables (rulings 14): one closure for each directive value.

use linchpin_spec::iml::ast::{Expr, ExprKind, Piece, Step, StepKind, Template};
use linchpin_spec::model::{Entry, KeyTemplate, Tree};
use proc_macro2::TokenStream;
use quote::quote;

use super::call::failure;
use super::code::Code;
use super::context::Context;
use super::expression::{Expressions, Parts};
use super::literal;
use super::shared::Piece as Shareable;
use crate::lower::json::Json;

impl Context<'_> {
    /// A template whose result is text, as a `plan::TextTemplate`.
    pub(crate) fn text_template(&self, template: &Template) -> TokenStream {
        if let (None, Some(text)) = (&template.broken, template.literal()) {
            return quote!(__lp::TextTemplate::Const(__lp::Cow::Borrowed(#text)));
        }
        self.shared(&Shareable::Text(template)).unwrap_or_else(|| self.new_text_template(template))
    }

    pub(crate) fn new_text_template(&self, template: &Template) -> TokenStream {
        let body = self.text_body(template);
        quote!(__lp::TextTemplate::Static(|s, b| { #body }))
    }

    /// What a text closure of `s` and `b` does.
    pub(crate) fn text_body(&self, template: &Template) -> TokenStream {
        if let Some(message) = &template.broken {
            let place = self.place(template.source.span);
            return quote!(__lp::Err(__lp::Error::template(#place, #message)));
        }
        let statements = Expressions::new(self, template).write_template();
        quote!(#statements __lp::Ok(()))
    }

    /// A directive's value, as a `plan::ValueTemplate`.
    pub(crate) fn value_template(&self, tree: &Tree) -> TokenStream {
        if let Some(constant) = Json::constant(tree) {
            let literal = literal::json(&constant);
            return quote!(__lp::ValueTemplate::Const(#literal));
        }
        self.shared(&Shareable::Value(tree)).unwrap_or_else(|| self.new_value_template(tree))
    }

    pub(crate) fn new_value_template(&self, tree: &Tree) -> TokenStream {
        let value = self.tree(tree).owned();
        quote!(__lp::ValueTemplate::Static(|s| __lp::Ok(#value)))
    }

    /// One template that keeps its type, as a `plan::ValueTemplate`.
    pub(crate) fn single_template(&self, template: &Template) -> TokenStream {
        self.value_template(&Tree::Template(template.clone()))
    }

    /// The value of one template (iml.md 2).
    pub(crate) fn template(&self, template: &Template) -> Code {
        if let Some(message) = &template.broken {
            return failure(&self.place(template.source.span), message);
        }
        let expressions = Expressions::new(self, template);
        if let Some(expr) = template.single() {
            return expressions.value(expr);
        }
        let mut parts = Parts::default();
        for piece in &template.pieces {
            match piece {
                Piece::Literal(text) => parts.text(text),
                Piece::Mustache(expr) => expressions.collect(expr, &mut parts),
            }
        }
        parts.finish()
    }

    /// The value of JSON whose strings are templates (iml.md 12).
    pub(crate) fn tree(&self, tree: &Tree) -> Code {
        match tree {
            Tree::Null(_) => Code::Const(quote!(__lp::Value::NULL)),
            Tree::Bool(bool) if bool.value => Code::Const(quote!(__lp::Value::TRUE)),
            Tree::Bool(_) => Code::Const(quote!(__lp::Value::FALSE)),
            Tree::Number(number) => Code::Owned(literal::written_number(&number.value)),
            Tree::Template(template) => self.template(template),
            Tree::Array(items) => {
                let items = items.value.iter().enumerate();
                let items = items.map(|(at, item)| self.under(&at.to_string(), || self.tree(item).owned()));
                Code::Owned(quote!(__lp::Value::array(__lp::vec![#(#items),*])))
            }
            Tree::Object(entries) => {
                let capacity = entries.value.len();
                let entries = self.entries(&entries.value);
                Code::Owned(quote!({
                    let mut o = __lp::Object::with_capacity(#capacity);
                    #entries
                    __lp::Value::Object(o)
                }))
            }
        }
    }

    /// Statements that put all entries into `o`, in order. Entries that only read members of one place, as most
    /// outputs do, are put by one call.
    fn entries(&self, mut entries: &[Entry]) -> TokenStream {
        let mut statements = TokenStream::new();
        while let Some((entry, rest)) = entries.split_first() {
            let run = picked(entries);
            match (run.first(), run.len()) {
                (Some(first), 2..) => {
                    let from = Expressions::new(self, first.template).value(&first.place).reference();
                    let names = run.iter().flat_map(|picked| [picked.key, picked.name]);
                    statements.extend(quote!(__lp::pick(&mut o, #from, &[#(#names),*]);));
                    entries = entries.get(run.len()..).unwrap_or_default();
                }
                _ => {
                    statements.extend(self.entry(entry));
                    entries = rest;
                }
            }
        }
        statements
    }

    fn entry(&self, entry: &Entry) -> TokenStream {
        match entry {
            Entry::Spread(tree) => {
                let value = self.under("{{}}", || self.tree(tree).reference());
                quote!(o.spread(#value);)
            }
            Entry::Field { key: KeyTemplate::Literal(key), value } => {
                let key = &key.value;
                let value = self.under(key, || self.tree(value));
                if let Code::Place(place) = value {
                    return quote!(__lp::copy(&mut o, #key, #place););
                }
                let value = value.owned();
                quote!(o.insert(#key, #value);)
            }
            Entry::Field { key: KeyTemplate::Template(template), value } => {
                let shown = &*template.source.value;
                let (key, value) =
                    self.under(shown, || (self.template(template).receiver(), self.tree(value).owned()));
                // The key comes first, as everywhere.
                quote!({ let k = #key.to_text(); o.insert_text(k, #value); })
            }
        }
    }
}

/// An entry that reads a member of some place.
struct Picked<'t> {
    key: &'t str,
    name: &'t str,
    /// What stands in front of the last step.
    place: Expr,
    template: &'t Template,
}

/// The entries at the beginning that read members of the same place.
fn picked(entries: &[Entry]) -> Vec<Picked<'_>> {
    let mut run: Vec<Picked<'_>> = Vec::new();
    for picked in entries.iter().map_while(member) {
        if run.first().is_some_and(|first| first.place != picked.place) {
            break;
        }
        run.push(picked);
    }
    run
}

/// An entry whose value is a path of plain steps that ends with a key.
fn member(entry: &Entry) -> Option<Picked<'_>> {
    let Entry::Field { key: KeyTemplate::Literal(key), value: Tree::Template(template) } = entry else {
        return None;
    };
    let Expr { kind: ExprKind::Path { base, steps }, range } = template.single()? else { return None };
    let ExprKind::Name(root) = &base.kind else { return None };
    let (last, before) = steps.split_last()?;
    let StepKind::Key(name) = &last.kind else { return None };
    let is_plain = |step: &Step| !matches!(step.kind, StepKind::Computed(_));
    // Names of headers are found in another way (connector.md 7).
    let is_header = &**root == "headers" && before.is_empty();
    if template.broken.is_some() || is_header || !before.iter().all(is_plain) {
        return None;
    }
    let place = match before {
        [] => (**base).clone(),
        _ => {
            Expr { kind: ExprKind::Path { base: base.clone(), steps: before.to_vec() }, range: range.clone() }
        }
    };
    Some(Picked { key: &key.value, name, place, template })
}

//! What emission knows beside the thing that it emits: places, custom functions, and where it is.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use linchpin_spec::model::Connector;
use linchpin_spec::span::Span;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Lifetime;

use super::shared::{Piece, Shared};

/// Shared by everything that is emitted for one connector.
pub(crate) struct Context<'a> {
    /// `file:line:column` of a span.
    locate: &'a dyn Fn(Span) -> String,
    /// Custom functions by name (connector.md 16).
    custom: BTreeMap<String, Custom>,
    /// Keys that lead to what is being emitted.
    keys: RefCell<Vec<String>>,
    labels: Cell<usize>,
    /// What stands in several requests.
    shared: RefCell<Shared<'a>>,
    /// Texts are compared in constant time.
    secretive: Cell<bool>,
}

/// Who runs a custom function.
#[derive(Clone)]
pub(crate) enum Custom {
    /// The runtime, from the connector's JavaScript.
    Engine,
    /// A Rust function that the user names (rulings 39).
    Rust(TokenStream),
}

impl<'a> Context<'a> {
    pub(crate) fn new(locate: &'a dyn Fn(Span) -> String, custom: BTreeMap<String, Custom>) -> Self {
        let shared = RefCell::default();
        let (keys, labels, secretive) = (RefCell::default(), Cell::default(), Cell::default());
        Self { locate, custom, keys, labels, shared, secretive }
    }

    /// Looks at `connector` as a whole: what stands in several requests.
    pub(crate) fn knowing(mut self, connector: &'a Connector) -> Self {
        self.shared = RefCell::new(Shared::of(connector));
        self
    }

    /// The name of a piece that stands in several requests. It is emitted when it is first asked for.
    pub(crate) fn shared(&self, piece: &Piece<'_>) -> Option<TokenStream> {
        // Emitting asks for the parts of what is emitted, so nothing stays borrowed.
        let (name, is_new) = self.shared.borrow_mut().name(piece)?;
        if is_new {
            let item = piece.item(self, &name);
            self.shared.borrow_mut().add(item);
        }
        Some(quote!(#name))
    }

    /// Everything that is shared, as items.
    pub(crate) fn shared_items(&self) -> TokenStream {
        self.shared.borrow().items()
    }

    /// The custom function of that name; it wins over a built-in one (iml.md 3.2).
    pub(crate) fn custom(&self, name: &str) -> Option<&Custom> {
        self.custom.get(name)
    }

    /// Emits something that stands under `key`.
    pub(crate) fn under<T>(&self, key: &str, emit: impl FnOnce() -> T) -> T {
        self.keys.borrow_mut().push(key.to_owned());
        let emitted = emit();
        self.keys.borrow_mut().pop();
        emitted
    }

    /// Emits something in which equal texts are found in constant time: one may be a signature (rulings 30).
    pub(crate) fn secretly<T>(&self, emit: impl FnOnce() -> T) -> T {
        let before = self.secretive.replace(true);
        let emitted = emit();
        self.secretive.set(before);
        emitted
    }

    /// The function that compares for `=` here.
    pub(crate) fn equality(&self) -> TokenStream {
        if self.secretive.get() { quote!(equal_secret) } else { quote!(equal) }
    }

    /// The function that compares for `switch` here.
    pub(crate) fn switch_equality(&self) -> TokenStream {
        if self.secretive.get() { quote!(switch_matches_secret) } else { quote!(switch_matches) }
    }

    /// The place of a span for error messages: file, line and column, then the key path.
    pub(crate) fn place(&self, span: Span) -> String {
        let place = (self.locate)(span);
        let keys = self.keys.borrow();
        if keys.is_empty() { place } else { format!("{place} {}", keys.join(".")) }
    }

    /// What functions are given to know where they are called.
    pub(crate) fn site(&self, span: Span) -> TokenStream {
        let place = self.place(span);
        quote!(s.at(#place))
    }

    /// A label that no other block has.
    pub(crate) fn label(&self) -> Lifetime {
        let number = self.labels.get() + 1;
        self.labels.set(number);
        let ident = format_ident!("s{number}");
        Lifetime { apostrophe: ident.span(), ident }
    }
}

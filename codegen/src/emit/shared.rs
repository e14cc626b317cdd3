//! What stands in several requests is emitted once: base gives its headers, errors and address to every module.

use std::collections::HashMap;

use linchpin_spec::check::walk;
use linchpin_spec::iml::ast::Template;
use linchpin_spec::model::{Connector, ErrorMap, Request, Tree};
use linchpin_spec::span::Span;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::context::Context;
use super::types::allow;

/// A part of a request that may stand in others too.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Piece<'a> {
    /// A directive's value.
    Value(&'a Tree),
    /// A directive's text.
    Text(&'a Template),
    /// A map of errors.
    Errors(&'a ErrorMap),
}

impl Piece<'_> {
    /// Where it stands; a place is enough to tell most pieces apart.
    fn span(&self) -> Option<Span> {
        match self {
            Self::Value(tree) => Some(tree.span()),
            Self::Text(template) => Some(template.source.span),
            Self::Errors(errors) => {
                let entries =
                    std::iter::once(&errors.general).chain(errors.by_status.iter().map(|(_, entry)| entry));
                let mut messages = entries.filter_map(|entry| entry.message.as_ref());
                messages.next().map(Tree::span)
            }
        }
    }

    /// The constant that holds it.
    pub(super) fn item(&self, context: &Context<'_>, name: &Ident) -> TokenStream {
        let (ty, value) = match self {
            Self::Value(tree) => (quote!(__lp::ValueTemplate), context.new_value_template(tree)),
            Self::Text(template) => (quote!(__lp::TextTemplate), context.new_text_template(template)),
            Self::Errors(errors) => (quote!(__lp::plan::ErrorMap), context.new_error_map(errors)),
        };
        let allow = allow();
        quote!(#allow const #name: #ty = #value;)
    }
}

/// Pieces with the number of requests that have them.
#[derive(Default)]
pub(crate) struct Shared<'a> {
    pieces: HashMap<Span, Vec<Use<'a>>>,
    items: TokenStream,
    names: usize,
}

struct Use<'a> {
    piece: Piece<'a>,
    count: usize,
    name: Option<Ident>,
}

impl<'a> Shared<'a> {
    /// Counts the pieces of all requests.
    pub(super) fn of(connector: &'a Connector) -> Self {
        let mut shared = Self::default();
        walk::requests(connector, &mut |request, _, _| {
            pieces(request, &mut |piece| shared.count(piece));
        });
        shared
    }

    fn count(&mut self, piece: Piece<'a>) {
        let Some(span) = piece.span() else { return };
        let uses = self.pieces.entry(span).or_default();
        match uses.iter_mut().find(|known| known.piece == piece) {
            Some(known) => known.count += 1,
            None => uses.push(Use { piece, count: 1, name: None }),
        }
    }

    /// The name of a piece that stands in several requests, and whether it is new.
    pub(super) fn name(&mut self, piece: &Piece<'_>) -> Option<(Ident, bool)> {
        let uses = self.pieces.get_mut(&piece.span()?)?;
        let known = uses.iter_mut().find(|known| known.piece == *piece && known.count > 1)?;
        if let Some(name) = &known.name {
            return Some((name.clone(), false));
        }
        self.names += 1;
        let name = format_ident!("__SHARED{}", self.names);
        known.name = Some(name.clone());
        Some((name, true))
    }

    pub(super) fn add(&mut self, item: TokenStream) {
        self.items.extend(item);
    }

    pub(super) fn items(&self) -> TokenStream {
        self.items.clone()
    }
}

/// The pieces of a request that base may have given.
fn pieces<'a>(request: &'a Request, seen: &mut dyn FnMut(Piece<'a>)) {
    let response = &request.response;
    let valid = response.valid.as_ref().and_then(|valid| valid.condition.as_ref());
    let values = [&request.headers, &request.qs, &request.body, &request.temp, &request.oauth, &request.aws];
    let of_response = [&response.temp, &response.output, &response.limit, &response.wrapper];
    let values = values.into_iter().chain(of_response).flatten().chain(valid);
    values.for_each(|tree| seen(Piece::Value(tree)));
    let texts = [&request.url, &request.base_url, &request.method, &request.ca];
    texts.into_iter().flatten().for_each(|template| seen(Piece::Text(template)));
    response.error.iter().for_each(|errors| seen(Piece::Errors(errors)));
}

//! Endpoints: reusable requests, called by others and by users (connector.md 17).

use linchpin_spec::model::{Connector, Endpoint};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::context::Context;
use super::parameter::parameters;
use super::part::Part;
use super::plan::list;
use super::types::{allow, doc};
use crate::lower::{Api, EndpointCall};

/// `Endpoints`, its plans, and the method that gives it, if there are endpoints.
pub(crate) fn accessor(context: &Context<'_>, api: &Api<'_>) -> (TokenStream, TokenStream) {
    if api.endpoints.is_empty() {
        return Default::default();
    }
    let allow = allow();
    let calls = api.endpoints.iter().enumerate().map(|(at, call)| method(at, call));
    let count = api.endpoints.len();
    let plans = api.connector.endpoints.iter().map(|endpoint| plan(context, endpoint));
    let items = quote! {
        /// Reusable requests of the connector, as calls of their own.
        #allow
        #[derive(__lp::Clone, __lp::fmt::Debug)]
        pub struct Endpoints(__lp::Client);
        #allow
        impl Endpoints { #(#calls)* }

        #[allow(unused, clippy::all, clippy::pedantic)]
        static ENDPOINTS: [__lp::plan::Module; #count] = [#(#plans),*];
    };
    let method = quote! {
        /// The reusable requests of the connector.
        pub fn endpoints(&self) -> Endpoints { Endpoints(__lp::Clone::clone(&self.0)) }
    };
    (items, method)
}

/// The endpoints in the connector's plan.
pub(crate) fn plans(connector: &Connector) -> TokenStream {
    if connector.endpoints.is_empty() { list([]) } else { quote!(__lp::Cow::Borrowed(&ENDPOINTS)) }
}

fn method(at: usize, call: &EndpointCall) -> TokenStream {
    let (doc, method) = (doc(&call.doc), format_ident!("{}", call.method));
    let (input, output) = (format_ident!("{}", call.input), format_ident!("{}", call.output));
    let (ty, kind) = if call.lists { (quote!(Search), quote!(search)) } else { (quote!(Call), quote!(call)) };
    quote! {
        #doc
        pub fn #method(&self, input: #input) -> __lp::#ty<#output> {
            __lp::#kind(&self.0, &ENDPOINTS[#at], &input)
        }
    }
}

fn plan(context: &Context<'_>, endpoint: &Endpoint) -> TokenStream {
    let part = Part {
        id: &endpoint.id.value,
        kind: quote!(Endpoint),
        parameters: parameters(&endpoint.parameters),
        connections: endpoint.connection.iter().chain(&endpoint.attached_accounts).collect(),
        requests: std::slice::from_ref(&endpoint.request),
        scope: &endpoint.scope,
        code: None,
        metadata: &endpoint.metadata,
    };
    part.plan(context)
}

//! Calls that fill forms (connector.md 14).

use linchpin_spec::model::Rpc;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::context::Context;
use super::part::Part;
use super::plan::list;
use super::types::{allow, doc};
use crate::lower::{Api, RpcCall, RpcUse};

/// `Rpc` and the method that gives it, if there are RPCs.
pub(crate) fn accessor(context: &Context<'_>, api: &Api<'_>) -> (TokenStream, TokenStream) {
    if api.rpcs.is_empty() {
        return Default::default();
    }
    let allow = allow();
    let calls = api.rpcs.iter().enumerate().map(|(at, call)| rpc_call(at, call));
    let count = api.rpcs.len();
    let plans = api.rpcs.iter().map(|call| plan(context, call.rpc));
    let methods = quote! {
        /// Calls that fill forms. Each takes the values of the form so far: the input of a module, or an object.
        #allow
        #[derive(__lp::Clone, __lp::fmt::Debug)]
        pub struct Rpc(__lp::Client);
        #allow
        impl Rpc { #(#calls)* }

        #[allow(unused, clippy::all, clippy::pedantic)]
        static RPCS: [__lp::plan::Module; #count] = [#(#plans),*];
    };
    let method = quote! {
        /// The calls that fill forms: options of selects, fields that depend on a choice.
        pub fn rpc(&self) -> Rpc { Rpc(__lp::Clone::clone(&self.0)) }
    };
    (methods, method)
}

/// The RPCs in the connector's plan.
pub(crate) fn plans(api: &Api<'_>) -> TokenStream {
    if api.rpcs.is_empty() { list([]) } else { quote!(__lp::Cow::Borrowed(&RPCS)) }
}

fn rpc_call(at: usize, call: &RpcCall<'_>) -> TokenStream {
    let (doc, method) = (doc(&call.doc), format_ident!("{}", call.method));
    let shape = match call.lists {
        Some(RpcUse::Options) => quote!(__lp::Choice),
        Some(RpcUse::Fields) => quote!(__lp::Fields),
        Some(RpcUse::Samples | RpcUse::Button) | None => quote!(__lp::Value),
    };
    quote! {
        #doc
        pub fn #method(&self, parameters: impl __lp::Input) -> __lp::RpcCall<#shape> {
            __lp::RpcCall::new(&self.0, &RPCS[#at], __lp::Input::into_object(parameters))
        }
    }
}

fn plan(context: &Context<'_>, rpc: &Rpc) -> TokenStream {
    let part = Part {
        id: &rpc.id.value,
        kind: quote!(Rpc),
        // What an RPC declares is for the test form of the platform; nothing is checked (connector.md 14.1).
        parameters: list([]),
        connections: rpc.connection.iter().chain(&rpc.alt_connection).collect(),
        requests: &rpc.requests,
        scope: &rpc.scope,
        code: None,
        metadata: &rpc.metadata,
    };
    part.plan(context)
}

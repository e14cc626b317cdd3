//! Calls that fill forms (connector.md 14).

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
    let calls = api.rpcs.iter().map(|call| rpc_call(context, call));
    let methods = quote! {
        /// Calls that fill forms. Each takes the values of the form so far: the input of a module, or an object.
        #allow
        #[derive(__lp::Clone, __lp::fmt::Debug)]
        pub struct Rpc(__lp::Client);
        #allow
        impl Rpc { #(#calls)* }
    };
    let method = quote! {
        /// The calls that fill forms: options of selects, fields that depend on a choice.
        pub fn rpc(&self) -> Rpc { Rpc(__lp::Clone::clone(&self.0)) }
    };
    (methods, method)
}

fn rpc_call(context: &Context<'_>, call: &RpcCall<'_>) -> TokenStream {
    let (doc, method, rpc) = (doc(&call.doc), format_ident!("{}", call.method), call.rpc);
    let shape = match call.lists {
        Some(RpcUse::Options) => quote!(__lp::Choice),
        Some(RpcUse::Fields) => quote!(__lp::Fields),
        Some(RpcUse::Samples) | None => quote!(__lp::Value),
    };
    let part = Part {
        id: &rpc.id.value,
        kind: quote!(Rpc),
        // What an RPC declares is for the test form of the platform; nothing is checked (connector.md 14.1).
        parameters: list([]),
        connections: rpc.connection.iter().chain(&rpc.alt_connection).collect(),
        requests: &rpc.requests,
        scope: &[],
        code: None,
    };
    let plan = part.plan(context);
    quote! {
        #doc
        pub fn #method(&self, parameters: impl __lp::Input) -> __lp::RpcCall<#shape> {
            static PLAN: __lp::plan::Module = #plan;
            __lp::RpcCall::new(&self.0, &PLAN, __lp::Input::into_object(parameters))
        }
    }
}

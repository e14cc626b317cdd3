//! The plan of a module, an RPC or an endpoint.

use linchpin_spec::facts;
use linchpin_spec::json::Node;
use linchpin_spec::model::Request;
use linchpin_spec::span::Spanned;
use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::literal;
use super::plan::{list, name, names, option};

/// What modules, RPCs and endpoints have in common.
pub(crate) struct Part<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: TokenStream,
    pub(crate) parameters: TokenStream,
    pub(crate) connections: Vec<&'a Spanned<String>>,
    pub(crate) requests: &'a [Request],
    pub(crate) scope: &'a [Spanned<String>],
    /// JavaScript in place of requests.
    pub(crate) code: Option<&'a str>,
    /// Fields as the author wrote them, for templates that read them (connector.md 9.2).
    pub(crate) metadata: &'a [(&'static str, Node)],
}

impl Part<'_> {
    pub(crate) fn plan(&self, context: &Context<'_>) -> TokenStream {
        let Self { kind, parameters, .. } = self;
        let id = name(self.id);
        let connections = names(self.connections.iter().map(|connection| connection.value.as_str()));
        let requests = context.requests(self.requests);
        let streams = facts::streams(self.requests);
        let code = option(self.code.map(super::javascript::code));
        let scope = names(self.scope.iter().map(|scope| scope.value.as_str()));
        let metadata = list(self.metadata.iter().map(|(key, fields)| {
            let (key, fields) = (name(key), literal::node(fields));
            quote!((#key, #fields))
        }));
        quote! {
            __lp::plan::Module {
                name: #id, kind: __lp::plan::ModuleKind::#kind, parameters: #parameters, connections: #connections,
                requests: #requests, streams: #streams, scope: #scope, code: #code, metadata: #metadata,
            }
        }
    }
}

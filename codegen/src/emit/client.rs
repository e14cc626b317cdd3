//! The client: one method for each module, and the plans behind them.

use linchpin_spec::facts;
use linchpin_spec::model::{Connector, Module, ModuleKind, QsPolicy, Request, ValidPolicy};
use linchpin_spec::span::Spanned;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::context::Context;
use super::parameter::parameters;
use super::plan::{list, name, names, option};
use super::types::{allow, doc};
use super::webhook;
use crate::lower::{Api, Call, CallKind, RpcCall};

/// `Client`, `ClientBuilder`, `Rpc` and the connector's plan.
pub(crate) fn client(context: &Context<'_>, api: &Api<'_>) -> TokenStream {
    let allow = allow();
    let about = format!(
        " A client of {}. Clones are cheap and share connections, tokens and the pool.",
        crate::lower::doc::code(&api.connector.name)
    );
    let new = new(api);
    let calls = api.calls.iter().filter(|call| call.kind != CallKind::CodeTrigger);
    let calls = calls.map(|call| self::call(context, call));
    let connector = connector(context, api);
    let rpc = rpc(context, api);
    let (webhooks_method, webhooks) = webhook::webhooks(context, api);
    let rpc_method = (!api.rpcs.is_empty()).then(|| {
        quote! {
            /// The calls that fill forms: options of selects, fields that depend on a choice.
            pub fn rpc(&self) -> Rpc { Rpc(__lp::Clone::clone(&self.0)) }
        }
    });
    quote! {
        #[doc = #about] #allow
        #[derive(__lp::Clone, __lp::fmt::Debug)]
        pub struct Client(__lp::Client);

        /// Builds a [`Client`] with settings of its own.
        #allow
        pub type ClientBuilder = __lp::ClientBuilder<Client>;

        impl __lp::Generated for Client {
            type Connection = Connection;
            const CONNECTOR: &'static __lp::plan::Connector = &CONNECTOR;
            fn from_client(client: __lp::Client) -> Self { Self(client) }
        }

        impl __lp::Deref for Client {
            type Target = __lp::Client;
            fn deref(&self) -> &__lp::Client { &self.0 }
        }

        #allow
        impl Client {
            #new
            /// Starts a client with settings of its own.
            pub fn builder() -> ClientBuilder { ClientBuilder::new() }
            #rpc_method
            #webhooks_method
            #(#calls)*
        }
        #rpc
        #webhooks
        #connector
    }
}

fn new(api: &Api<'_>) -> TokenStream {
    if api.connections.is_empty() {
        quote! {
            /// A client with default settings. The connector needs no connection.
            pub fn new() -> Self { Self(__lp::Client::without_connection::<Self>()) }
        }
    } else {
        quote! {
            /// A client with this connection and default settings.
            pub fn new(connection: impl __lp::Into<Connection>) -> Self {
                let connection: Connection = __lp::Into::into(connection);
                Self(__lp::Client::new::<Self>(__lp::Into::into(connection)))
            }
        }
    }
}

fn call(context: &Context<'_>, call: &Call<'_>) -> TokenStream {
    let (doc, method, input) =
        (doc(&call.doc), format_ident!("{}", call.method), format_ident!("{}", call.input));
    let (ty, kind) = match call.kind {
        CallKind::Call | CallKind::CodeTrigger => (quote!(Call), quote!(call)),
        CallKind::Search => (quote!(Search), quote!(search)),
        CallKind::InstantTrigger => return webhook::instant_trigger(context, call),
        CallKind::Responder => return webhook::responder(context, call),
    };
    let output = output(call);
    let plan = module(context, call.module);
    quote! {
        #doc
        pub fn #method(&self, input: #input) -> __lp::#ty<#output> {
            static PLAN: __lp::plan::Module = #plan;
            __lp::#kind(&self.0, &PLAN, &input)
        }
    }
}

/// The type of a call's bundles.
pub(super) fn output(call: &Call<'_>) -> TokenStream {
    match &call.output {
        Some(output) => {
            let output = format_ident!("{output}");
            quote!(#output)
        }
        None => quote!(()),
    }
}

pub(super) fn module(context: &Context<'_>, module: &Module) -> TokenStream {
    let kind = match module.kind {
        ModuleKind::Action => quote!(Action),
        ModuleKind::Search => quote!(Search),
        ModuleKind::Trigger => quote!(Trigger),
        ModuleKind::InstantTrigger => quote!(InstantTrigger),
        ModuleKind::Responder => quote!(Responder),
        ModuleKind::Universal => quote!(Universal),
    };
    let part = Part {
        id: &module.id.value,
        kind,
        parameters: parameters(&module.parameters),
        connections: module.connection.iter().chain(&module.alt_connection).collect(),
        requests: &module.requests,
        scope: &module.scope,
        code: module.code.as_ref().map(|code| &*code.value),
    };
    part.plan(context)
}

fn rpc(context: &Context<'_>, api: &Api<'_>) -> TokenStream {
    if api.rpcs.is_empty() {
        return TokenStream::new();
    }
    let allow = allow();
    let calls = api.rpcs.iter().map(|call| rpc_call(context, call));
    quote! {
        /// Calls that fill forms. Each takes the values of the form so far: the input of a module, or an object.
        #allow
        #[derive(__lp::Clone, __lp::fmt::Debug)]
        pub struct Rpc(__lp::Client);
        #allow
        impl Rpc { #(#calls)* }
    }
}

fn rpc_call(context: &Context<'_>, call: &RpcCall<'_>) -> TokenStream {
    let (doc, method, rpc) = (doc(&call.doc), format_ident!("{}", call.method), call.rpc);
    let shape = if call.lists_choices { quote!(__lp::Choice) } else { quote!(__lp::Value) };
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

/// What modules, RPCs and endpoints have in common.
struct Part<'a> {
    id: &'a str,
    kind: TokenStream,
    parameters: TokenStream,
    connections: Vec<&'a Spanned<String>>,
    requests: &'a [Request],
    scope: &'a [Spanned<String>],
    code: Option<&'a str>,
}

impl Part<'_> {
    fn plan(&self, context: &Context<'_>) -> TokenStream {
        let Self { kind, parameters, .. } = self;
        let id = name(self.id);
        let connections = names(self.connections.iter().map(|connection| connection.value.as_str()));
        let requests = context.requests(self.requests);
        let streams = facts::streams(self.requests);
        let code = option(self.code.map(super::javascript::code));
        let scope = names(self.scope.iter().map(|scope| scope.value.as_str()));
        quote! {
            __lp::plan::Module {
                name: #id, kind: __lp::plan::ModuleKind::#kind, parameters: #parameters, connections: #connections,
                requests: #requests, streams: #streams, scope: #scope, code: #code,
            }
        }
    }
}

fn connector(context: &Context<'_>, api: &Api<'_>) -> TokenStream {
    let connector = api.connector;
    let id = name(&connector.name);
    let qs_policy = match connector.qs_policy {
        QsPolicy::Replace => quote!(Replace),
        QsPolicy::Merge => quote!(Merge),
    };
    let valid_policy = match connector.valid_policy {
        ValidPolicy::Only => quote!(Only),
        ValidPolicy::AndStatus => quote!(AndStatus),
    };
    let base_url = context.under("base", || context.text("baseUrl", connector.base_url.as_ref()));
    let hosts = names(api.hosts.iter().map(String::as_str));
    let limits = limits(connector);
    let common = names(connector.common.names.iter().map(|key| key.value.as_str()));
    let connections = list(
        api.connections
            .iter()
            .zip(&connector.connections)
            .map(|(ty, connection)| super::connection::plan(context, api, connection, &ty.learned)),
    );
    let endpoints = list(connector.endpoints.iter().map(|endpoint| {
        let part = Part {
            id: &endpoint.id.value,
            kind: quote!(Endpoint),
            parameters: parameters(&endpoint.parameters),
            connections: endpoint.connection.iter().chain(&endpoint.attached_accounts).collect(),
            requests: std::slice::from_ref(&endpoint.request),
            scope: &endpoint.scope,
            code: None,
        };
        part.plan(context)
    }));
    let retries = connector.retry_after_access_error;
    let functions = list(api.javascript.functions.iter().map(super::javascript::function));
    quote! {
        #[allow(unused, clippy::all, clippy::pedantic)]
        static CONNECTOR: __lp::plan::Connector = __lp::plan::Connector {
            name: #id, qs_policy: __lp::plan::QsPolicy::#qs_policy,
            valid_policy: __lp::plan::ValidPolicy::#valid_policy, base_url: #base_url, hosts: #hosts, limits: #limits,
            common: #common, connections: #connections, endpoints: #endpoints, retry_after_access_error: #retries,
            functions: #functions,
        };
    }
}

fn limits(connector: &Connector) -> TokenStream {
    let common = &connector.common;
    let all = [common.timeout, common.max_requests, common.max_pages, common.max_past_records];
    if all.iter().all(Option::is_none) {
        return quote!(__lp::NO_LIMITS);
    }
    let limit = |limit: Option<u64>| option(limit.map(|limit| quote!(#limit)));
    let (timeout, max_requests) = (limit(common.timeout), limit(common.max_requests));
    let (max_pages, max_past_records) = (limit(common.max_pages), limit(common.max_past_records));
    quote! {
        __lp::plan::Limits {
            timeout: #timeout, max_requests: #max_requests, max_pages: #max_pages,
            max_past_records: #max_past_records,
        }
    }
}

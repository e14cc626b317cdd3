//! The client: one method for each module, and the plans behind them.

use linchpin_spec::facts;
use linchpin_spec::model::{Connector, Installation, Module, ModuleKind, QsPolicy, ValidPolicy};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::context::Context;
use super::parameter::parameters;
use super::part::Part;
use super::plan::{list, name, names, option};
use super::types::{allow, doc};
use super::{endpoint, rpc, webhook};
use crate::lower::{Api, Call, CallKind};

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
    let (rpc, rpc_method) = rpc::accessor(context, api);
    let (endpoints, endpoints_method) = endpoint::accessor(context, api);
    let (webhooks_method, webhooks) = webhook::webhooks(context, api);
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
            #endpoints_method
            #webhooks_method
            #(#calls)*
        }
        #rpc
        #endpoints
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
        CallKind::Trigger => (quote!(Trigger), quote!(trigger)),
        CallKind::InstantTrigger => return webhook::instant_trigger(context, call),
        CallKind::Responder => return webhook::responder(context, call),
    };
    let output = output(call);
    let plan = module(context, call.module);
    let epoch = (call.kind == CallKind::Trigger).then(|| epoch(context, call.module));
    quote! {
        #doc
        pub fn #method(&self, input: #input) -> __lp::#ty<#output> {
            static PLAN: __lp::plan::Module = #plan;
            __lp::#kind(&self.0, &PLAN, #epoch &input)
        }
    }
}

/// The plan of what lists where a trigger may start.
fn epoch(context: &Context<'_>, module: &Module) -> TokenStream {
    let Some(epoch) = facts::epoch(module) else { return quote!(__lp::None,) };
    let plan = context.under("epoch", || self::module(context, &epoch));
    quote!(__lp::Some({ static EPOCH: __lp::plan::Module = #plan; &EPOCH }),)
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
        metadata: &module.metadata,
    };
    part.plan(context)
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
    let endpoints = endpoint::plans(connector);
    let rpcs = rpc::plans(api);
    let install = installation(context, connector.install.as_ref());
    let retries = connector.retry_after_access_error;
    let functions = list(api.javascript.functions.iter().map(super::javascript::function));
    quote! {
        #[allow(unused, clippy::all, clippy::pedantic)]
        static CONNECTOR: __lp::plan::Connector = __lp::plan::Connector {
            name: #id, qs_policy: __lp::plan::QsPolicy::#qs_policy,
            valid_policy: __lp::plan::ValidPolicy::#valid_policy, base_url: #base_url, hosts: #hosts, limits: #limits,
            common: #common, connections: #connections, endpoints: #endpoints, rpcs: #rpcs, install: #install,
            retry_after_access_error: #retries, functions: #functions,
        };
    }
}

/// What whoever installs the connector supplies, as an `Option<plan::Install>`.
pub(super) fn installation(context: &Context<'_>, install: Option<&Installation>) -> TokenStream {
    option(install.map(|install| {
        let parameters = parameters(&install.form);
        let common = option(install.common.as_ref().map(|common| {
            context.under("install", || {
                context.under("common", || context.keyed(common, facts::entries(common)))
            })
        }));
        quote!(__lp::plan::Install { parameters: #parameters, common: #common })
    }))
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

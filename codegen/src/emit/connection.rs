//! Connections: the enum of all ways to log in, and their plans.

use linchpin_spec::facts;
use linchpin_spec::model::{Connection, ConnectionKind, PhaseKind};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::context::Context;
use super::parameter::parameters;
use super::plan::{list, name, names};
use super::types::allow;
use crate::lower::Api;

/// The enum `Connection`: the credentials of each way to log in, or a connection that lies in a store.
pub(crate) fn item(api: &Api<'_>) -> TokenStream {
    let allow = allow();
    let names: Vec<_> =
        api.connections.iter().map(|connection| format_ident!("{}", connection.name)).collect();
    quote! {
        /// A way to log in.
        #allow
        #[derive(__lp::Clone, __lp::fmt::Debug)]
        pub enum Connection {
            #(#names(#names),)*
            /// A connection that was made before: it lies in a store, or comes as a record.
            Stored(__lp::StoredConnection),
        }
        #allow
        impl Connection {
            /// The connection that `store` keeps under `id`.
            pub fn stored(
                store: __lp::Arc<dyn __lp::ConnectionStore>,
                id: impl __lp::Into<__lp::String>,
            ) -> Self {
                Self::Stored(__lp::StoredConnection::new(store, id))
            }
            /// The connection of a record, which a login gives; what changes is kept in memory alone.
            pub fn record(record: __lp::ConnectionRecord) -> Self {
                Self::Stored(__lp::StoredConnection::from_record(record))
            }
        }
        #(impl __lp::From<#names> for Connection {
            fn from(credentials: #names) -> Self { Self::#names(credentials) }
        })*
        impl __lp::From<__lp::StoredConnection> for Connection {
            fn from(stored: __lp::StoredConnection) -> Self { Self::Stored(stored) }
        }
        impl __lp::From<Connection> for __lp::GivenConnection {
            fn from(connection: Connection) -> Self {
                match connection {
                    #(Connection::#names(credentials) => __lp::Into::into(credentials),)*
                    Connection::Stored(stored) => __lp::Into::into(stored),
                }
            }
        }
    }
}

/// One connection, as a `plan::Connection`.
pub(crate) fn plan(
    context: &Context<'_>,
    api: &Api<'_>,
    connection: &Connection,
    learned: &[String],
) -> TokenStream {
    let id = name(&connection.id.value);
    let kind = match connection.kind {
        ConnectionKind::Basic => quote!(Basic),
        ConnectionKind::OAuth2 => quote!(OAuth2),
        ConnectionKind::OAuth1 => quote!(OAuth1),
    };
    let parameters = parameters(&connection.parameters);
    let verify = context.requests(&connection.verify);
    let phases = list(connection.phases.iter().map(|phase| {
        let (key, kind) = self::phase(phase.kind);
        let requests = context.under(key, || context.requests(&phase.requests));
        quote!((__lp::plan::PhaseKind::#kind, #requests))
    }));
    let learned = names(learned.iter().map(String::as_str));
    let scope = names(connection.scope.iter().map(|scope| scope.value.as_str()));
    let module_scopes =
        facts::scopes_of_components(api.connector, connection).into_iter().map(|(id, scopes)| {
            let (id, scopes) = (name(id), names(scopes));
            quote!((#id, #scopes))
        });
    let module_scopes = list(module_scopes);
    let common = names(connection.common.names.iter().map(|key| key.value.as_str()));
    let install = super::client::installation(context, connection.install.as_ref());
    quote! {
        __lp::plan::Connection {
            name: #id, kind: __lp::plan::ConnectionKind::#kind, parameters: #parameters, verify: #verify,
            phases: #phases, learned: #learned, scope: #scope, module_scopes: #module_scopes, common: #common,
            install: #install,
        }
    }
}

fn phase(kind: PhaseKind) -> (&'static str, TokenStream) {
    match kind {
        PhaseKind::Preauthorize => ("preauthorize", quote!(Preauthorize)),
        PhaseKind::RequestToken => ("requestToken", quote!(RequestToken)),
        PhaseKind::Authorize => ("authorize", quote!(Authorize)),
        PhaseKind::Token => ("token", quote!(Token)),
        PhaseKind::AccessToken => ("accessToken", quote!(AccessToken)),
        PhaseKind::Info => ("info", quote!(Info)),
        PhaseKind::Refresh => ("refresh", quote!(Refresh)),
        PhaseKind::Invalidate => ("invalidate", quote!(Invalidate)),
    }
}

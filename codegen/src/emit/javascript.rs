//! What runs in JavaScript: sources in plans, code triggers, data sources (connector.md 16 and 18).
//!
//! A macro cannot see the runtime's features, so all that needs the feature `js` goes through a macro of the runtime,
//! which is a compile error without it (rulings 18).

use linchpin_spec::facts::code_parameter;
use linchpin_spec::model::{DataSourceKind, Function};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::context::Context;
use super::plan::{name, names};
use super::types::{allow, doc};
use crate::lower::{Api, Call, CallKind, SourceCall};

/// A custom function, as a `plan::Function`.
pub(crate) fn function(function: &Function) -> TokenStream {
    let (id, code) = (name(&function.id.value), name(&function.code.value));
    quote!(__lp::plan::Function { name: #id, code: #code })
}

/// JavaScript in place of requests, as a `plan::Code`.
pub(crate) fn code(code: &str) -> TokenStream {
    match code_parameter(code) {
        Some(parameter) => {
            let parameter = name(parameter);
            quote!(__lp::plan::Code::Parameter(#parameter))
        }
        None => {
            let code = name(code);
            quote!(__lp::plan::Code::Source(#code))
        }
    }
}

/// The items that exist with the feature `js` alone.
pub(crate) fn items(context: &Context<'_>, api: &Api<'_>) -> TokenStream {
    if api.javascript.reasons.is_empty() {
        return TokenStream::new();
    }
    let reasons = api.javascript.reasons.join(", ");
    let what = format!("the connector `{}` runs JavaScript: {reasons}", api.connector.name);
    let triggers = triggers(context, api);
    let sources = sources(api);
    quote!(__lp::needs_js! { #what #triggers #sources })
}

fn triggers(context: &Context<'_>, api: &Api<'_>) -> TokenStream {
    let allow = allow();
    let triggers: Vec<TokenStream> = api
        .calls
        .iter()
        .filter(|call| call.kind == CallKind::CodeTrigger)
        .map(|call| trigger(context, call))
        .collect();
    if triggers.is_empty() {
        return TokenStream::new();
    }
    quote!(#allow impl Client { #(#triggers)* })
}

fn trigger(context: &Context<'_>, call: &Call<'_>) -> TokenStream {
    let (doc, method, input) =
        (doc(&call.doc), format_ident!("{}", call.method), format_ident!("{}", call.input));
    let plan = super::client::module(context, call.module);
    quote! {
        #doc
        pub fn #method(&self, input: #input) -> __lp::js::CodeTrigger {
            static PLAN: __lp::plan::Module = #plan;
            __lp::js::CodeTrigger::new(&self.0, &PLAN, __lp::Input::into_object(input))
        }
    }
}

fn sources(api: &Api<'_>) -> TokenStream {
    if api.sources.is_empty() {
        return TokenStream::new();
    }
    let allow = allow();
    let calls = api.sources.iter().map(source);
    quote! {
        #allow
        impl Client {
            /// The data sources: code that lists what a user may choose.
            pub fn data_sources(&self) -> DataSources { DataSources(__lp::Clone::clone(&self.0)) }
        }
        /// The data sources. Each sees the client's connection, unless its input names another one.
        #allow
        #[derive(__lp::Clone, __lp::fmt::Debug)]
        pub struct DataSources(__lp::Client);
        #allow
        impl DataSources { #(#calls)* }
    }
}

fn source(call: &SourceCall<'_>) -> TokenStream {
    let (doc, method, source) = (doc(&call.doc), format_ident!("{}", call.method), call.source);
    let (ty, run) = match source.kind {
        DataSourceKind::JsonForm => (quote!(__lp::js::JsonForm), quote!(json_form)),
        DataSourceKind::ObjectSelection => {
            (quote!(__lp::Vec<__lp::js::ObjectSelection>), quote!(object_selection))
        }
        DataSourceKind::Picklist => (quote!(__lp::Vec<__lp::js::Element>), quote!(picklist)),
        DataSourceKind::String => (quote!(__lp::String), quote!(string)),
    };
    let id = name(&source.id.value);
    let connections = names(source.connection.iter().map(|connection| connection.value.as_str()));
    let is_given = code_parameter(&source.code.value).is_some();
    let (argument, given) = if is_given {
        (quote!(code: impl __lp::Into<__lp::String>,), quote!(__lp::Some(__lp::Into::into(code))))
    } else {
        (quote!(), quote!(__lp::None))
    };
    let code = code(&source.code.value);
    quote! {
        #doc
        pub fn #method(&self, #argument input: __lp::js::DataSourceInput) -> __lp::js::DataSourceCall<#ty> {
            static SOURCE: __lp::plan::DataSource =
                __lp::plan::DataSource { name: #id, connections: #connections, code: #code };
            __lp::js::DataSourceCall::#run(&self.0, &SOURCE, #given, input)
        }
    }
}

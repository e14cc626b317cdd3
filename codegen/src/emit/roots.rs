//! Reading the variables of a template (connector.md 9).

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// Roots that have a slot in the runtime's scope; their variants are these names in upper camel case.
const SLOTS: &[(&str, &str)] = &[
    ("parameters", "Parameters"),
    ("connection", "Connection"),
    ("common", "Common"),
    ("data", "Data"),
    ("temp", "Temp"),
    ("body", "Body"),
    ("headers", "Headers"),
    ("statusCode", "StatusCode"),
    ("item", "Item"),
    ("iterate", "Iterate"),
    ("output", "Output"),
    ("pagination", "Pagination"),
    ("query", "Query"),
    ("payload", "Payload"),
    ("webhook", "Webhook"),
    ("oauth", "Oauth"),
    ("metadata", "Metadata"),
    ("environment", "Environment"),
    ("scenario", "Scenario"),
    ("trigger", "Trigger"),
    ("method", "Method"),
    ("rawBody", "RawBody"),
    ("uid", "Uid"),
];

/// The place of a variable: its slot, or the map of all others.
pub(crate) fn read(name: &str) -> TokenStream {
    match SLOTS.iter().find(|(known, _)| *known == name) {
        Some((_, variant)) => {
            let variant = format_ident!("{variant}");
            quote!(s.root(__lp::Root::#variant))
        }
        None => quote!(s.named(#name)),
    }
}

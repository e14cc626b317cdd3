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
    match slot(name) {
        Some(slot) => quote!(s.root(#slot)),
        None => quote!(s.named(#name)),
    }
}

/// The place of a member of a variable that has a slot. Most paths begin so, and one call is less for rustc than two.
pub(crate) fn member(name: &str, key: &str) -> Option<TokenStream> {
    slot(name).map(|slot| quote!(s.member(#slot, #key)))
}

fn slot(name: &str) -> Option<TokenStream> {
    let (_, variant) = SLOTS.iter().find(|(known, _)| *known == name)?;
    let variant = format_ident!("{variant}");
    Some(quote!(__lp::Root::#variant))
}

//! From plain data to tokens. Nothing here can fail: what is wrong in a connector was found before.

mod call;
mod client;
mod code;
mod connection;
mod context;
mod conversions;
mod derives;
mod expression;
mod javascript;
mod literal;
mod parameter;
mod plan;
mod roots;
mod samples;
mod shared;
mod template;
mod text;
mod types;
mod webhook;
mod write;

use std::path::PathBuf;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

pub(crate) use context::{Context, Custom};
pub(crate) use samples::samples;

use self::derives::Derives;
use crate::lower::Api;
use crate::path::RustPath;

/// The version of the names that emitted code refers to (rulings 16).
const ABI: &str = "v1";

/// Binds `__lp`, the only name through which emitted code reaches the runtime.
pub(crate) fn import(crate_path: &TokenStream) -> TokenStream {
    let version = format_ident!("{ABI}");
    quote!(#[allow(unused_imports)] use #crate_path::__private::#version as __lp;)
}

/// Everything that is generated for a connector.
pub(crate) fn items(
    context: &Context<'_>,
    api: &Api<'_>,
    crate_path: &TokenStream,
    derives: &[RustPath],
    files: &[PathBuf],
) -> TokenStream {
    let derives = Derives::new(derives);
    let import = import(crate_path);
    let client = client::client(context, api);
    let connection = connection::item(api);
    let structs = api.structs.iter().map(|lowered| types::item(lowered, &derives));
    let enums = api.enums.iter().map(|lowered| conversions::enumeration(lowered, &derives));
    let tracked = tracked(files);
    let javascript = javascript::items(context, api);
    let shared = context.shared_items();
    quote!(#import #client #connection #(#structs)* #(#enums)* #shared #javascript #tracked)
}

/// Makes the user's crate depend on the connector's files.
///
/// The function is private and nobody calls it, so that their bytes, secrets of `common` included, do not get into the
/// crate (rulings 12).
fn tracked(files: &[PathBuf]) -> TokenStream {
    let files: Vec<&str> = files.iter().filter_map(|file| file.to_str()).collect();
    if files.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[allow(unused)]
        fn __linchpin_files() { #(let _: &[u8] = __lp::include_bytes!(#files);)* }
    }
}

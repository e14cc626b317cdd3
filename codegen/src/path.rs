//! Paths in Rust that users give: the runtime's crate, a module of functions, a derive.

use std::fmt;
use std::str::FromStr;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Token};

/// A path such as `crate::functions` or `::linchpin`.
#[derive(Clone)]
pub struct RustPath(TokenStream);

impl RustPath {
    pub(crate) fn tokens(&self) -> &TokenStream {
        &self.0
    }
}

impl Parse for RustPath {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut tokens = TokenStream::new();
        // `$crate`, which a macro of the user may pass on, is one identifier.
        if input.peek(Token![::]) {
            input.parse::<Token![::]>()?.to_tokens(&mut tokens);
        }
        loop {
            let segment: Ident = input.call(syn::ext::IdentExt::parse_any)?;
            segment.to_tokens(&mut tokens);
            if !input.peek(Token![::]) {
                return Ok(Self(tokens));
            }
            input.parse::<Token![::]>()?.to_tokens(&mut tokens);
        }
    }
}

impl FromStr for RustPath {
    type Err = BadPath;

    fn from_str(text: &str) -> Result<Self, BadPath> {
        syn::parse_str(text).map_err(|_| BadPath(text.to_owned()))
    }
}

impl fmt::Debug for RustPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A text that is no path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPath(String);

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a path in Rust", self.0)
    }
}

impl std::error::Error for BadPath {}

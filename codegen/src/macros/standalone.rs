//! `iml!`

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

use super::options;
use crate::path::RustPath;
use crate::report;
use crate::template::{Shape, TemplateConfig, compile_template};

/// What `iml!` expands to: an expression of the runtime's `Template`, or one `compile_error!` for each mistake.
///
/// `iml!("..")` may read any variable. `iml!(strict, roots = [body, item], "..")` may read those that are named and is
/// held to the strict dialect (rulings 6). `crate = path` says where the runtime is.
pub fn expand_iml(input: TokenStream) -> TokenStream {
    let arguments: Arguments = match syn::parse2(input) {
        Ok(arguments) => arguments,
        Err(error) => return error.into_compile_error(),
    };
    match compile_template(&arguments.template.value(), &arguments.config) {
        Ok(tokens) => tokens,
        Err(error) => {
            let errors = report::errors(&error.diagnostics, &error.sources, arguments.template.span());
            quote::quote!({ #errors })
        }
    }
}

struct Arguments {
    template: LitStr,
    config: TemplateConfig,
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut config = TemplateConfig { shape: Shape::Template, ..TemplateConfig::default() };
        while !input.peek(LitStr) {
            let key = input.call(Ident::parse_any)?;
            match key.to_string().as_str() {
                "strict" => drop(config.roots.get_or_insert_default()),
                "roots" => config.roots = Some(options::roots(input)?),
                "crate" => {
                    input.parse::<Token![=]>()?;
                    config.crate_path = Some(input.parse::<RustPath>()?);
                }
                _ => {
                    return Err(syn::Error::new(
                        key.span(),
                        "expected `strict`, `roots = [..]`, `crate = path` or a template",
                    ));
                }
            }
            input.parse::<Token![,]>()?;
        }
        let template = input.parse()?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok(Self { template, config })
    }
}

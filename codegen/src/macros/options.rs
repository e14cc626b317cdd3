//! The arguments of `include_connector!`.

use linchpin_spec::diagnostic::{CODES, Code, Level};
use linchpin_spec::model::{QsPolicy, ValidPolicy};
use linchpin_spec::similar::nearest;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitBool, LitStr, Token, bracketed, parenthesized};

use crate::config::{Config, Functions};
use crate::path::RustPath;

/// What `include_connector!` was given.
pub(super) struct Arguments {
    pub(super) source: SourceArgument,
    pub(super) config: Config,
    /// Where `only` or `except` names modules.
    pub(super) selection: Option<Span>,
}

/// Where the connector is.
pub(super) enum SourceArgument {
    /// A path.
    Path(LitStr),
    /// Its text.
    Inline(LitStr),
}

impl SourceArgument {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Path(literal) | Self::Inline(literal) => literal.span(),
        }
    }
}

const KEYS: &[&str] = &[
    "path",
    "inline",
    "only",
    "except",
    "derives",
    "allow",
    "warn",
    "deny",
    "crate",
    "functions",
    "samples",
    "qs_policy",
    "valid_policy",
];

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut source = None;
        let mut rest = Rest { config: Config::default(), selection: None };
        if input.peek(LitStr) {
            source = Some(SourceArgument::Path(input.parse()?));
            comma(input)?;
        }
        let mut seen = Vec::new();
        while !input.is_empty() {
            let key = input.call(Ident::parse_any)?;
            let name = key.to_string();
            if seen.contains(&name) {
                return Err(syn::Error::new(key.span(), format!("`{name}` stands here twice")));
            }
            match name.as_str() {
                "path" | "inline" if source.is_some() => {
                    return Err(syn::Error::new(
                        key.span(),
                        "a connector has one source: a path or inline text",
                    ));
                }
                "path" => source = Some(SourceArgument::Path(equals(input)?)),
                "inline" => source = Some(SourceArgument::Inline(equals(input)?)),
                _ => rest.argument(&key, &name, input)?,
            }
            seen.push(name);
            comma(input)?;
        }
        let message = "expected the connector's path, such as `include_connector!(\"connector.json\")`";
        let source = source.ok_or_else(|| input.error(message))?;
        Ok(Self { source, config: rest.config, selection: rest.selection })
    }
}

struct Rest {
    config: Config,
    selection: Option<Span>,
}

impl Rest {
    fn argument(&mut self, key: &Ident, name: &str, input: ParseStream<'_>) -> syn::Result<()> {
        let config = &mut self.config;
        match name {
            "only" | "except" => {
                let (names, span) = texts(input)?;
                self.selection.get_or_insert(span);
                match name {
                    "only" => config.only = Some(names),
                    _ => config.except = names,
                }
            }
            "derives" => config.derives = list(input)?,
            "allow" => levels(input, Level::Allow, config)?,
            "warn" => levels(input, Level::Warn, config)?,
            "deny" => levels(input, Level::Deny, config)?,
            "crate" => config.crate_path = Some(equals(input)?),
            "functions" => config.functions = Some(functions(input)?),
            "samples" => config.samples = equals::<LitBool>(input)?.value,
            "qs_policy" => {
                let policies = [("replace", QsPolicy::Replace), ("merge", QsPolicy::Merge)];
                config.options.qs_policy = Some(choice(input, &policies)?);
            }
            "valid_policy" => {
                let policies = [("only", ValidPolicy::Only), ("and_status", ValidPolicy::AndStatus)];
                config.options.valid_policy = Some(choice(input, &policies)?);
            }
            _ => {
                let mut message = format!("there is no argument `{name}`");
                match nearest(name, KEYS.iter().copied()) {
                    Some(known) => message.push_str(&format!("; did you mean `{known}`?")),
                    None => message.push_str(&format!("; there are {}", KEYS.join(", "))),
                }
                return Err(syn::Error::new(key.span(), message));
            }
        }
        Ok(())
    }
}

fn comma(input: ParseStream<'_>) -> syn::Result<()> {
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    Ok(())
}

fn equals<T: Parse>(input: ParseStream<'_>) -> syn::Result<T> {
    input.parse::<Token![=]>()?;
    input.parse()
}

/// `= [..]`
pub(super) fn list<T: Parse>(input: ParseStream<'_>) -> syn::Result<Vec<T>> {
    input.parse::<Token![=]>()?;
    let content;
    bracketed!(content in input);
    Ok(Punctuated::<T, Token![,]>::parse_terminated(&content)?.into_iter().collect())
}

/// A name: a text, or an identifier.
struct Name {
    value: String,
    span: Span,
}

impl Parse for Name {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            let literal: LitStr = input.parse()?;
            return Ok(Self { value: literal.value(), span: literal.span() });
        }
        let ident = input.call(Ident::parse_any)?;
        Ok(Self { value: ident.unraw().to_string(), span: ident.span() })
    }
}

/// `= [..]` of names, and the place of the first.
fn texts(input: ParseStream<'_>) -> syn::Result<(Vec<String>, Span)> {
    let here = input.span();
    let names: Vec<Name> = list(input)?;
    let span = names.first().map_or(here, |name| name.span);
    Ok((names.into_iter().map(|name| name.value).collect(), span))
}

/// The names of `iml!`'s roots.
pub(super) fn roots(input: ParseStream<'_>) -> syn::Result<Vec<String>> {
    texts(input).map(|(names, _)| names)
}

fn levels(input: ParseStream<'_>, level: Level, config: &mut Config) -> syn::Result<()> {
    for name in list::<Name>(input)? {
        // Codes are written `unknown-function`, and as an identifier `unknown_function`.
        let written = name.value.replace('_', "-");
        let Some(code) = Code::find(&written) else {
            let mut message = format!("there is no diagnostic `{}`", name.value);
            if let Some(known) = nearest(&written, CODES.iter().map(|info| info.name)) {
                message.push_str(&format!("; did you mean `{known}`?"));
            }
            return Err(syn::Error::new(name.span, message));
        };
        config.options.levels.push((code, level));
    }
    Ok(())
}

/// `= path`, or `(path, only = [..])`.
fn functions(input: ParseStream<'_>) -> syn::Result<Functions> {
    if input.peek(Token![=]) {
        return Ok(Functions { path: equals(input)?, only: None });
    }
    let content;
    parenthesized!(content in input);
    let path: RustPath = content.parse()?;
    comma(&content)?;
    if content.is_empty() {
        return Ok(Functions { path, only: None });
    }
    let key = content.call(Ident::parse_any)?;
    if key != "only" {
        return Err(syn::Error::new(key.span(), "expected `only = [..]`"));
    }
    let (only, _) = texts(&content)?;
    comma(&content)?;
    Ok(Functions { path, only: Some(only) })
}

fn choice<T: Copy>(input: ParseStream<'_>, choices: &[(&str, T)]) -> syn::Result<T> {
    input.parse::<Token![=]>()?;
    let name: Name = input.parse()?;
    let found = choices.iter().find(|(known, _)| *known == name.value);
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        let known: Vec<String> = choices.iter().map(|(known, _)| format!("`{known}`")).collect();
        syn::Error::new(name.span, format!("expected {}", known.join(" or ")))
    })
}

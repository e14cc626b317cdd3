//! Calls: lazy ones become control flow, the others calls of the runtime's functions (iml.md 8, 9).

use std::ops::Range;

use linchpin_spec::iml::ast::{Expr, ExprKind};
use linchpin_spec::iml::{Switch, functions};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::code::Code;
use super::context::Custom;
use super::expression::Expressions;

impl Expressions<'_, '_> {
    /// The value of a call.
    pub(crate) fn call(&self, name: &str, range: Range<u32>, args: &[Option<Expr>]) -> Code {
        if let Some(custom) = self.context.custom(name) {
            return self.custom(custom, name, range, args);
        }
        match name {
            "if" => {
                let condition = self.argument(args.first()).truth().tokens();
                Code::either(&condition, &self.argument(args.get(1)), &self.argument(args.get(2)))
            }
            "ifempty" => self.ifempty(&self.argument(args.first()), &self.argument(args.get(1))),
            "switch" => self.switch(args),
            _ => self.built_in(name, range, args),
        }
    }

    fn ifempty(&self, first: &Code, second: &Code) -> Code {
        if let (Some(first), Some(second)) = (first.place(), second.place()) {
            // Neither costs anything to evaluate, so nothing has to wait.
            return Code::Place(quote!(__lp::ifempty(#first, #second)));
        }
        let binding = first.binding();
        let kept = if first.place().is_some() { Code::Place(quote!(v)) } else { Code::Owned(quote!(v)) };
        let either = Code::either(&quote!(v.is_blank()), second, &kept);
        let chosen = either.binding();
        let block = quote!({ let v = #binding; #chosen });
        if either.place().is_some() { Code::Place(block) } else { Code::Owned(block) }
    }

    /// The first result whose value matches; flat, so that many of them do not nest (rulings 4).
    fn switch(&self, args: &[Option<Expr>]) -> Code {
        let Switch { arms, otherwise, .. } = Switch::of(args);
        let results: Vec<Code> = arms.iter().map(|(_, result)| self.argument(Some(result))).collect();
        let otherwise = self.argument(otherwise);
        let is_place = otherwise.place().is_some() && results.iter().all(|result| result.place().is_some());
        let give = |code: &Code| if is_place { code.reference() } else { code.owned() };
        let label = self.context.label();
        let matches = self.context.switch_equality();
        let arms = arms.iter().zip(&results).map(|((value, _), result)| {
            let (value, result) = (self.argument(Some(value)).reference(), give(result));
            quote!(if __lp::ops::#matches(v, #value) { break #label #result; })
        });
        let (subject, otherwise) = (self.subject(args), give(&otherwise));
        let block = quote!(#label: { #subject #(#arms)* #otherwise });
        if is_place { Code::Place(block) } else { Code::Owned(block) }
    }

    /// Binds what `switch` looks at as a reference.
    pub(crate) fn subject(&self, args: &[Option<Expr>]) -> TokenStream {
        let subject = self.argument(args.first());
        match subject.place() {
            Some(place) => quote!(let v = #place;),
            None => {
                let owned = subject.owned();
                quote!(let v = &#owned;)
            }
        }
    }

    fn custom(&self, custom: &Custom, name: &str, range: Range<u32>, args: &[Option<Expr>]) -> Code {
        let arguments = args.iter().map(|argument| self.argument(Some(argument)));
        match custom {
            Custom::Engine => {
                let site = self.site(range);
                let arguments = arguments.map(|argument| argument.reference());
                Code::Owned(quote!(__lp::custom(#site, #name, &[#(#arguments),*])?))
            }
            Custom::Rust(path) => {
                let function = format_ident!("{}", crate::lower::names::value(name));
                let arguments = arguments.map(|argument| argument.owned());
                Code::Owned(quote!(#path::#function(s, &[#(#arguments),*])?))
            }
        }
    }

    fn built_in(&self, name: &str, range: Range<u32>, args: &[Option<Expr>]) -> Code {
        let site = self.site(range);
        let Some(function) = functions::find(name) else {
            let message = format!("Function '{name}' not found!");
            return failure(&self.context.place(self.template.source.span), &message);
        };
        let arguments: Vec<TokenStream> =
            args.iter().map(|argument| self.argument(Some(argument)).reference()).collect();
        let path = format_ident!("{}", function.rust);
        if let Some((kind, literal)) = compiled_once(name, args) {
            let (kind, path) = (format_ident!("{kind}"), format_ident!("{}_with", function.rust));
            return Code::Owned(quote!({
                static ONCE: __lp::functions::#kind = __lp::functions::#kind::new(#literal);
                __lp::functions::#path(#site, &ONCE, &[#(#arguments),*])?
            }));
        }
        Code::Owned(quote!(__lp::functions::#path(#site, &[#(#arguments),*])?))
    }

    fn site(&self, range: Range<u32>) -> TokenStream {
        self.context.site(self.template.span_of(range))
    }
}

/// An expression that fails when it runs.
pub(crate) fn failure(place: &str, message: &str) -> Code {
    Code::Owned(quote!(__lp::Result::<__lp::Value, _>::Err(__lp::Error::template(#place, #message))?))
}

/// Literal patterns and date formats are compiled once: the type that does it, and the literal.
fn compiled_once<'e>(name: &str, args: &'e [Option<Expr>]) -> Option<(&'static str, &'e str)> {
    let Some(Some(Expr { kind: ExprKind::Text(literal), .. })) = args.get(1) else { return None };
    match name {
        "replace" if is_pattern(literal) => Some(("Pattern", literal)),
        "formatDate" | "parseDate" if !literal.is_empty() => Some(("DateFormat", literal)),
        _ => None,
    }
}

/// Whether a search text is `/pattern/flags` (iml.md 9.2, `replace`).
fn is_pattern(text: &str) -> bool {
    let Some((pattern, flags)) = text.strip_prefix('/').and_then(|rest| rest.rsplit_once('/')) else {
        return false;
    };
    !pattern.is_empty() && flags.chars().all(|flag| "dgimsuvy".contains(flag))
}

//! The generated structs and enums.
//!
//! What is the same for all of them lives in the runtime; the items here are as few and as small as the interface
//! allows, since rustc pays for each.

use linchpin_spec::json::Kind;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::derives::Derives;
use super::literal;
use crate::lower::{Default, Field, Struct, Type};

/// Lints that generated items cannot keep in every crate.
pub(crate) fn allow() -> TokenStream {
    quote!(#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)])
}

/// A doc comment.
pub(crate) fn doc(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// The type of a field's value.
fn ty(ty: &Type) -> TokenStream {
    match ty {
        Type::Value => quote!(__lp::Value),
        Type::Text => quote!(__lp::String),
        Type::Secret => quote!(__lp::Secret),
        Type::Number => quote!(f64),
        Type::Integer => quote!(i64),
        Type::Unsigned => quote!(u64),
        Type::Port => quote!(u16),
        Type::Boolean => quote!(bool),
        Type::Date => quote!(__lp::Date),
        Type::Buffer => quote!(__lp::Bytes),
        Type::Object => quote!(__lp::Object),
        Type::List(item) => {
            let item = self::ty(item);
            quote!(__lp::Vec<#item>)
        }
        Type::Struct(name) | Type::Enum(name) => {
            let name = format_ident!("{name}");
            quote!(#name)
        }
    }
}

/// The type of an argument, and how it becomes the field's value.
fn argument(field: &Field) -> (TokenStream, TokenStream) {
    let (name, plain) = (format_ident!("{}", field.name), ty(&field.ty));
    if is_converted(&field.ty) {
        (quote!(impl __lp::Into<#plain>), quote!(__lp::Into::into(#name)))
    } else {
        (plain, quote!(#name))
    }
}

/// Types for which users have something else at hand, such as `&str`, or a whole number.
fn is_converted(ty: &Type) -> bool {
    matches!(ty, Type::Text | Type::Secret | Type::Number | Type::Value | Type::Buffer | Type::Object)
}

/// A struct with everything that belongs to it.
pub(crate) fn item(lowered: &Struct, derives: &Derives) -> TokenStream {
    let definition = definition(lowered, derives);
    let methods = if lowered.role.is_read() { TokenStream::new() } else { methods(lowered) };
    let conversions = super::conversions::conversions(lowered);
    let required = required(lowered);
    let serde = derives.of_struct(lowered);
    quote!(#definition #methods #required #conversions #serde)
}

fn definition(lowered: &Struct, derives: &Derives) -> TokenStream {
    let (allow, doc, name) = (allow(), doc(&lowered.doc), format_ident!("{}", lowered.name));
    let fields = lowered.fields.iter().map(|field| {
        let (doc, name, ty) = (self::doc(&field.doc), format_ident!("{}", field.name), ty(&field.ty));
        let ty = if field.required { ty } else { quote!(__lp::Option<#ty>) };
        quote!(#doc pub #name: #ty,)
    });
    // What is read can be cloned through its fields' values, which the runtime does once for all types.
    let clone = (!lowered.role.is_read()).then(|| quote!(__lp::Clone));
    let derived: Vec<_> = clone.iter().chain(derives.others()).collect();
    let derive = (!derived.is_empty()).then(|| quote!(#[derive(#(#derived),*)]));
    let extra = if lowered.role.is_read() {
        " What no field takes: keys that the connector does not name, and values of another type."
    } else {
        " Keys that the connector does not name; they win over the fields."
    };
    quote! {
        #doc #allow
        #derive
        pub struct #name {
            #(#fields)*
            #[doc = #extra]
            pub extra: __lp::Object,
        }
    }
}

/// `new`, the setters, `set` and `set_null` (rulings 22).
fn methods(lowered: &Struct) -> TokenStream {
    let (allow, name) = (allow(), format_ident!("{}", lowered.name));
    let new = new(lowered);
    let setters = lowered.fields.iter().filter(|field| !field.required).map(|field| {
        let (doc, name, (ty, _)) = (doc(&field.doc), format_ident!("{}", field.name), argument(field));
        let some = if is_converted(&field.ty) { quote!(some) } else { quote!(Some) };
        quote! {
            #doc
            pub fn #name(mut self, #name: #ty) -> Self { self.#name = __lp::#some(#name); self }
        }
    });
    quote! {
        #allow
        impl #name {
            #new
            #(#setters)*
            /// Sets any field by its name in the connector, also one that the connector does not name.
            pub fn set(mut self, name: &str, value: impl __lp::Into<__lp::Value>) -> Self {
                self.extra.set(name, value);
                self
            }
            /// Sends `null` for a field.
            pub fn set_null(mut self, name: &str) -> Self { self.extra.set(name, __lp::Value::NULL); self }
        }
    }
}

fn new(lowered: &Struct) -> TokenStream {
    let fields = lowered.fields.iter().map(|field| {
        let (name, (_, converted)) = (format_ident!("{}", field.name), argument(field));
        if field.required && lowered.required.is_some() {
            quote!(#name: required.#name)
        } else if field.required {
            quote!(#name: #converted)
        } else {
            let value = default(field);
            quote!(#name: #value)
        }
    });
    let arguments = match &lowered.required {
        Some(required) => {
            let required = format_ident!("{required}");
            quote!(required: #required)
        }
        None => {
            let required = lowered.fields.iter().filter(|field| field.required).map(|field| {
                let (name, (ty, _)) = (format_ident!("{}", field.name), argument(field));
                quote!(#name: #ty)
            });
            quote!(#(#required),*)
        }
    };
    quote! {
        /// With what is required; defaults of the connector are filled in.
        pub fn new(#arguments) -> Self { Self { #(#fields,)* extra: __lp::Object::new() } }
    }
}

/// What `new` puts into an optional field.
fn default(field: &Field) -> TokenStream {
    match &field.default {
        None => quote!(__lp::None),
        Some(Default::Variant(variant)) => {
            let (ty, variant) = (ty(&field.ty), format_ident!("{variant}"));
            quote!(__lp::Some(#ty::#variant))
        }
        Some(Default::Literal(node)) => match &node.kind {
            Kind::String(text) => {
                let text = &*text.value;
                quote!(__lp::Some(__lp::Into::into(#text)))
            }
            Kind::Bool(bool) => quote!(__lp::Some(#bool)),
            Kind::Number(number) => {
                let number = number_of(&field.ty, number);
                quote!(__lp::Some(#number))
            }
            Kind::Null | Kind::Array(_) | Kind::Object(_) => quote!(__lp::None),
        },
        Some(Default::Converted(node)) => {
            let literal = literal::node(node);
            quote!(__lp::FromValue::from_value(__lp::literal(&#literal)).ok())
        }
    }
}

fn number_of(ty: &Type, written: &str) -> TokenStream {
    if *ty == Type::Number {
        return literal::float(written.parse().unwrap_or_default());
    }
    let sign = written.starts_with('-').then(|| quote!(-));
    let digits: u64 = written.trim_start_matches('-').parse().unwrap_or_default();
    let digits = Literal::u64_unsuffixed(digits);
    quote!(#sign #digits)
}

/// The struct that gives many required parameters their names.
fn required(lowered: &Struct) -> TokenStream {
    let Some(required) = &lowered.required else { return TokenStream::new() };
    let (allow, name) = (allow(), format_ident!("{required}"));
    let doc = format!(" What `{}::new` requires.", lowered.name);
    let fields = lowered.fields.iter().filter(|field| field.required).map(|field| {
        let (doc, name, ty) = (self::doc(&field.doc), format_ident!("{}", field.name), ty(&field.ty));
        quote!(#doc pub #name: #ty,)
    });
    quote! {
        #[doc = #doc] #allow
        #[derive(__lp::Clone)]
        pub struct #name { #(#fields)* }
    }
}

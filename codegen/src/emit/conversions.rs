//! How generated types become values and are read from values.
//!
//! Each struct lists its fields once for writing and, where it is read, once for reading; everything else follows from
//! that in the runtime.

use linchpin_spec::json::Kind;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::derives::Derives;
use super::literal;
use super::plan::option;
use super::types::{allow, doc};
use crate::lower::{Enum, Role, Struct, Type};

/// To and from objects, and what follows from that.
pub(crate) fn conversions(lowered: &Struct) -> TokenStream {
    let name = format_ident!("{}", lowered.name);
    let role = by_role(lowered);
    let debug = debug(&lowered.name);
    let keys = lowered.fields.iter().map(|field| &field.key);
    let names = lowered.fields.iter().map(|field| format_ident!("{}", field.name));
    let to_object = if lowered.fields.is_empty() {
        quote!(
            fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
                __lp::Clone::clone(&self.extra)
            }
        )
    } else {
        quote! {
            fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
                __lp::fields(&[#(#keys),*], &[#(&self.#names),*], &self.extra, secrets)
            }
        }
    };
    quote! {
        impl __lp::ToObject for #name { #to_object }
        #role
        #debug
    }
}

/// `Debug` without secrets. A derive would cost each crate that uses the client far more.
fn debug(name: &str) -> TokenStream {
    let ident = format_ident!("{name}");
    quote! {
        impl __lp::fmt::Debug for #ident {
            fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
                __lp::convert::debug(#name, self, f)
            }
        }
    }
}

fn by_role(lowered: &Struct) -> TokenStream {
    let name = format_ident!("{}", lowered.name);
    match &lowered.role {
        Role::Credentials(id) => quote! {
            impl __lp::Credentials for #name {
                const NAME: &'static str = #id;
            }
        },
        Role::Installation(connection) => {
            let connection = option(connection.as_ref().map(|id| quote!(#id)));
            quote! {
                impl __lp::Installation for #name {
                    type Client = Client;
                    const CONNECTION: __lp::Option<&'static __lp::str> = #connection;
                }
            }
        }
        Role::Input | Role::InputPart => TokenStream::new(),
        Role::Output | Role::OutputPart => {
            let fields = lowered.fields.iter().map(|field| {
                let (key, name, take) = (&field.key, format_ident!("{}", field.name), take(&field.ty));
                quote!(#name: __lp::#take(&mut o, #key),)
            });
            let mutable = (!lowered.fields.is_empty()).then(|| quote!(mut));
            quote! {
                impl __lp::FromBundle for #name {
                    fn from_object(#mutable o: __lp::Object) -> Self { Self { #(#fields)* extra: o } }
                }
                impl __lp::Clone for #name {
                    fn clone(&self) -> Self { __lp::convert::cloned(self) }
                }
            }
        }
    }
}

/// What takes a field out of a bundle. For common types there are plain functions, which rustc checks faster than one
/// for every type.
fn take(ty: &Type) -> Ident {
    let name = match ty {
        Type::Text => "take_text",
        Type::Number => "take_f64",
        Type::Integer => "take_i64",
        Type::Unsigned => "take_u64",
        Type::Boolean => "take_bool",
        Type::Date => "take_date",
        Type::Value => "take_value",
        _ => "take",
    };
    format_ident!("{name}")
}

/// An enum with everything that belongs to it.
pub(crate) fn enumeration(lowered: &Enum, derives: &Derives) -> TokenStream {
    let (allow, doc, name) = (allow(), doc(&lowered.doc), format_ident!("{}", lowered.name));
    let variants = lowered.variants.iter().map(|variant| {
        let (doc, name) = (self::doc(&variant.doc), format_ident!("{}", variant.name));
        quote!(#doc #name,)
    });
    let names: Vec<_> = lowered.variants.iter().map(|variant| format_ident!("{}", variant.name)).collect();
    let values: Vec<_> = lowered.variants.iter().map(|variant| constant(&variant.value.kind)).collect();
    let serde = derives.of_enum(lowered);
    quote! {
        #serde
        #doc #allow
        #[derive(__lp::Clone)]
        pub enum #name {
            #(#variants)*
            /// A value that the connector does not list.
            Other(__lp::Value),
        }
        impl __lp::FromValue for #name {
            fn from_value(value: __lp::Value) -> __lp::Result<Self, __lp::Value> {
                #(if value == #values { return __lp::Ok(Self::#names); })*
                if value.is_nullish() { __lp::Err(value) } else { __lp::Ok(Self::Other(value)) }
            }
        }
        impl __lp::ToValue for #name {
            fn to_value(&self, _: __lp::Secrets) -> __lp::Value {
                match self { #(Self::#names => #values,)* Self::Other(value) => __lp::Clone::clone(value) }
            }
        }
        impl __lp::fmt::Debug for #name {
            fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
                __lp::fmt::Debug::fmt(&__lp::ToValue::to_value(self, __lp::Secrets::Shown), f)
            }
        }
        impl __lp::PartialEq for #name {
            fn eq(&self, other: &Self) -> bool {
                __lp::ToValue::to_value(self, __lp::Secrets::Shown)
                    == __lp::ToValue::to_value(other, __lp::Secrets::Shown)
            }
        }
    }
}

fn constant(value: &Kind) -> TokenStream {
    match value {
        Kind::String(text) => literal::text(&text.value),
        Kind::Number(number) => literal::written_number(number),
        Kind::Bool(true) => quote!(__lp::Value::TRUE),
        Kind::Bool(false) => quote!(__lp::Value::FALSE),
        Kind::Null | Kind::Array(_) | Kind::Object(_) => quote!(__lp::Value::NULL),
    }
}

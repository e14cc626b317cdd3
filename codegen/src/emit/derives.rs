//! What users ask for on top with `derives = [..]`.
//!
//! serde and `PartialEq` go by way of the runtime's values: derives would take ten times as long to compile.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::lower::{Enum, Struct};
use crate::path::RustPath;

/// Traits of all generated types beyond those that they have anyway.
#[derive(Default)]
pub(crate) struct Derives {
    serialize: bool,
    deserialize: bool,
    partial_eq: bool,
    others: Vec<TokenStream>,
}

impl Derives {
    pub(crate) fn new(paths: &[RustPath]) -> Self {
        let mut derives = Self::default();
        for path in paths {
            let written = path.tokens().to_string().replace(' ', "");
            match written.rsplit("::").next().unwrap_or_default() {
                "Serialize" => derives.serialize = true,
                "Deserialize" => derives.deserialize = true,
                "PartialEq" => derives.partial_eq = true,
                // Every generated type has these.
                "Clone" | "Debug" => {}
                _ => derives.others.push(path.tokens().clone()),
            }
        }
        derives
    }

    /// Derives of a struct, beside `Clone`.
    pub(crate) fn others(&self) -> &[TokenStream] {
        &self.others
    }

    /// What is asked for and goes by way of the runtime, for a struct.
    pub(crate) fn of_struct(&self, lowered: &Struct) -> TokenStream {
        let name = format_ident!("{}", lowered.name);
        let serialize = self.serialize.then(|| {
            quote! {
                impl __lp::serde::Serialize for #name {
                    fn serialize<S: __lp::serde::Serializer>(&self, to: S) -> __lp::Result<S::Ok, S::Error> {
                        __lp::convert::serialize(self, to)
                    }
                }
            }
        });
        let deserialize =
            self.deserialize.then(|| if lowered.role.is_read() { read(lowered) } else { given(lowered) });
        let partial_eq = self.partial_eq.then(|| {
            quote! {
                impl __lp::PartialEq for #name {
                    fn eq(&self, other: &Self) -> bool { __lp::convert::equals(self, other) }
                }
            }
        });
        quote!(#serialize #deserialize #partial_eq)
    }

    /// serde's traits for an enum, which has all others.
    pub(crate) fn of_enum(&self, lowered: &Enum) -> TokenStream {
        let name = format_ident!("{}", lowered.name);
        let serialize = self.serialize.then(|| {
            quote! {
                impl __lp::serde::Serialize for #name {
                    fn serialize<S: __lp::serde::Serializer>(&self, to: S) -> __lp::Result<S::Ok, S::Error> {
                        __lp::serde::Serialize::serialize(&__lp::ToValue::to_value(self, __lp::Secrets::Shown), to)
                    }
                }
            }
        });
        let deserialize = self.deserialize.then(|| {
            quote! {
                impl<'de> __lp::serde::Deserialize<'de> for #name {
                    fn deserialize<D: __lp::serde::Deserializer<'de>>(from: D) -> __lp::Result<Self, D::Error> {
                        let value = <__lp::Value as __lp::serde::Deserialize<'de>>::deserialize(from)?;
                        __lp::Ok(__lp::FromValue::from_value(value).unwrap_or_else(Self::Other))
                    }
                }
            }
        });
        quote!(#serialize #deserialize)
    }
}

/// What is read from a service has no required fields.
fn read(lowered: &Struct) -> TokenStream {
    let name = format_ident!("{}", lowered.name);
    quote! {
        impl<'de> __lp::serde::Deserialize<'de> for #name {
            fn deserialize<D: __lp::serde::Deserializer<'de>>(from: D) -> __lp::Result<Self, D::Error> {
                __lp::convert::deserialize(from)
            }
        }
    }
}

/// What a user gives has required fields: without one of them there is no input.
fn given(lowered: &Struct) -> TokenStream {
    let name = format_ident!("{}", lowered.name);
    let fields = lowered.fields.iter().map(|field| {
        let (key, name) = (&field.key, format_ident!("{}", field.name));
        if field.required {
            quote! {
                #name: match __lp::take(&mut o, #key) {
                    __lp::Some(value) => value,
                    __lp::None => return __lp::Err(value),
                },
            }
        } else {
            quote!(#name: __lp::take(&mut o, #key),)
        }
    });
    let mutable = (!lowered.fields.is_empty()).then(|| quote!(mut));
    let shown = &lowered.name;
    quote! {
        impl __lp::FromValue for #name {
            fn from_value(value: __lp::Value) -> __lp::Result<Self, __lp::Value> {
                let #mutable o = match &value {
                    __lp::Value::Object(object) => __lp::Clone::clone(object),
                    _ => return __lp::Err(value),
                };
                __lp::Ok(Self { #(#fields)* extra: o })
            }
        }
        impl<'de> __lp::serde::Deserialize<'de> for #name {
            fn deserialize<D: __lp::serde::Deserializer<'de>>(from: D) -> __lp::Result<Self, D::Error> {
                let value = <__lp::Value as __lp::serde::Deserialize<'de>>::deserialize(from)?;
                __lp::FromValue::from_value(value).map_err(|_| {
                    <D::Error as __lp::serde::de::Error>::custom(::core::concat!(
                        "a required field of ", #shown, " is missing or has another type"
                    ))
                })
            }
        }
    }
}

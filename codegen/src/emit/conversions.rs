//! How generated types become values and are read from values.
//!
//! Each struct lists its fields once for writing and, where it is read, once for reading; everything else follows from
//! that in the runtime.

use linchpin_spec::json::Kind;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::literal;
use super::types::{allow, doc};
use crate::lower::{Enum, Role, Struct};

/// To and from objects, and what follows from that.
pub(crate) fn conversions(lowered: &Struct) -> TokenStream {
    let (name, shown) = (format_ident!("{}", lowered.name), &lowered.name);
    let count = lowered.fields.len();
    let puts = lowered.fields.iter().map(|field| {
        let (key, name) = (&field.key, format_ident!("{}", field.name));
        quote!(__lp::put(&mut o, #key, self.#name);)
    });
    let role = by_role(lowered);
    let secrets = &lowered.secrets;
    quote! {
        impl __lp::IntoValue for #name {
            fn into_value(self) -> __lp::Value {
                let mut o = __lp::Object::with_capacity(#count);
                #(#puts)*
                __lp::put_extra(o, self.extra)
            }
        }
        impl __lp::ToObject for #name {
            fn to_object(&self) -> __lp::Object { __lp::object(__lp::Clone::clone(self)) }
        }
        impl __lp::fmt::Debug for #name {
            fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
                __lp::debug(f, #shown, self, &[#(#secrets),*])
            }
        }
        #role
    }
}

fn by_role(lowered: &Struct) -> TokenStream {
    let name = format_ident!("{}", lowered.name);
    match &lowered.role {
        Role::Input => quote! {
            impl __lp::Input for #name {
                fn into_object(self) -> __lp::Object { __lp::object(self) }
            }
        },
        Role::Credentials(id) => quote! {
            impl __lp::Credentials for #name {
                const NAME: &'static __lp::str = #id;
                fn into_object(self) -> __lp::Object { __lp::object(self) }
            }
        },
        Role::InputPart => TokenStream::new(),
        Role::Output => {
            let from_object = from_object(lowered);
            quote! {
                impl __lp::FromBundle for #name { #from_object }
            }
        }
        Role::OutputPart => {
            let from_object = from_object(lowered);
            quote! {
                impl __lp::FromBundle for #name { #from_object }
                impl __lp::FromValue for #name {
                    fn from_value(value: __lp::Value) -> __lp::Result<Self, __lp::Value> {
                        __lp::from_bundle(value)
                    }
                }
            }
        }
    }
}

fn from_object(lowered: &Struct) -> TokenStream {
    let fields = lowered.fields.iter().map(|field| {
        let (key, name) = (&field.key, format_ident!("{}", field.name));
        quote!(#name: __lp::take(&mut o, #key))
    });
    let fields: Vec<_> = fields.collect();
    if fields.is_empty() {
        return quote!(fn from_object(o: __lp::Object) -> Self { Self { extra: o } });
    }
    quote! {
        fn from_object(mut o: __lp::Object) -> Self { Self { #(#fields,)* extra: o } }
    }
}

/// An enum with everything that belongs to it.
pub(crate) fn enumeration(lowered: &Enum) -> TokenStream {
    let (allow, doc, name) = (allow(), doc(&lowered.doc), format_ident!("{}", lowered.name));
    let variants = lowered.variants.iter().map(|variant| {
        let (doc, name) = (self::doc(&variant.doc), format_ident!("{}", variant.name));
        quote!(#doc #name,)
    });
    let names: Vec<_> = lowered.variants.iter().map(|variant| format_ident!("{}", variant.name)).collect();
    let values: Vec<_> = lowered.variants.iter().map(|variant| constant(&variant.value.kind)).collect();
    quote! {
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
                __lp::Ok(Self::Other(value))
            }
        }
        impl __lp::IntoValue for #name {
            fn into_value(self) -> __lp::Value {
                match self { #(Self::#names => #values,)* Self::Other(value) => value }
            }
        }
        impl __lp::fmt::Debug for #name {
            fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
                __lp::fmt::Debug::fmt(&__lp::IntoValue::into_value(__lp::Clone::clone(self)), f)
            }
        }
        impl __lp::PartialEq for #name {
            fn eq(&self, other: &Self) -> __lp::bool {
                __lp::same(__lp::Clone::clone(self), __lp::Clone::clone(other))
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

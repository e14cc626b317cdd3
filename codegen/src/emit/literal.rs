//! Literal values.

use linchpin_spec::json::{Kind, Node};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Literal text as a `Value`.
pub(crate) fn text(text: &str) -> TokenStream {
    quote!(__lp::Value::text(#text))
}

/// A number literal as a `Value`.
pub(crate) fn number(number: f64) -> TokenStream {
    let number = float(number);
    quote!(__lp::Value::number(#number))
}

/// A double as a Rust expression.
pub(crate) fn float(number: f64) -> TokenStream {
    if number.is_nan() {
        quote!(0.0 / 0.0)
    } else if number.is_infinite() {
        let sign = (number < 0.0).then(|| quote!(-));
        quote!(#sign 1.0 / 0.0)
    } else {
        // A literal has no sign of its own.
        let sign = number.is_sign_negative().then(|| quote!(-));
        let literal = Literal::f64_unsuffixed(number.abs());
        quote!(#sign #literal)
    }
}

/// A number as the author wrote it, as a `Value`.
///
/// Whole numbers beyond 2^53 and what no double can hold stay text until they run, so that they print unchanged
/// (rulings 2).
pub(crate) fn written_number(written: &str) -> TokenStream {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match written.parse::<f64>() {
        Ok(double) if double.abs() <= EXACT => number(double),
        _ => {
            let literal = number_literal(written);
            quote!(__lp::literal(&#literal))
        }
    }
}

fn number_literal(written: &str) -> TokenStream {
    quote!(__lp::plan::Literal::Number(__lp::Cow::Borrowed(#written)))
}

/// Plain JSON as a `plan::Literal`.
pub(crate) fn node(node: &Node) -> TokenStream {
    match &node.kind {
        Kind::Null => quote!(__lp::plan::Literal::Null),
        Kind::Bool(bool) => quote!(__lp::plan::Literal::Bool(#bool)),
        Kind::Number(written) => number_literal(written),
        Kind::String(text) => literal_text(&text.value),
        Kind::Array(items) => {
            let items = items.iter().map(self::node);
            quote!(__lp::plan::Literal::Array(__lp::Cow::Borrowed(&[#(#items),*])))
        }
        Kind::Object(members) => {
            let members = members.iter().map(|member| {
                let (key, value) = (&*member.key.value, self::node(&member.value));
                quote!((__lp::Cow::Borrowed(#key), #value))
            });
            quote!(__lp::plan::Literal::Object(__lp::Cow::Borrowed(&[#(#members),*])))
        }
    }
}

/// Text as a `plan::Literal`.
pub(crate) fn literal_text(text: &str) -> TokenStream {
    quote!(__lp::plan::Literal::Text(__lp::Cow::Borrowed(#text)))
}

/// A number as a `plan::Literal`.
pub(crate) fn literal_number(written: &str) -> TokenStream {
    number_literal(written)
}

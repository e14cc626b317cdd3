//! Literal values.

use linchpin_spec::json::Node;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::lower::json::Json;

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

/// More values than this are text until they run: a list of all currencies as thousands of tokens costs whoever builds
/// the client more than reading it once costs the call.
const MOST_VALUES: usize = 64;

/// Plain JSON as a `plan::Literal`.
pub(crate) fn json(json: &Json) -> TokenStream {
    if json.size() <= MOST_VALUES {
        return literal(json);
    }
    let text = json.text();
    quote!(__lp::plan::Literal::Json(__lp::Cow::Borrowed(#text)))
}

fn literal(json: &Json) -> TokenStream {
    match json {
        Json::Bare(bare) => match bare.as_str() {
            "null" => quote!(__lp::plan::Literal::Null),
            "true" => quote!(__lp::plan::Literal::Bool(true)),
            "false" => quote!(__lp::plan::Literal::Bool(false)),
            number => number_literal(number),
        },
        Json::Text(text) => quote!(__lp::plan::Literal::Text(__lp::Cow::Borrowed(#text))),
        Json::Array(items) => {
            let items = items.iter().map(literal);
            quote!(__lp::plan::Literal::Array(__lp::Cow::Borrowed(&[#(#items),*])))
        }
        Json::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = literal(value);
                quote!((__lp::Cow::Borrowed(#key), #value))
            });
            quote!(__lp::plan::Literal::Object(__lp::Cow::Borrowed(&[#(#members),*])))
        }
    }
}

/// JSON of the connector's files as a `plan::Literal`.
pub(crate) fn node(node: &Node) -> TokenStream {
    json(&Json::of(node))
}

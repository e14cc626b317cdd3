//! Selects with fixed options as enums (rulings 23).

use linchpin_spec::json::{Kind, Node};
use linchpin_spec::model::Options;

use super::doc;
use super::names::{self, Namespace};
use super::types::{Enum, Variant};

/// Selects with more options than this stay plain values: lists of countries or time zones are data, not types.
const MOST_VARIANTS: usize = 200;

/// The enum of a select, when all its options are known and are texts, numbers or booleans.
pub(crate) fn lower(name: String, doc: Vec<String>, options: &Options) -> Option<Enum> {
    let is_fixed = options.rpc.is_none() && (1..=MOST_VARIANTS).contains(&options.choices.len());
    if !is_fixed {
        return None;
    }
    let mut seen: Vec<&Node> = Vec::new();
    let mut natural = Vec::new();
    let mut distinct = Vec::new();
    for choice in &options.choices {
        let spelled = spell(&choice.value)?;
        // An option that is listed twice is one variant.
        if !seen.iter().any(|known| known.kind == choice.value.kind) {
            seen.push(&choice.value);
            natural.push(spelled);
            distinct.push(choice);
        }
    }
    let names = Namespace::reserving(&["Other"]).claim_all(natural);
    let variants = distinct.into_iter().zip(names).map(|(choice, name)| Variant {
        name,
        value: choice.value.clone(),
        doc: doc::lines(choice.label.as_deref(), None),
    });
    Some(Enum { name, doc, variants: variants.collect() })
}

/// The natural name of a variant: always from the value, since labels are reworded (rulings 23).
fn spell(value: &Node) -> Option<String> {
    match &value.kind {
        Kind::String(text) => Some(match text.value.strip_prefix('-') {
            Some(rest) if rest.starts_with(|first: char| first.is_ascii_digit()) => {
                names::ty(&format!("minus {rest}"))
            }
            _ => names::ty(&text.value),
        }),
        Kind::Number(number) => Some(names::ty(&number.replace('-', "minus ").replace('.', " point "))),
        Kind::Bool(bool) => Some(names::ty(if *bool { "true" } else { "false" })),
        Kind::Null | Kind::Array(_) | Kind::Object(_) => None,
    }
}

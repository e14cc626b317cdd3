//! Connection values that only a verification sets (rulings 24).

use std::collections::BTreeSet;

use crate::check::place::Context;
use crate::check::walk;
use crate::iml::usage::Usage;
use crate::model::{Connection, Connector, Entry, KeyTemplate, Tree};

use super::fields::flatten;

/// Keys that templates read as `connection.key`, that no field of the form gives and that `response.data` of the
/// verification sets: the first request has to verify.
pub fn learned(connector: &Connector, connection: &Connection) -> Vec<String> {
    let form = flatten(&connection.parameters);
    let is_given = |key: &str| form.iter().any(|field| field.parameter.name.value == key);
    let data = connection.verify.iter().filter_map(|request| request.response.data.as_ref());
    let set: BTreeSet<&str> = data.flat_map(keys).filter(|key| !is_given(key)).collect();
    if set.is_empty() {
        return Vec::new();
    }
    let mut read = BTreeSet::new();
    let mut reads_all = false;
    walk::templates(connector, &mut |template, place| {
        // The verification itself runs before there is anything to read.
        if place.context == Context::Verification {
            return;
        }
        for key in Usage::of(template).keys_of("connection") {
            match key {
                Some(key) => {
                    read.insert(key);
                }
                None => reads_all = true,
            }
        }
    });
    set.into_iter().filter(|key| reads_all || read.contains(key)).map(str::to_owned).collect()
}

/// The literal keys of an object.
fn keys(tree: &Tree) -> Vec<&str> {
    let Tree::Object(entries) = tree else { return Vec::new() };
    let keys = entries.value.iter().filter_map(|entry| match entry {
        Entry::Field { key: KeyTemplate::Literal(key), .. } => Some(key.value.as_str()),
        _ => None,
    });
    keys.collect()
}

//! `connector.schema.json` says what the loader's tables say: both are compared, key by key.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::read::tables::{self, Directive, Place};
use crate::source::tables::{API_NAMES, ComponentKind, KEYS, KINDS, PLAIN_KEYS, code_of_key, metadata_keys};
use crate::source::{CodeName, PHASES};

const PLACES: &[(&str, Place)] = &[
    ("module", Place::Module),
    ("trigger", Place::Trigger),
    ("instantTrigger", Place::InstantTrigger),
    ("responder", Place::Responder),
    ("epoch", Place::Epoch),
    ("rpc", Place::Rpc),
    ("endpoint", Place::Endpoint),
    ("hook", Place::Hook),
    ("incoming", Place::Incoming),
    ("basic", Place::Basic),
    ("preauthorize", Place::Preauthorize),
    ("authorize", Place::Authorize),
    ("token", Place::Token),
    ("requestToken", Place::RequestToken),
    ("info", Place::Info),
    ("refresh", Place::Refresh),
    ("invalidate", Place::Invalidate),
    ("base", Place::Base),
];

fn schema() -> Value {
    serde_json::from_str(include_str!("../connector.schema.json")).unwrap()
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// The keys of the object at `pointer`.
#[track_caller]
fn keys(schema: &Value, pointer: &str) -> BTreeSet<String> {
    let object = schema.pointer(pointer).and_then(Value::as_object);
    object.unwrap_or_else(|| panic!("nothing at {pointer}")).keys().cloned().collect()
}

/// The strings of the array at `pointer`.
#[track_caller]
fn values(schema: &Value, pointer: &str) -> BTreeSet<String> {
    let array = schema.pointer(pointer).and_then(Value::as_array);
    let array = array.unwrap_or_else(|| panic!("nothing at {pointer}"));
    array.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn names_at(table: &'static [Directive], place: Place) -> BTreeSet<String> {
    let here = table.iter().filter(|directive| directive.belongs(place));
    here.flat_map(|directive| std::iter::once(directive.name).chain(directive.aliases.iter().copied()))
        .map(str::to_owned)
        .collect()
}

#[test]
fn requests_and_responses_have_the_directives_of_their_place() {
    let schema = schema();
    for (name, place) in PLACES {
        let request = keys(&schema, &format!("/$defs/{name}Request/properties"));
        assert_eq!(request, names_at(tables::REQUEST, *place), "{name}");
        let mut response = names_at(tables::RESPONSE, *place);
        if *place == Place::Incoming {
            // There it is another spelling of `respond`.
            response.extend(set(tables::RESPOND.iter().copied()));
        }
        assert_eq!(keys(&schema, &format!("/$defs/{name}Response/properties")), response, "{name}");
        let needs_url = schema["$defs"][format!("{name}Request")].get("required").is_some();
        assert_eq!(needs_url, place.is_phase(), "{name}");
    }
}

#[test]
fn the_objects_inside_of_directives_have_their_keys() {
    let schema = schema();
    let check = |pointer: &str, table: &[&str]| {
        assert_eq!(
            keys(&schema, &format!("/$defs/{pointer}/properties")),
            set(table.iter().copied()),
            "{pointer}"
        );
    };
    check("install", tables::INSTALL);
    check("condition/anyOf/1", tables::CONDITION);
    check("valid/anyOf/1", tables::VALID);
    check("iterate/anyOf/1", tables::ITERATE);
    check("metadata/anyOf/1", tables::METADATA);
    check("endpointCall/anyOf/1", tables::ENDPOINT);
    check("error/anyOf/1", tables::ERROR);
    check("errorEntry/anyOf/1", tables::ERROR);
    check("validate/anyOf/1", tables::RULES);
    check("trigger", tables::TRIGGER);
    check("respond", tables::RESPOND);
    check("verification", tables::VERIFICATION);
    check("log", tables::LOG);
    check("aws", tables::AWS);
    check("oauth", tables::OAUTH);
    let pagination = names_at(tables::PAGINATION, Place::Module);
    assert_eq!(keys(&schema, "/$defs/pagination/properties"), pagination);
    assert_eq!(keys(&schema, "/$defs/repeat/properties"), names_at(tables::REPEAT, Place::Module));
    let mut phases = set(PHASES.iter().copied());
    phases.insert("oauth".to_owned());
    assert_eq!(keys(&schema, "/$defs/phases/properties"), phases);
}

#[test]
fn values_are_those_that_the_readers_know() {
    let schema = schema();
    assert_eq!(
        values(&schema, "/$defs/parameter/properties/type/anyOf/0/enum"),
        set(tables::TYPES.iter().map(|row| row.0))
    );
    assert_eq!(
        values(&schema, "/$defs/directives/$defs/type/anyOf/0/enum"),
        set(tables::BODY_TYPES.iter().map(|row| row.0))
    );
    assert_eq!(values(&schema, "/$defs/parseAs/anyOf/0/enum"), set(tables::PARSE_AS.iter().map(|row| row.0)));
    assert_eq!(
        values(&schema, "/$defs/errorEntry/anyOf/1/properties/type/anyOf/0/enum"),
        set(tables::ERROR_TYPES.iter().copied())
    );
    assert_eq!(
        values(&schema, "/$defs/trigger/properties/order/enum"),
        set(tables::ORDERS.iter().map(|row| row.0))
    );
    assert_eq!(
        values(&schema, "/$defs/module/properties/type/enum"),
        set(tables::MODULE_KINDS.iter().map(|row| row.0))
    );
    assert_eq!(
        values(&schema, "/$defs/dataSource/properties/type/enum"),
        set(tables::DATA_SOURCES.iter().map(|row| row.0))
    );
    assert_eq!(
        values(&schema, "/properties/qsPolicy/enum"),
        set(tables::QS_POLICIES.iter().map(|row| row.0))
    );
    assert_eq!(
        values(&schema, "/properties/validPolicy/enum"),
        set(tables::VALID_POLICIES.iter().map(|row| row.0))
    );
    for attribute in keys(&schema, "/$defs/parameter/properties") {
        assert!(tables::ATTRIBUTES.contains(&attribute.as_str()), "{attribute}");
    }
}

#[test]
fn components_have_their_codes_and_their_metadata() {
    let schema = schema();
    for (kind, plural, singular) in KINDS {
        let codes = tables::SPELLINGS
            .iter()
            .map(|row| row.key)
            .chain(API_NAMES.iter().copied())
            .filter(|key| code_of_key(*kind, key).is_some());
        let expected = set(codes.chain(metadata_keys(*kind).iter().copied()));
        if *kind == ComponentKind::Function {
            assert!(expected.contains(CodeName::Script.key()));
        }
        let found = keys(&schema, &format!("/$defs/{singular}/properties"));
        assert_eq!(found, expected, "{plural}");
    }
}

#[test]
fn the_connector_has_its_keys() {
    let expected = set(KINDS.iter().map(|row| row.1).chain(KEYS.iter().chain(PLAIN_KEYS).copied()));
    assert_eq!(keys(&schema(), "/properties"), expected);
}

#[test]
fn every_key_is_explained_and_every_reference_leads_somewhere() {
    fn walk(value: &Value, path: &str, schema: &Value) {
        if let Some(properties) = value.get("properties").and_then(Value::as_object)
            && !path.contains("/if")
        {
            for (name, property) in properties {
                let explained = property.get("description").is_some() || property.get("$ref").is_some();
                assert!(
                    explained || path.contains("/then") || property.get("anyOf").is_some(),
                    "{path}/{name}"
                );
            }
        }
        if let Some(target) = value.get("$ref").and_then(Value::as_str) {
            assert!(schema.pointer(target.trim_start_matches('#')).is_some(), "{path}: {target}");
        }
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(key, value)| walk(value, &format!("{path}/{key}"), schema));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, path, schema)),
            _ => {}
        }
    }
    let schema = schema();
    walk(&schema, "", &schema);
}

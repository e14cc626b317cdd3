//! Fields of a connector and the same fields supplied by an RPC: both are checked alike (connector.md 15).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail loudly"
)]

use linchpin::client::{Call, ClientBuilder};
use linchpin::form::Fields;
use linchpin::{Object, Value};
use serde_json::json;

fn value(json: &serde_json::Value) -> Value {
    Value::parse_json(json.to_string().as_bytes()).unwrap()
}

/// What becomes of values in a form with these fields: converted, or the complaints.
type Verdict = Result<String, Vec<String>>;

fn complaints(message: &str) -> Vec<String> {
    let (_, list) = message.split_once("acceptable: ").unwrap_or_else(|| panic!("{message}"));
    list.split("; ").map(str::to_owned).collect()
}

fn of_connector(fields: &serde_json::Value, values: &Object) -> Verdict {
    let connector = json!({ "name": "forms", "modules": { "echo": {
        "type": "action", "expect": fields, "communication": { "response": { "output": { "p": "{{parameters}}" } } }
    } } });
    let options = linchpin_spec::Options {
        dialect: Some(linchpin_spec::diagnostic::Dialect::Lenient),
        ..Default::default()
    };
    let read = linchpin_spec::load_inline("connector.json", &connector.to_string(), &options);
    let plans = linchpin_loader::load(
        &read.connector.unwrap_or_else(|| panic!("{:?}", read.diagnostics)),
        &read.sources,
    );
    let client = ClientBuilder::for_connector(plans.connector.clone()).build().unwrap();
    let call = Call::<Value>::new(&client, plans.module("echo").unwrap(), values.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    match runtime.block_on(call.into_future()) {
        Ok(bundle) => Ok(bundle.key("p").to_json().unwrap()),
        Err(error) => Err(complaints(error.message())),
    }
}

fn of_service(fields: &serde_json::Value, values: &Object) -> Verdict {
    let mut values = values.clone();
    match Fields::read(&value(fields)).unwrap().check(&mut values) {
        Ok(()) => Ok(Value::from(values).to_json().unwrap()),
        Err(error) => Err(complaints(error.message())),
    }
}

#[track_caller]
fn same(fields: &serde_json::Value, values: &serde_json::Value) -> Verdict {
    let values = value(values).as_object().unwrap().clone();
    let verdict = of_connector(fields, &values);
    assert_eq!(verdict, of_service(fields, &values), "{fields} {values:?}");
    verdict
}

#[test]
fn every_type_takes_the_same_values() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../spec/connector.schema.json")).unwrap();
    let types = schema.pointer("/$defs/parameter/properties/type/anyOf/0/enum").unwrap().as_array().unwrap();
    assert!(types.len() > 40);
    let samples = [
        json!("text"),
        json!("12"),
        json!("1.5"),
        json!("true"),
        json!("2026-01-02"),
        json!(7),
        json!(-1),
        json!(1.5),
        json!(70000),
        json!(true),
        json!(0),
        json!([]),
        json!([1, "x"]),
        json!({ "a": 1 }),
        json!(""),
        json!(null),
        json!([[{ "a": "x", "o": "exist" }]]),
        json!([[{ "o": "exist" }]]),
    ];
    for ty in types {
        for required in [false, true] {
            let fields = json!([{ "name": "p", "type": ty, "required": required }]);
            for sample in &samples {
                let _ = same(&fields, &json!({ "p": sample }));
            }
            let _ = same(&fields, &json!({}));
        }
    }
}

#[test]
fn rules_parts_and_nested_fields_are_the_same() {
    let text = |name: &str| json!([{ "name": name, "type": "text", "required": true }]);
    for (fields, cases) in [
        (
            json!([{ "name": "p", "type": "text", "validate": { "min": 2, "max": "3", "pattern": { "regexp": "^a" }, "enum": ["ab", "abc"] } }]),
            vec![(json!({ "p": "b" }), 3), (json!({ "p": "abcd" }), 2), (json!({ "p": "ab" }), 0)],
        ),
        (json!([{ "name": "p", "type": "number", "validate": false }]), vec![(json!({ "p": "x" }), 0)]),
        (
            // Only selects take lists.
            json!([{ "name": "p", "type": "text", "multiple": true }, { "name": "q", "type": "select", "multiple": true, "options": ["a"] }]),
            vec![
                (json!({ "p": "x", "q": ["a"] }), 0),
                (json!({ "p": "x", "q": "a" }), 1),
                (json!({ "q": ["b"] }), 1),
            ],
        ),
        (
            json!([{ "name": "p", "type": "array", "spec": { "type": "select", "options": [{ "label": "A", "value": 1 }], "required": true }, "validate": { "minItems": 2, "unique": true } }]),
            vec![(json!({ "p": 1 }), 1), (json!({ "p": [1, 1] }), 1), (json!({ "p": [1, "1", null] }), 2)],
        ),
        (
            json!([{ "name": "p", "type": "array", "spec": [{ "name": "x", "type": "number", "required": true }, { "name": "y", "type": "collection", "spec": text("z") }] }]),
            vec![(json!({ "p": [{ "x": "1", "y": {} }, {}, 5] }), 3), (json!({ "p": [{ "x": "1" }] }), 0)],
        ),
        (
            json!([{ "name": "p", "type": "boolean", "nested": { "true": text("yes"), "false": text("no") } }]),
            vec![
                (json!({}), 0),
                (json!({ "p": "true" }), 1),
                (json!({ "p": 0, "yes": "x" }), 1),
                (json!({ "p": false, "no": "x" }), 0),
            ],
        ),
        (
            json!([{ "name": "p", "type": "boolean", "nested": text("no"), "reversedNested": true }]),
            vec![(json!({ "p": true }), 0), (json!({ "p": false }), 1), (json!({}), 0)],
        ),
        (
            json!([{ "name": "p", "type": "boolean", "nested": text("yes"), "reversedNested": text("no") }]),
            vec![(json!({ "p": true, "yes": "" }), 1), (json!({ "p": false, "yes": "" }), 1)],
        ),
        (
            json!([{ "name": "p", "type": "select", "options": {
                "store": [{ "label": "A", "value": "a", "nested": text("own") }, { "label": "B", "value": "b" }],
                "nested": text("any"), "placeholder": { "label": "-", "nested": text("none") }
            } }]),
            vec![
                (json!({ "p": "a", "own": 5 }), 0),
                (json!({ "p": "a", "any": "x" }), 1),
                (json!({ "p": "b" }), 1),
                (json!({}), 1),
                (json!({ "none": "x" }), 0),
            ],
        ),
        (
            json!([{ "name": "p", "type": "select", "nested": text("field"), "options": { "store": [{ "label": "A", "value": "a" }], "nested": text("options") } }]),
            vec![(json!({ "p": "a", "field": "x" }), 0), (json!({ "p": "a", "options": "x" }), 1)],
        ),
        (
            json!([{ "name": "p", "type": "select", "grouped": true, "options": [{ "label": "G", "options": [{ "label": "A", "value": "a", "nested": text("deep") }] }, { "label": "B", "value": 2 }] }]),
            vec![
                (json!({ "p": "a" }), 1),
                (json!({ "p": 2 }), 0),
                (json!({ "p": "2" }), 1),
                (json!({ "p": "c" }), 1),
            ],
        ),
        (
            json!([{ "name": "p", "type": "select", "dynamic": true, "options": [{ "label": "A", "value": "a", "nested": text("own") }] }]),
            vec![(json!({ "p": "z" }), 0), (json!({ "p": "a" }), 1)],
        ),
        (
            json!([{ "name": "p", "type": "select", "options": { "label": "title", "value": "id", "store": [{ "title": "A", "id": 1 }] } }]),
            vec![(json!({ "p": 1 }), 0), (json!({ "p": "A" }), 1)],
        ),
        (
            json!([{ "name": "p", "type": "collection", "spec": [{ "name": "kind", "type": "boolean", "nested": text("inner") }] }]),
            vec![
                (json!({ "p": { "kind": true } }), 1),
                (json!({ "p": { "kind": "1", "inner": "x" } }), 0),
                (json!({ "p": null }), 0),
            ],
        ),
        (
            json!([{ "name": "p", "type": "filter" }]),
            vec![
                (json!({ "p": [[{ "a": 1, "o": "exist" }]] }), 0),
                (json!({ "p": [[{ "b": 1 }]] }), 2),
                (json!({ "p": [["x"]] }), 1),
            ],
        ),
        (
            json!([{ "name": "p", "type": "filter", "logic": "and" }, { "name": "q", "type": "filter", "options": { "logic": "or" } }]),
            vec![
                (
                    json!({ "p": [{ "a": 1, "o": "exist" }], "q": [{ "a": "x", "o": "text:equal", "b": "y" }] }),
                    0,
                ),
                (json!({ "p": [{ "o": "exist" }] }), 1),
            ],
        ),
        (
            json!([{ "name": "p", "type": "text" }, { "name": "p", "type": "number", "required": true }]),
            vec![(json!({ "p": "x" }), 0), (json!({}), 0)],
        ),
    ] {
        for (values, count) in cases {
            let found = same(&fields, &values).err().unwrap_or_default();
            assert_eq!(found.len(), count, "{fields} {values}: {found:?}");
        }
    }
}

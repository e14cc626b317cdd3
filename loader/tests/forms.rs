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
    let forms: Vec<serde_json::Value> = serde_json::from_str(include_str!("forms.json")).unwrap();
    for form in &forms {
        for case in form["cases"].as_array().unwrap() {
            let found = same(&form["fields"], &case["values"]).err().unwrap_or_default();
            assert_eq!(
                found.len() as u64,
                case["complaints"],
                "{} {}: {found:?}",
                form["fields"],
                case["values"]
            );
        }
    }
}

#[test]
fn dates_are_written_as_the_connector_asks_for() {
    let fields = json!([
        { "name": "p", "type": "date", "convert": { "type": "text", "format": "D.M.YYYY", "timezone": "Asia/Tokyo" } },
        { "name": "list", "type": "array", "spec": { "type": "date" } }
    ]);
    let values = json!({ "p": "2026-01-02T18:00:00Z", "list": "2026-01-02" });
    let expected = r#"{"list":["2026-01-02T00:00:00.000Z"],"p":"3.1.2026"}"#;
    assert_eq!(same(&fields, &values).unwrap(), expected);
}

//! Compiled templates against code by hand over `serde_json::Value`, minijinja and handlebars (design.md, "Speed").
//!
//! What is measured is what the macros emit. Before anything is measured, all ways must give the same value.
//!
//! Run with `cargo bench -p linchpin --bench templates`.

#![allow(missing_docs, clippy::print_stdout, clippy::expect_used, clippy::panic, clippy::cast_precision_loss)]

mod measure;

use std::hint::black_box;

use linchpin::__private::v1::Generated as _;
use linchpin::plan::{Output, ValueFn, ValueTemplate};
use linchpin::{Scope, Template, Value, iml};
use measure::{Way, compare};
use serde_json::{Value as Json, json};

fn context() -> Json {
    json!({
        "connection": {
            "accessToken": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl",
            "refreshToken": "r-72b1e05b",
            "expires": "2030-01-01T00:00:00.000Z"
        },
        "parameters": { "create": true, "limit": 50, "project": "p-1" },
        "item": {
            "id": 40_713_002,
            "first_name": "Katherine",
            "last_name": "Johnson",
            "emails": [{ "value": "katherine@orbits.example" }, { "value": "k@home.example" }],
            "address": { "street": "1 Main Street", "city": "White Sulphur Springs", "zip": "24986" },
            "company": { "id": 7, "name": "Trajectory Computing" },
            "phone": "",
            "created_at": "2024-02-29T10:30:00Z",
            "active": true
        }
    })
}

fn scope(context: &Json) -> Scope {
    let mut scope = Scope::new();
    for (name, value) in context.as_object().expect("an object") {
        scope.insert(name, Value::parse_json(value.to_string().as_bytes()).expect("JSON"));
    }
    scope
}

fn text_of(value: &Value) -> String {
    value.to_json().expect("JSON")
}

/// A minijinja template with its context, which is prepared once.
fn minijinja(source: &'static str, context: &Json) -> impl Fn() -> String {
    let environment = Box::leak(Box::new(minijinja::Environment::new()));
    environment.add_template("t", source).expect("a template");
    let template = environment.get_template("t").expect("the template");
    let context = minijinja::Value::from_serialize(context);
    move || template.render(black_box(&context)).expect("text")
}

/// A handlebars template with its context, which is prepared once.
fn handlebars(source: &str, context: &Json) -> impl Fn() -> String {
    let mut engine = handlebars::Handlebars::new();
    engine.register_escape_fn(handlebars::no_escape);
    engine.register_template_string("t", source).expect("a template");
    let context = handlebars::Context::wraps(context).expect("a context");
    move || engine.render_with_context("t", black_box(&context)).expect("text")
}

/// `Bearer {{connection.accessToken}}`
const BEARER: Template = iml!("Bearer {{connection.accessToken}}");

fn bearer_by_hand(context: &Json) -> String {
    format!("Bearer {}", context["connection"]["accessToken"].as_str().unwrap_or_default())
}

fn bearer(context: &Json, scope: &Scope) {
    let jinja = minijinja("Bearer {{ connection.accessToken }}", context);
    let bars = handlebars("Bearer {{connection.accessToken}}", context);
    let expected = bearer_by_hand(context);
    assert_eq!([BEARER.text(scope).expect("text"), jinja(), bars()], [&*expected; 3]);
    let mut buffer = String::new();
    let times = compare(
        "Bearer {{connection.accessToken}}",
        vec![
            Way::new("by hand", || bearer_by_hand(black_box(context))),
            Way::new("linchpin, new text", || BEARER.text(black_box(scope))),
            Way::new("linchpin, into a buffer", move || {
                buffer.clear();
                BEARER.write_text(black_box(scope), &mut buffer).expect("text");
                buffer.len()
            }),
            Way::new("minijinja", jinja),
            Way::new("handlebars", bars),
        ],
    );
    verdict("at most 1.5 x by hand", times[1] <= 1.5 * times[0]);
    verdict("at least 10 x faster than both engines", 10.0 * times[1] <= times[3].min(times[4]));
}

/// `{{if(parameters.create, 'POST', 'PUT')}}`
const METHOD: Template = iml!("{{if(parameters.create, 'POST', 'PUT')}}");

fn is_truthy(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Bool(bool) => *bool,
        Json::Number(number) => number.as_f64().is_some_and(|number| number != 0.0),
        Json::String(text) => !text.is_empty(),
        Json::Array(_) | Json::Object(_) => true,
    }
}

fn method_by_hand(context: &Json) -> Json {
    Json::from(if is_truthy(&context["parameters"]["create"]) { "POST" } else { "PUT" })
}

fn method(context: &Json, scope: &Scope) {
    let jinja = minijinja("{{ 'POST' if parameters.create else 'PUT' }}", context);
    let bars = handlebars("{{#if parameters.create}}POST{{else}}PUT{{/if}}", context);
    let got = METHOD.eval(scope).expect("a value");
    assert_eq!(text_of(&got), method_by_hand(context).to_string());
    assert_eq!([jinja(), bars()], [got.to_string(), got.to_string()]);
    let times = compare(
        "{{if(parameters.create, 'POST', 'PUT')}}",
        vec![
            Way::new("by hand", || method_by_hand(black_box(context))),
            Way::new("linchpin", || METHOD.eval(black_box(scope))),
            Way::new("minijinja", jinja),
            Way::new("handlebars", bars),
        ],
    );
    verdict("at most 1.5 x by hand", times[1] <= 1.5 * times[0]);
    verdict("at least 15 x faster than minijinja", 15.0 * times[1] <= times[2]);
}

/// An output of eight fields: two nested paths, a concatenation, an `ifempty`, a first element.
mod people {
    linchpin::include_connector!(
        inline = r#"{
            "name": "people",
            "endpoints": {
                "person": {
                    "communication": {
                        "url": "https://people.example/v1/people",
                        "response": {
                            "iterate": "{{body.people}}",
                            "output": {
                                "id": "{{item.id}}",
                                "name": "{{item.first_name}} {{item.last_name}}",
                                "email": "{{item.emails[].value}}",
                                "city": "{{item.address.city}}",
                                "company": "{{item.company.name}}",
                                "phone": "{{ifempty(item.phone, 'none')}}",
                                "created": "{{item.created_at}}",
                                "active": "{{item.active}}"
                            }
                        }
                    }
                }
            }
        }"#
    );
}

/// The closure of the output in the plan above.
fn emitted_output() -> ValueFn {
    match &people::Client::CONNECTOR.endpoints[0].requests[0].response.output {
        Output::Template(ValueTemplate::Static(output)) => *output,
        _ => panic!("the output is a closure"),
    }
}

fn output_by_hand(context: &Json) -> Json {
    let item = &context["item"];
    let mut output = serde_json::Map::with_capacity(8);
    let name = format!(
        "{} {}",
        item["first_name"].as_str().unwrap_or_default(),
        item["last_name"].as_str().unwrap_or_default()
    );
    output.insert("id".to_owned(), item["id"].clone());
    output.insert("name".to_owned(), Json::from(name));
    output.insert("email".to_owned(), item["emails"][0]["value"].clone());
    output.insert("city".to_owned(), item["address"]["city"].clone());
    output.insert("company".to_owned(), item["company"]["name"].clone());
    let phone = &item["phone"];
    let is_blank = phone.is_null() || phone.as_str() == Some("");
    output.insert("phone".to_owned(), if is_blank { Json::from("none") } else { phone.clone() });
    output.insert("created".to_owned(), item["created_at"].clone());
    output.insert("active".to_owned(), item["active"].clone());
    Json::Object(output)
}

const OUTPUT_FOR_MINIJINJA: &str = "{{ {'id': item.id, 'name': item.first_name ~ ' ' ~ item.last_name, \
     'email': item.emails[0].value, 'city': item.address.city, 'company': item.company.name, \
     'phone': item.phone or 'none', 'created': item.created_at, 'active': item.active} }}";

fn output(context: &Json, scope: &Scope) {
    let jinja = minijinja(OUTPUT_FOR_MINIJINJA, context);
    assert!(jinja().contains("White Sulphur Springs"));
    let map = emitted_output();
    let got: Json = serde_json::from_str(&text_of(&map(scope).expect("a value"))).expect("JSON");
    assert_eq!(got, output_by_hand(context));
    let times = compare(
        "an output of 8 fields",
        vec![
            Way::new("by hand", || output_by_hand(black_box(context))),
            Way::new("linchpin", || black_box(map)(black_box(scope))),
            Way::new("minijinja (as text)", jinja),
        ],
    );
    verdict("faster than by hand", times[1] < times[0]);
    verdict("half the time of by hand", times[1] <= 0.5 * times[0]);
}

fn verdict(target: &str, is_met: bool) {
    println!("  {} {target}", if is_met { "met:   " } else { "MISSED:" });
}

fn main() {
    let context = context();
    let scope = scope(&context);
    bearer(&context, &scope);
    method(&context, &scope);
    output(&context, &scope);
}

//! Reading and writing JSON, against `serde_json::Value`.

#![allow(missing_docs, clippy::print_stdout, clippy::expect_used, clippy::cast_precision_loss)]

mod measure;

use std::hint::black_box;

use linchpin::Value;
use measure::{Way, compare};
use serde_json::{Value as Json, json};

/// A page of a hundred items, as services send them.
fn page() -> Json {
    let item = |at: u64| {
        json!({
            "id": 1_000_000 + at,
            "uuid": format!("6f1c2d3e-0000-4000-8000-{at:012}"),
            "title": format!("Task number {at}"),
            "description": "Call the workshop, ask about the \"blue\" bicycle,\nand write down what they say.",
            "done": at.is_multiple_of(3),
            "estimate": 0.125 + at as f64,
            "assignee": { "id": at % 7, "name": "Rózsa Péter", "email": "rozsa@functions.example" },
            "tags": ["bicycle", "repair", "spring"],
            "parent": null,
            "created_at": "2024-02-29T10:30:00.000Z",
        })
    };
    json!({ "items": (0..100).map(item).collect::<Vec<_>>(), "next": "c2Vjb25k", "total": 20_000 })
}

fn main() {
    let json = page();
    let text = json.to_string();
    let value = Value::parse_json(text.as_bytes()).expect("JSON");
    let again: Json = serde_json::from_str(&value.to_json().expect("JSON")).expect("JSON");
    assert!(again == json, "both must read the same");
    println!("{} bytes", text.len());
    compare(
        "reading a page of 100 items",
        vec![
            Way::new("serde_json::Value", || serde_json::from_slice::<Json>(black_box(text.as_bytes()))),
            Way::new("linchpin", || Value::parse_json(black_box(text.as_bytes()))),
        ],
    );
    compare(
        "writing a page of 100 items",
        vec![
            Way::new("serde_json::Value", || serde_json::to_string(black_box(&json))),
            Way::new("linchpin", || black_box(&value).to_json()),
        ],
    );
}

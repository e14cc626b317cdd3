//! The comparison sees what is wrong with a request: each test changes one thing of a right one.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use bytes::Bytes;
use corpus_clients::oracle::differences;
use corpus_clients::recorder::Seen;
use http::{HeaderMap, HeaderValue};
use linchpin_spec::Options;
use linchpin_spec::model::Request;
use serde_json::json;

const CONNECTOR: &str = r#"{
    "name": "notes",
    "base": { "baseUrl": "https://api.notes.example/v1", "headers": { "x-key": "{{connection.key}}" } },
    "connections": { "key": { "type": "basic", "parameters": [{ "name": "key", "type": "text" }], "communication": {} } },
    "modules": {
        "create": {
            "type": "action",
            "connection": "key",
            "expect": [{ "name": "text", "type": "text" }, { "name": "folder", "type": "text" }],
            "communication": {
                "url": "/folders/{{parameters.folder}}/notes",
                "method": "POST",
                "qs": { "notify": true, "tag": "{{parameters.none}}", "at": "{{formatDate(now; 'X')}}" },
                "body": { "text": "{{parameters.text}}", "size": "{{length(parameters.text)}}", "kind": "note" }
            }
        }
    }
}"#;

fn request() -> Request {
    let loaded = linchpin_spec::load_inline("connector.json", CONNECTOR, &Options::default());
    loaded.connector.unwrap().modules.remove(0).requests.remove(0)
}

fn right() -> Seen {
    let mut headers = HeaderMap::new();
    headers.insert("x-key", HeaderValue::from_static("k-1"));
    Seen {
        method: "POST".to_owned(),
        url: "https://api.notes.example/v1/folders/f-1/notes?notify=true&at=1767225600".parse().unwrap(),
        headers,
        body: Bytes::from_static(br#"{"text":"hello","size":5,"kind":"note"}"#),
    }
}

/// What the comparison says when `change` is made to the right request.
fn after(change: impl FnOnce(&mut Seen)) -> Vec<String> {
    let mut seen = right();
    change(&mut seen);
    let variables =
        json!({ "parameters": { "text": "hello", "folder": "f-1" }, "connection": { "key": "k-1" } });
    differences(&request(), &variables, &seen)
}

fn at(url: &str) -> impl FnOnce(&mut Seen) {
    move |seen| seen.url = url.parse().unwrap()
}

fn with(body: &'static str) -> impl FnOnce(&mut Seen) {
    move |seen| seen.body = Bytes::from_static(body.as_bytes())
}

#[test]
fn the_right_request_fits() {
    assert_eq!(after(|_| {}), Vec::<String>::new());
}

#[test]
fn every_change_is_seen() {
    let wrong = [
        ("method", after(|seen| seen.method = "PUT".to_owned())),
        ("headers.x-key", after(|seen| _ = seen.headers.remove("x-key"))),
        ("headers.x-key", after(|seen| _ = seen.headers.insert("x-key", HeaderValue::from_static("k-2")))),
        ("url", after(at("https://api.notes.example/v1/folders/f-2/notes?notify=true&at=1"))),
        ("url", after(at("https://api.notes.example/folders/f-1/notes?notify=true&at=1"))),
        ("url", after(at("https://other.example/v1/folders/f-1/notes?notify=true&at=1"))),
        ("qs.notify", after(at("https://api.notes.example/v1/folders/f-1/notes?at=1"))),
        ("qs.tag", after(at("https://api.notes.example/v1/folders/f-1/notes?notify=true&at=1&tag=x"))),
        ("qs: nobody", after(at("https://api.notes.example/v1/folders/f-1/notes?notify=true&at=1&more=1"))),
        ("body.text", after(with(r#"{"text":"hell","size":5,"kind":"note"}"#))),
        ("body.kind", after(with(r#"{"text":"hello","size":5}"#))),
        ("body: nobody", after(with(r#"{"text":"hello","size":5,"kind":"note","more":1}"#))),
        ("body", after(with(""))),
    ];
    for (place, said) in wrong {
        assert!(said.len() == 1 && said[0].starts_with(place), "{place}: {said:?}");
    }
}

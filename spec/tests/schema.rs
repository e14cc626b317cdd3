//! The JSON Schema of the one-file format accepts what the loader takes without a word, and refuses what it
//! reports.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

mod support;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;
use support::{codes, lines, load_text};

struct Validator {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Validator {
    fn new() -> Self {
        let schema: Value = serde_json::from_str(include_str!("../connector.schema.json")).unwrap();
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.add_resource("connector.schema.json", schema).unwrap();
        let index = compiler.compile("connector.schema.json", &mut schemas).unwrap();
        Self { schemas, index }
    }

    fn check(&self, text: &str) -> Result<(), String> {
        let value: Value = serde_json::from_str(text).unwrap();
        self.schemas.validate(&value, self.index).map_err(|error| format!("{error:#}"))
    }
}

/// A connector that uses most of the format.
const COMPLETE: &str = r##"{
    "$schema": "./connector.schema.json", "name": "books", "label": "Books", "version": 1, "description": "About books",
    "qsPolicy": "merge", "validPolicy": "and_status",
    "base": { "baseUrl": "https://api.books.example", "headers": { "authorization": "Bearer {{connection.token}}" },
              "response": { "error": { "message": "{{body.why}}", "404": "nothing here", "429": { "type": "RateLimitError" } } },
              "log": { "sanitize": ["request.headers.authorization"] } },
    "common": { "clientId": "id", "timeout": 20000 },
    "connections": {
        "apiKey": { "label": "Key", "type": "basic", "parameters": [{ "name": "token", "type": "password", "required": true }],
                    "communication": { "url": "https://api.books.example/me",
                        "response": { "metadata": { "type": "email", "value": "{{body.mail}}" }, "uid": "{{body.id}}" } } },
        "login": { "type": "oauth", "scope": ["read"], "scopes": { "read": "Read books" },
                   "communication": {
                       "authorize": { "url": "https://id.books.example/authorize", "qs": { "state": "{{oauth.state}}" } },
                       "token": [{ "url": "https://id.books.example/token", "method": "POST", "type": "urlencoded",
                           "response": { "data": { "token": "{{body.access_token}}" }, "expires": "{{addSeconds(now; 60)}}" } }],
                       "refresh": { "condition": "{{data.expires < now}}", "url": "https://id.books.example/token" } } },
        "free": { "communication": {} }
    },
    "modules": {
        "getBook": { "label": "Get a book", "type": "action", "connection": "apiKey", "altConnection": "login", "actionCrud": "read",
            "communication": [{ "url": "/books/{{parameters.id}}", "response": { "output": { "{{...}}": "{{body}}" } } },
                              { "condition": { "condition": "{{body.more}}", "default": null }, "endpoint": "getMore", "input": { "id": 1 } }],
            "parameters": [{ "name": "shelf", "type": "select", "options": { "store": "rpc://listShelves", "nested": "rpc://listShelves" } }],
            "expect": [{ "name": "id", "type": "text", "required": true, "validate": { "min": 1, "pattern": "^b" } },
                       { "name": "kind", "type": "select", "options": [{ "label": "Paper", "value": "p", "nested": [{ "name": "pages", "type": "uinteger" }] }] },
                       { "name": "big", "type": "boolean", "nested": { "true": [{ "name": "size" }] } }],
            "interface": [{ "name": "title", "type": "text" }, { "name": "tags", "type": "array", "spec": { "type": "text" } },
                          { "name": "author", "type": "collection", "spec": [{ "name": "name" }] }, "rpc://listShelves"],
            "samples": { "title": "A book" } },
        "listBooks": { "type": "search", "connection": null,
            "communication": { "url": "/books", "qs": { "q": "{{pagination.page}}" }, "gzip": true, "timeout": 1000,
                "pagination": { "condition": "{{body.more}}", "qs": { "page": "{{pagination.page}}" } },
                "response": { "type": { "*": "json", "400-499": "text" }, "iterate": { "container": "{{body.books}}", "condition": "{{item.on}}" },
                              "valid": { "condition": "{{statusCode = 200}}", "message": "bad" }, "limit": 10 } } },
        "watchBooks": { "type": "trigger",
            "communication": { "url": "/books", "response": { "iterate": "{{body}}",
                "trigger": { "type": "date", "order": "desc", "id": "{{item.id}}", "date": "{{item.at}}" } } },
            "epoch": { "response": { "output": { "label": "{{item.title}}", "date": "{{item.at}}" } } } },
        "watchEvents": { "type": "instant_trigger", "webhook": "events", "communication": {} },
        "enrichEvents": { "type": "instant_trigger", "webhook": "events", "communication": { "url": "/books/{{payload.id}}" } },
        "answer": { "type": "responder", "communication": { "response": { "status": 201, "body": "ok" } } },
        "compute": { "type": "action", "code": "module.exports = async () => ({ data: 1 });" }
    },
    "rpcs": { "listShelves": { "communication": { "response": { "output": [{ "label": "One", "value": 1 }] } } } },
    "webhooks": { "events": { "type": "web", "connection": "apiKey",
        "communication": { "verification": { "condition": "{{query.ping}}", "respond": { "type": "text", "body": "{{query.ping}}" } },
                           "condition": "{{body.id}}", "output": "{{body}}", "respond": { "status": 202 } },
        "attach": { "url": "/hooks", "method": "POST", "body": { "url": "{{webhook.url}}" }, "response": { "data": { "id": "{{body.id}}" } } },
        "detach": { "url": "/hooks/{{webhook.id}}", "method": "DELETE" } } },
    "functions": { "shout": { "code": "function shout(t) { return t + '!'; }" } },
    "endpoints": { "getMore": { "communication": { "url": "/more", "response": { "unwrap": false } }, "parameters": [{ "name": "id" }] } },
    "dataSources": { "colours": { "type": "picklist", "code": "module.exports = async () => ({ result: [] });" } },
    "groups": [{ "label": "All", "modules": ["getBook", "listBooks"] }]
}"##;

#[test]
fn a_complete_connector_is_valid_and_loads_without_a_word() {
    let validator = Validator::new();
    if let Err(error) = validator.check(COMPLETE) {
        panic!("{error}");
    }
    assert_eq!(lines(&load_text(COMPLETE)), [""; 0]);
}

/// Mistakes: where the complete connector is changed, and to what.
const MISTAKES: &[(&str, &str)] = &[
    (r#""qsPolicy": "merge""#, r#""qsPolicy": "both""#),
    (r#""groups""#, r#""grops""#),
    (r#""baseUrl": "https://api"#, r#""baseUri": "https://api"#),
    (r#""message": "{{body.why}}""#, r#""mesage": "{{body.why}}""#),
    (r#""type": "RateLimitError""#, r#""type": "RateLimit""#),
    (r#""sanitize""#, r#""sanitise""#),
    (r#""type": "password""#, r#""type": "passwort""#),
    (r#""type": "email""#, r#""type": "mail""#),
    (r#""url": "https://id.books.example/authorize", "#, ""),
    (r#""refresh": {"#, r#""refersh": {"#),
    (r#""type": "action", "connection": "apiKey""#, r#""type": "actoin", "connection": "apiKey""#),
    (r#""gzip": true"#, r#""gzip": 1"#),
    (r#""type": "urlencoded""#, r#""type": "urlencode""#),
    (r#""*": "json""#, r#""2xx": "json""#),
    (r#""container": "{{body.books}}""#, r#""contaner": "{{body.books}}""#),
    (r#""order": "desc""#, r#""order": "down""#),
    (r#""response": { "unwrap": false }"#, r#""response": { "unwrapped": false }"#),
    (r#""response": { "status": 201"#, r#""response": { "state": 201"#),
    (r#""validate": { "min": 1"#, r#""validate": { "least": 1"#),
    (r#""type": "picklist""#, r#""type": "list""#),
    (r#""dataSources": {"#, r#""dataSource": {"#),
    (r#""headers": { "authorization": "Bearer {{connection.token}}" }"#, r#""headers": 5"#),
];

#[test]
fn the_schema_refuses_what_the_loader_reports() {
    let validator = Validator::new();
    for (right, wrong) in MISTAKES {
        assert_eq!(COMPLETE.matches(right).count(), 1, "{right}");
        let text = COMPLETE.replace(right, wrong);
        assert!(validator.check(&text).is_err(), "valid: {wrong}");
        assert!(!codes(&load_text(&text)).is_empty(), "not reported: {wrong}");
    }
}

#[test]
fn what_is_misplaced_is_refused_by_the_schema_and_a_warning_of_the_loader() {
    let validator = Validator::new();
    for text in [
        r#"{ "connections": { "one": { "communication": { "url": "https://a.example", "response": { "iterate": "{{body}}" } } } } }"#,
        r#"{ "modules": { "act": { "type": "action", "communication": { "url": "/", "respond": {} } } } }"#,
        r#"{ "webhooks": { "hook": { "communication": { "url": "/" } } } }"#,
        r#"{ "rpcs": { "list": { "communication": {}, "attach": {} } } }"#,
    ] {
        assert!(validator.check(text).is_err(), "{text}");
        assert_eq!(codes(&load_text(text)), ["LP0302"], "{text}");
    }
}

//! What is wrong with files and how it is told (connector.md 2.4, and what a loader must survive).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

mod support;

use std::time::{Duration, Instant};

use linchpin_spec::Options;
use linchpin_spec::diagnostic::{Code, Level};
use proptest::prelude::*;
use support::{codes, connector, folder, lines, load_path, load_text, module, write};

#[test]
fn one_error_names_the_path_and_what_was_looked_for() {
    let place = folder(&[
        ("empty/connector.json", " \n\t"),
        ("bom/connector.json", "\u{feff}"),
        ("comment/connector.json", "// nothing yet\n"),
        ("manifest/makecomapp.json", ""),
        ("unknown/readme.txt", "hello"),
        ("other/package.json", r#"{ "name": "other", "version": "1.0.0" }"#),
        ("scalar/connector.json", "42"),
    ]);
    write(place.path(), "latin/connector.json", b"{ \"name\": \"caf\xe9\" }");
    let cases = [
        ("nowhere", Code::FileNotFound),
        ("nowhere/connector.json", Code::FileNotFound),
        ("unknown", Code::FileNotFound),
        ("empty", Code::FileNotFound),
        ("empty/connector.json", Code::FileNotFound),
        ("bom", Code::FileNotFound),
        ("comment", Code::FileNotFound),
        ("manifest", Code::FileNotFound),
        ("other/package.json", Code::FileNotFound),
        ("scalar/connector.json", Code::FileNotFound),
        ("latin", Code::NotUtf8),
    ];
    for (path, code) in cases {
        let path = place.path().join(path);
        let loaded = load_path(&path);
        assert!(loaded.connector.is_none());
        let [only] = loaded.diagnostics.as_slice() else { panic!("{path:?}: {:?}", lines(&loaded)) };
        assert_eq!((only.code, only.level), (code, Level::Deny), "{path:?}");
        assert!(only.message.contains(path.to_str().unwrap()), "{}", only.message);
        assert!(only.help.is_some(), "{path:?}");
        if code == Code::FileNotFound && path.file_name().unwrap() != "manifest" {
            let help = only.help.as_ref().unwrap();
            assert!(help.contains("connector.json") && help.contains("makecomapp.json"), "{help}");
        }
    }
}

#[test]
fn the_errors_of_all_files_are_told_at_once() {
    let manifest = r#"{ "components": {
        "module": {
            "first": { "moduleType": "action", "codeFiles": { "communication": "first.json" } },
            "second": { "moduleType": "action", "codeFiles": { "communication": "second.json" } },
            "third": { "moduleType": "action", "codeFiles": { "communication": "third.json" } } } } }"#;
    let app = folder(&[
        ("makecomapp.json", manifest),
        ("first.json", "{ \"url\": \"/a\" \"method\": }"),
        ("second.json", "{\n  \"url\": \"{{upper(}}\"\n}"),
        ("third.json", "{ \"url\": \"/c\", \"headers\": 5 }"),
    ]);
    let loaded = load_path(app.path());
    assert!(loaded.connector.is_none());
    let lines = lines(&loaded);
    let of = |file: &str| lines.iter().filter(|line| line.contains(file)).count();
    assert!(of("first.json") >= 2, "{lines:#?}");
    assert!(of("second.json:2:") >= 1, "{lines:#?}");
    assert_eq!(of("third.json:1:27"), 1, "{lines:#?}");
    assert_eq!(of("makecomapp.json"), 0, "no error follows from another one: {lines:#?}");
}

#[test]
fn nothing_follows_from_a_file_that_cannot_be_read() {
    let manifest = r#"{ "components": { "module": {
        "watch": { "moduleType": "trigger", "codeFiles": { "communication": "broken.json" } },
        "listAll": { "codeFiles": { "communication": "missing.json" } } } } }"#;
    let app = folder(&[("makecomapp.json", manifest), ("broken.json", "{ \"url\": }")]);
    let loaded = load_path(app.path());
    assert_eq!(codes(&loaded), ["LP0408", "LP0003"]);
}

#[test]
fn a_component_that_is_listed_twice_counts_once() {
    let manifest = r#"{ "components": { "module": [
        { "name": "listAll", "type": "search", "codeFiles": { "api": "one.json" } },
        { "name": "listAll", "type": "action", "codeFiles": { "api": "one.json" } }] } }"#;
    let app = folder(&[("makecomapp.json", manifest), ("one.json", r#"{ "url": "https://a.example" }"#)]);
    let loaded = load_path(&app.path().join("one.json"));
    assert_eq!(codes(&loaded), ["LP0004"]);
    let own = connector(&loaded);
    assert_eq!(own.modules.len(), 1);
    let first = loaded.sources.file(own.files[0]).name();
    assert_eq!(first, "makecomapp.json", "the file that names the others comes first");
}

#[test]
fn a_template_s_error_stands_at_its_place_behind_escapes() {
    let loaded = load_text(
        "{ \"modules\": { \"getOne\": { \"type\": \"action\",\n  \"communication\": { \"url\": \"/\\u00e9\\\"{{1 +}}\" } } } }",
    );
    let [line] = lines(&loaded).try_into().unwrap();
    let line: String = line;
    assert!(line.starts_with("LP0101 deny connector.json:2:"), "{line}");
    let span = loaded.diagnostics[0].span.unwrap();
    let (_, column) = loaded.sources.position(span);
    assert!((41..=48).contains(&column), "{line}");
    assert_eq!(loaded.diagnostics[0].pointer.as_deref(), Some("/modules/getOne/communication/url"));
}

#[test]
fn settings_change_levels_and_passed_errors_break_their_template() {
    let text = r#"{ "modules": { "getOne": { "type": "action",
        "communication": { "url": "/{{1 +}}", "method": "POST", "bdy": 1 } } } }"#;
    assert_eq!(codes(&load_text(text)), ["LP0101", "LP0301"]);
    let options = Options {
        levels: vec![
            (Code::TemplateSyntax, Level::Deny),
            (Code::TemplateSyntax, Level::Allow),
            (Code::UnknownDirective, Level::Warn),
        ],
        ..Options::default()
    };
    let loaded = linchpin_spec::load_inline("connector.json", text, &options);
    assert_eq!(codes(&loaded), ["LP0301"]);
    let request = &module(connector(&loaded), "getOne").requests[0];
    assert!(request.url.as_ref().unwrap().broken.is_some());
    assert!(request.method.as_ref().unwrap().broken.is_none());
    // Without a tree there is nothing to compile, whatever the settings say.
    let options = Options { levels: vec![(Code::JsonSyntax, Level::Allow)], ..Options::default() };
    let loaded = linchpin_spec::load_inline("connector.json", "{ \"modules\": ", &options);
    assert!(loaded.is_denied() && loaded.connector.is_none());
}

#[test]
fn base_s_mistakes_are_told_once() {
    let text = r#"{ "base": { "baseUrl": "https://a.example", "headers": { "x": "{{1 +}}" }, "retries": 3 },
        "modules": { "one1": { "type": "action", "communication": { "url": "/1" } },
                     "two2": { "type": "action", "communication": { "url": "/2" } } } }"#;
    assert_eq!(codes(&load_text(text)), ["LP0101", "LP0301"]);
}

#[test]
fn deep_json_works_or_is_an_error() {
    let nested = |depth: usize| {
        let body = format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        let text = r#"{ "modules": { "send": { "type": "action",
            "communication": { "url": "/", "method": "POST", "body": BODY } } } }"#;
        load_text(&text.replace("BODY", &body))
    };
    assert_eq!(lines(&nested(200)), [""; 0]);
    assert!(nested(200).connector.is_some());
    assert_eq!(codes(&nested(100_000)), ["LP0005"]);
}

#[test]
fn ten_thousand_modules_take_linear_time() {
    let load_modules = |count: usize| {
        let base = r#"{ "baseUrl": "https://api.a.example", "headers": { "x-key": "{{connection.key}}" },
            "response": { "error": { "message": "[{{statusCode}}] {{body.error.message}}" } } }"#;
        let module = |number: usize| {
            format!(
                r#""listThings{number}": {{ "type": "search", "label": "List {number}",
                    "expect": [{{ "name": "limit", "type": "uinteger", "label": "Limit", "default": 10 }}],
                    "communication": {{ "url": "/things/{number}/{{{{parameters.limit}}}}",
                        "qs": {{ "page": "{{{{pagination.page}}}}" }},
                        "response": {{ "iterate": "{{{{body.items}}}}", "output": {{ "id": "{{{{item.id}}}}" }} }} }} }}"#
            )
        };
        let modules = (0..count).map(module).collect::<Vec<_>>().join(",\n");
        let text = format!(
            r#"{{ "base": {base}, "connections": {{ "key": {{ "parameters": [{{ "name": "key", "type": "text" }}] }} }},
                "modules": {{ {modules} }} }}"#
        );
        let start = Instant::now();
        let loaded = load_text(&text);
        let took = start.elapsed();
        assert_eq!(connector(&loaded).modules.len(), count);
        took
    };
    let small = load_modules(1_000).max(Duration::from_millis(1));
    let large = load_modules(10_000);
    assert!(large < small * 40, "1,000 modules: {small:?}, 10,000: {large:?}");
    if !cfg!(debug_assertions) {
        assert!(large < Duration::from_millis(10_000), "more than 1 ms for a module: {large:?}");
    }
}

/// Words of connectors, as keys.
const WORDS: &[&str] = &[
    "url",
    "baseUrl",
    "response",
    "error",
    "404",
    "iterate",
    "container",
    "output",
    "headers",
    "qs",
    "body",
    "type",
    "temp",
    "condition",
    "pagination",
    "repeat",
    "limit",
    "trigger",
    "order",
    "valid",
    "modules",
    "connections",
    "webhooks",
    "rpcs",
    "functions",
    "endpoints",
    "base",
    "common",
    "groups",
    "communication",
    "parameters",
    "expect",
    "interface",
    "epoch",
    "attach",
    "code",
    "file",
    "authorize",
    "token",
    "name",
    "spec",
    "options",
    "store",
    "nested",
    "validate",
    "scope",
    "{{...}}",
    "{{item}}",
    "qsPolicy",
    "verification",
    "respond",
    "log",
];

/// Texts that mean something somewhere.
const TEXTS: &[&str] = &[
    "",
    "{{body.items[]}}",
    "{{if(",
    "rpc://a?b={{c}}&d",
    "body.items",
    "array",
    "select",
    "trigger",
    "multipart",
    "date",
];

/// JSON of any shape, with the words of connectors among its keys.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let text = prop_oneof![prop::sample::select(TEXTS).prop_map(str::to_owned), "\\PC{0,12}"];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<f64>().prop_map(serde_json::Value::from),
        text.prop_map(serde_json::Value::from),
    ];
    let key = prop_oneof![8 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    leaf.prop_recursive(6, 120, 8, move |inner| {
        let object = prop::collection::vec((key.clone(), inner.clone()), 0..8);
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(serde_json::Value::from),
            object.prop_map(|pairs| serde_json::Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_loads_or_is_refused(value in json(), wrap in 0..4) {
        let text = match wrap {
            0 => value.to_string(),
            1 => format!(r#"{{ "modules": {{ "any": {{ "communication": {value}, "expect": {value}, "epoch": {value} }} }} }}"#),
            2 => format!(r#"{{ "base": {value}, "webhooks": {{ "any": {value} }}, "connections": {{ "any": {value} }},
                "modules": {{ "any": {value} }}, "rpcs": {{ "any": {value} }}, "endpoints": {{ "any": {value} }} }}"#),
            _ => format!(r#"{{ "connections": {{ "any": {{ "communication": {value}, "parameters": {value} }} }},
                "modules": {{ "any": {{ "communication": {{ "url": "/", "response": {value} }} }} }} }}"#),
        };
        let loaded = load_text(&text);
        prop_assert_eq!(loaded.connector.is_none(), loaded.is_denied());
        for diagnostic in &loaded.diagnostics {
            prop_assert!(diagnostic.span.is_none_or(|span| span.start <= span.end));
        }
    }

    #[test]
    fn any_text_loads_or_is_refused(text in "\\PC{0,80}") {
        let loaded = load_text(&text);
        prop_assert_eq!(loaded.connector.is_none(), loaded.is_denied());
    }
}

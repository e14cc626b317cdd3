//! Parameters: what each becomes and what is told of it (connector.md 14, 15).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

mod support;

use linchpin_spec::model::{Field, Parameter, ParameterType};
use support::{codes, connector, lines, load_text, module};

#[track_caller]
fn fields(expect: &str) -> Vec<Field> {
    let text = format!(
        r#"{{ "modules": {{ "theModule": {{ "type": "action", "communication": {{}}, "expect": {expect} }} }},
            "rpcs": {{ "listThings": {{ "communication": {{}} }}, "moreFields": {{ "communication": {{}} }} }} }}"#
    );
    let loaded = load_text(&text);
    assert_eq!(lines(&loaded), [""; 0]);
    module(connector(&loaded), "theModule").parameters.clone()
}

#[track_caller]
fn parameter(expect: &str) -> Parameter {
    match fields(expect).as_slice() {
        [Field::Parameter(parameter)] => (**parameter).clone(),
        other => panic!("{other:?}"),
    }
}

fn name(field: &Field) -> &str {
    match field {
        Field::Parameter(parameter) => &parameter.name.value,
        Field::Rpc(reference) => &reference.name,
    }
}

fn names(fields: &[Field]) -> Vec<&str> {
    fields.iter().map(name).collect()
}

#[track_caller]
fn options(parameter: &Parameter) -> &linchpin_spec::model::Options {
    match &parameter.ty {
        ParameterType::Select(options) => options,
        other => panic!("{other:?}"),
    }
}

#[test]
fn types_of_parameters() {
    let of = |ty: &str| format!("{:?}", parameter(&format!(r#"[{{ "name": "p", "type": "{ty}" }}]"#)).ty);
    let cases = [
        ("Any", "any json hidden {{parameters.type}}"),
        ("Array(Any)", "upload filestorage"),
        (
            "Text",
            "text email url path filename color timezone uuid html time file folder editor code cert aiagent scenario",
        ),
        ("Secret", "password pkey"),
        ("Number", "number"),
        ("Integer", "integer timestamp"),
        ("Unsigned", "uinteger udt account account:some-service hook keychain datastore device"),
        ("Port", "port"),
        ("Boolean", "boolean checkbox"),
        ("Date", "date"),
        ("Buffer", "buffer"),
        ("Array(Text)", "array"),
        ("Collection([])", "collection"),
        ("Visual", "banner markdown separator"),
    ];
    for (expected, types) in cases {
        for ty in types.split(' ') {
            assert_eq!(of(ty), expected, "{ty}");
        }
    }
    for ty in ["select", "list", "radio"] {
        assert!(of(ty).starts_with("Select"), "{ty}");
    }
    assert!(matches!(parameter(r#"[{ "name": "p" }]"#).ty, ParameterType::Any), "no type is any");
    for (more, depth) in [
        ("", 2),
        (r#", "logic": "and""#, 1),
        (r#", "options": { "logic": "or" }"#, 1),
        (r#", "logic": "reverse""#, 2),
    ] {
        let mut ty = parameter(&format!(r#"[{{ "name": "p", "type": "filter"{more} }}]"#)).ty;
        for _ in 0..depth {
            let ParameterType::Array(item) = ty else { panic!("{more}: {ty:?}") };
            ty = *item;
        }
        assert!(
            matches!(&ty, ParameterType::Collection(term) if names(term) == ["a", "o", "b"]),
            "{more}: {ty:?}"
        );
    }
}

#[test]
fn attributes_of_parameters() {
    let parameter = parameter(
        r#"[{ "name": "p", "type": "text", "label": "P", "help": "About p", "required": true, "default": "d",
              "advanced": true, "mappable": { "help": "x" }, "semantic": "file:name", "somethingOfTheFuture": 1,
              "rpc": { "label": "Fill in", "url": "rpc://listThings?x=1", "parameters": [{ "name": "q" }, "rpc://moreFields"] },
              "convert": { "type": "text", "format": "YYYY" },
              "validate": { "min": 2, "max": "10", "pattern": { "regexp": "^a" }, "enum": ["aa", 5], "unique": true,
                            "minItems": 1, "maxItems": 3 } }]"#,
    );
    assert_eq!((parameter.label.as_deref(), parameter.help.as_deref()), (Some("P"), Some("About p")));
    assert!(parameter.required && parameter.default.is_some() && !parameter.multiple);
    let button = parameter.button.as_ref().unwrap();
    assert_eq!((button.rpc.name.as_str(), names(&button.form)), ("listThings", vec!["q", "moreFields"]));
    assert!(parameter.convert.is_none(), "only dates are written otherwise than they are given");
    let rules = &parameter.validate;
    assert_eq!((rules.min, rules.max), (Some(2.0), Some(10.0)));
    assert_eq!(rules.pattern.as_ref().unwrap().value, "^a");
    assert_eq!(rules.one_of, ["aa", "5"]);
    assert_eq!((rules.min_items, rules.max_items, rules.unique, rules.off), (Some(1), Some(3), true, false));
}

#[test]
fn dates_may_become_text() {
    let of = |convert: &str| {
        let text = format!(r#"[{{ "name": "p", "type": "date", "convert": {convert} }}]"#);
        parameter(&text).convert.map(|convert| (convert.format, convert.timezone))
    };
    let (day, zone) = ("YYYY-MM-DD".to_owned(), "Asia/Tokyo".to_owned());
    assert_eq!(of(r#"{ "type": "text", "format": "YYYY-MM-DD" }"#), Some((day.clone(), None)));
    assert_eq!(of(r#"{ "format": "YYYY-MM-DD", "timezone": "Asia/Tokyo" }"#), Some((day, Some(zone))));
    for other in [r#"{ "type": "date", "format": "YYYY" }"#, r#"{ "type": "text" }"#, "{}", "null", "true"] {
        assert_eq!(of(other), None, "{other}");
    }
}

#[test]
fn bounds_beside_the_rules_are_told() {
    for bound in ["min", "max", "minimum", "maximum"] {
        let text = format!(
            r#"{{ "modules": {{ "theModule": {{ "type": "action", "communication": {{}},
                "expect": [{{ "name": "a", "type": "number", "{bound}": 1 }}] }} }} }}"#
        );
        let loaded = load_text(&text);
        assert_eq!(codes(&loaded), ["LP0302"], "{bound}");
        assert!(loaded.diagnostics[0].help.iter().any(|help| help.contains("validate")), "{bound}");
    }
}

#[test]
fn oddities_of_published_apps_are_tolerated() {
    let odd = fields(
        r#"[{ "name": "a", "lable": "A", "default": null, "validate": false },
            { "name": "b", "type": "select", "spec": [], "options": [{ "label": "Yes", "value": true }, { "value": 2 }] },
            { "name": "c", "type": "array", "spec": "text" },
            { "name": "d", "type": "array", "spec": [{ "type": "number" }] },
            { "name": "e", "type": "text", "required": null, "editable": true, "mappable": false },
            { "type": "banner", "text": "hello" }]"#,
    );
    assert_eq!(names(&odd), ["a", "b", "c", "d", "e"]);
    let Field::Parameter(first) = &odd[0] else { panic!() };
    assert!(first.validate.off && first.default.is_none());
    let Field::Parameter(fourth) = &odd[3] else { panic!() };
    assert!(matches!(&fourth.ty, ParameterType::Array(item) if matches!(**item, ParameterType::Number)));
}

#[test]
fn arrays_and_collections() {
    let simple = parameter(r#"[{ "name": "p", "type": "array", "spec": { "type": "number" } }]"#);
    assert!(matches!(&simple.ty, ParameterType::Array(item) if matches!(**item, ParameterType::Number)));
    let asked = r#"{ "type": "text", "required": true, "validate": { "max": 5 } }"#;
    for spec in [asked.to_owned(), format!("[{asked}]")] {
        let ruled = parameter(&format!(r#"[{{ "name": "p", "type": "array", "spec": {spec} }}]"#));
        assert_eq!((ruled.item.required, ruled.item.validate.max), (true, Some(5.0)), "{spec}");
    }
    let rows = parameter(
        r#"[{ "name": "p", "type": "array", "spec": [{ "name": "a", "type": "text" },
            { "name": "in", "type": "collection", "spec": [{ "name": "deep", "type": "date" }, "rpc://moreFields"] }] }]"#,
    );
    let ParameterType::Array(item) = &rows.ty else { panic!() };
    let ParameterType::Collection(columns) = &**item else { panic!() };
    assert_eq!(names(columns), ["a", "in"]);
    let Field::Parameter(inner) = &columns[1] else { panic!() };
    assert!(matches!(&inner.ty, ParameterType::Collection(deep) if names(deep) == ["deep", "moreFields"]));
    let dynamic = parameter(r#"[{ "name": "p", "type": "collection", "spec": "rpc://moreFields" }]"#);
    assert!(
        matches!(&dynamic.ty, ParameterType::Collection(spec) if matches!(spec.as_slice(), [Field::Rpc(_)]))
    );
}

#[test]
fn items_of_an_output_may_be_anything() {
    let text = r#"{ "modules": { "theModule": { "type": "action", "communication": {},
        "interface": [{ "name": "tags", "type": "array" }] } } }"#;
    let loaded = load_text(text);
    let interface = module(connector(&loaded), "theModule").interface.clone();
    let Field::Parameter(tags) = &interface[0] else { panic!() };
    assert!(matches!(&tags.ty, ParameterType::Array(item) if matches!(**item, ParameterType::Any)));
}

#[test]
fn options_in_all_forms() {
    let plain = parameter(
        r#"[{ "name": "p", "type": "select", "multiple": true, "options": [
            { "label": "One", "value": 1, "nested": [{ "name": "x" }] },
            { "label": "Only a label" }, "bare",
            { "label": "Group", "options": [{ "label": "In", "value": "in" }] }] }]"#,
    );
    assert!(plain.multiple);
    let choices = &options(&plain).choices;
    let labels: Vec<Option<&str>> = choices.iter().map(|choice| choice.label.as_deref()).collect();
    assert_eq!(labels, [Some("One"), Some("Only a label"), None, Some("In")]);
    assert_eq!(names(&choices[0].nested), ["x"]);
    assert!(!options(&plain).open);
    let dynamic =
        parameter(r#"[{ "name": "p", "type": "select", "dynamic": true, "options": [{ "value": 1 }] }]"#);
    assert!(options(&dynamic).open);
    let rpc = parameter(r#"[{ "name": "p", "type": "select", "options": "rpc://listThings" }]"#);
    assert!(options(&rpc).open && options(&rpc).rpc.is_some());
    let store = parameter(
        r#"[{ "name": "p", "type": "select", "options": {
            "store": [{ "title": "T", "key": "k" }], "label": "title", "value": "key",
            "nested": [{ "name": "always" }, "rpc://moreFields"],
            "placeholder": { "label": "None", "nested": [{ "name": "nothing" }] } } }]"#,
    );
    let store = options(&store);
    assert_eq!(store.choices[0].label.as_deref(), Some("T"));
    assert_eq!(names(&store.nested), ["always", "moreFields"]);
    assert_eq!(names(&store.placeholder_nested), ["nothing"]);
    let both = parameter(
        r#"[{ "name": "p", "type": "select", "options": { "store": "rpc://listThings", "nested": "rpc://moreFields" } }]"#,
    );
    assert_eq!(options(&both).rpc.as_ref().unwrap().name, "listThings");
    assert_eq!(names(&options(&both).nested), ["moreFields"]);
}

#[test]
fn nested_fields_of_booleans_and_selects() {
    let plain = parameter(r#"[{ "name": "p", "type": "boolean", "nested": [{ "name": "on" }] }]"#);
    assert_eq!((names(&plain.nested), names(&plain.nested_false)), (vec!["on"], vec![]));
    let split = parameter(
        r#"[{ "name": "p", "type": "boolean", "nested": { "true": [{ "name": "on" }], "false": "rpc://moreFields" } }]"#,
    );
    assert_eq!((names(&split.nested), names(&split.nested_false)), (vec!["on"], vec!["moreFields"]));
    let reversed =
        parameter(r#"[{ "name": "p", "type": "boolean", "reversedNested": [{ "name": "off" }] }]"#);
    assert_eq!(names(&reversed.nested_false), ["off"]);
    let turned = |turned: &str| {
        let of = parameter(&format!(
            r#"[{{ "name": "p", "type": "boolean", "nested": [{{ "name": "x" }}], "reversedNested": {turned} }}]"#
        ));
        (names(&of.nested).len(), names(&of.nested_false).len())
    };
    assert_eq!((turned("true"), turned("false"), turned("null")), ((0, 1), (1, 0), (1, 0)));
    let stored = parameter(
        r#"[{ "name": "p", "type": "select", "options": [], "nested": { "store": [{ "name": "x" }], "domain": "expect" } }]"#,
    );
    assert_eq!(names(&stored.nested), ["x"]);
}

#[test]
fn references_to_rpcs() {
    let found = fields(r#"["rpc://moreFields@2?kind=a%20b&id={{parameters.id & '='}}"]"#);
    let [Field::Rpc(reference)] = found.as_slice() else { panic!() };
    assert_eq!(reference.name, "moreFields");
    let query: Vec<(&str, &str)> =
        reference.query.iter().map(|(key, value)| (key.as_str(), &*value.source.value)).collect();
    assert_eq!(query, [("kind", "a b"), ("id", "{{parameters.id & '='}}")]);
    assert!(reference.query[1].1.single().is_some());
}

#[test]
fn mistakes_in_parameters() {
    let text = r#"{ "modules": { "theModule": { "type": "action", "communication": {},
        "expect": [{ "name": "a", "type": "txet" }, { "type": "text" }, { "name": "a" }, { "name": "b", "requried": true }, 5],
        "interface": "listThings" } } }"#;
    assert_eq!(codes(&load_text(text)), ["LP0501", "LP0502", "LP0503", "LP0301", "LP0306", "LP0306"]);
}

#[test]
fn what_only_shows_something_needs_no_name() {
    let found = fields(
        r#"[{ "type": "html", "label": "<b>Beta</b>" }, { "type": "hidden" }, { "type": "banner" }, { "name": "a" }]"#,
    );
    assert_eq!(names(&found), ["a"]);
}

#[test]
fn rpcs_that_help_to_fill_a_field_in() {
    let of = |definition: &str| parameter(&format!(r#"[{{ "name": "p", {definition} }}]"#));
    let offered = |definition: &str| of(definition).offers.map(|reference| reference.name);
    assert_eq!(offered(r#""type": "folder", "options": "rpc://listThings""#).as_deref(), Some("listThings"));
    let filter = r#""type": "filter", "options": { "store": "rpc://listThings?of=a", "logic": "and" }"#;
    assert_eq!(offered(filter).as_deref(), Some("listThings"));
    assert_eq!(offered(r#""type": "filter", "options": [{ "label": "A", "value": "a" }]"#), None);
    assert_eq!(offered(r#""type": "select", "options": "rpc://listThings""#), None);

    let button = of(
        r#""type": "number", "rpc": { "label": "Find", "url": "rpc://listThings", "parameters": [{ "name": "q" }, "rpc://moreFields"] }"#,
    );
    let button = button.button.unwrap();
    assert_eq!((button.rpc.name.as_str(), names(&button.form)), ("listThings", vec!["q", "moreFields"]));

    let text = r#"{ "modules": { "theModule": { "type": "action", "communication": {}, "expect": [
        { "name": "a", "type": "text", "rpc": { "url": "rpc://nobody" } },
        { "name": "b", "type": "file", "options": "rpc://nowhere" }] } } }"#;
    assert_eq!(codes(&load_text(text)), ["LP0401", "LP0401"]);
}

#[test]
fn mappable_parameters_win_over_static_ones() {
    let text = r#"{ "modules": { "theModule": { "type": "action", "communication": {},
        "parameters": [{ "name": "a", "type": "text" }, { "name": "b" }], "expect": [{ "name": "a", "type": "number" }] } } }"#;
    let loaded = load_text(text);
    let parameters = module(connector(&loaded), "theModule").parameters.clone();
    assert_eq!(names(&parameters), ["b", "a"]);
    let Field::Parameter(kept) = &parameters[1] else { panic!() };
    assert!(matches!(kept.ty, ParameterType::Number));
}

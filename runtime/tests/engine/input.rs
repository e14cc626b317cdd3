//! Parameters are checked before any request (connector.md 15.4).

use super::support::*;
use linchpin::plan::{Module, ModuleKind};
use linchpin::{ErrorKind, Value};

fn with(parameters: &str) -> Module {
    let mut module = module(ModuleKind::Action, r#"{"response":{"output":{"p":"{parameters}"}}}"#);
    module.parameters = json(parameters).items().iter().map(parameter).collect::<Vec<_>>().into();
    module
}

async fn check(parameters: &str, input: &str) -> Result<Value, String> {
    let server = Server::quiet().await;
    let result = run(&client(&server), with(parameters), input).await;
    assert!(server.seen().is_empty());
    result.map(|bundle| bundle.key("p").clone()).map_err(|error| {
        assert_eq!((error.kind(), error.module()), (ErrorKind::Data, Some("listTasks")));
        assert!(!error.may_have_been_sent());
        error.message().split_once("acceptable: ").unwrap().1.to_owned()
    })
}

#[tokio::test]
async fn every_violation_is_told_with_its_path() {
    let parameters = r#"[{"name":"title","type":"text","required":true},{"name":"count","type":"integer"},
        {"name":"address","type":"collection","spec":[{"name":"city","type":"text","required":true},{"name":"zip","type":"text","rules":{"pattern":"^[0-9]+$"}}]},
        {"name":"rows","type":"array","spec":[{"name":"","type":"collection","spec":[{"name":"id","type":"unsigned","required":true}]}]}]"#;
    let input = r#"{"count":1.5,"address":{"zip":"12a"},"rows":[{"id":1},{},{"id":-2},"x"]}"#;
    assert_eq!(
        check(parameters, input).await.unwrap_err(),
        "title: is mandatory; count: must be a whole number, not number; address.city: is mandatory; \
         address.zip: does not match ^[0-9]+$; rows.1.id: is mandatory; \
         rows.2.id: must be a whole number, not negative, not number; rows.3: must be a collection, not text"
    );
    check(parameters, r#"{"title":"t"}"#).await.unwrap();
}

#[tokio::test]
async fn blank_is_absent_and_the_empty_text_is_not() {
    let required = r#"[{"name":"a","type":"text","required":true}]"#;
    for input in ["{}", r#"{"a":null}"#, r#"{"a":""}"#] {
        assert_eq!(check(required, input).await.unwrap_err(), "a: is mandatory");
        check(&required.replace("true", "false"), input).await.unwrap();
    }
    let optional = r#"[{"name":"a","type":"number","rules":{"min":5}}]"#;
    assert_eq!(
        check(optional, r#"{"a":null}"#).await.unwrap(),
        json(r#"{"a":null}"#),
        "null is kept as null"
    );
}

#[tokio::test]
async fn rules() {
    for (parameter, value, complaint) in [
        (
            r#""type":"text","rules":{"min":3}"#,
            r#""ab""#,
            Some("is too short, at least 3 characters are needed"),
        ),
        (r#""type":"text","rules":{"min":3}"#, r#""abc""#, None),
        (r#""type":"text","rules":{"max":2}"#, r#""😀""#, None),
        (
            r#""type":"text","rules":{"max":1}"#,
            r#""😀""#,
            Some("is too long, at most 1 characters are allowed"),
        ),
        (r#""type":"text","rules":{"pattern":"b+"}"#, r#""abbc""#, None),
        (r#""type":"text","rules":{"pattern":"^b+$"}"#, r#""abbc""#, Some("does not match ^b+$")),
        (r#""type":"text","rules":{"enum":["x","y"]}"#, r#""z""#, Some("must be one of x, y")),
        (r#""type":"number","rules":{"min":1,"max":5}"#, "0.5", Some("is too small, at least 1 is needed")),
        (r#""type":"number","rules":{"min":1,"max":5}"#, "5.5", Some("is too big, at most 5 is allowed")),
        (r#""type":"number","rules":{"min":1,"max":5}"#, "5", None),
        (r#""type":"array","rules":{"minItems":2}"#, "[1]", Some("has fewer than 2 items")),
        (r#""type":"array","rules":{"maxItems":2}"#, "[1,2,3]", Some("has more than 2 items")),
        (r#""type":"array","rules":{"unique":true}"#, "[1,2,1]", Some("has items that are equal")),
        (r#""type":"port""#, "65536", Some("must be a port from 0 to 65535, not number")),
        (r#""type":"boolean""#, r#""yes""#, Some("must be a boolean, not text")),
        (r#""type":"date""#, r#""soon""#, Some("must be a date, not text")),
        (r#""type":"text""#, "{}", Some("must be text, not collection")),
        (r#""type":"select","options":["a",1]"#, r#""a""#, None),
        (r#""type":"select","options":["a",1]"#, r#""1""#, Some("is none of its options")),
        (r#""type":"select","options":["a",1]"#, "1.0", None),
        (r#""type":"select","options":[]"#, r#""anything""#, None),
        (
            r#""type":"select","options":["a","b"],"multiple":true,"rules":{"maxItems":1}"#,
            r#"["a","b"]"#,
            Some("has more than 1 items"),
        ),
        (r#""type":"select","options":["a","b"],"multiple":true"#, r#""a""#, Some("is not an array")),
        (r#""type":"any""#, r#"{"x":[]}"#, None),
    ] {
        let result = check(&format!(r#"[{{"name":"p",{parameter}}}]"#), &format!(r#"{{"p":{value}}}"#)).await;
        assert_eq!(result.err(), complaint.map(|complaint| format!("p: {complaint}")), "{parameter} {value}");
    }
    let many = r#"[{"name":"p","type":"select","options":["a","b"],"multiple":true}]"#;
    assert_eq!(check(many, r#"{"p":["a","c"]}"#).await.unwrap_err(), "p.1: is none of its options");
}

#[tokio::test]
async fn what_a_form_would_convert() {
    for (ty, value, expected) in [
        ("number", r#"" 1.5 ""#, "1.5"),
        ("integer", r#""9007199254740993""#, "9007199254740993"),
        ("boolean", r#""true""#, "true"),
        ("boolean", "0", "false"),
        ("text", "5", r#""5""#),
        ("text", "true", r#""true""#),
        ("date", r#""2026-01-02T03:04:05Z""#, r#""2026-01-02T03:04:05.000Z""#),
        ("date", r#""2026-01-02""#, r#""2026-01-02T00:00:00.000Z""#),
        ("date", r#""2.1.2026 03:04+02:00""#, r#""2026-01-02T01:04:00.000Z""#),
        ("array", r#""x""#, r#"["x"]"#),
    ] {
        let result = check(&format!(r#"[{{"name":"p","type":"{ty}"}}]"#), &format!(r#"{{"p":{value}}}"#))
            .await
            .unwrap();
        assert_eq!(result.key("p").to_json().unwrap(), expected, "{ty} {value}");
    }
    let deep = r#"[{"name":"p","type":"array","spec":[{"type":"collection","spec":[{"name":"n","type":"number"}]}]}]"#;
    assert_eq!(
        check(deep, r#"{"p":[{"n":"1"},{"n":2}],"other":"kept"}"#).await.unwrap(),
        json(r#"{"p":[{"n":1},{"n":2}],"other":"kept"}"#)
    );
}

#[tokio::test]
async fn nested_fields_appear_with_the_value_that_they_wait_for() {
    let parameters = r#"[{"name":"kind","type":"select","options":["a","b"],"nested":[
            {"when":"a","parameters":[{"name":"x","type":"text","required":true}]},
            {"when":"b","parameters":[{"name":"y","type":"text","required":true}]}]},
        {"name":"more","type":"boolean","nested":[{"when":true,"parameters":[{"name":"z","type":"number","required":true}]}]},
        {"name":"any","type":"any","nested":[{"parameters":[{"name":"w","type":"number","required":true}]}]}]"#;
    for (input, complaints) in [
        ("{}", None),
        (r#"{"kind":"a"}"#, Some("x: is mandatory")),
        (r#"{"kind":"b","x":"1"}"#, Some("y: is mandatory")),
        (r#"{"kind":"a","x":"1","more":true}"#, Some("z: is mandatory")),
        (r#"{"more":false}"#, None),
        (r#"{"any":"thing"}"#, Some("w: is mandatory")),
    ] {
        assert_eq!(check(parameters, input).await.err().as_deref(), complaints, "{input}");
    }
}

#[tokio::test]
async fn what_a_form_converts_decides_which_fields_appear() {
    let parameters = r#"[{"name":"more","type":"boolean","nested":[
            {"when":true,"parameters":[{"name":"x","type":"text","required":true}]},
            {"when":false,"parameters":[{"name":"y","type":"text","required":true}]}]}]"#;
    for (input, complaint) in [
        (r#"{"more":"true"}"#, "x: is mandatory"),
        (r#"{"more":"1"}"#, "x: is mandatory"),
        (r#"{"more":0}"#, "y: is mandatory"),
    ] {
        assert_eq!(check(parameters, input).await.unwrap_err(), complaint, "{input}");
    }
}

#[tokio::test]
async fn fields_of_an_option_go_before_those_of_any_option() {
    let parameters = r#"[{"name":"kind","type":"select","options":["a","b","c"],MORE"nested":[
            {"when":"a","parameters":[{"name":"own","type":"text","required":true}]},
            {"parameters":[{"name":"any","type":"text","required":true}]},
            {"when":null,"parameters":[{"name":"none","type":"text","required":true}]}]}]"#;
    let one = parameters.replace("MORE", "");
    for (input, complaint) in [
        (r#"{"kind":"a"}"#, "own: is mandatory"),
        (r#"{"kind":"b"}"#, "any: is mandatory"),
        (r#"{"kind":""}"#, "none: is mandatory"),
    ] {
        assert_eq!(check(&one, input).await.unwrap_err(), complaint, "{input}");
    }
    let many = parameters.replace("MORE", r#""multiple":true,"#);
    for (input, complaint) in [
        (r#"{"kind":["a"]}"#, "own: is mandatory"),
        (r#"{"kind":["b","c"]}"#, "any: is mandatory"),
        (r#"{"kind":["a","b"]}"#, "own: is mandatory; any: is mandatory"),
        (r#"{"kind":[]}"#, "none: is mandatory"),
    ] {
        assert_eq!(check(&many, input).await.unwrap_err(), complaint, "{input}");
    }
}

#[tokio::test]
async fn dates_without_a_zone_are_those_of_the_client() {
    let server = Server::quiet().await;
    let client = builder(&server, connector("{}")).timezone("Asia/Tokyo").build().unwrap();
    let bundle = run(&client, with(r#"[{"name":"p","type":"date"}]"#), r#"{"p":"2026-01-02 09:00"}"#).await;
    assert_eq!(bundle.unwrap().key("p").key("p").to_json().unwrap(), r#""2026-01-02T00:00:00.000Z""#);
}

#[tokio::test]
async fn fields_of_a_placeholder_appear_while_nothing_is_chosen() {
    let parameters = r#"[{"name":"kind","type":"select","options":["a"],"nested":[{"when":null,"parameters":[{"name":"why","type":"text","required":true}]}]}]"#;
    assert_eq!(check(parameters, "{}").await.unwrap_err(), "why: is mandatory");
    assert_eq!(check(parameters, r#"{"kind":null}"#).await.unwrap_err(), "why: is mandatory");
    check(parameters, r#"{"kind":"a"}"#).await.unwrap();
}

#[tokio::test]
async fn unknown_options_can_be_allowed() {
    let server = Server::quiet().await;
    let client = builder(&server, connector("{}")).allow_unknown_options().build().unwrap();
    run(&client, with(r#"[{"name":"p","type":"select","options":["a"]}]"#), r#"{"p":"new"}"#).await.unwrap();
}

//! RPCs: options and fields that a service supplies (connector.md 14).

use std::sync::Arc;

use linchpin::client::{Choice, RpcCall};
use linchpin::form::Fields;
use linchpin::plan::ModuleKind;
use linchpin::{ErrorKind, Object, Value};

use super::support::*;

/// A call of an RPC without a request, which gives this.
async fn rpc(output: &str) -> RpcCall<Choice> {
    let server = Server::quiet().await;
    let requests = format!(r#"{{"response":{{"output":{output}}}}}"#);
    RpcCall::new(&client(&server), Arc::new(module(ModuleKind::Rpc, &requests)), Object::new())
}

#[tokio::test]
async fn what_lists_no_options_is_an_error_that_says_which_item() {
    for (output, complaint) in [
        (r#""a page of text""#, "its result is text"),
        (r#"{"error":"no"}"#, "its result is collection"),
        (r#"[{"value":1},{"label":"x"}]"#, r#"item 1 has no "value""#),
        (r#"[{"value":1},{"value":null}]"#, r#"item 1 has no "value""#),
        (r#"[["a","b"]]"#, "item 0 is array"),
        (r#"[{"label":"G","options":[{"value":1},{"name":"x"}]}]"#, r#"item 0.1 has no "value""#),
        (r#"[{"label":"G","options":"rpc://x"}]"#, "item 0. is text"),
    ] {
        let error = rpc(output).await.await.unwrap_err();
        assert_eq!((error.kind(), error.module()), (ErrorKind::Runtime, Some("listTasks")), "{output}");
        assert!(error.message().contains(complaint), "{output}: {error}");
        rpc(output).await.raw().await.unwrap();
    }
}

#[tokio::test]
async fn options_may_have_members_of_other_names() {
    let output = r#"[{"name":"One","id":1,"value":"other"},{"name":"G","options":[{"id":2}]}]"#;
    let choices = rpc(output).await.named("name", "id").await.unwrap();
    assert_eq!((choices[0].label.as_str(), &choices[0].value), ("One", &Value::from(1)));
    assert_eq!(choices[1].options[0].value, Value::from(2));
}

#[tokio::test]
async fn parameters_in_the_address_of_an_rpc_win() {
    let server = Server::start(|_| r#"[{"value":1}]"#).await;
    let requests =
        r#"{"url":"/boards","qs":{"archived":"{parameters.archived}","team":"{parameters.team}"}}"#;
    let module = Arc::new(module(ModuleKind::Rpc, requests));
    let input = object(r#"{"archived":"true","team":"t"}"#);
    RpcCall::<Choice>::new(&client(&server), module, input).with("archived", "false").await.unwrap();
    assert_eq!(server.seen()[0].target, "/boards?archived=false&team=t");
}

const FIELDS: &str = r#"[{"name":"title","type":"text","label":"Title","required":true,"validate":{"max":5}},
    {"name":"kind","type":"select","options":[{"label":"A","value":"a","nested":[{"name":"why","type":"text","required":true}]},{"value":1}]},
    {"name":"sizes","type":"array","spec":{"type":"uinteger"}},
    {"name":"address","type":"collection","spec":[{"name":"city","type":"text","required":true}]},
    {"type":"banner","text":"shown only"},
    {"name":"board","type":"select","options":{"store":"rpc://listBoards@2?archived=false&q=a%20b"}},
    {"name":"on","type":"boolean","nested":{"true":[{"name":"at","type":"date","required":true}]}},
    {"name":"free","validate":false,"type":"number"},
    "rpc://moreFields?form=7"]"#;

#[tokio::test]
async fn fields_are_typed_and_check_values() {
    let fields: Fields = rpc(FIELDS).await.fields().await.unwrap();
    let names: Vec<_> = fields.list.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["title", "kind", "sizes", "address", "board", "on", "free"]);
    let title = fields.get("title").unwrap();
    assert_eq!((title.label.as_str(), title.kind.as_str(), title.required), ("Title", "text", true));
    assert_eq!(fields.get("kind").unwrap().choices[1].value, Value::from(1));
    let board = fields.get("board").unwrap().options_from.clone().unwrap();
    assert_eq!(
        (board.name.as_str(), board.parameters),
        ("listBoards", object(r#"{"archived":"false","q":"a b"}"#))
    );
    assert_eq!(
        (fields.more[0].name.as_str(), &fields.more[0].parameters),
        ("moreFields", &object(r#"{"form":"7"}"#))
    );

    let mut values = object(
        r#"{"title":"longer","kind":"a","sizes":["3",-1],"address":{},"on":true,"free":"x","other":1}"#,
    );
    let error = fields.check(&mut values).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data);
    for complaint in [
        "title: is too long",
        "why: is mandatory",
        "sizes.1: must be",
        "address.city: is mandatory",
        "at: is mandatory",
    ] {
        assert!(error.message().contains(complaint), "{complaint}: {error}");
    }
    assert!(!error.message().contains("free"), "{error}");
    let mut values = object(r#"{"title":"ok","kind":1,"sizes":["3"],"board":"any","on":"false"}"#);
    fields.check(&mut values).unwrap();
    assert_eq!(values, object(r#"{"title":"ok","kind":1,"sizes":[3],"board":"any","on":false}"#));
    assert!(fields.check(&mut object(r#"{"title":"ok","kind":"1"}"#)).is_err(), "1 is not \"1\"");
}

#[tokio::test]
async fn what_lists_no_fields_is_an_error_that_says_which_item() {
    let deep =
        format!("{}{}", r#"[{"name":"a","type":"collection","spec":"#.repeat(60), "[]") + &"}]".repeat(60);
    for (output, complaint) in [
        (r#""a page of text""#, "item 0 is text"),
        (r#"[{"name":"a"},5]"#, "item 1 is number"),
        (r#"[{"label":"a","type":"text"}]"#, r#"item 0 has no "name""#),
        (r#"[{"name":"a","type":"collection","spec":[{"type":"text"}]}]"#, "has no \"name\""),
        (deep.as_str(), "too deep"),
    ] {
        let error = rpc(output).await.fields().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Runtime, "{output}");
        assert!(error.message().contains(complaint), "{output}: {error}");
    }
    assert!(rpc("[]").await.fields().await.unwrap().list.is_empty());
}

//! RPCs whose results refer to further RPCs (connector.md 14.2).

use std::sync::Arc;

use linchpin::client::{Client, RpcCall};
use linchpin::form::{Fields, When};
use linchpin::plan::{Module, ModuleKind};
use linchpin::{Error, ErrorKind, Value};

use super::support::*;

/// A client whose RPCs of these names ask the server at their names, and say with what parameters.
fn client_with(server: &Server, names: &[&str]) -> Client {
    let rpc = |name: &&str| {
        format!(
            r#"{{"name":"{name}","requests":{{"url":"/{name}","method":"POST","body":"{{parameters}}","response":{{"error":"no {name}: {{body.why}}"}}}}}}"#
        )
    };
    let rpcs = names.iter().map(rpc).collect::<Vec<_>>().join(",");
    builder(server, connector(&format!(r#"{{"rpcs":[{rpcs}]}}"#))).build().unwrap()
}

fn rpc(name: &str) -> Arc<Module> {
    let requests = format!(r#"{{"url":"/{name}","method":"POST","body":"{{parameters}}"}}"#);
    let mut module = module(ModuleKind::Rpc, &requests);
    module.name = name.to_owned().into();
    Arc::new(module)
}

async fn resolve(client: &Client, form: &str) -> Result<Fields, Error> {
    RpcCall::<Fields>::new(client, rpc("start"), object(form)).resolved().await
}

fn names(fields: &Fields) -> Vec<&str> {
    fields.list.iter().map(|field| field.name.as_str()).collect()
}

/// Methods are all POST: paths with what was sent.
fn asked(server: &Server) -> Vec<(String, Value)> {
    let seen = server.seen().into_iter();
    seen.map(|seen| (seen.target.clone(), json(seen.text()))).collect()
}

#[tokio::test]
async fn references_of_every_kind_are_followed() {
    let server = Server::start(|seen| match seen.target.as_str() {
        "/start" => {
            r#"[{"name":"a","type":"text"},"rpc://more?kind=x%20y","rpc://more?kind=other",
            {"name":"board","type":"select","options":"rpc://boards"},
            {"name":"list","type":"select","options":{"store":"rpc://lists@2","label":"title","value":"id"}},
            {"name":"address","type":"collection","spec":"rpc://address"},
            {"name":"rows","type":"array","spec":"rpc://row"},
            {"name":"tags","type":"array","spec":{"type":"select","options":"rpc://boards"}},
            {"name":"last","type":"text"}]"#
        }
        "/more" => r#"[{"name":"b","type":"number","required":true},"rpc://evenMore"]"#,
        "/evenMore" => r#"[{"name":"c","type":"text"},{"name":"a","type":"number"}]"#,
        "/boards" => r#"[{"label":"One","value":1}]"#,
        "/lists" => r#"[{"title":"L","id":"l"}]"#,
        "/address" => r#"[{"name":"city","type":"text","required":true}]"#,
        "/row" => r#"{"name":"n","type":"uinteger"}"#,
        other => panic!("{other}"),
    })
    .await;
    let client = client_with(&server, &["more", "evenMore", "boards", "lists", "address", "row"]);
    let fields = resolve(&client, r#"{"team":"t","kind":"mine"}"#).await.unwrap();
    assert_eq!(names(&fields), ["a", "b", "c", "board", "list", "address", "rows", "tags", "last"]);
    assert!(fields.more.is_empty());
    let first = &fields.get("board").unwrap().choices[0];
    assert_eq!((first.label.as_str(), &first.value), ("One", &Value::from(1)));
    assert_eq!(fields.get("list").unwrap().choices[0].value, Value::from("l"));
    assert!(fields.get("list").unwrap().options_from.is_none());
    assert_eq!(names(&fields.get("address").unwrap().members), ["city"]);
    assert_eq!(fields.get("tags").unwrap().item.as_ref().unwrap().choices.len(), 1);

    let mut values = object(r#"{"address":{},"rows":[{"n":-1}],"board":"unlisted"}"#);
    let error = fields.check(&mut values).unwrap_err();
    for complaint in ["b: is mandatory", "address.city: is mandatory", "rows.0.n: must be"] {
        assert!(error.message().contains(complaint), "{error}");
    }
    assert!(!error.message().contains("board"), "what a service lists is not enforced: {error}");

    let asked = asked(&server);
    assert_eq!(asked[0].1, json(r#"{"team":"t","kind":"mine"}"#));
    let of =
        |path: &str| asked.iter().filter(|asked| asked.0 == path).map(|asked| &asked.1).collect::<Vec<_>>();
    let (x, other) = (json(r#"{"team":"t","kind":"x y"}"#), json(r#"{"team":"t","kind":"other"}"#));
    assert!(of("/more").contains(&&x) && of("/more").contains(&&other), "the query wins: {asked:?}");
    assert_eq!(of("/evenMore"), [&asked[0].1], "the form's values, and once");
    assert_eq!(of("/boards").len(), 1);
}

#[tokio::test]
async fn what_appears_with_a_value_is_followed_with_that_value() {
    let server = Server::start(|seen| match seen.target.as_str() {
        "/start" => {
            r#"[{"name":"form","type":"select","options":{"store":"rpc://forms","nested":"rpc://anyForm",
                "placeholder":{"label":"-","nested":["rpc://noForm"]}}},
            {"name":"on","type":"boolean","nested":"rpc://whenOn","reversedNested":true},
            {"name":"end","type":"text"}]"#
        }
        "/forms" => r#"[{"label":"A","value":"a","nested":"rpc://formA"},{"label":"B","value":"b"}]"#,
        "/formA" => r#"[{"name":"ofA","type":"text","required":true}]"#,
        "/anyForm" => r#"[{"name":"ofAny","type":"text"}]"#,
        "/noForm" => r#"[{"name":"ofNone","type":"text"}]"#,
        "/whenOn" => r#"[{"name":"ofOff","type":"text"}]"#,
        other => panic!("{other}"),
    })
    .await;
    let client = client_with(&server, &["forms", "formA", "anyForm", "noForm", "whenOn"]);
    for (form, followed, shown) in [
        ("{}", &["/noForm"][..], &["form", "ofNone", "on", "end"][..]),
        (r#"{"form":"a"}"#, &["/formA"], &["form", "ofA", "on", "end"]),
        (r#"{"form":"b"}"#, &["/anyForm"], &["form", "ofAny", "on", "end"]),
        (r#"{"form":"unlisted","on":true}"#, &["/anyForm"], &["form", "ofAny", "on", "end"]),
        (r#"{"on":false}"#, &["/noForm", "/whenOn"], &["form", "ofNone", "on", "ofOff", "end"]),
    ] {
        let before = server.seen().len();
        let fields = resolve(&client, form).await.unwrap();
        let lines = &asked(&server)[before + 2..];
        assert_eq!(lines.iter().map(|asked| asked.0.as_str()).collect::<Vec<_>>(), followed, "{form}");
        assert!(lines.iter().all(|asked| asked.1 == json(form)), "{form}: {lines:?}");
        let names: Vec<_> = fields.shown(&object(form)).iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, shown, "{form}");
    }
    let fields = resolve(&client, r#"{"form":"a"}"#).await.unwrap();
    assert_eq!(fields.get("form").unwrap().nested[0].when, When::Is(Value::from("a")));
    let error = fields.check(&mut object(r#"{"form":"a"}"#)).unwrap_err();
    assert!(error.message().contains("ofA: is mandatory"), "the same level: {error}");
    // Another choice: the fields are resolved again, and nothing else is asked.
    let before = server.seen().len();
    let again = fields.resolve(&client, object(r#"{"form":"b"}"#)).await.unwrap();
    assert_eq!(
        asked(&server)[before..].iter().map(|asked| asked.0.as_str()).collect::<Vec<_>>(),
        ["/anyForm"]
    );
    assert!(again.shown(&object(r#"{"form":"b"}"#)).iter().any(|field| field.name == "ofAny"));
}

#[tokio::test]
async fn circles_and_chains_without_an_end_are_errors() {
    let chain = |seen: &Seen| {
        let asked = json(seen.text());
        let next = asked.key("n").to_number() + 1.0;
        Reply::json(format!(r#"["rpc://start?n={next}"]"#))
    };
    let server = Server::start(chain).await;
    let error = resolve(&client_with(&server, &["start"]), r#"{"n":0}"#).await.unwrap_err();
    assert_eq!((error.kind(), error.module()), (ErrorKind::Runtime, Some("start")));
    assert!(error.message().contains("more than 10 deep: start > start"), "{error}");
    assert_eq!(server.seen().len(), 10);

    let server = Server::start(|seen| match seen.target.as_str() {
        "/start" => r#"["rpc://b"]"#,
        "/b" => r#"[{"name":"x","type":"collection","spec":["rpc://c?k=1"]}]"#,
        _ => r#"[{"name":"y","type":"select","options":"rpc://b"}]"#,
    })
    .await;
    let error = resolve(&client_with(&server, &["b", "c"]), "{}").await.unwrap_err();
    assert!(error.message().contains("in a circle: start > b > c > b"), "{error}");
    assert_eq!(server.seen().len(), 3);

    let server = Server::start(|_| r#"["rpc://start"]"#).await;
    let error = resolve(&client_with(&server, &["start"]), "{}").await.unwrap_err();
    assert!(error.message().contains("in a circle: start > start"), "{error}");
}

#[tokio::test]
async fn a_form_that_grows_without_an_end_is_an_error() {
    let many = |what: &str| {
        let items: Vec<_> = (0..200).map(|at| what.replace("AT", &at.to_string())).collect();
        format!("[{}]", items.join(","))
    };
    let (calls, fields) = (many(r#""rpc://b?n=AT""#), many(r#"{"name":"fAT","type":"text"}"#));
    let server = Server::start(move |seen| match seen.target.as_str() {
        "/start" => Reply::json(calls.clone()),
        _ => Reply::json("[]"),
    })
    .await;
    let error = resolve(&client_with(&server, &["b"]), "{}").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PageLimit, "{error}");
    assert!(server.seen().len() <= 101);

    let again = many(r#""rpc://b""#);
    let server = Server::start(move |seen| match seen.target.as_str() {
        "/start" => Reply::json(again.clone()),
        _ => Reply::json(fields.clone()),
    })
    .await;
    let error = resolve(&client_with(&server, &["b"]), "{}").await.unwrap_err();
    assert!(error.message().contains("more than 10000 fields"), "{error}");
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn what_is_not_there_stays_and_what_fails_is_named() {
    let told = r#"[{"name":"a","type":"select","options":"rpc://gone"},"rpc://gone?x=1",{"name":"b","type":"text"}]"#;
    let server = Server::start(move |_| told).await;
    let fields = resolve(&client_with(&server, &[]), "{}").await.unwrap();
    assert_eq!((names(&fields), fields.more[0].name.as_str()), (vec!["a", "b"], "gone"));
    assert_eq!(fields.get("a").unwrap().options_from.as_ref().unwrap().name, "gone");

    for (told, complaint) in [("[5]", "item 0 is number"), (r#"{"why":"closed"}"#, "has no \"name\"")] {
        let server = Server::start(move |seen| match seen.target.as_str() {
            "/start" => r#"["rpc://b"]"#,
            _ => told,
        })
        .await;
        let error = resolve(&client_with(&server, &["b"]), "{}").await.unwrap_err();
        assert_eq!((error.kind(), error.module()), (ErrorKind::Runtime, Some("b")));
        assert!(error.message().contains(complaint), "{error}");
    }
    let server = Server::start(|seen| match seen.target.as_str() {
        "/start" => Reply::json(r#"["rpc://b"]"#),
        _ => Reply::json(r#"{"why":"closed"}"#).status(403),
    })
    .await;
    let error = resolve(&client_with(&server, &["b"]), "{}").await.unwrap_err();
    assert_eq!((error.message(), error.module(), error.status()), ("no b: closed", Some("b"), Some(403)));
}

#[tokio::test]
async fn without_being_asked_nothing_is_followed() {
    let server = Server::start(|_| r#"["rpc://b"]"#).await;
    let client = client_with(&server, &["b"]);
    let call = || RpcCall::<Fields>::new(&client, rpc("start"), object("{}"));
    assert_eq!(call().await.unwrap().more.len(), 1);
    assert_eq!(call().resolved().raw().await.unwrap(), json(r#"["rpc://b"]"#));
    assert_eq!(server.seen().len(), 2);
    assert!(call().resolved().with_response().await.is_err(), "it refers to itself");
}

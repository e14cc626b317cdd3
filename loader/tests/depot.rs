//! Installations and `metadata`, compiled and loaded: both see the same (connector.md 3.16, 9.2).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use linchpin::client::{Call, Client, ClientBuilder, GivenInstallation, RpcCall, Search, Trigger};
use linchpin::connection::GivenConnection;
use linchpin::trigger::TriggerState;
use linchpin::webhook::{InstantTrigger, Respond, Webhook};
use linchpin::{Error, Object, Value};
use linchpin_loader::Plans;

mod depot {
    linchpin::include_connector!("depot.json");
}

fn plans() -> Plans {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/depot.json");
    let read = linchpin_spec::load(&path, &linchpin_spec::Options::default());
    linchpin_loader::load(&read.connector.unwrap(), &read.sources)
}

fn object(text: &str) -> Object {
    Value::parse_json(text.as_bytes()).unwrap().as_object().unwrap().clone()
}

/// Both clients, with the forms of their installations.
fn build(own: &str, of_key: &str) -> (Result<depot::Client, Error>, Result<Client, Error>) {
    let install = object(own)
        .iter()
        .fold(depot::Install::new("", ""), |form, (key, value)| form.set(key, value.clone()));
    let key = depot::KeyInstall::new(depot::KeyInstallPlan::Free).set("plan", of_key);
    let compiled =
        depot::Client::builder().install(install).install(key).connection(depot::Key::new()).build();
    let loaded = ClientBuilder::for_connector(plans().connector)
        .install(GivenInstallation::of_connector(object(own)))
        .install(GivenInstallation::of_connection("key", [("plan", of_key)].into_iter().collect()))
        .connection(GivenConnection::named("key", Object::new()))
        .build();
    (compiled, loaded)
}

fn clients() -> (depot::Client, Client) {
    let (compiled, loaded) = build(r#"{"tenant":"acme","secret":"pass-phrase"}"#, "gold");
    (compiled.unwrap(), loaded.unwrap())
}

fn shown<T: std::fmt::Debug>(result: &Result<T, Error>) -> String {
    format!("{result:#?}")
}

#[tokio::test]
async fn installations_are_the_same() {
    let (compiled, loaded) = clients();
    let verified = (compiled.verify().await, loaded.verify().await);
    assert_eq!(shown(&verified.0), shown(&verified.1));
    let error = verified.0.unwrap_err().to_string();
    assert!(error.contains("refused *** ***"), "{error}");
    for (own, of_key, complaint) in [
        (r#"{"tenant":"far too long","secret":"x"}"#, "gold", "tenant: is too long"),
        (r#"{"tenant":"acme"}"#, "gold", "secret: is mandatory"),
        (r#"{"tenant":"acme","secret":"x"}"#, "silver", "plan: is none of its options"),
    ] {
        let (compiled, loaded) = build(own, of_key);
        let (compiled, loaded) = (compiled.unwrap_err(), loaded.unwrap_err());
        assert!(compiled.message().contains(complaint), "{compiled}");
        assert_eq!((compiled.to_string(), compiled.kind()), (loaded.to_string(), loaded.kind()));
    }
    let none = ClientBuilder::for_connector(plans().connector).build().unwrap_err();
    assert!(
        none.message().contains("is not installed") && none.message().contains("tenant: is mandatory"),
        "{none}"
    );
    for form in [
        GivenInstallation::of_connection("other", Object::new()),
        GivenInstallation::of_connection("key", object(r#"{"plan":"free"}"#)),
    ] {
        assert!(ClientBuilder::for_connector(plans().connector).install(form).build().is_err());
    }
}

#[tokio::test]
async fn metadata_is_the_same_in_modules_of_every_kind() {
    let ((compiled, loaded), plans) = (clients(), plans());
    let module = |id: &str| plans.module(id).unwrap();
    let look = compiled.look(depot::Look::new()).raw().await.unwrap();
    let expected =
        r#"{"tenant":"ACME","expect":[{"name":"x","type":"text","label":"X"}],"interface":"tenant"}"#;
    assert_eq!(look.to_json().unwrap(), expected);
    assert_eq!(look, Call::<Value>::new(&loaded, module("look"), Object::new()).await.unwrap());

    let list = compiled.list(depot::List::new()).raw().await.unwrap();
    assert_eq!(Value::array(list.clone()).to_json().unwrap(), r#"[{"n":"n"}]"#);
    assert_eq!(list, Search::<Value>::new(&loaded, module("list"), Object::new()).await.unwrap());

    let asked = compiled.rpc().ask(Object::new()).raw().await.unwrap();
    assert_eq!(asked.to_json().unwrap(), r#"{"asks":"q"}"#);
    let rpc = plans.rpc("ask").unwrap();
    assert_eq!(asked, RpcCall::<Value>::new(&loaded, rpc, Object::new()).await.unwrap());

    let near = compiled.endpoints().near(depot::Near::new()).raw().await.unwrap();
    assert_eq!(near.to_json().unwrap(), r#"{"takes":"place","gives":"far"}"#);
    let endpoint = Arc::new(plans.connector.endpoints.first().unwrap().clone());
    assert_eq!(near, Call::<Value>::new(&loaded, endpoint, Object::new()).await.unwrap());

    let trigger = compiled.poll(depot::Poll::new()).raw();
    let epoch = plans.epoch("poll").map(Into::into);
    let other = Trigger::<Value>::new(&loaded, module("poll"), epoch, Object::new());
    let polled = trigger.poll(&mut TriggerState::all()).await.unwrap();
    assert_eq!(Value::array(polled.clone()).to_json().unwrap(), r#"[{"id":"id","as":"text"}]"#);
    assert_eq!(polled, other.poll(&mut TriggerState::all()).await.unwrap());
    let starts = trigger.epoch().await.unwrap();
    assert_eq!(starts.first().unwrap().label, "text");
    assert_eq!(starts, other.epoch().await.unwrap());

    let request = || {
        http::Request::post("/")
            .header("content-type", "application/json")
            .body(Bytes::from_static(b"{\"a\":1}"))
            .unwrap()
    };
    let hook = compiled.webhooks().hook().attach("https://app.example/in", depot::Hook::new()).await.unwrap();
    let fed = compiled.fed(depot::Fed::new()).raw().handle(&hook, request()).await.unwrap().into_bundles();
    assert_eq!(Value::array(fed.clone()).to_json().unwrap(), r#"[{"a":1,"as":"number"}]"#);
    let hook = Webhook::<Object>::new(&loaded, plans.webhook("hook").unwrap());
    let hook = hook.attach("https://app.example/in", Object::new()).await.unwrap();
    let other = InstantTrigger::<Value>::new(&loaded, module("fed"), Some("hook".into()), Object::new());
    assert_eq!(fed, other.handle(&hook, request()).await.unwrap().into_bundles());

    let answer = compiled.answer(depot::Answer::new().text("hi")).await.unwrap();
    assert_eq!(&answer.body()[..], b"hi text");
    let input = object(r#"{"text":"hi"}"#);
    let other = Respond::new(&loaded, module("answer"), plans.responder("answer").unwrap(), input);
    assert_eq!(answer.body(), other.await.unwrap().body());
}

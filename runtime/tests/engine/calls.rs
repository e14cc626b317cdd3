//! The shapes of calls (rulings 19, 20).

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::support::*;
use linchpin::client::{
    Call, CallFuture, Choice, Client, ClientBuilder, Pages, RpcCall, RpcFuture, Search, SearchFuture,
    SearchStream,
};
use linchpin::plan::ModuleKind;
use linchpin::transport::{Body, BoxFuture, SendOptions, Transport};
use linchpin::{Error, ErrorKind, Object, Value};

#[test]
fn everything_moves_between_threads() {
    fn check<T: Send + 'static>() {}
    fn shared<T: Send + Sync + Clone + 'static>() {}
    fn unpin<T: Unpin>() {}
    shared::<Client>();
    check::<ClientBuilder<Client>>();
    check::<Call<Value>>();
    check::<CallFuture<Value>>();
    check::<Search<Value>>();
    check::<SearchFuture<Value>>();
    check::<SearchStream<Value>>();
    check::<Pages<Value>>();
    check::<RpcCall<Choice>>();
    check::<RpcFuture<Choice>>();
    check::<Error>();
    unpin::<SearchStream<std::marker::PhantomPinned>>();
    unpin::<Pages<std::marker::PhantomPinned>>();
    unpin::<CallFuture<Value>>();
}

fn call<T>(client: &Client, requests: &str) -> Call<T> {
    Call::new(client, Arc::new(module(ModuleKind::Action, requests)), Object::new())
}

const NONE: &str = r#"{"url":"/","response":{"output":null}}"#;

#[tokio::test]
async fn shapes_of_an_action() {
    let server = Server::start(|_| Reply::json(r#"{"a":1}"#).status(201).header("x-id", "7")).await;
    let client = client(&server);
    let request = r#"{"url":"/"}"#;
    let bundle = json(r#"{"a":1}"#);
    assert_eq!(call::<Value>(&client, request).await.unwrap(), bundle);
    assert_eq!(call::<Object>(&client, request).await.unwrap(), object(r#"{"a":1}"#));
    assert_eq!(call::<Object>(&client, request).raw().await.unwrap(), bundle);
    assert_eq!(call::<Value>(&client, request).optional().await.unwrap(), Some(bundle.clone()));
    assert_eq!(call::<Value>(&client, NONE).optional().await.unwrap(), None);
    assert_eq!(call::<Value>(&client, NONE).await.unwrap_err().kind(), ErrorKind::NoBundle);
    call::<()>(&client, NONE).await.unwrap();
    let response = call::<Value>(&client, request).with_response().await.unwrap();
    assert_eq!((response.value, response.status.unwrap().as_u16()), (bundle, 201));
    assert_eq!(response.headers["x-id"], "7");
    let response = call::<Value>(&client, NONE).optional().with_response().await.unwrap();
    assert_eq!((response.value, response.status.unwrap().as_u16()), (None, 201));
    let none = call::<Value>(&client, r#"{"response":{"output":{}}}"#).with_response().await.unwrap();
    assert_eq!(none.status, None, "no request, no status");
}

#[tokio::test]
async fn shapes_of_a_search_and_an_rpc() {
    let server = Server::start(|_| Reply::json(r#"[{"value":1,"label":"One"},{"value":2},"three"]"#)).await;
    let client = client(&server);
    let found = search(&client, module(ModuleKind::Search, r#"{"url":"/"}"#), "{}")
        .raw()
        .with_response()
        .await
        .unwrap();
    assert_eq!((found.value.len(), found.status.unwrap().as_u16()), (2, 200));
    let rpc = |requests: &str| {
        RpcCall::<Choice>::new(&client, Arc::new(module(ModuleKind::Rpc, requests)), Object::new())
    };
    let choices = rpc(r#"{"url":"/"}"#).await.unwrap();
    let labels: Vec<_> = choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(labels, ["One", "2", "three"]);
    assert_eq!(choices[2].value, Value::from("three"));
    assert_eq!(rpc(r#"{"url":"/"}"#).raw().with_response().await.unwrap().value.items().len(), 3);
    let grouped = rpc(
        r#"{"response":{"output":[{"label":"G","options":[{"value":"a","nested":[{"name":"n"}],"short":true}]}]}}"#,
    );
    let grouped = grouped.await.unwrap();
    assert_eq!(grouped[0].options[0].label, "a");
    assert_eq!(grouped[0].options[0].nested, json(r#"[{"name":"n"}]"#));
    assert_eq!(grouped[0].options[0].extra, object(r#"{"short":true}"#));
    assert!(rpc(NONE).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_call_ends_when_its_time_is_over() {
    let silent = RawServer::start(Vec::new(), true).await;
    let client =
        ClientBuilder::for_connector(Arc::new(connector("{}"))).base_url(&silent.url).build().unwrap();
    let limit = Duration::from_millis(100);
    let started = Instant::now();
    let error = call::<Value>(&client, r#"{"url":"/"}"#).timeout(limit).await.unwrap_err();
    assert_eq!((error.kind(), error.module()), (ErrorKind::Timeout, Some("listTasks")));
    let listing = || search(&client, module(ModuleKind::Search, r#"{"url":"/"}"#), "{}").timeout(limit);
    assert_eq!(listing().await.unwrap_err().kind(), ErrorKind::Timeout);
    let mut stream = listing().stream();
    let error = futures_util::StreamExt::next(&mut stream).await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(futures_util::StreamExt::next(&mut stream).await.is_none());
    let waits = r#"{"repeat":{"condition":true,"delay":60000},"response":{"output":{}}}"#;
    assert_eq!(call::<Value>(&client, waits).timeout(limit).await.unwrap_err().kind(), ErrorKind::Timeout);
    assert!(started.elapsed() < Duration::from_secs(10));
}

/// Answers with what it was sent.
struct Echo;

impl Transport for Echo {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
        let text = format!(
            r#"{{"uri":"{}","timeout":{},"ca":{},"strict":{}}}"#,
            request.uri(),
            options.timeout.as_millis(),
            options.ca.is_some(),
            options.reject_unauthorized
        );
        let response = http::Response::builder().header("content-type", "application/json");
        Box::pin(async move { Ok(response.body(Body::from(text.into_bytes())).unwrap()) })
    }
}

#[tokio::test]
async fn another_transport() {
    let client = ClientBuilder::for_connector(Arc::new(connector("{}"))).transport(Echo).build().unwrap();
    let request =
        r#"{"url":"https://api.tasks.example/x","timeout":999999,"ca":"pem","rejectUnauthorized":false}"#;
    let bundle = act(&client, "{}", request).await.unwrap();
    assert_eq!(
        bundle,
        json(r#"{"uri":"https://api.tasks.example/x","timeout":300000,"ca":true,"strict":false}"#)
    );
}

#[tokio::test]
async fn the_time_zone_and_constants_reach_templates() {
    let server = Server::quiet().await;
    let client =
        builder(&server, connector("{}")).timezone("Europe/Prague").common("salt", 5).build().unwrap();
    let output =
        r#"{"response":{"output":{"zone":"{environment.timezone}","salt":"{common.salt}","temp":"{temp}"}}}"#;
    assert_eq!(
        act(&client, "{}", output).await.unwrap(),
        json(r#"{"zone":"Europe/Prague","salt":5,"temp":{}}"#)
    );
}

//! Endpoints (connector.md 17).

use super::support::*;
use linchpin::{ErrorKind, Value};

const SPEC: &str = r#"{"endpoints":[
    {"name":"getUser","requests":{"url":"/users/{parameters.id}","headers":{"X-Key":"{connection.apiKey}","X-T":"{temp.x}"},
        "response":{"output":{"name":"{body.name}"}}}},
    {"name":"one","requests":{"response":{"output":[{"a":1}]}}},
    {"name":"none","requests":{"response":{"output":[]}}},
    {"name":"kept","requests":{"response":{"unwrap":false,"output":[{"a":1}]}}},
    {"name":"walked","requests":{"response":{"iterate":"{parameters.list}"}}}]}"#;

#[tokio::test]
async fn the_result_becomes_the_body() {
    let server = Server::start(|_| r#"{"name":"Ada"}"#).await;
    let client = builder(&server, connector(SPEC)).build().unwrap();
    let requests = r#"{"temp":{"x":"mine"},"endpoint":"getUser","input":{"id":"{parameters.who}"},"connection":{"apiKey":"over"},
        "response":{"output":{"hello":"{body.name}","status":"{statusCode}"}}}"#;
    assert_eq!(
        act(&client, r#"{"who":7}"#, requests).await.unwrap(),
        json(r#"{"hello":"Ada","status":200}"#)
    );
    let seen = server.only();
    assert_eq!(seen.line(), "GET /users/7");
    assert_eq!((seen.header("x-key"), seen.header("x-t")), (Some("over"), None), "its temp is its own");
}

#[tokio::test]
async fn lists_are_unwrapped() {
    let server = Server::quiet().await;
    let client = builder(&server, connector(SPEC)).build().unwrap();
    for (name, expected) in
        [("one", r#"{"a":1}"#), ("none", "{}"), ("kept", r#"[{"a":1}]"#), ("walked", r#"[{"b":2}]"#)]
    {
        let requests = format!(
            r#"{{"endpoint":"{name}","input":{{"list":[{{"b":2}}]}},"response":{{"output":{{"got":"{{body}}"}}}}}}"#
        );
        assert_eq!(act(&client, "{}", &requests).await.unwrap().key("got"), &json(expected), "{name}");
    }
}

#[tokio::test]
async fn paging_over_an_endpoint() {
    let server = Server::start(|seen| Reply::json(format!(r#"{{"name":"{}"}}"#, seen.target))).await;
    let client = builder(&server, connector(SPEC)).build().unwrap();
    let requests = r#"{"endpoint":"getUser","input":{"id":1,"x":1},"response":{"output":{"n":"{body.name}"}},
        "pagination":{"endpoint":"getUser","input":{"id":"{pagination.page}"},"condition":"{pagination.page < 3}"}}"#;
    let found = find(&client, "{}", requests).await.unwrap();
    assert_eq!(Value::array(found), json(r#"[{"n":"/users/1"},{"n":"/users/2"}]"#));
}

#[tokio::test]
async fn failures_within_an_endpoint() {
    let server = Server::start(|_| Reply::new(404)).await;
    let client = builder(&server, connector(SPEC)).build().unwrap();
    let error = act(&client, "{}", r#"{"endpoint":"getUser","input":{"id":1}}"#).await.unwrap_err();
    assert_eq!((error.status(), error.module()), (Some(404), Some("getUser")));
    let error = act(&client, "{}", r#"{"endpoint":"getNobody"}"#).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
}

#[tokio::test]
async fn no_more_than_a_hundred_calls() {
    let server = Server::quiet().await;
    let client = builder(&server, connector(SPEC)).build().unwrap();
    let endless = r#"{"endpoint":"one","repeat":{"condition":true},"response":{"output":{}}}"#;
    let error = act(&client, "{}", endless).await.unwrap_err();
    assert_eq!((error.kind(), error.directive()), (ErrorKind::Runtime, Some("endpoint")));
}

//! What the tests share.

use bytes::Bytes;
use http::{Method, Request};
use linchpin::Value;
use linchpin::client::Input;
use linchpin::webhook::{Hook, Reply as Answer, Webhook};

use crate::support::{Reply, Server, json};
use crate::tickets::{self, Client, ClientBuilder, Key};

/// A client whose connector lives on `server`.
pub fn client(server: &Server) -> Client {
    client_of(server, "k-ada-1815")
}

/// A client of one account.
pub fn client_of(server: &Server, key: &str) -> Client {
    Client::builder()
        .base_url(format!("{}/v1", server.url))
        .connection(Key::new(key))
        .common("token", "t0ken-of-the-app")
        .build()
        .unwrap()
}

/// A client that sends nothing.
pub fn offline() -> Client {
    builder().build().unwrap()
}

/// A builder with a connection.
pub fn builder() -> ClientBuilder {
    Client::builder().connection(Key::new("k-ada-1815"))
}

/// A server that registers hooks.
pub async fn service() -> Server {
    Server::start(|seen| match seen.target.split('?').next().unwrap() {
        "/v1/hooks" => Reply::json(r#"{"id": "h 7", "key": "s1gning-key", "since": "2026-01-02T03:04:05Z"}"#),
        "/v1/me" => {
            let account = if seen.header("x-key") == Some("k-bob-1962") { "2" } else { "1" };
            Reply::json(format!(r#"{{"account": {account}, "region": "eu"}}"#))
        }
        target if target.starts_with("/v1/tickets/") => Reply::json(r#"{"title": "Printer on fire"}"#),
        _ => Reply::json("{}"),
    })
    .await
}

/// A hook at the usual url.
pub async fn attach<P: Input>(webhook: Webhook<P>, form: P) -> Hook {
    webhook.attach("https://app.example/in/7", form).await.unwrap()
}

/// The hook of `events`, attached.
pub async fn events(client: &Client) -> Hook {
    let form = tickets::Events::new("urgent").pin("p1n-0000");
    client.webhooks().events().with_id("hook-7").attach("https://app.example/in/7?t=1", form).await.unwrap()
}

/// A request with a body of a type.
pub fn post(content_type: &str, body: impl Into<Bytes>) -> Request<Bytes> {
    Request::post("/in/7").header("content-type", content_type).body(body.into()).unwrap()
}

/// A request with JSON.
pub fn event(body: &str) -> Request<Bytes> {
    post("application/json", body.to_owned())
}

/// A request that is signed as `events` wants it.
pub fn signed(body: &str, key: &str) -> Request<Bytes> {
    let mut request = event(body);
    let mut scope = linchpin::Scope::new();
    scope.insert("body", body);
    scope.insert("key", key);
    let signature = linchpin::iml!("{{sha256(body; 'hex'; key)}}").text(&scope).unwrap();
    request.headers_mut().insert("x-signature", signature.parse().unwrap());
    request.headers_mut().insert("x-via", "test".parse().unwrap());
    request
}

/// A request without a body.
pub fn get(target: &str) -> Request<Bytes> {
    Request::builder().method(Method::GET).uri(target).body(Bytes::new()).unwrap()
}

/// Status and body of an answer.
pub fn shown(reply: &Answer) -> (u16, String) {
    (reply.status().as_u16(), String::from_utf8(reply.body().to_vec()).unwrap())
}

/// The content type of an answer.
pub fn content_type(reply: &Answer) -> Option<&str> {
    reply.headers().get("content-type").map(|value| value.to_str().unwrap())
}

/// Values as one text, for comparison.
pub fn text(values: &[Value]) -> String {
    Value::array(values.to_vec()).to_json().unwrap()
}

/// The same text of JSON that was written by hand.
pub fn same(text: &str) -> String {
    json(text).to_json().unwrap()
}

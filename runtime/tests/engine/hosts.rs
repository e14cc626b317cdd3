//! Credentials stay home (rulings 35).

use super::support::*;
use linchpin::plan::{Module, ModuleKind};
use linchpin::{Error, ErrorKind};

fn with_key(requests: &str, kind: ModuleKind) -> Module {
    let mut module = module(kind, requests);
    module.connections = vec!["key".into()].into();
    module
}

fn keyed() -> linchpin::plan::Connector {
    connector(r#"{"connections":[{"name":"key"}]}"#)
}

fn assert_refused(error: &Error, host: &str) {
    assert_eq!((error.kind(), error.directive()), (ErrorKind::InvalidConfiguration, Some("url")));
    assert!(error.message().contains(&format!("allow_host(\"{host}\")")), "{error}");
}

#[tokio::test]
async fn a_hostile_link_to_the_next_page_is_refused() {
    let evil = Server::quiet().await;
    let link = format!(r#"{{"items":[{{"id":1}}],"next":"{}/steal"}}"#, evil.url);
    let server = Server::start(move |_| Reply::json(link.clone())).await;
    let requests = r#"{"url":"/t","headers":{"Authorization":"Bearer {connection.apiKey}"},
        "response":{"iterate":"{body.items}"},"pagination":{"url":"{body.next}"}}"#;
    let client = builder(&server, keyed()).connection(key("k-123456")).build().unwrap();
    let error = search(&client, with_key(requests, ModuleKind::Search), "{}").await.unwrap_err();
    assert_refused(&error, &evil.host);
    assert!(evil.seen().is_empty());
    let open = builder(&server, keyed()).connection(key("k-123456")).allow_host(&evil.host).build().unwrap();
    let error = search(&open, with_key(requests, ModuleKind::Search), "{}").take(2).await;
    assert_eq!(evil.lines(), ["GET /steal"], "{error:?}");
}

#[tokio::test]
async fn a_url_that_a_user_supplies_is_refused_abroad() {
    let (server, evil) = (Server::quiet().await, Server::quiet().await);
    let client = builder(&server, keyed()).connection(key("k-123456")).build().unwrap();
    let module = || with_key(r#"{"url":"{parameters.url}","response":{"output":{}}}"#, ModuleKind::Universal);
    run(&client, module(), r#"{"url":"/me"}"#).await.unwrap();
    let error = run(&client, module(), &format!(r#"{{"url":"{}/me"}}"#, evil.url)).await.unwrap_err();
    assert_refused(&error, &evil.host);
    assert!(!error.may_have_been_sent());
    assert!(evil.seen().is_empty());
    // Another port of the same machine is another service.
    for url in
        [format!("http://{}@{}/", server.host, evil.host), format!("http://{}/#@{}", evil.host, server.host)]
    {
        assert!(run(&client, module(), &format!(r#"{{"url":"{url}"}}"#)).await.is_err(), "{url}");
    }
    assert!(evil.seen().is_empty());
}

#[tokio::test]
async fn hosts_in_the_connector_and_in_its_base_url_are_home() {
    let (server, literal, by_base) = (Server::quiet().await, Server::quiet().await, Server::quiet().await);
    let spec = connector(&format!(
        r#"{{"connections":[{{"name":"key"}}],"hosts":["{}"],"baseUrl":"http://{{connection.host}}"}}"#,
        literal.host
    ));
    let mut data = linchpin::Object::new();
    data.set("host", by_base.host.as_str());
    data.set("apiKey", "k-123456");
    let connection = linchpin::connection::GivenConnection::named("key", data);
    let client = linchpin::client::ClientBuilder::for_connector(std::sync::Arc::new(spec))
        .connection(connection)
        .build()
        .unwrap();
    for (url, good) in [(&literal.url, true), (&by_base.url, true), (&server.url, false)] {
        let result =
            run(&client, with_key(&format!(r#"{{"url":"{url}/x"}}"#), ModuleKind::Action), "{}").await;
        assert_eq!(result.is_ok(), good, "{url}");
    }
}

#[tokio::test]
async fn a_request_without_credentials_may_go_anywhere() {
    let (server, other) = (Server::quiet().await, Server::quiet().await);
    let client = client(&server);
    act(&client, "{}", &format!(r#"{{"url":"{}/x"}}"#, other.url)).await.unwrap();
    let with_headers = format!(r#"{{"url":"{}/x","headers":{{"X-A":"1"}}}}"#, other.url);
    assert_refused(&act(&client, "{}", &with_headers).await.unwrap_err(), &other.host);
    let common = builder(&server, connector("{}")).common("salt", "s").build().unwrap();
    assert_refused(
        &act(&common, "{}", &format!(r#"{{"url":"{}/x"}}"#, other.url)).await.unwrap_err(),
        &other.host,
    );
}

#[tokio::test]
async fn what_is_no_host_cannot_be_allowed() {
    let server = Server::quiet().await;
    for host in ["", "a b", "http://"] {
        let error = builder(&server, connector("{}")).allow_host(host).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidConfiguration, "{host}");
    }
    let error = builder(&server, connector("{}")).base_url("files").build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
}

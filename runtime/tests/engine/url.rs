//! Addresses and queries (connector.md 6.2, 6.3).

use super::support::*;
use linchpin::ErrorKind;

async fn target(connector_spec: &str, input: &str, request: &str) -> String {
    let server = Server::quiet().await;
    let client = builder(&server, connector(connector_spec)).build().unwrap();
    act(&client, input, request).await.unwrap();
    server.only().target
}

#[tokio::test]
async fn base_and_path() {
    for (input, url, encode, expected) in [
        (r#"{"p":"a b"}"#, "/f/{parameters.p}", "true", "/f/a%20b"),
        (r#"{"p":"a/b"}"#, "/f/{parameters.p}", "true", "/f/a/b"),
        (r#"{"p":"a%2Fb"}"#, "/f/{parameters.p}", "true", "/f/a%252Fb"),
        (r#"{"p":"a%2Fb"}"#, "/f/{parameters.p}", "false", "/f/a%2Fb"),
        ("{}", "f//g///h/", "true", "/f/g/h/"),
        ("{}", "/", "true", "/"),
        ("{}", "/f#part", "true", "/f"),
        ("{}", "/f?", "true", "/f"),
        ("{}", "/f?a=1?b=2", "true", "/f?a=1&b=2"),
        ("{}", "/f?q=a b", "true", "/f?q=a%20b"),
    ] {
        let request = format!(r#"{{"url":"{url}","encodeUrl":{encode}}}"#);
        assert_eq!(target("{}", input, &request).await, expected, "{url}");
    }
}

#[tokio::test]
async fn an_absolute_url_ignores_the_base() {
    let (base, other) = (Server::quiet().await, Server::quiet().await);
    let client = builder(&base, connector("{}")).allow_host(&other.host).build().unwrap();
    act(&client, "{}", &format!(r#"{{"url":"{}/x"}}"#, other.url.to_uppercase().replace("HTTP", "HttP")))
        .await
        .unwrap();
    assert_eq!(other.lines(), ["GET /x"]);
    assert!(base.seen().is_empty());
}

#[tokio::test]
async fn the_base_url_of_the_connector_counts_without_one_of_the_builder() {
    let server = Server::quiet().await;
    let spec = connector(&format!(r#"{{"baseUrl":"{}/v1/"}}"#, server.url));
    let client = linchpin::client::ClientBuilder::for_connector(std::sync::Arc::new(spec)).build().unwrap();
    act(&client, "{}", &format!(r#"{{"url":"/tasks","baseUrl":"{}/v1/"}}"#, server.url)).await.unwrap();
    assert_eq!(server.lines(), ["GET /v1/tasks"]);
}

#[tokio::test]
async fn the_builders_base_url_moves_addresses_of_the_own_service() {
    let server = Server::quiet().await;
    let spec = connector(r#"{"baseUrl":"https://api.tasks.example/v1"}"#);
    let client = builder(&server, spec).build().unwrap();
    act(&client, "{}", r#"{"url":"https://api.tasks.example/v1/me?a=b"}"#).await.unwrap();
    act(&client, "{}", r#"{"url":"/me","baseUrl":"https://api.tasks.example/v1"}"#).await.unwrap();
    assert_eq!(server.lines(), ["GET /me?a=b", "GET /me"]);
}

#[tokio::test]
async fn what_is_no_address() {
    let server = Server::quiet().await;
    let client = client(&server);
    let empty = act(&client, "{}", r#"{"url":"{parameters.none}"}"#).await.unwrap_err();
    assert_eq!(
        (empty.kind(), empty.message(), empty.directive()),
        (ErrorKind::Runtime, "Invalid URL", Some("url"))
    );
    let ftp = act(&client, "{}", r#"{"url":"ftp://files.example/a"}"#).await.unwrap_err();
    assert_eq!(ftp.kind(), ErrorKind::InvalidConfiguration);
    assert!(!ftp.may_have_been_sent());
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn values_of_qs() {
    let request = r#"{"url":"/f","qs":{"s":"a b&c=ä'","n":1.50,"b":false,"u":"{parameters.none}","z":null,"e":"",
        "k":"{emptystring}","list":["x","y"],"no":[],"in":{"a":{"b":1}},"d":"{parameters.d}"}}"#;
    let expected = "/f?s=a%20b%26c%3D%C3%A4%27&n=1.5&b=false&e=&k=&list=x&list=y&in%5Ba%5D%5Bb%5D=1";
    assert_eq!(target("{}", "{}", request).await, expected);
}

#[tokio::test]
async fn a_date_in_qs_is_iso_text() {
    let server = Server::quiet().await;
    let clock = linchpin::clock::ManualClock::new("2026-02-03T04:05:06.007Z".parse().unwrap());
    let client = builder(&server, connector("{}")).clock(clock).build().unwrap();
    act(&client, "{}", r#"{"url":"/f","qs":{"at":"{now}"}}"#).await.unwrap();
    assert_eq!(server.only().target, "/f?at=2026-02-03T04%3A05%3A06.007Z");
}

#[tokio::test]
async fn qs_against_the_query_in_the_url() {
    let with = |qs: &str| format!(r#"{{"url":"/f?state=open&sort=age","qs":{qs}}}"#);
    let merge = r#"{"qsPolicy":"merge"}"#;
    for (spec, qs, expected) in [
        ("{}", r#"{"state":"shut","limit":5}"#, "/f?state=shut&limit=5"),
        ("{}", "{}", "/f"),
        ("{}", r#""{parameters.qs}""#, "/f?a=b"),
        ("{}", r#""{parameters.none}""#, "/f?state=open&sort=age"),
        ("{}", r#""{parameters.text}""#, "/f?state=open&sort=age"),
        (merge, r#"{"state":"shut","limit":5}"#, "/f?state=shut&sort=age&limit=5"),
        (merge, r#"{"state":null}"#, "/f?state=open&sort=age"),
        (merge, "{}", "/f?state=open&sort=age"),
        ("{}", r#"{"{...}":"{parameters.qs}","c":1}"#, "/f?a=b&c=1"),
    ] {
        assert_eq!(
            target(spec, r#"{"qs":{"a":"b"},"text":"x=y"}"#, &with(qs)).await,
            expected,
            "{spec} {qs}"
        );
    }
}

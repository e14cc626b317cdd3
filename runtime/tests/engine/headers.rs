//! Headers and methods (connector.md 6.1, 6.4).

use super::support::*;
use linchpin::ErrorKind;

#[tokio::test]
async fn values_of_headers() {
    let server = Server::quiet().await;
    let client = client(&server);
    let input = r#"{"more":{"X-More":"m","x-text":"over"}}"#;
    let request = r#"{"url":"/","headers":{"X-Text":" padded ","X-Number":5,"X-None":null,"X-Undefined":"{parameters.none}",
        "X-List":["a","b"],"{...}":"{parameters.more}"}}"#;
    act(&client, input, request).await.unwrap();
    act(&client, input, r#"{"url":"/","headers":"{parameters.more}"}"#).await.unwrap();
    act(&client, input, r#"{"url":"/","headers":"{parameters.none}"}"#).await.unwrap();
    let seen = server.seen();
    assert_eq!(
        seen[0].header("x-text"),
        Some("over"),
        "a later name replaces an earlier one of another case"
    );
    assert_eq!(seen[0].header("x-number"), Some("5"));
    assert_eq!(seen[0].header("x-none"), None);
    assert_eq!(seen[0].header("x-undefined"), None);
    assert_eq!(seen[0].headers.get_all("x-list").iter().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(seen[1].header("x-more"), Some("m"));
    assert_eq!(seen[2].header("x-more"), None);
}

#[tokio::test]
async fn a_line_break_in_a_header_is_refused_before_anything_is_sent() {
    let server = Server::quiet().await;
    let input = r#"{"key":"my-secret\r\nX-Evil: 1"}"#;
    let error = act(&client(&server), input, r#"{"url":"/","headers":{"X-Key":"{parameters.key}"}}"#)
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.directive()), (ErrorKind::Runtime, Some("headers")));
    assert!(!error.to_string().contains("my-secret"));
    assert!(!error.may_have_been_sent() && server.seen().is_empty());
}

#[tokio::test]
async fn automatic_headers_give_way_to_the_authors() {
    let server = Server::quiet().await;
    let client = builder(&server, connector("{}")).user_agent("tracker/1").build().unwrap();
    act(&client, "{}", r#"{"url":"/","gzip":true}"#).await.unwrap();
    let own = r#"{"User-Agent":"mine","Accept-Encoding":"identity"}"#;
    act(&client, "{}", &format!(r#"{{"url":"/","gzip":true,"headers":{own}}}"#)).await.unwrap();
    let seen = server.seen();
    assert_eq!(
        (seen[0].header("user-agent"), seen[0].header("accept-encoding")),
        (Some("tracker/1"), Some("gzip, deflate"))
    );
    assert_eq!(
        (seen[1].header("user-agent"), seen[1].header("accept-encoding")),
        (Some("mine"), Some("identity"))
    );
    assert!(seen[0].header("host").is_some());
}

#[tokio::test]
async fn methods_in_any_case_and_of_any_name() {
    let server = Server::start(|_| Reply::new(200)).await;
    let client = client(&server);
    for (method, expected) in
        [("post", "POST"), ("{parameters.m}", "PATCH"), ("", "GET"), ("Purge", "PURGE"), ("head", "HEAD")]
    {
        let request = format!(r#"{{"url":"/","method":"{method}","response":{{"output":{{}}}}}}"#);
        act(&client, r#"{"m":"patch"}"#, &request).await.unwrap();
        assert_eq!(server.seen().last().unwrap().method, expected);
    }
    let error = act(&client, "{}", r#"{"url":"/","method":"GET /x"}"#).await.unwrap_err();
    assert_eq!((error.kind(), error.directive()), (ErrorKind::Runtime, Some("method")));
}

#[tokio::test]
async fn name_and_password_in_the_address_become_basic_authentication() {
    let server = Server::quiet().await;
    let client = client(&server);
    let url = server.url.replace("http://", "http://ada:p%40ss@");
    act(&client, "{}", &format!(r#"{{"url":"{url}/me"}}"#)).await.unwrap();
    assert_eq!(server.only().header("authorization"), Some("Basic YWRhOnBAc3M="));
}

#[tokio::test]
async fn what_the_http_client_adds_of_its_own() {
    let server = Server::quiet().await;
    let client = client(&server);
    act(&client, "{}", r#"{"url":"/","response":{"output":{"ok":true}}}"#).await.unwrap();
    act(&client, "{}", r#"{"url":"/","headers":{"accept":"text/csv"},"response":{"output":{"ok":true}}}"#)
        .await
        .unwrap();
    let seen = server.seen();
    let mut names: Vec<_> = seen[0].headers.keys().map(http::HeaderName::as_str).collect();
    names.sort_unstable();
    // `*/*` means the same as no header at all; reqwest cannot be told to leave it out.
    assert_eq!((names, seen[0].header("accept")), (vec!["accept", "host", "user-agent"], Some("*/*")));
    assert_eq!(seen[1].header("accept"), Some("text/csv"));
}

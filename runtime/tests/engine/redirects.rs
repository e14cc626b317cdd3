//! Redirects (connector.md 6.9, rulings 25, 35).

use super::support::*;
use linchpin::ErrorKind;

#[tokio::test]
async fn methods_and_bodies_on_the_way() {
    for (status, method, expected, body) in [
        (301, "GET", "GET /to", ""),
        (302, "POST", "GET /to", ""),
        (303, "PUT", "GET /to", ""),
        (307, "POST", "POST /to", r#"{"a":1}"#),
        (308, "DELETE", "DELETE /to", r#"{"a":1}"#),
        (302, "HEAD", "HEAD /to", ""),
    ] {
        let server = Server::start(move |seen| match seen.target.as_str() {
            "/from" => Reply::redirect(status, "/to#part"),
            _ => Reply::json("{}"),
        })
        .await;
        let request = format!(
            r#"{{"url":"/from","method":"{method}","body":{{"a":1}},"headers":{{"X-A":"1"}},"response":{{"output":{{}}}}}}"#
        );
        act(&client(&server), "{}", &request).await.unwrap();
        let last = server.seen().pop().unwrap();
        assert_eq!((last.line().as_str(), last.text()), (expected, body), "{status} {method}");
        assert_eq!(last.header("content-type").is_some(), !body.is_empty());
        assert_eq!(last.header("x-a"), Some("1"), "within one host, headers stay");
    }
}

#[tokio::test]
async fn flags() {
    for (flags, method, follows) in [
        (r#""followRedirects":false"#, "GET", false),
        (r#""followRedirects":false"#, "POST", false),
        (r#""followAllRedirects":false"#, "GET", true),
        (r#""followAllRedirects":false"#, "POST", false),
    ] {
        let server = Server::start(|seen| match seen.target.as_str() {
            "/from" => Reply::redirect(302, "/to"),
            _ => Reply::json("{}"),
        })
        .await;
        let request = format!(
            r#"{{"url":"/from","method":"{method}",{flags},"response":{{"output":{{"status":"{{statusCode}}","to":"{{headers.location}}"}}}}}}"#
        );
        let bundle = act(&client(&server), "{}", &request).await.unwrap();
        assert_eq!(server.lines().len(), if follows { 2 } else { 1 }, "{flags} {method}");
        if !follows {
            assert_eq!(
                bundle,
                json(r#"{"status":302,"to":"/to"}"#),
                "a redirect that is not followed is an answer"
            );
        }
    }
}

#[tokio::test]
async fn a_redirect_without_a_place_is_an_answer() {
    for reply in [|| Reply::new(302), || Reply::redirect(302, "")] {
        let server = Server::start(move |_| reply()).await;
        let bundle = act(&client(&server), "{}", r#"{"url":"/","response":{"output":{"s":"{statusCode}"}}}"#)
            .await
            .unwrap();
        assert_eq!(bundle, json(r#"{"s":302}"#));
        assert_eq!(server.lines().len(), 1);
    }
}

#[tokio::test]
async fn twenty_one_and_no_more() {
    let to = |last: u32| {
        move |seen: &Seen| {
            let at: u32 = seen.target[1..].parse().unwrap();
            if at < last { Reply::redirect(302, &format!("/{}", at + 1)) } else { Reply::json("{}") }
        }
    };
    let server = Server::start(to(21)).await;
    act(&client(&server), "{}", r#"{"url":"/0"}"#).await.unwrap();
    let server = Server::start(to(22)).await;
    let error = act(&client(&server), "{}", r#"{"url":"/0"}"#).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Runtime);
    assert!(error.may_have_been_sent());
    assert_eq!(server.lines().len(), 22);
}

const CREDENTIALS: &str =
    r#"{"Authorization":"Bearer k-123456","X-Odd-Key":"k-123456","Cookie":"s=1","Accept":"text/plain"}"#;

#[tokio::test]
async fn credentials_stay_behind_when_the_host_changes() {
    let other = Server::quiet().await;
    let to = format!("{}/file", other.url);
    let server = Server::start(move |_| Reply::redirect(302, &to)).await;
    act(&client(&server), "{}", &format!(r#"{{"url":"/","headers":{CREDENTIALS}}}"#)).await.unwrap();
    assert_eq!(server.only().header("x-odd-key"), Some("k-123456"));
    let seen = other.only();
    for name in ["authorization", "x-odd-key", "cookie"] {
        assert_eq!(seen.header(name), None, "{name}");
    }
    assert_eq!(seen.header("accept"), Some("text/plain"));
    assert_eq!(seen.header("host"), Some(&*other.host));
}

#[tokio::test]
async fn a_body_with_credentials_does_not_leave() {
    for (status, secret, leaves) in
        [(307, "k-123456", false), (307, "harmless", true), (302, "k-123456", true)]
    {
        let other = Server::quiet().await;
        let to = format!("{}/", other.url);
        let server = Server::start(move |_| Reply::redirect(status, &to)).await;
        let spec = connector(r#"{"connections":[{"name":"key"}]}"#);
        let client = builder(&server, spec).connection(key("k-123456")).build().unwrap();
        let mut module = module(
            linchpin::plan::ModuleKind::Action,
            &format!(r#"{{"url":"/","method":"POST","body":{{"key":"{secret}"}}}}"#),
        );
        module.connections = vec!["key".into()].into();
        let result = run(&client, module, "{}").await;
        assert_eq!(result.is_ok(), leaves, "{status} {secret}");
        if let Err(error) = result {
            assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
            assert!(error.message().contains(&format!("allow_host(\"{}\")", other.host)), "{error}");
            assert!(other.seen().is_empty());
        }
    }
}

#[tokio::test]
async fn places_that_cannot_be_called() {
    for (location, kind) in
        [("ftp://files.example/", ErrorKind::InvalidConfiguration), ("http://", ErrorKind::Runtime)]
    {
        let server = Server::start(move |_| Reply::redirect(302, location)).await;
        assert_eq!(
            act(&client(&server), "{}", r#"{"url":"/"}"#).await.unwrap_err().kind(),
            kind,
            "{location}"
        );
    }
}

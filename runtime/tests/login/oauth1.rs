//! OAuth 1 (connector.md 10.5).

use linchpin::{ErrorKind, Value};

use super::server::{Reply, Server};
use super::service::{REDIRECT, query_of, tasks};

async fn service() -> Server {
    Server::start(|seen| match seen.target.split('?').next().unwrap() {
        "/oauth1/request" => Reply::new(200).body("oauth_token=temporary&oauth_token_secret=temp%2Bsecret"),
        "/oauth1/access" => Reply::new(200).body("oauth_token=lasting&oauth_token_secret=lasting-secret"),
        "/oauth1/me" => Reply::json(r#"{"id":"ada"}"#),
        _ => Reply::json("{}"),
    })
    .await
}

fn login(server: &Server) -> linchpin::login::Login {
    let builder = tasks::Client::builder().common("server", server.url.as_str()).allow_host("127.0.0.1");
    builder.login(tasks::Signed::new("key-1", "key-secret")).unwrap()
}

/// A parameter of the header with the signature.
fn signed(server: &Server, at: usize, key: &str) -> Option<String> {
    let seen = server.seen();
    let header = seen[at].header("authorization").unwrap().to_owned();
    let (_, rest) = header.split_once(&format!("{key}=\""))?;
    Some(percent_encoding(rest.split('"').next()?))
}

fn percent_encoding(text: &str) -> String {
    url::form_urlencoded::parse(format!("k={text}").as_bytes()).next().unwrap().1.into_owned()
}

#[tokio::test]
async fn the_whole_dance() {
    let server = service().await;
    let login = login(&server);
    let pending = login.start(REDIRECT).await.unwrap();
    assert_eq!(pending.url(), format!("{}/oauth1/authorize?oauth_token=temporary", server.url));
    assert_eq!(signed(&server, 0, "oauth_callback").as_deref(), Some(REDIRECT));
    assert_eq!(signed(&server, 0, "oauth_consumer_key").as_deref(), Some("key-1"));
    let record = login.complete(&pending, "?oauth_token=temporary&oauth_verifier=v-1").await.unwrap();
    assert_eq!(server.lines(), ["POST /oauth1/request", "POST /oauth1/access", "GET /oauth1/me"]);
    assert_eq!(signed(&server, 1, "oauth_verifier").as_deref(), Some("v-1"));
    assert_eq!(signed(&server, 1, "oauth_token").as_deref(), Some("temporary"));
    assert_eq!(signed(&server, 1, "oauth_callback"), None);
    assert_eq!(signed(&server, 2, "oauth_token").as_deref(), Some("lasting"));
    assert_eq!(record.uid(), Some(&Value::from("ada")));
    let client = tasks::Client::builder()
        .common("server", server.url.as_str())
        .allow_host("127.0.0.1")
        .connection(tasks::Connection::record(record))
        .build()
        .unwrap();
    client.revoke().await.unwrap();
    assert_eq!(signed(&server, 3, "oauth_token").as_deref(), Some("lasting"));
    assert_eq!(server.lines()[3], "POST /oauth1/revoke");
}

#[tokio::test]
async fn the_callback_must_name_the_temporary_token() {
    let server = service().await;
    let login = login(&server);
    let pending = login.start(REDIRECT).await.unwrap();
    assert!(!query_of(pending.url()).contains_key("state"));
    for callback in ["?oauth_verifier=v-1", "?oauth_token=another&oauth_verifier=v-1", "?denied=temporary"] {
        let error = login.complete(&pending, callback).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidCallback, "{callback}");
    }
    assert_eq!(server.lines(), ["POST /oauth1/request"]);
}

#[tokio::test]
async fn a_service_that_gives_no_temporary_token() {
    let server = Server::start(|_| Reply::new(200).body("")).await;
    let error = login(&server).start(REDIRECT).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert_eq!(error.module(), Some("signed"));
}

//! Secrets that a service sends back in another form than it got them, or that an address holds (rulings 36).

use std::sync::Arc;

use super::support::*;
use linchpin::Error;
use linchpin::client::{Client, ClientBuilder};
use linchpin::plan::{Module, ModuleKind};
use linchpin::resilience::RetryPolicy;

const SPEC: &str =
    r#"{"connections":[{"name":"key","parameters":[{"name":"apiKey","type":"text","secret":true}]}]}"#;

fn client_with(url: &str, secret: &str) -> Client {
    let builder = ClientBuilder::for_connector(Arc::new(connector(SPEC))).base_url(url);
    builder.retry(RetryPolicy::none()).connection(key(secret)).build().unwrap()
}

fn keyed(requests: &str) -> Module {
    let mut module = module(ModuleKind::Action, requests);
    module.connections = vec!["key".into()].into();
    module
}

async fn fails(server: &Server, secret: &str, requests: &str) -> Error {
    run(&client_with(&server.url, secret), keyed(requests), "{}").await.unwrap_err()
}

/// Each holds `wxyz` and `vuts`, which nothing else does.
const SECRETS: &[&str] = &[
    "wxyz/vuts abc",
    "wxyz=vuts&abc",
    "wxyz:vuts@abc+==",
    "äwxyzößvuts€",
    "wxyz%ebvuts",
    "wxyz'vuts\"a\\b",
    "wxyz<vuts>abc",
    "wxyz!vuts*(abc)",
    "wxyz|vuts^abc`",
    "wxyz[vuts]{abc}",
    "wxyz\tvuts",
];

/// The text as careful writers of JSON escape it.
fn in_ascii(text: &str) -> String {
    let escape = |c: char| {
        let mut units = [0; 2];
        c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04X}")).collect::<String>()
    };
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { escape(c) }).collect()
}

fn in_xml(text: &str) -> String {
    let named = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    named.replace('\'', "&#39;").replace('/', "&#x2F;")
}

/// Tells a secret in every form, and what came.
fn echo(seen: &Seen, secret: &str) -> String {
    let json = serde_json::to_string(secret).unwrap();
    let lower = seen.target.replace("%2F", "%2f").replace("%3D", "%3d").replace("%C3", "%c3");
    let all = [
        secret.to_owned(),
        json.replace('/', "\\/"),
        serde_json::to_string(&json).unwrap(),
        in_ascii(secret),
        in_xml(secret),
        seen.target.clone(),
        lower,
        serde_json::to_string(seen.text()).unwrap(),
    ];
    all.join("\n")
}

#[tokio::test]
async fn no_form_of_a_secret_comes_back() {
    let (log, _guard) = Log::listen();
    for secret in SECRETS {
        for request in [
            r#""url":"/a{connection.apiKey}/b""#,
            r#""url":"/a{connection.apiKey}/b","encodeUrl":false"#,
            r#""url":"/x?zz={connection.apiKey}""#,
            r#""url":"/x","qs":{"zz":"{connection.apiKey}","page":1}"#,
            r#""url":"/x","method":"POST","body":{"zz":"{connection.apiKey}"}"#,
            r#""url":"/x","method":"POST","type":"urlencoded","body":{"zz":"{connection.apiKey}"}"#,
            r#""url":"/x","method":"POST","type":"text","body":"zz={connection.apiKey}""#,
        ] {
            let server = Server::start(|seen| {
                Reply::new(400).header("content-type", "text/plain").body(echo(seen, secret))
            })
            .await;
            let request = format!(r#"{{{request},"response":{{"error":"{{body}}"}}}}"#);
            let error = fails(&server, secret, &request).await;
            assert_eq!(server.seen().len(), 1, "{secret} {request}");
            let shown = everything_of(&error);
            assert!(!shown.contains("wxyz") && !shown.contains("vuts"), "{secret} {request}: {shown}");
        }
    }
    for line in log.text().lines().filter(|line| line.contains(" linchpin:")) {
        assert!(!line.contains("wxyz") && !line.contains("vuts"), "{line}");
    }
    assert!(log.text().contains("page=1"), "what is no secret stays");
}

#[tokio::test]
async fn a_secret_at_the_cut_leaves_no_half() {
    for before in [65_536 - 1, 65_536 - 10, 65_536 - 19, 65_536] {
        let server = Server::start(move |_| {
            Reply::new(400).body(format!(
                "{}k-98765-not-to-be-seen{}",
                "x".repeat(before),
                "y".repeat(99_999)
            ))
        })
        .await;
        let error = fails(&server, "k-98765-not-to-be-seen", r#"{"url":"/"}"#).await;
        let body = String::from_utf8_lossy(error.body().unwrap()).into_owned();
        assert!(body.len() <= 65_536 && body.starts_with("xxx") && !body.contains('k'), "{}", body.len());
    }
}

#[tokio::test]
async fn causes_of_errors_show_nothing_either() {
    let server = Server::start(|_| Reply::new(200).body("<k-98765-secret>")).await;
    let error = fails(&server, "k-98765-secret", r#"{"url":"/","response":{"type":"xml"}}"#).await;
    let shown = everything_of(&error);
    assert!(shown.contains("XML") && !shown.contains("98765"), "{shown}");
    let failing = r#"{"url":"/","response":{"valid":false,"error":"{fail: k-98765-secret}"}}"#;
    let error = fails(&server, "k-98765-secret", failing).await;
    assert!(!everything_of(&error).contains("98765"), "{error:?}");
}

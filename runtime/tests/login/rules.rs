//! What the page about OAuth 2 connections says, rule by rule, in phases of connections (docs/oauth2.md lists them).

use std::sync::Arc;

use linchpin::client::{Client, ClientBuilder, Generated as _};
use linchpin::clock::ManualClock;
use linchpin::connection::{ConnectionRecord, GivenConnection};
use linchpin::login::Login;
use linchpin::transport::{Body, BoxFuture, SendOptions, Transport};
use linchpin::value::Date;
use linchpin::{Error, ErrorKind, Object, Value};

use super::server::{Reply, Seen, Server};
use super::service::{NOON, REDIRECT, query_of};

mod samples {
    linchpin::include_connector!("rules.json");
}

/// Says what it is asked to say.
async fn service() -> Server {
    Server::start(|seen| {
        let query = query_of(&seen.target);
        match seen.target.split('?').next().unwrap() {
            "/digest" if seen.header("authorization").is_none() => {
                Reply::new(401).header("www-authenticate", "nonce-1")
            }
            "/moved" => Reply::redirect(302, "/there"),
            "/type" => {
                let status = query.get("status").map_or(200, |status| status.parse().unwrap());
                Reply::new(status).header("content-type", &query["as"]).body(query["is"].clone())
            }
            path => Reply::json(format!("{{\"n\":\"{}\"}}", &path[1..])).header("x-request-id", "r-1"),
        }
    })
    .await
}

fn builder(server: &Server) -> ClientBuilder<Client> {
    ClientBuilder::for_connector(samples::Client::CONNECTOR)
        .allow_host("127.0.0.1")
        .common("server", server.url.as_str())
        .clock(ManualClock::new(Date::from_millis(NOON)))
        .timezone("Europe/Prague")
}

fn login(server: &Server, connection: &'static str, form: &[(&str, &str)]) -> Login {
    let mut data = Object::new();
    data.set("server", server.url.as_str());
    for (key, value) in form {
        data.set(*key, *value);
    }
    builder(server).login(GivenConnection::named(connection, data)).unwrap()
}

async fn run(connection: &'static str, form: &[(&str, &str)]) -> (Server, Result<ConnectionRecord, Error>) {
    let server = service().await;
    let result = login(&server, connection, form).finish().await;
    (server, result)
}

async fn seen(connection: &'static str, form: &[(&str, &str)]) -> Vec<Seen> {
    let (server, result) = run(connection, form).await;
    result.unwrap();
    server.seen()
}

async fn lines(connection: &'static str, form: &[(&str, &str)]) -> Vec<String> {
    seen(connection, form).await.iter().map(Seen::line).collect()
}

async fn data(connection: &'static str, form: &[(&str, &str)]) -> Value {
    let record = run(connection, form).await.1.unwrap();
    Value::parse_json(record.to_json().as_bytes()).unwrap().key("data").clone()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.key(key).as_text().unwrap_or("(none)")
}

#[tokio::test]
async fn nothing_is_inherited_from_base() {
    let (server, result) = run("noBase", &[]).await;
    result.unwrap();
    assert_eq!((server.only().line().as_str(), server.only().header("x-base")), ("GET /token", None));
}

#[tokio::test]
async fn a_phase_may_be_several_requests_and_refresh_and_invalidate_are_no_part_of_a_login() {
    assert_eq!(
        lines("steps", &[]).await,
        [
            "GET /one",
            "GET /two?seen=one",
            "GET /three?more=two",
            "GET /four?first=three",
            "GET /five?same=three-three"
        ]
    );
}

#[tokio::test]
async fn addresses_are_encoded_unless_encode_url_is_off() {
    assert_eq!(lines("encoded", &[("part", "x/y")]).await, ["GET /a%20b/x/y", "GET /x%252Fy", "GET /x%2Fy"]);
}

#[tokio::test]
async fn the_method_is_get_or_what_an_expression_says() {
    assert_eq!(lines("methods", &[("fresh", "1")]).await, ["GET /m", "POST /m", "DELETE /m", "OPTIONS /m"]);
    assert_eq!(lines("methods", &[]).await[1], "PUT /m");
}

#[tokio::test]
async fn names_of_headers_have_no_case() {
    let (server, result) = run("headers", &[("part", "i-1")]).await;
    let only = server.only();
    assert_eq!(only.header("x-item-id"), Some("i-1"));
    assert_eq!(only.headers.get_all("content-type").iter().count(), 1, "the author's own takes the place");
    assert_eq!(only.header("content-type"), Some("application/vnd.tasks+json"));
    assert!(result.unwrap().to_json().contains(r#""id":"r-1""#));
}

#[tokio::test]
async fn qs_takes_the_place_of_a_query_in_the_url() {
    assert_eq!(
        lines("query", &[("part", "a b")]).await,
        ["GET /q?old=3&new=a%20b", "GET /q", "GET /q?old=1&more=2"]
    );
}

#[tokio::test]
async fn bodies_of_every_type() {
    let seen = seen("bodies", &[("part", "a&b"), ("number", "5")]).await;
    let sent = |at: usize| (seen[at].header("content-type"), seen[at].text());
    assert_eq!(sent(0), (None, ""), "a GET has neither body nor type");
    assert_eq!(sent(1), (Some("application/json"), r#"{"name":"a&b"}"#));
    assert_eq!(sent(2), (Some("application/x-www-form-urlencoded"), "name=a%26b"));
    assert!(sent(3).0.unwrap().starts_with("multipart/form-data; boundary="));
    assert!(sent(3).1.contains("name=\"name\"\r\n\r\na&b\r\n"));
    assert_eq!(sent(4), (None, r#"{"name":"a&b"}"#), "what is no text becomes one");
    assert_eq!(sent(5), (None, r#"<row name="a&b"/>"#));
    assert_eq!(sent(6), (None, "5"));
    assert_eq!(&seen[7].body[..], [0xff, 0]);
}

#[tokio::test]
async fn temp_comes_first_and_is_merged() {
    let (server, result) = run("temps", &[]).await;
    assert_eq!(server.lines(), ["GET /a", "GET /b-c"]);
    let record = result.unwrap().to_json();
    assert!(record.contains(r#""one":"b","two":"c","three":"b-c""#), "{record}");
}

#[tokio::test]
async fn a_condition_decides_whether_a_request_is_made() {
    assert_eq!(lines("conditions", &[]).await, ["GET /third", "GET /fourth"]);
}

#[tokio::test]
async fn redirects_are_followed_unless_they_are_switched_off() {
    let (server, result) = run("redirects", &[]).await;
    assert_eq!(
        server.lines(),
        ["GET /moved", "GET /there", "GET /moved", "POST /moved", "GET /there", "POST /moved"]
    );
    assert!(result.unwrap().to_json().contains(r#""where":"/there""#));
}

#[tokio::test]
async fn answers_are_read_by_their_content_type_or_as_the_author_says() {
    let data = data("types", &[]).await;
    assert_eq!(data.key("json"), &Value::from(1));
    assert_eq!((text(&data, "form"), text(&data, "text"), text(&data, "xml")), ("2", r#"{"a":3}"#, "4"));
    assert_eq!(data.key("said"), &Value::from(5), "the content type is not looked at");
    assert_eq!((text(&data, "raw"), text(&data, "binary")), (r#"{"a":6}"#, "YWJj"));
}

#[tokio::test]
async fn the_narrowest_range_of_statuses_says_how_to_read() {
    let read = async |status: &str, body: &str| data("ranges", &[("part", body), ("number", status)]).await;
    assert_eq!(read("200", r#"{"a":1}"#).await.key("json"), &Value::from(1));
    assert_eq!(text(&read("400", r#"{"a":1}"#).await, "text"), r#"{"a":1}"#, "ranges include both ends");
    assert_eq!(text(&read("408", "gone").await, "text"), "gone");
    assert_eq!(text(&read("406", "<r><a>x</a></r>").await, "xml"), "x");
    assert_eq!(read("409", r#"{"a":2}"#).await.key("json"), &Value::from(2));
}

#[tokio::test]
async fn the_shape_of_xml() {
    let xml = r#"<list><name>Ada</name><note lang="en">Hi</note><rows count="2"><row>1</row><row>2</row></rows></list>"#;
    let data = data("xml", &[("part", xml)]).await;
    assert_eq!(data.key("node").to_json().unwrap(), r#"["Ada"]"#, "every node is a list");
    assert_eq!((text(&data, "first"), text(&data, "value"), text(&data, "attribute")), ("Ada", "Hi", "en"));
    assert_eq!((text(&data, "nested"), text(&data, "count"), text(&data, "tolerant")), ("2", "2", "Ada"));
}

#[tokio::test]
async fn an_answer_is_valid_by_its_status_or_as_the_author_says() {
    for (status, fine) in [("200", true), ("399", true), ("400", false), ("500", false)] {
        let result = run("statuses", &[("number", status), ("part", "{}")]).await.1;
        assert_eq!(result.is_ok(), fine, "{status}");
    }
    let refused = run("validity", &[("number", "200"), ("part", r#"{"ok":false,"why":"no seats"}"#)]).await.1;
    let error = refused.unwrap_err();
    assert_eq!((error.message(), error.kind(), error.status()), ("no seats", ErrorKind::Runtime, Some(200)));
    for falsy in [r#"{"why":"x"}"#, r#"{"ok":null,"why":"x"}"#, r#"{"ok":0,"why":"x"}"#] {
        assert!(run("validity", &[("number", "200"), ("part", falsy)]).await.1.is_err(), "{falsy}");
    }
    assert!(run("validity", &[("number", "200"), ("part", r#"{"ok":true}"#)]).await.1.is_ok());
}

#[tokio::test]
async fn errors_have_the_message_and_the_type_that_the_author_gives() {
    let fail = async |status: &str, body: &str| {
        run("errors", &[("number", status), ("part", body)]).await.1.unwrap_err()
    };
    for (name, kind) in [
        ("RuntimeError", ErrorKind::Runtime),
        ("DataError", ErrorKind::Data),
        ("RateLimitError", ErrorKind::RateLimit),
        ("OutOfSpaceError", ErrorKind::OutOfSpace),
        ("ConnectionError", ErrorKind::Connection),
        ("InvalidConfigurationError", ErrorKind::InvalidConfiguration),
        ("InvalidAccessTokenError", ErrorKind::InvalidAccessToken),
        ("IncompleteDataError", ErrorKind::IncompleteData),
        ("DuplicateDataError", ErrorKind::DuplicateData),
    ] {
        let error = fail("418", &format!(r#"{{"type":"{name}","why":"tea"}}"#)).await;
        assert_eq!((error.kind(), error.message()), (kind, "in general: tea"));
    }
    let error = fail("418", r#"{"why":"tea"}"#).await;
    assert_eq!(error.kind(), ErrorKind::Runtime, "the type where none is given");
    let error = fail("402", r#"{"type":"DataError"}"#).await;
    assert_eq!((error.kind(), error.message()), (ErrorKind::OutOfSpace, "pay first"), "by status");
    let error = fail("503", r#"{"type":"DataError"}"#).await;
    assert_eq!((error.kind(), error.message()), (ErrorKind::Data, "come back later"));
    let error = run("statuses", &[("number", "404"), ("part", "{}")]).await.1.unwrap_err();
    assert_eq!(error.message(), "[404] Not Found", "the name of the status where nothing is said");
}

#[tokio::test]
async fn data_lasts_and_temp_does_not() {
    let (server, result) = run("keeps", &[]).await;
    let record = result.unwrap();
    assert_eq!((record.uid(), record.metadata()), (Some(&Value::from(7)), Some(&"ada@tasks.example".into())));
    assert_eq!(record.expires(), Some(&Date::from_millis(NOON + 30 * 86_400_000).into()));
    let client = builder(&server).connection(record).base_url(&server.url).build().unwrap();
    assert_eq!(
        client.connection_value("accessToken"),
        Some("t-123456!".into()),
        "`response.temp` comes first"
    );
    assert_eq!(
        (client.connection_value("absent"), client.connection_value("none")),
        (None, Some(Value::Null))
    );
    let typed = samples::Client::builder()
        .allow_host("127.0.0.1")
        .base_url(&server.url)
        .connection(samples::Connection::record(client.connection_record().await.unwrap().unwrap()))
        .build()
        .unwrap();
    typed.read(samples::Read::new()).await.unwrap();
    assert_eq!(server.lines().pop().unwrap(), "GET /read?token=t-123456%21");
}

#[tokio::test]
async fn all_variables_of_a_login() {
    let server = service().await;
    let mut form = Object::new();
    form.set("server", server.url.as_str());
    form.set("part", "p 1");
    let login = builder(&server)
        .connection_common("variables", "salt", "pepper")
        .login(GivenConnection::named("variables", form))
        .unwrap();
    let pending = login.start(REDIRECT).await.unwrap();
    let sent = query_of(pending.url());
    assert_eq!((sent["now"].as_str(), sent["zone"].as_str()), ("2025-03-01", "Europe/Prague"));
    assert_eq!((sent["part"].as_str(), sent["data"].as_str()), ("p 1", "p 1"));
    assert_eq!(sent["all"], format!("{REDIRECT} {REDIRECT} {REDIRECT}"));
    assert_eq!(sent["salt"].len(), 64);
    assert_eq!(pending.url().matches("scope=").count(), 2, "an array: `scope=a&scope=b`");
    assert_eq!(sent["own"], sent["state"], "`state` is added beside it");
    let callback = |ok: &str| format!("{REDIRECT}?code=c-1&ok={ok}&error=e-1&state={}", sent["state"]);
    let error = login.complete(&pending, &callback("")).await.unwrap_err();
    assert_eq!(error.message(), "[e-1] no", "the author's own test and message");
    login.complete(&pending, &callback("yes")).await.unwrap();
    let target = query_of(&server.only().target);
    assert_eq!(
        (target["code"].as_str(), target["same"].as_str(), target["ok"].as_str()),
        ("c-1", "c-1", "yes")
    );
    assert_eq!((target["verifier"].len(), sent["challenge"].len()), (43, 43));
}

#[tokio::test]
async fn digest_by_hand() {
    let seen = seen("digest", &[("part", "ada")]).await;
    // MD5 of `ada:nonce-1`.
    assert_eq!(seen[1].header("authorization"), Some("Digest 817673576b1995feef03f228965deb38"));
}

/// A login whose grant lasts an hour, and that nothing can renew.
#[tokio::test]
async fn a_login_that_is_over_is_asked_for_again() {
    let server = service().await;
    let login = login(&server, "variables", &[]);
    let pending = login.start(REDIRECT).await.unwrap();
    let callback = format!("?code=c-1&ok=yes&state={}", query_of(pending.url())["state"]);
    let record = login.complete(&pending, &callback).await.unwrap();
    let clock = Arc::new(ManualClock::new(Date::from_millis(NOON)));
    let client = builder(&server).clock(Arc::clone(&clock)).connection(record).build().unwrap();
    client.verify().await.unwrap();
    assert_eq!(client.expires(), Some(Date::from_millis(NOON + 3_600_000).into()));
    clock.advance(std::time::Duration::from_secs(3_600));
    let error = client.verify().await.unwrap_err();
    assert_eq!((error.kind(), error.needs_login()), (ErrorKind::InvalidAccessToken, true), "{error}");
    let error = client.refresh().await.unwrap_err();
    assert_eq!((error.kind(), error.needs_login()), (ErrorKind::InvalidAccessToken, true), "{error}");
}

/// A transport that only looks.
struct Looks(std::sync::Mutex<Vec<Option<Arc<str>>>>);

impl Transport for Looks {
    fn send(
        &self,
        _: http::Request<bytes::Bytes>,
        options: SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
        self.0.lock().unwrap().push(options.ca);
        Box::pin(async { Ok(http::Response::new(Body::from(b"{}".to_vec()))) })
    }
}

#[tokio::test]
async fn ca_reaches_the_transport() {
    mod trusted {
        linchpin::include_connector!(
            inline = r#"{ "name": "trusted", "connections": { "own": { "type": "oauth", "communication": {
                "token": { "url": "https://auth.tasks.example/token", "ca": "{{common.pem}}" }
            } } } }"#
        );
    }

    let looks = Arc::new(Looks(std::sync::Mutex::default()));
    let builder = trusted::Client::builder().common("pem", "a certificate").transport(Arc::clone(&looks));
    builder.login(trusted::Own::new()).unwrap().finish().await.unwrap();
    assert_eq!(looks.0.lock().unwrap()[0].as_deref(), Some("a certificate"));
}

/// The page lists each behaviour beside its test.
#[test]
fn the_page_names_tests_that_are_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("../docs/oauth2.md")).unwrap();
    let mut named = std::collections::BTreeSet::new();
    for name in page.split('`').filter(|part| part.contains("::") && !part.contains(char::is_whitespace)) {
        let (file, test) = name.split_once("::").unwrap();
        let Ok(text) = std::fs::read_to_string(root.join(format!("tests/login/{file}.rs"))) else { continue };
        assert!(text.contains(&format!("fn {test}()")), "{name}");
        named.insert(test.to_owned());
    }
    assert!(named.len() > 40, "{}", named.len());
}

//! No secret in messages, logs, `Debug` (connector.md 6.12, rulings 36).

use std::sync::Arc;

use super::support::*;
use linchpin::connection::GivenConnection;
use linchpin::plan::ModuleKind;

const SECRETS: [&str; 6] =
    ["k3y with spaces+/&", "pass", "c0mmon-salt", "sess-4711-token", "sanitized-value", "issued-by-server"];

fn assert_clean(text: &str, what: &str) {
    let forms = SECRETS.iter().flat_map(|secret| {
        let encoded = secret.replace(' ', "%20").replace('+', "%2B").replace('/', "%2F").replace('&', "%26");
        [(*secret).to_owned(), encoded.clone(), encoded.replace("%20", "+")]
    });
    // `pass` is part of the harmless key `password`.
    let text = text.replace("password", "").replace("passwd", "");
    for form in forms {
        assert!(!text.contains(&form), "{what} shows {form}: {text}");
    }
}

const SPEC: &str = r#"{"common":["salt"],"connections":[{"name":"key","parameters":[
    {"name":"apiKey","type":"text"},{"name":"password","type":"text","secret":true}]}]}"#;

const REQUEST: &str = r#""url":"/tasks/{connection.apiKey}","method":"POST","qs":{"key":"{connection.apiKey}","s":"{common.salt}"},
    "headers":{"Authorization":"Bearer {connection.apiKey}","X-Own":"{connection.password}","X-Session":"{parameters.session}"},
    "body":{"pin":"sanitized-value","deep":{"password":"{connection.password}","salt":["{common.salt}"]}},
    "sanitize":["request.body.pin","response.body.issued"]"#;

fn a_client(server_url: &str) -> linchpin::client::Client {
    let mut data = linchpin::Object::new();
    data.set("apiKey", SECRETS[0]);
    data.set("password", SECRETS[1]);
    linchpin::client::ClientBuilder::for_connector(Arc::new(connector(SPEC)))
        .base_url(server_url)
        .connection(GivenConnection::named("key", data))
        .common("salt", SECRETS[2])
        .build()
        .unwrap()
}

fn a_module(response: &str) -> linchpin::plan::Module {
    let mut module =
        module(ModuleKind::Action, &format!(r#"{{{REQUEST},"timeout":500,"response":{response}}}"#));
    module.connections = vec!["key".into()].into();
    module.parameters = vec![parameter(&json(r#"{"name":"session","type":"text","secret":true}"#))].into();
    module
}

/// Everything that a request may echo.
fn echo(seen: &Seen, status: u16) -> Reply {
    let all =
        format!("{} {} {:?}", seen.target, seen.text(), seen.headers).replace('\\', "").replace('"', "'");
    let body = format!(r#"{{"echo":"{all}","issued":"issued-by-server","access_token":"tok"}}"#);
    Reply::json(body).status(status).header("set-cookie", "sid=sess-4711-token").header("x-echo", SECRETS[0])
}

#[tokio::test]
async fn nothing_secret_in_errors_and_logs() {
    let (log, _guard) = Log::listen();
    let input = r#"{"session":"sess-4711-token"}"#;
    let good = Server::start(|seen| echo(seen, 200)).await;
    run(&a_client(&good.url), a_module("{}"), input).await.unwrap();
    assert!(good.only().target.contains("k3y%20with%20spaces"), "the service does get them");
    let mut errors = Vec::new();
    for status in [400, 401, 429, 500] {
        let server = Server::start(move |seen| echo(seen, status)).await;
        let client = a_client(&server.url);
        for response in
            [r#"{"error":"{body.echo} {body.issued} {headers.x-echo}"}"#, r#"{"error":"{body}"}"#, "{}"]
        {
            errors.push(run(&client, a_module(response), input).await.unwrap_err());
        }
    }
    let broken = Server::start(|_| Reply::json("k3y with spaces+/& sanitized-value")).await;
    errors.push(run(&a_client(&broken.url), a_module(r#"{"type":"json"}"#), input).await.unwrap_err());
    for answer in [&b"garbage"[..], b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"] {
        for hangs in [false, true] {
            let server = RawServer::start(answer.to_vec(), hangs).await;
            errors.push(run(&a_client(&server.url), a_module("{}"), input).await.unwrap_err());
        }
    }
    let to = format!("http://127.0.0.1:1/{}", "k3y%20with%20spaces%2B%2F%26");
    let away = Server::start(move |_| Reply::redirect(307, &to)).await;
    errors.push(run(&a_client(&away.url), a_module("{}"), input).await.unwrap_err());
    assert!(errors.iter().any(|error| error.message().contains("***")), "something was blotted");
    assert!(errors.iter().any(|error| error.body().is_some()));
    for error in &errors {
        assert_clean(&everything_of(error), "an error");
    }
    let log = log.text();
    assert!(
        log.contains("request") && log.contains("answer") && log.contains("/tasks/") && log.contains("***"),
        "{log}"
    );
    assert!(log.contains("listTasks") && log.contains("status=200"), "{log}");
    assert_clean(&log, "the log");
    assert!(!log.contains("\"tok\""), "what is secret by its name: {log}");
}

#[tokio::test]
async fn nothing_secret_in_debug() {
    let server = Server::quiet().await;
    let client = a_client(&server.url);
    let mut data = linchpin::Object::new();
    data.set("apiKey", SECRETS[0]);
    let given = GivenConnection::named("key", data.clone());
    let record = linchpin::connection::ConnectionRecord::new("key", data.clone());
    let store = linchpin::connection::MemoryStore::new();
    let call =
        linchpin::client::Call::<linchpin::Value>::new(&client, Arc::new(a_module("{}")), data.clone());
    let search = linchpin::client::Search::<linchpin::Value>::new(&client, Arc::new(a_module("{}")), data);
    let builder = builder(&server, connector(SPEC)).connection(key(SECRETS[0])).common("salt", SECRETS[2]);
    let shown = format!("{client:?} {given:?} {record:?} {store:?} {call:?} {search:?} {builder:?}");
    assert_clean(&shown, "Debug");
    assert!(shown.contains("Client") && shown.contains("tasks"), "{shown}");
}

#[tokio::test]
async fn violations_do_not_show_values() {
    let server = Server::quiet().await;
    let mut module = a_module("{}");
    let spec = r#"{"name":"session","type":"text","secret":true,"rules":{"max":3,"pattern":"^x"}}"#;
    module.parameters = vec![parameter(&json(spec))].into();
    let error = run(&a_client(&server.url), module, r#"{"session":"sess-4711-token"}"#).await.unwrap_err();
    assert_clean(&everything_of(&error), "an error");
}

#[tokio::test]
async fn what_the_author_calls_secret_is_blotted_in_error_texts() {
    let server = Server::start(|_| Reply::json(r#"{"why":"bad","code":"4711-8"}"#).status(400)).await;
    let request =
        r#"{"url":"/","sanitize":["Response.Body.`CODE`"],"response":{"error":"{body.why} {body.code}"}}"#;
    let error = act(&client(&server), "{}", request).await.unwrap_err();
    assert_eq!(error.message(), "bad ***");
    assert_eq!(error.body(), Some(&br#"{"why":"bad","code":"***"}"#[..]));
}

//! `linchpin login` and `linchpin connections`, run as programs against an authorization server on a loopback port. The
//! browser is driven by plain HTTP.

#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStderr};

use axum::extract::Form;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use support::server::serve;
use support::{Run, command, folder, linchpin, linchpin_with};
use tempfile::TempDir;

/// What must never be seen.
const SECRETS: &[&str] = &["k-secret", "c-secret", "at-secret", "rt-secret", "good-code"];

/// A service with API keys at `/me`, and OAuth 2 at the other paths.
fn service() -> Router {
    let header = |headers: &HeaderMap, name: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    let me = move |headers: HeaderMap| async move {
        let (key, bearer) = (header(&headers, "x-api-key"), header(&headers, "authorization"));
        if key == "k-secret" || bearer.starts_with("Bearer at-secret") {
            return (
                StatusCode::OK,
                Json(json!({ "id": "u_1", "email": "ada@tasks.example", "seen": bearer })),
            );
        }
        (StatusCode::UNAUTHORIZED, Json(json!({ "message": format!("the key {key} is unknown") })))
    };
    let token = |Form(form): Form<Value>| async move {
        let fresh = match (form["grant_type"].as_str(), form["client_secret"].as_str()) {
            (Some("authorization_code"), Some("c-secret")) if form["code"] == "good-code" => "1",
            (Some("refresh_token"), _) if form["refresh_token"] == "rt-secret" => "2",
            _ => return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))),
        };
        let token = format!("at-secret-{fresh}");
        let body = json!({ "access_token": token, "refresh_token": "rt-secret", "expires_in": 3600 });
        (StatusCode::OK, Json(body))
    };
    let revoke = |Form(form): Form<Value>| async move {
        let known = form["token"].as_str().is_some_and(|token| token.starts_with("at-secret"));
        (if known { StatusCode::OK } else { StatusCode::BAD_REQUEST }, Json(json!({})))
    };
    Router::new().route("/me", get(me)).route("/token", post(token)).route("/revoke", post(revoke))
}

/// What both connections learn of the account.
fn account() -> Value {
    json!({
        "uid": "{{body.id}}",
        "metadata": { "type": "email", "value": "{{body.email}}" },
        "error": { "type": "InvalidAccessTokenError", "message": "refused: {{body.message}}" }
    })
}

/// The phases of OAuth at a service.
fn phases(service: &str) -> Value {
    let tokens = json!({
        "data": {
            "accessToken": "{{body.access_token}}",
            "refreshToken": "{{body.refresh_token}}",
            "expires": "{{addSeconds(now, body.expires_in)}}"
        },
        "error": "the service says {{body.error}}"
    });
    json!({
        "authorize": {
            "url": format!("{service}/authorize"),
            "qs": {
                "response_type": "code", "client_id": "{{common.clientId}}",
                "redirect_uri": "{{oauth.redirectUri}}", "scope": "{{join(oauth.scope, ' ')}}"
            },
            "response": { "temp": { "code": "{{query.code}}" } }
        },
        "token": {
            "url": format!("{service}/token"), "method": "POST", "type": "urlencoded", "response": tokens,
            "body": {
                "client_id": "{{common.clientId}}", "client_secret": "{{common.clientSecret}}",
                "grant_type": "authorization_code", "code": "{{temp.code}}",
                "redirect_uri": "{{oauth.redirectUri}}"
            }
        },
        "info": {
            "url": format!("{service}/me"), "response": account(),
            "headers": { "authorization": "Bearer {{connection.accessToken}}" }
        },
        "refresh": {
            "condition": "{{data.expires < addMinutes(now, 5)}}",
            "url": format!("{service}/token"), "method": "POST", "type": "urlencoded", "response": tokens,
            "body": { "grant_type": "refresh_token", "refresh_token": "{{data.refreshToken}}" }
        },
        "invalidate": {
            "url": format!("{service}/revoke"), "method": "POST", "type": "urlencoded",
            "body": { "token": "{{data.accessToken}}" }
        }
    })
}

/// A connector with both ways to log in.
fn connector(address: SocketAddr) -> String {
    let service = format!("http://{address}");
    let me = format!("{service}/me");
    let form = json!([{ "name": "apiKey", "type": "password", "label": "API key", "required": true }]);
    let module = |connection: &str, name: &str, value: &str| {
        json!({
            "type": "action", "connection": connection, "scope": ["profile"],
            "communication": {
                "url": me, "headers": { name: value }, "response": { "output": { "email": "{{body.email}}" } }
            }
        })
    };
    let by_key = json!({
        "url": me, "headers": { "x-api-key": "{{parameters.apiKey}}" }, "response": account()
    });
    json!({
        "name": "tasks",
        "common": { "clientId": "c-1" },
        "connections": {
            "apiKey": { "type": "basic", "parameters": form, "communication": by_key },
            "oauth": { "type": "oauth", "scope": ["read"], "communication": phases(&service) }
        },
        "modules": {
            "whoAmI": module("oauth", "authorization", "Bearer {{connection.accessToken}}"),
            "keyOwner": module("apiKey", "x-api-key", "{{connection.apiKey}}")
        }
    })
    .to_string()
}

fn start() -> TempDir {
    folder(&[("connector.json", &connector(serve(service())))])
}

#[track_caller]
fn shows_no_secret(run: &Run) {
    for secret in SECRETS {
        assert!(!run.stdout.contains(secret) && !run.stderr.contains(secret), "{secret}: {run:?}");
    }
}

/// Runs a command and asserts that it went well and shows no secret.
#[track_caller]
fn good(folder: &TempDir, arguments: &[&str]) -> String {
    let run = linchpin(folder.path(), arguments);
    assert_eq!(run.code, Some(0), "{arguments:?}: {run:?}");
    shows_no_secret(&run);
    run.stdout
}

/// Runs a command and asserts that it fails, shows no secret, and says this.
#[track_caller]
fn bad(folder: &TempDir, arguments: &[&str], said: &str) {
    let run = linchpin(folder.path(), arguments);
    assert_eq!(run.code, Some(1), "{arguments:?}: {run:?}");
    assert!(run.stderr.contains(said), "{arguments:?}: {run:?}");
    shows_no_secret(&run);
}

const WITH_KEY: &[&str] = &["login", "connector.json", "--connection", "apiKey", "--param", "apiKey=-"];

fn log_in_by_key(folder: &TempDir) {
    let run = linchpin_with(folder.path(), WITH_KEY, &[], "k-secret\n");
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.stdout, "logged in as ada@tasks.example, stored as tasks-apiKey\n");
    shows_no_secret(&run);
}

#[test]
fn a_key_is_verified_stored_and_used() {
    let folder = start();
    log_in_by_key(&folder);
    assert_eq!(good(&folder, &["call", "connector.json", "keyOwner"]), "{\"email\":\"ada@tasks.example\"}\n");
    assert_eq!(good(&folder, &["connections", "list"]), "tasks-apiKey  apiKey of ada@tasks.example\n");
    let shown = good(&folder, &["connections", "show", "tasks-apiKey"]);
    for part in ["apiKey", "ada@tasks.example", "u_1", "holds"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let verified = good(&folder, &["connections", "verify", "connector.json", "--connection", "apiKey"]);
    assert_eq!(verified, "verified tasks-apiKey of ada@tasks.example\n");
    assert_eq!(good(&folder, &["connections", "delete", "tasks-apiKey"]), "deleted tasks-apiKey\n");
    assert_eq!(good(&folder, &["connections", "list"]), "");
    bad(&folder, &["connections", "delete", "tasks-apiKey"], "there is no stored connection `tasks-apiKey`");
    bad(&folder, &["call", "connector.json", "keyOwner"], "run `linchpin login` first");
}

#[test]
fn a_second_login_takes_the_place_of_the_first() {
    let folder = start();
    log_in_by_key(&folder);
    log_in_by_key(&folder);
    assert!(good(&folder, &["connections", "show", "tasks-apiKey"]).contains("version     2"));
}

#[test]
fn a_key_that_is_refused_is_not_stored_and_not_shown() {
    let folder = start();
    let run = linchpin_with(folder.path(), WITH_KEY, &[("LINCHPIN_PARAM_APIKEY", "wrong-secret")], "");
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("refused") && !run.stderr.contains("wrong-secret"), "{run:?}");
    assert_eq!(good(&folder, &["connections", "list"]), "");
}

#[test]
fn what_is_missing_or_unknown_is_named() {
    let folder = start();
    bad(&folder, &["login", "connector.json"], "`--connection` takes one of apiKey, oauth");
    let by_key = |more: &'static str| ["login", "connector.json", "--connection", "apiKey", "--param", more];
    bad(&folder, &["login", "connector.json", "--connection", "apiKey"], "LINCHPIN_PARAM_APIKEY");
    bad(&folder, &["login", "connector.json", "--connection", "key"], "there are apiKey, oauth");
    bad(&folder, &by_key("apikey=x"), "did you mean `apiKey`?");
    bad(&folder, &by_key("apiKey=-"), "nothing was piped in");
    bad(&folder, &["connections", "show", "nobody"], "there is no stored connection `nobody`");
    bad(&folder, &["connections", "refresh", "connector.json", "--connection", "oauth"], "tasks-oauth");
}

/// A login that waits for its browser.
struct Waiting {
    child: Child,
    stderr: BufReader<ChildStderr>,
    told: String,
    url: String,
}

impl Waiting {
    fn start(folder: &TempDir, more: &[&str]) -> Self {
        let arguments = ["login", "connector.json", "--connection", "oauth", "--no-browser", "--common"];
        let arguments = [&arguments[..], &["clientSecret=-"], more].concat();
        let environment = [("LINCHPIN_COMMON_CLIENTSECRET", "c-secret")];
        let mut child = command(folder.path(), &arguments, &environment).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut told = String::new();
        while !told.contains("Waiting at") {
            assert!(stderr.read_line(&mut told).unwrap() > 0, "it ended: {told}");
        }
        let url = told.lines().map(str::trim).find(|line| line.starts_with("http")).unwrap().to_owned();
        Self { child, stderr, told, url }
    }

    /// A parameter of the address, still percent-encoded.
    fn parameter(&self, name: &str) -> &str {
        let query = self.url.split_once('?').unwrap().1;
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).unwrap_or_else(|| panic!("{name} is not in {}", self.url)).1
    }

    /// Comes back as a browser does, and gives the page.
    fn visit(&self, query: &str) -> String {
        let uri = self.parameter("redirect_uri").replace("%3A", ":").replace("%2F", "/");
        let (authority, path) = uri.strip_prefix("http://").unwrap().split_once('/').unwrap();
        get_page(authority, &format!("/{path}?{query}"))
    }

    fn end(mut self) -> Run {
        let mut stdout = String::new();
        self.stderr.read_to_string(&mut self.told).unwrap();
        self.child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        Run { code: self.child.wait().unwrap().code(), stdout, stderr: self.told }
    }
}

fn get_page(authority: &str, target: &str) -> String {
    let mut stream = TcpStream::connect(authority).unwrap();
    write!(stream, "GET {target} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    page
}

#[test]
fn a_browser_comes_back_and_the_tokens_are_stored_used_renewed_and_revoked() {
    let folder = start();
    let waiting = Waiting::start(&folder, &["--scope", "extra"]);
    assert_eq!(waiting.parameter("client_id"), "c-1");
    assert_eq!(waiting.parameter("scope").replace("%20", "+"), "read+profile+extra");
    let page = waiting.visit(&format!("code=good-code&state={}", waiting.parameter("state")));
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("You are logged in"), "{page}");
    let run = waiting.end();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.stdout, "logged in as ada@tasks.example, stored as tasks-oauth\n");
    shows_no_secret(&run);

    assert_eq!(good(&folder, &["call", "connector.json", "whoAmI"]), "{\"email\":\"ada@tasks.example\"}\n");
    let shown = good(&folder, &["connections", "show", "tasks-oauth"]);
    assert!(shown.contains("accessToken, expires, refreshToken"), "{shown}");
    let of = |verb: &'static str| ["connections", verb, "connector.json", "--connection", "oauth"];
    assert_eq!(good(&folder, &of("verify")), "verified tasks-oauth of ada@tasks.example\n");
    assert_eq!(good(&folder, &of("refresh")), "refreshed tasks-oauth of ada@tasks.example\n");
    let stored = std::fs::read_to_string(folder.path().join("store/tasks-oauth.json")).unwrap();
    assert!(stored.contains("at-secret-2"), "the new token is stored");
    assert!(good(&folder, &of("revoke")).starts_with("revoked tasks-oauth"));
    assert_eq!(good(&folder, &["connections", "list"]), "");
}

#[test]
fn what_belongs_to_no_login_is_passed_over() {
    let folder = start();
    let waiting = Waiting::start(&folder, &[]);
    let page = waiting.visit("code=good-code&state=forged");
    assert!(page.starts_with("HTTP/1.1 400") && page.contains("You are not logged in"), "{page}");
    assert!(waiting.visit("").starts_with("HTTP/1.1 400"));
    let authority = waiting.parameter("redirect_uri").replace("%3A", ":").replace("%2F", "/");
    let authority = authority.trim_start_matches("http://").trim_end_matches("/callback").to_owned();
    assert!(get_page(&authority, "/favicon.ico").starts_with("HTTP/1.1 404"));
    let page = waiting.visit(&format!("code=good-code&state={}", waiting.parameter("state")));
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let run = waiting.end();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stderr.contains("passed over"), "{run:?}");
}

#[test]
fn a_refusal_ends_the_login_with_what_the_service_says() {
    let folder = start();
    let waiting = Waiting::start(&folder, &[]);
    let state = waiting.parameter("state").to_owned();
    let page = waiting.visit(&format!("error=access_denied&state={state}"));
    assert!(page.starts_with("HTTP/1.1 400") && page.contains("access_denied"), "{page}");
    let run = waiting.end();
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
    assert!(run.stderr.contains("access_denied"), "{run:?}");

    let waiting = Waiting::start(&folder, &[]);
    let state = waiting.parameter("state").to_owned();
    waiting.visit(&format!("code=expired&state={state}"));
    let run = waiting.end();
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("the service says invalid_grant"), "{run:?}");
    assert_eq!(good(&folder, &["connections", "list"]), "");
}

#[test]
fn nobody_waits_for_ever_nor_at_a_port_that_is_taken() {
    let folder = start();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let oauth = ["login", "connector.json", "--connection", "oauth", "--no-browser"];
    bad(&folder, &[&oauth[..], &["--port", &port]].concat(), "`--port` takes another one");
    bad(&folder, &[&oauth[..], &["--timeout", "0"]].concat(), "nobody came back");
}

#[test]
fn a_file_that_is_no_record_is_named_and_can_be_deleted() {
    let folder = start();
    log_in_by_key(&folder);
    let path = folder.path().join("store/tasks-apiKey.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, &text[..text.len() / 2]).unwrap();
    let listed = good(&folder, &["connections", "list"]);
    assert!(listed.starts_with("tasks-apiKey  unreadable: ") && listed.contains("damaged"), "{listed}");
    bad(&folder, &["connections", "show", "tasks-apiKey"], "damaged");
    good(&folder, &["connections", "delete", "tasks-apiKey"]);
}

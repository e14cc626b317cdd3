//! A login by a code, from the first request to the last (connector.md 10.3).

use linchpin::ErrorKind;
use linchpin::Value;
use linchpin::connection::ConnectionRecord;
use linchpin::login::{PendingLogin, Pkce};

use super::service::{NOON, REDIRECT, Service, come_back, pairs, query_of, tasks};

#[tokio::test]
async fn the_phases_run_in_order_and_teach_each_other() {
    let service = Service::start().await;
    let login =
        service.builder().login(tasks::Oauth::new("client-1", "client-secret").tenant("blue")).unwrap();
    assert!(login.needs_browser());
    let pending = login.start(REDIRECT).await.unwrap();
    assert_eq!(service.server.lines(), ["GET /discover?tenant=blue"], "nobody calls `authorize`");
    assert!(pending.url().starts_with(&format!("{}/authorize?response_type=code&", service.server.url)));
    let sent = query_of(pending.url());
    assert_eq!((sent["prompt"].as_str(), sent["region"].as_str()), ("consent", "eu"), "temp and data");
    assert_eq!((sent["client_id"].as_str(), sent["redirect_uri"].as_str()), ("client-1", REDIRECT));
    assert_eq!(sent["state"].len(), 43);
    let record = login.complete(&pending, &come_back(pending.url())).await.unwrap();
    assert_eq!(service.server.lines()[1..], ["POST /token", "GET /me"]);
    let form = pairs(service.at("/token")[0].text());
    assert_eq!((form["code"].as_str(), form["redirect_uri"].as_str()), ("code-0001", REDIRECT));
    assert_eq!(form["nonce"], sent["nonce"], "`temp` outlives the redirect, and is not evaluated again");
    assert_eq!(record.uid(), Some(&Value::from(77)));
    assert_eq!(record.metadata(), Some(&Value::from("ada@tasks.example")));
    assert_eq!(record.connection(), "oauth");
    let client = service.builder().connection(tasks::Connection::record(record)).build().unwrap();
    assert_eq!(
        client.get_task(tasks::GetTask::new("1")).await.unwrap().title.as_deref(),
        Some("Water the plants")
    );
    assert_eq!(client.connection_value("region"), Some(Value::from("eu")));
    assert_eq!(client.connection_value("clientId"), Some(Value::from("client-1")));
    let expires = client.connection_value("expires").unwrap();
    assert_eq!(expires, Value::from(linchpin::Date::from_millis(NOON + 3_600_000)));
}

#[tokio::test]
async fn another_process_finishes_what_one_has_begun() {
    let service = Service::start().await;
    let pending = service.login().start(REDIRECT).await.unwrap();
    let text = pending.to_json();
    for secret in ["client-secret", "client-1"] {
        assert!(!text.replace(pending.url(), "").contains(secret), "the form stays where it is: {text}");
    }
    let read = PendingLogin::from_json(text.as_bytes()).unwrap();
    assert_eq!((read.url(), read.redirect_uri()), (pending.url(), REDIRECT));
    assert!(!format!("{read:?}").contains(&query_of(pending.url())["state"]));
    let record = service.login().complete(&read, &come_back(read.url())).await.unwrap();
    assert_eq!(record.uid(), Some(&Value::from(77)));
    let form = pairs(service.at("/token")[0].text());
    assert_eq!(form["nonce"], query_of(pending.url())["nonce"]);
    for damaged in [&text[..text.len() / 2], "{}", &text.replacen("\"format\":1", "\"format\":2", 1)] {
        let error = PendingLogin::from_json(damaged.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
        assert!(!format!("{error} {error:?}").contains(&query_of(pending.url())["state"]));
    }
}

#[tokio::test]
async fn scopes_are_those_of_the_connection_and_of_the_modules_that_are_named() {
    let service = Service::start().await;
    let asked = async |login: linchpin::login::Login| {
        query_of(login.start(REDIRECT).await.unwrap().url())["scope"].clone()
    };
    assert_eq!(asked(service.login()).await, "tasks:read tasks:write", "all of them, each once");
    assert_eq!(asked(service.login().scopes_for(&[]).unwrap()).await, "tasks:read");
    assert_eq!(asked(service.login().scopes_for(&["getTask"]).unwrap()).await, "tasks:read");
    assert_eq!(asked(service.login().scopes_for(&["makeTask"]).unwrap()).await, "tasks:read tasks:write");
    assert_eq!(asked(service.login().scopes_for(&[]).unwrap().scope("email")).await, "tasks:read email");
    let unknown = service.login().scopes_for(&["mkTask"]).unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::InvalidConfiguration);
    assert_eq!(service.record().await.scope(), ["tasks:read", "tasks:write"], "granted as asked for");
    service.plan(super::service::Planned::Issues(r#""scope":"tasks:read,email""#));
    service.known.lock().unwrap().redeemed.clear();
    assert_eq!(service.record().await.scope(), ["tasks:read", "email"], "the answer says what was granted");
}

#[tokio::test]
async fn pkce_is_added_only_when_it_is_asked_for() {
    let service = Service::start().await;
    let off = service.login().start(REDIRECT).await.unwrap();
    assert!(!query_of(off.url()).contains_key("code_challenge"));
    let login = service.login().pkce(Pkce::Auto);
    let pending = login.start(REDIRECT).await.unwrap();
    let sent = query_of(pending.url());
    assert_eq!(sent["code_challenge_method"], "S256");
    let pending = PendingLogin::from_json(pending.to_json().as_bytes()).unwrap();
    login.complete(&pending, &come_back(pending.url())).await.unwrap();
    let verifier = pairs(service.at("/token")[0].text())["code_verifier"].clone();
    let expected = linchpin::functions::sha256(
        linchpin::Scope::new().at("test"),
        &[&Value::from(verifier.as_str()), &Value::from("base64")],
    );
    let expected = expected.unwrap().to_text().replace('+', "-").replace('/', "_").replace('=', "");
    assert_eq!(sent["code_challenge"], expected);
}

#[tokio::test]
async fn a_failure_of_any_phase_is_that_of_the_login_and_names_the_phase() {
    let service = Service::start().await;
    let login = service.login();
    let pending = login.start(REDIRECT).await.unwrap();
    login.complete(&pending, &come_back(pending.url())).await.unwrap();
    let error = login.complete(&pending, &come_back(pending.url())).await.unwrap_err();
    assert_eq!((error.module(), error.message()), (Some("oauth.token"), "the code has expired"));
    assert_eq!(error.status(), Some(400));
    service.known.lock().unwrap().redeemed.clear();
    service.plan(super::service::Planned::Says(200, r#"{"access_token":"access-of-nobody","expires_in":9}"#));
    let pending = login.start(REDIRECT).await.unwrap();
    let error = login.complete(&pending, &come_back(pending.url())).await.unwrap_err();
    assert_eq!((error.module(), error.message()), (Some("oauth.info"), "unknown token"));
    assert!(!format!("{error:?} {error}").contains("access-of-nobody"));
}

#[tokio::test]
async fn what_is_no_token_is_a_clear_error() {
    let service = Service::start().await;
    let cases = [
        (200, "[]", ErrorKind::Unexpected, "the answer has nothing for `accessToken`"),
        (
            200,
            r#"{"token_type":"bearer","expires_in":60}"#,
            ErrorKind::Unexpected,
            "the answer has nothing for `accessToken`",
        ),
        (
            200,
            r#"{"error":"invalid_client","error_description":"who\nis this"}"#,
            ErrorKind::InvalidConfiguration,
            "the authorization server says invalid_client: who is this",
        ),
        (200, r#"{"error":"odd"}"#, ErrorKind::Runtime, "the authorization server says odd"),
        (503, "{}", ErrorKind::Connection, "[503] Service Unavailable"),
    ];
    for (status, body, kind, message) in cases {
        service.plan(super::service::Planned::Says(status, body));
        let login = service.login();
        let pending = login.start(REDIRECT).await.unwrap();
        let error = login.complete(&pending, &come_back(pending.url())).await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (kind, message), "{body}");
        assert_eq!(error.module(), Some("oauth.token"));
    }
}

#[tokio::test]
async fn what_a_login_refuses_before_any_request() {
    let service = Service::start().await;
    let kind = |result: Result<PendingLogin, linchpin::Error>| result.unwrap_err().kind();
    for redirect in ["", "/callback", "https://app.example/cb#part"] {
        assert_eq!(
            kind(service.login().start(redirect).await),
            ErrorKind::InvalidConfiguration,
            "{redirect}"
        );
    }
    assert_eq!(service.login().finish().await.unwrap_err().kind(), ErrorKind::InvalidConfiguration);
    let machine = service.builder().login(tasks::Machine::new("client-1", "client-secret")).unwrap();
    assert_eq!(kind(machine.start(REDIRECT).await), ErrorKind::InvalidConfiguration);
    let record = tasks::Connection::record(ConnectionRecord::new("oauth", linchpin::Object::new()));
    assert_eq!(service.builder().login(record).unwrap_err().kind(), ErrorKind::InvalidConfiguration);
    assert!(service.server.seen().is_empty());
    let pending = service.login().start(REDIRECT).await.unwrap();
    let error = machine.complete(&pending, &come_back(pending.url())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
    assert!(!format!("{:?}", service.login()).contains("secret"));
}

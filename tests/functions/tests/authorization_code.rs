//! The Code connector's OAuth 2 connection from the form to a block that sees a fresh token, against a provider on
//! this machine (connector.md 18.1).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are not seen as tests")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Redirect;
use axum::routing::{get, post};
use function_tests::code;
use linchpin::clock::ManualClock;
use linchpin::connection::{ConnectionStore, MemoryStore};
use linchpin::transport::{HttpTransport, SendOptions, Transport as _};
use linchpin::{Date, Object, Value};

const REDIRECT: &str = "https://app.example/callback";

type Pairs = HashMap<String, String>;

/// What the provider was asked.
#[derive(Default)]
struct Asked {
    authorize: Vec<Pairs>,
    /// The form and the header `x-tenant` of each request for a token.
    token: Vec<(Pairs, Option<String>)>,
}

/// A provider: whoever comes is sent back with a code, and each token is another one.
async fn provider() -> (String, Arc<Mutex<Asked>>) {
    let asked = Arc::<Mutex<Asked>>::default();
    let (of_authorize, of_token) = (Arc::clone(&asked), Arc::clone(&asked));
    let authorize = move |Query(query): Query<Pairs>| {
        let back = format!("{}?code=code-9&state={}", query["redirect_uri"], query["state"]);
        of_authorize.lock().unwrap().authorize.push(query);
        async move { Redirect::to(&back) }
    };
    let token = move |headers: HeaderMap, body: String| {
        let form: Pairs = url_pairs(&body);
        let tenant = headers.get("x-tenant").map(|value| value.to_str().unwrap().to_owned());
        let mut asked = of_token.lock().unwrap();
        asked.token.push((form, tenant));
        let number = asked.token.len();
        let answer = format!(
            r#"{{"access_token":"access-{number}","refresh_token":"refresh-{number}","token_type":"Bearer","expires_in":3600,"shop":"corner"}}"#
        );
        async move { ([("content-type", "application/json")], answer) }
    };
    let router = Router::new().route("/authorize", get(authorize)).route("/token", post(token));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, asked)
}

fn url_pairs(text: &str) -> Pairs {
    let url = format!("http://x.example/?{text}").parse::<axum::http::Uri>().unwrap();
    Query::try_from_uri(&url).unwrap().0
}

/// The user's browser: it goes where it is sent, and comes to the redirect URI in the end.
async fn browse(url: &str) -> String {
    let request = http::Request::get(url).body(Default::default()).unwrap();
    let response = HttpTransport::new().send(request, SendOptions::default()).await.unwrap();
    response.headers()["location"].to_str().unwrap().to_owned()
}

fn form(host: &str, headers: Value) -> code::Oauth2 {
    let (authorize, token) = (format!("http://{host}/authorize"), format!("http://{host}/token"));
    code::Oauth2::new(code::Oauth2Required {
        authorize_url: authorize,
        token_url: token,
        client_id: "id-1".to_owned(),
        client_secret: "secret-1".into(),
    })
    .scopes("read write")
    .headers(headers)
}

/// What a block sees of the client's connection.
async fn seen(client: &code::Client) -> Value {
    let code = "module.exports = async ({ configVars }) => {
        const { token, fields, key } = Object.values(configVars)[0];
        return { data: { key, access: token.access_token, refresh: token.refresh_token, shop: token.shop,
            camel: [fields.clientId, fields.authorizeUrl, fields.tokenUrl, fields.scopes],
            snake: [fields.client_id, fields.authorize_url, fields.token_url, fields.scopes] } };
    };";
    client.code_block(code::CodeBlock::new(code)).raw().await.unwrap()
}

/// The provider was asked for what the form says.
fn asked_for_a_login(asked: &Asked) {
    let query = &asked.authorize[0];
    let sent = |name: &str| query[name].as_str();
    assert_eq!(
        (sent("response_type"), sent("client_id"), sent("redirect_uri"), sent("scope")),
        ("code", "id-1", REDIRECT, "read write")
    );
    assert!(!query.contains_key("code_challenge"), "PKCE is off");
    let (form, tenant) = &asked.token[0];
    let sent = |name: &str| form[name].as_str();
    assert_eq!(
        (sent("grant_type"), sent("code"), sent("redirect_uri"), sent("client_id"), sent("client_secret")),
        ("authorization_code", "code-9", REDIRECT, "id-1", "secret-1")
    );
    assert_eq!(tenant.as_deref(), Some("blue"));
}

#[tokio::test]
async fn a_block_sees_the_token_of_a_login_and_its_refresh() {
    for headers in [
        Value::from([("X-Tenant", "blue")].into_iter().collect::<Object>()),
        Value::parse_json(br#"[{ "key": "X-Tenant", "value": "blue" }]"#).unwrap(),
    ] {
        let (host, asked) = provider().await;
        let clock = Arc::new(ManualClock::new(Date::from_millis(1_700_000_000_000)));
        let builder = || code::Client::builder().allow_host(&host).clock(Arc::clone(&clock));

        let login = builder().login(form(&host, headers)).unwrap();
        assert!(login.needs_browser());
        let pending = login.start(REDIRECT).await.unwrap();
        let callback = browse(pending.url()).await;
        let wrong = callback.replace("state=", "state=x");
        assert!(login.complete(&pending, &wrong).await.is_err(), "the state is checked");
        let record = login.complete(&pending, &callback).await.unwrap();
        asked_for_a_login(&asked.lock().unwrap());

        let store = Arc::new(MemoryStore::new());
        store.save("c1", record, None).await.unwrap();
        let client = builder().connection(code::Connection::stored(store, "c1")).build().unwrap();
        let found = seen(&client).await;
        assert_eq!(found.key("access"), &Value::from("access-1"));
        assert_eq!(found.key("shop"), &Value::from("corner"), "every member of the answer is kept");
        assert_eq!(found.key("camel"), found.key("snake"));
        assert_eq!(found.key("camel").index(1), &Value::from("id-1"));

        // A token that ends within a minute is renewed before code sees it; code itself never does that.
        clock.advance(Duration::from_secs(3600 - 59));
        let found = seen(&client).await;
        assert_eq!(found.key("access"), &Value::from("access-2"));
        assert_eq!(found.key("refresh"), &Value::from("refresh-2"));
        assert_eq!(seen(&client).await.key("access"), &Value::from("access-2"));
        let asked = asked.lock().unwrap();
        let (form, tenant) = &asked.token[1];
        assert_eq!(
            (form["grant_type"].as_str(), form["refresh_token"].as_str()),
            ("refresh_token", "refresh-1")
        );
        assert_eq!((tenant.as_deref(), asked.token.len()), (Some("blue"), 2));
    }
}

//! The Code connector, row by row: its connections, and its blocks with the code that it offers (connector.md 18).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are not seen as tests")]

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use function_tests::code;
use linchpin::connection::{ConnectionRecord, ConnectionStore, MemoryStore};
use linchpin::js::{DataSourceInput, StepResults, TriggerPayload};
use linchpin::{Object, Value};
use linchpin_spec::model::{Connector, Field};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/connectors/code")
}

fn connector() -> Connector {
    linchpin_spec::load(&folder(), &linchpin_spec::Options::default()).connector.unwrap()
}

fn template(name: &str) -> String {
    std::fs::read_to_string(folder().join("templates").join(name)).unwrap()
}

/// A client without a connection.
fn client() -> code::Client {
    code::Client::builder().build().unwrap()
}

/// A name as old code spells it.
fn snake(name: &str) -> String {
    let spell =
        |char: char| if char.is_uppercase() { format!("_{}", char.to_lowercase()) } else { char.to_string() };
    name.chars().map(spell).collect()
}

/// Compares the form of a connection with the row, and gives what a code block sees of it.
async fn seen(id: &str, label: &str, inputs: &[(&str, &str)], connection: code::Connection) -> Value {
    let connector = connector();
    let row = connector.connections.iter().find(|each| each.id.value == id).unwrap();
    assert_eq!(row.label.as_deref(), Some(label));
    let form: Vec<_> = row
        .parameters
        .iter()
        .filter_map(|field| match field {
            Field::Parameter(field) => {
                Some((field.label.clone().unwrap_or_default(), field.name.value.clone()))
            }
            Field::Rpc(_) => None,
        })
        .collect();
    let expected: Vec<_> = inputs.iter().map(|(label, name)| (label.to_string(), name.to_string())).collect();
    assert_eq!(form, expected);

    let client = code::Client::new(connection);
    let code = "module.exports = async ({ configVars }) => ({ data: Object.values(configVars)[0] });";
    let found = client.code_block(code::CodeBlock::new(code)).raw().await.unwrap();
    assert_eq!(found.key("key"), &Value::from(id));
    for (_, name) in inputs {
        assert!(!found.key("fields").key(name).is_nullish(), "{name}");
        assert_eq!(found.key("fields").key(&snake(name)), found.key("fields").key(name));
    }
    // A data source is given the same.
    let code = "module.exports = async (context, { connection }) => ({ result: connection.key });";
    let source = client.data_sources().code_block_string(code, DataSourceInput::new());
    assert_eq!(source.await.unwrap(), id);
    found
}

/// A connection that somebody has logged in to: its form, and the token response.
async fn logged_in(id: &str, inputs: &[(&str, &str)]) -> code::Connection {
    let mut data: Object = inputs.iter().map(|(label, name)| (*name, format!("value of {label}"))).collect();
    let token =
        r#"{ "access_token": "t-55b1c0", "expires_in": 3600, "instance_url": "https://eu.app.example" }"#;
    data.set("token", Value::parse_json(token.as_bytes()).unwrap());
    data.set("accessToken", "t-55b1c0");
    let store = MemoryStore::new();
    store.save("c1", ConnectionRecord::new(id, data), None).await.unwrap();
    code::Connection::stored(Arc::new(store), "c1")
}

#[tokio::test]
async fn connection_api_key() {
    let inputs = [("API Key", "apiKey")];
    let given = code::ApiKey::new().api_key("key-1");
    let found = seen("apiKey", "API Key", &inputs, given.into()).await;
    assert_eq!(found.key("fields").key("apiKey"), &Value::from("key-1"));
    assert!(found.key("token").is_nullish());
}

#[tokio::test]
async fn connection_api_key_secret() {
    let inputs = [("API Key", "apiKey"), ("API Secret", "apiSecret")];
    let given = code::ApiKeySecret::new().api_key("key-1").api_secret("secret-1");
    seen("apiKeySecret", "API Key Secret", &inputs, given.into()).await;
}

#[tokio::test]
async fn connection_basic_username_password() {
    let inputs = [("Username", "username"), ("Password", "password")];
    let given = code::Basic::new().username("ada").password("secret-1");
    seen("basic", "Basic Username/Password", &inputs, given.into()).await;
}

#[tokio::test]
async fn connection_private_key() {
    let inputs = [("Username", "username"), ("Private Key", "privateKey")];
    let given = code::PrivateKey::new().username("ada").private_key("-----BEGIN");
    seen("privateKey", "Private Key", &inputs, given.into()).await;
}

#[tokio::test]
async fn connection_oauth_2_authorization_code() {
    let inputs = [
        ("Authorize URL", "authorizeUrl"),
        ("Token URL", "tokenUrl"),
        ("Scopes", "scopes"),
        ("Client ID", "clientId"),
        ("Client Secret", "clientSecret"),
        ("Headers", "headers"),
    ];
    let connection = logged_in("oauth2", &inputs).await;
    let found = seen("oauth2", "OAuth 2.0 Authorization Code", &inputs, connection).await;
    assert_eq!(found.key("token").key("access_token"), &Value::from("t-55b1c0"));
    assert_eq!(found.key("token").key("instance_url"), &Value::from("https://eu.app.example"));
}

#[tokio::test]
async fn connection_oauth_2_client_credentials() {
    let inputs = [
        ("Token URL", "tokenUrl"),
        ("Scopes", "scopes"),
        ("Client ID", "clientId"),
        ("Client Secret", "clientSecret"),
        ("Headers", "headers"),
    ];
    let connection = logged_in("oauth2ClientCredentials", &inputs).await;
    let found = seen("oauth2ClientCredentials", "OAuth 2.0 Client Credentials", &inputs, connection).await;
    assert_eq!(found.key("token").key("access_token"), &Value::from("t-55b1c0"));
}

/// A service that gives tokens; it keeps the forms that it was sent. Gives its address as well.
async fn token_service() -> (String, Arc<Mutex<Vec<String>>>) {
    let forms = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&forms);
    let answer = move |form: String| {
        kept.lock().unwrap().push(form);
        let number = kept.lock().unwrap().len();
        let token =
            format!(r#"{{ "access_token": "fresh-{number}", "expires_in": 3600, "shop": "corner" }}"#);
        async move { ([("content-type", "application/json")], token) }
    };
    let router = axum::Router::new().route("/token", axum::routing::post(answer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, forms)
}

/// The token that a code block sees, twice, since the second one needs no new one.
async fn tokens(connection: code::Connection, host: &str) -> Value {
    let client = code::Client::builder().connection(connection).allow_host(host).build().unwrap();
    let code = "module.exports = async ({ configVars }) => ({ data: Object.values(configVars)[0].token });";
    let first = client.code_block(code::CodeBlock::new(code)).raw().await.unwrap();
    assert_eq!(client.code_block(code::CodeBlock::new(code)).raw().await.unwrap(), first);
    first
}

#[tokio::test]
async fn tokens_are_fresh_before_code_sees_them() {
    let (host, forms) = token_service().await;
    let url = format!("http://{host}/token");
    let given = code::Oauth2ClientCredentials::new(url.clone(), "id-1", "secret-1").scopes("read write");
    let token = tokens(given.into(), &host).await;
    assert_eq!(token.key("access_token"), &Value::from("fresh-1"));
    assert_eq!(token.key("shop"), &Value::from("corner"));
    let form = forms.lock().unwrap().join(" ");
    assert!(form.contains("grant_type=client_credentials") && form.contains("scope=read"), "{form}");

    let mut data: Object = [("tokenUrl", url.as_str()), ("clientId", "id-1"), ("clientSecret", "secret-1")]
        .into_iter()
        .collect();
    data.set("token", [("access_token", "stale")].into_iter().collect::<Object>());
    data.set("refreshToken", "r-1");
    data.set("expires", linchpin::Date::from_millis(0));
    let store = MemoryStore::new();
    store.save("c1", ConnectionRecord::new("oauth2", data), None).await.unwrap();
    let token = tokens(code::Connection::stored(Arc::new(store), "c1"), &host).await;
    assert_eq!(token.key("access_token"), &Value::from("fresh-2"));
    assert_eq!(token.key("refresh_token"), &Value::from("r-1"));
    let form = forms.lock().unwrap().last().cloned().unwrap_or_default();
    assert!(form.contains("grant_type=refresh_token") && form.contains("refresh_token=r-1"), "{form}");
    assert_eq!(forms.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn trigger_code_block_trigger() {
    let trigger = client().code_block_trigger(code::CodeBlockTrigger::new(template("trigger.js")));
    let body: Object = [("n", 1)].into_iter().collect();
    let result = trigger.run(TriggerPayload::with_body(body)).await.unwrap();
    assert_eq!(result.payload.key("body").key("data").key("n"), &Value::from(1));
    let answer = result.into_http();
    let content_type = answer.headers()["content-type"].to_str().unwrap();
    assert_eq!((answer.status().as_u16(), content_type), (200, "text/plain"));
    assert_eq!(answer.body(), "received");
}

/// Sends a request by hand; gives the answer as it came.
async fn exchange(address: std::net::SocketAddr, path: &str, body: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_trigger_answers_over_http() {
    let code = "module.exports = async ({ configVars }, { body, pathFragment }) => {
        if (body.data.fail) throw new Error('no');
        return { payload: body.data, response: { statusCode: 201, contentType: 'text/csv',
            headers: { 'x-shop': configVars.Shop }, body: `${pathFragment},${body.data.n}` } };
    };";
    let config: Object = [("Shop", "corner")].into_iter().collect();
    let trigger = client().code_block_trigger(code::CodeBlockTrigger::new(code).config_vars(config));
    let results = Arc::new(Mutex::new(Vec::new()));
    let taken = Arc::clone(&results);
    let router = trigger.router(move |result| taken.lock().unwrap().push(result.payload));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });

    let answer = exchange(address, "/orders/7", r#"{"n": 5}"#).await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(answer.contains("content-type: text/csv") && answer.contains("x-shop: corner"), "{answer}");
    assert!(answer.ends_with("orders/7,5"), "{answer}");
    assert_eq!(results.lock().unwrap()[0].key("n"), &Value::from(5));
    let answer = exchange(address, "/", r#"{"fail": true}"#).await;
    assert!(answer.starts_with("HTTP/1.1 500") && answer.ends_with("\r\n\r\n"), "{answer}");
}

#[tokio::test]
async fn action_code_block() {
    let none = client().code_block(code::CodeBlock::new(template("action.js"))).optional().await.unwrap();
    assert!(none.is_none(), "the template returns null");
    let steps =
        StepResults::new().step("Get Data from API", [("foo", "bar")].into_iter().collect::<Object>());
    let run = |code: &str| client().code_block(code::CodeBlock::new(code).step_results(steps.clone()));
    let code = "module.exports = async (context, { getDataFromApi }) => ({ data: getDataFromApi.results.foo + '!' });";
    assert_eq!(run(code).await.unwrap().data, Some(Value::from("bar!")));
    let code = "module.exports = async (context, { getDataFromApi }) => ({ data: getDataFromApi.results });";
    assert_eq!(run(code).raw().await.unwrap().to_json().as_deref(), Some(r#"{"foo":"bar"}"#));
    let code = "module.exports = async () => ({ failed: true, error: { message: 'sold out' } });";
    let error = run(code).await.unwrap_err();
    assert!(error.message().contains("sold out"), "{error}");
}

#[tokio::test]
async fn data_source_code_block_json_form() {
    let form = client().data_sources().code_block_json_form(template("json-form.js"), DataSourceInput::new());
    let form = form.await.unwrap();
    let elements = form.ui_schema.key("elements").items();
    assert!(!elements.is_empty());
    for element in elements {
        let scope = element.key("scope").to_text();
        let name = scope.strip_prefix("#/properties/").unwrap();
        assert!(!form.schema.key("properties").key(name).is_nullish(), "{name}");
    }
    for name in form.schema.key("required").items() {
        assert!(!form.data.as_ref().unwrap().key(&name.to_text()).is_nullish());
    }
}

#[tokio::test]
async fn data_source_code_block_object_selection() {
    let sources = client().data_sources();
    let found = sources.code_block_object_selection(template("object-selection.js"), DataSourceInput::new());
    let found = found.await.unwrap();
    assert!(found.iter().all(|each| each.object.label.is_some()));
    assert!(found.iter().any(|each| !each.fields.is_empty()));
}

#[tokio::test]
async fn data_source_code_block_picklist() {
    let found = client().data_sources().code_block_picklist(template("picklist.js"), DataSourceInput::new());
    let found = found.await.unwrap();
    assert!(found.len() > 1 && found.iter().all(|each| each.label.is_some()));
}

#[tokio::test]
async fn data_source_code_block_string() {
    let text = client().data_sources().code_block_string(template("string.js"), DataSourceInput::new());
    let text = text.await.unwrap();
    assert!(text.len() > 10, "{text}");
}

/// What names a step when a connector is read, and when it runs, is one function in two crates.
#[test]
fn steps_have_the_same_keys_when_they_are_checked_and_when_they_run() {
    for name in
        ["Get Data from API", "HTTP - GET", "Queue's URL", "  2nd try ", "makeThisLower", "Čaj 5", "***", ""]
    {
        assert_eq!(linchpin::js::step_key(name), linchpin_spec::facts::step_key(name), "{name}");
    }
}

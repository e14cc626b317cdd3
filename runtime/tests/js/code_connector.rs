//! The Code connector, row by row: its connections, and its blocks with the code that it offers (connector.md 18).

use std::path::PathBuf;

use linchpin::js::{CodeBlock, ConnectionValue, Context, DataSourceInput, StepResults, TriggerPayload};
use linchpin::value::{Object, Value};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/connectors/code")
}

/// The connector; its comments stand on lines of their own.
fn connector() -> Value {
    let text = std::fs::read_to_string(folder().join("connector.json")).unwrap();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    Value::parse_json(lines.collect::<Vec<_>>().join("\n").as_bytes()).unwrap()
}

fn template(name: &str) -> CodeBlock {
    CodeBlock::new(std::fs::read_to_string(folder().join("templates").join(name)).unwrap()).name(name)
}

/// A name as old code spells it.
fn snake(name: &str) -> String {
    let spell =
        |char: char| if char.is_uppercase() { format!("_{}", char.to_lowercase()) } else { char.to_string() };
    name.chars().map(spell).collect()
}

/// The labels of a connection's inputs, and what code sees of it in a data source.
async fn connection(id: &str, label: &str, inputs: &[(&str, &str)]) {
    let connector = connector();
    let connection = connector.key("connections").key(id);
    assert_eq!(connection.key("label"), &Value::from(label));
    let found: Vec<_> =
        connection.key("parameters").items().iter().map(|each| each.key("label").to_text()).collect();
    assert_eq!(found, inputs.iter().map(|(label, _)| *label).collect::<Vec<_>>());

    let mut value = ConnectionValue::new(id);
    for (label, name) in inputs {
        value = value.field(*name, format!("value of {label}"));
    }
    if id.starts_with("oauth2") {
        value = value
            .token([("access_token", "t"), ("instance_url", "https://eu.example")].into_iter().collect());
    }
    let code = "module.exports = async (context, { connection }) =>
        ({ result: JSON.stringify([connection.key, connection.fields, connection.token?.instance_url ?? null]) })";
    let input = DataSourceInput::new().connection(value);
    let seen = CodeBlock::new(code).string(&Context::new(), input).await.unwrap();
    let seen = Value::parse_json(seen.as_bytes()).unwrap();
    assert_eq!(seen.index(1), &Value::from(id));
    for (label, name) in inputs {
        assert_eq!(seen.index(2).key(name), &Value::from(format!("value of {label}")));
        assert_eq!(seen.index(2).key(&snake(name)), seen.index(2).key(name));
    }
    assert_eq!(seen.index(3).is_nullish(), !id.starts_with("oauth2"));
}

#[tokio::test]
async fn connection_api_key() {
    connection("apiKey", "API Key", &[("API Key", "apiKey")]).await;
}

#[tokio::test]
async fn connection_api_key_secret() {
    connection("apiKeySecret", "API Key Secret", &[("API Key", "apiKey"), ("API Secret", "apiSecret")]).await;
}

#[tokio::test]
async fn connection_basic_username_password() {
    let inputs = [("Username", "username"), ("Password", "password")];
    connection("basic", "Basic Username/Password", &inputs).await;
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
    connection("oauth2", "OAuth 2.0 Authorization Code", &inputs).await;
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
    connection("oauth2ClientCredentials", "OAuth 2.0 Client Credentials", &inputs).await;
}

#[tokio::test]
async fn connection_private_key() {
    connection("privateKey", "Private Key", &[("Username", "username"), ("Private Key", "privateKey")]).await;
}

#[tokio::test]
async fn trigger_code_block_trigger() {
    assert_eq!(
        connector().key("modules").key("codeBlockTrigger").key("label"),
        &Value::from("Code Block Trigger")
    );
    let body: Object = [("n", 1)].into_iter().collect();
    let result =
        template("trigger.js").trigger(&Context::new(), TriggerPayload::with_body(body)).await.unwrap();
    assert_eq!(result.payload.key("body").key("data").key("n"), &Value::from(1));
    let answer = result.into_http();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["content-type"].to_str().unwrap()),
        (200, "text/plain")
    );
    assert_eq!(answer.body(), "received");
}

#[tokio::test]
async fn action_code_block() {
    assert_eq!(connector().key("modules").key("codeBlock").key("label"), &Value::from("Code Block"));
    let result = template("action.js").action(&Context::new(), StepResults::new()).await.unwrap();
    assert_eq!(result.data, Value::Null);
    assert!(result.outcome.log.is_empty());
}

#[tokio::test]
async fn data_source_code_block_json_form() {
    let form = template("json-form.js").json_form(&Context::new(), DataSourceInput::new()).await.unwrap();
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
    let found = template("object-selection.js")
        .object_selection(&Context::new(), DataSourceInput::new())
        .await
        .unwrap();
    assert!(
        found.iter().all(|each| each.object.label.is_some())
            && found.iter().any(|each| !each.fields.is_empty())
    );
}

#[tokio::test]
async fn data_source_code_block_picklist() {
    let found = template("picklist.js").picklist(&Context::new(), DataSourceInput::new()).await.unwrap();
    assert!(found.len() > 1 && found.iter().all(|each| each.label.is_some()));
}

#[tokio::test]
async fn data_source_code_block_string() {
    let first = template("string.js").string(&Context::new(), DataSourceInput::new()).await.unwrap();
    assert!(first.len() > 10, "{first}");
}

#[test]
fn every_data_source_has_its_kind_and_a_template() {
    let connector = connector();
    let found: Vec<_> = connector.key("dataSources").as_object().unwrap().values().collect();
    let kinds: Vec<_> = found.iter().map(|each| each.key("type").to_text()).collect();
    assert_eq!(kinds, ["jsonForm", "objectSelection", "picklist", "string"]);
    for each in found {
        assert!(folder().join(&*each.key("code").key("file").to_text()).is_file());
    }
}

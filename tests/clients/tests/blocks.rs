//! Modules, triggers and data sources that are code (connector.md 18, rulings 41).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are not seen as tests")]

use client_tests::blocks;
use linchpin::ErrorKind;
use linchpin::js::{DataSourceInput, JsLimits, TriggerPayload};

fn client() -> blocks::Client {
    blocks::Client::new(blocks::ApiKey::new().api_key("key-3f9a71"))
}

#[tokio::test]
async fn code_is_a_typed_module_like_any_other() {
    let greeting = client().greet(blocks::Greet::new("Ada")).await.unwrap();
    assert_eq!(greeting.text.as_deref(), Some("Hello, Ada!"));
    let numbers = client().numbers(blocks::Numbers::new().up_to(3)).await.unwrap();
    assert_eq!(numbers.iter().filter_map(|each| each.n).collect::<Vec<_>>(), [0, 1, 2]);
}

#[tokio::test]
async fn templates_call_functions_in_javascript() {
    let output = client().double(blocks::Double::new(21.0)).await.unwrap();
    assert_eq!(output.n, Some(42.0));
}

#[tokio::test]
async fn code_of_a_trigger_comes_when_it_runs_and_sees_the_connection() {
    let code = "module.exports = async ({ configVars, logger }, { body }) => {
        logger.info(configVars.apiKey.fields.apiKey);
        return { payload: [body.data, configVars.apiKey.fields.apiKey.length], response: { statusCode: 202, body: 'yes' } };
    };";
    let lines = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = std::sync::Arc::clone(&lines);
    let client = blocks::Client::builder()
        .connection(blocks::ApiKey::new().api_key("key-3f9a71"))
        .on_code_log(move |line| seen.lock().unwrap().push(line.text.clone()))
        .build()
        .unwrap();
    let trigger = client.received(blocks::Received::new(code));
    let result = trigger.run(TriggerPayload::with_body("hi")).await.unwrap();
    assert_eq!(result.payload.to_json().as_deref(), Some(r#"["hi",10]"#));
    assert_eq!(*lines.lock().unwrap(), ["***"], "secrets stay out of logs");
    let answer = result.into_http();
    assert_eq!((answer.status().as_u16(), answer.body().as_ref()), (202, b"yes".as_ref()));

    let failed = client.received(blocks::Received::new("throw new Error('not key-3f9a71')"));
    let error = failed.run(TriggerPayload::new()).await.unwrap_err();
    assert_eq!((error.kind(), error.module()), (ErrorKind::Runtime, Some("received")));
}

#[tokio::test]
async fn data_sources_give_typed_results() {
    let sources = client().data_sources();
    let colours = sources.colours(DataSourceInput::new().context_value("blue")).await.unwrap();
    assert_eq!(colours.iter().map(|each| each.key.as_str()).collect::<Vec<_>>(), ["red", "blue"]);
    let code = "module.exports = async (context, { connection }) => ({ result: connection.key });";
    assert_eq!(sources.any_text(code, DataSourceInput::new()).await.unwrap(), "apiKey");
}

#[tokio::test]
async fn limits_come_from_the_builder() {
    let client = blocks::Client::builder()
        .connection(blocks::ApiKey::new())
        .js_limits(JsLimits::new().time(std::time::Duration::from_millis(100)))
        .build()
        .unwrap();
    let error = client.data_sources().any_text("for (;;) {}", DataSourceInput::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

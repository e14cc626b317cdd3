//! The code blocks of an integration, as typed modules (connector.md 18.9).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are not seen as tests")]

use client_tests::depot;
use linchpin::js::{ConnectionValue, Context, DataSourceInput, TriggerPayload};
use linchpin::{Object, Value};

fn account() -> ConnectionValue {
    ConnectionValue::new("apiKey").field("apiKey", "key-7")
}

/// A client whose blocks see the config variables of an instance.
fn client() -> depot::Client {
    let context = Context::new().config_var("Depot Region", "north").config_var("Depot Account", account());
    depot::Client::builder().code_context(context).build().unwrap()
}

fn line(name: &str) -> Object {
    [("name", name)].into_iter().collect()
}

#[tokio::test]
async fn a_block_gets_the_steps_and_variables_that_it_names() {
    let steps = depot::LabelLineStepResults::new()
        .order_received(depot::LabelLineStepResultsOrderReceived::new().results(city("Brno")))
        .for_each_line(depot::LabelLineStepResultsForEachLine::new().current_item(line("salt")).index(3));
    let input = depot::LabelLine::new().step_results(steps.clone());
    let label = client().label_line(input).raw().await.unwrap();
    assert_eq!(label.to_json().as_deref(), Some(r#"{"to":"Brno/north","line":"salt","at":3,"signed":5}"#));

    // One call may have variables of its own.
    let vars = depot::LabelLineConfigVars::new().depot_region("south").depot_account(account());
    let input = depot::LabelLine::new().step_results(steps).config_vars(vars);
    let label = depot::Client::new().label_line(input).raw().await.unwrap();
    assert_eq!(label.key("to"), &Value::from("Brno/south"));
}

fn city(name: &str) -> Object {
    [("city", name)].into_iter().collect()
}

#[tokio::test]
async fn triggers_and_data_sources_of_an_integration_run() {
    let trigger = client().order_received(depot::OrderReceived::new());
    let result = trigger.run(TriggerPayload::with_body(city("Brno"))).await.unwrap();
    assert_eq!(result.payload.key("city"), &Value::from("Brno"));
    let carriers =
        client().data_sources().carrier(DataSourceInput::new().connection(account())).await.unwrap();
    let keys: Vec<_> = carriers.iter().map(|carrier| carrier.key.as_str()).collect();
    assert_eq!(keys, ["north-post", "apiKey"]);
}

//! Code blocks at work: a flow of a trigger and two actions, and the data sources of its configuration.
//!
//! The blocks are those that `examples/connectors/code/templates` offers, and one of this example's own. Nothing here
//! needs a network.
#![allow(clippy::print_stdout, reason = "an example shows what happens")]

use std::sync::Arc;

use linchpin::js::{
    CodeBlock, ConnectionValue, Context, DataSourceInput, FetchPolicy, MemoryStateStore, Party, StepResults,
    TriggerPayload,
};
use linchpin::value::{Object, Value};

const TRIGGER: &str = include_str!("../../connectors/code/templates/trigger.js");
const PICKLIST: &str = include_str!("../../connectors/code/templates/picklist.js");
const FORM: &str = include_str!("../../connectors/code/templates/json-form.js");

/// Counts the words of what arrived, and remembers across runs how many there were in all.
const COUNT_WORDS: &str = r#"
module.exports = async ({ logger, configVars, instanceState }, stepResults) => {
  const { body } = stepResults.orderReceived.results;
  const words = body.data.note.split(/\s+/).length;
  const total = (instanceState.total ?? 0) + words;
  logger.info("%d words for %s", words, configVars["Shop"].fields.username);
  const digest = require("crypto").createHash("sha256").update(body.data.note).digest("hex");
  return { data: { words, digest: digest.slice(0, 12) }, instanceState: { total } };
};
"#;

fn order(note: &str) -> Value {
    Value::from([("note", note)].into_iter().collect::<Object>())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), linchpin::Error> {
    let shop = ConnectionValue::new("basic").field("username", "corner shop").field("password", "not shown");
    let mut context = Context::new().config_var("Shop", shop.clone());
    context.instance = Party::new("i-1", "Corner shop");
    context.flow = Party::new("f-1", "Orders");
    context.execution_id = Some("e-1".to_owned());

    let form = CodeBlock::new(FORM).json_form(&context, DataSourceInput::new()).await?;
    println!("the form asks for {}", form.schema.key("properties").to_json().unwrap_or_default());
    let choices =
        CodeBlock::new(PICKLIST).picklist(&context, DataSourceInput::new().connection(shop)).await?;
    println!("the first choice is {:?}", choices.first().map(|choice| &choice.key));

    let states = Arc::new(MemoryStateStore::new());
    let trigger = CodeBlock::new(TRIGGER).name("Order Received");
    let count = CodeBlock::new(COUNT_WORDS)
        .name("Count Words")
        .fetch_policy(FetchPolicy::none())
        .states(states)
        .on_log(|line| println!("  [{}] {}", line.level, line.text));
    for note in ["two boxes of tea", "and a cup"] {
        let started = trigger.trigger(&context, TriggerPayload::with_body(order(note))).await?;
        let steps = StepResults::new().step("Order Received", started.payload.clone());
        println!("the caller is told {:?}", started.into_http().body());
        let counted = count.action(&context, steps).await?;
        println!("counted {}", counted.data.to_json().unwrap_or_default());
    }

    let broken =
        CodeBlock::new("module.exports = async () => {\n  return { data: missing };\n};").name("Broken");
    if let Err(error) = broken.action(&context, StepResults::new()).await {
        println!("a mistake: {error}");
    }
    Ok(())
}

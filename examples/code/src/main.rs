//! The Code connector at work, without a network: the data sources of a configuration, then a flow of a trigger and an
//! action, whose code is given when they run.
#![allow(clippy::print_stdout, reason = "an example shows what happens")]

use std::sync::Arc;

use linchpin::js::{
    Context, DataSourceInput, FetchPolicy, MemoryStateStore, Party, StepResults, TriggerPayload,
};
use linchpin::value::{Object, Value};

mod code {
    linchpin::include_connector!("../../connectors/code/connector.json");
}

// Code to start from, as the connector offers it.
const TRIGGER: &str = include_str!("../../connectors/code/templates/trigger.js");
const PICKLIST: &str = include_str!("../../connectors/code/templates/picklist.js");
const FORM: &str = include_str!("../../connectors/code/templates/json-form.js");

/// Counts the words of what arrived, and remembers across runs how many there were in all.
const COUNT_WORDS: &str = r#"
module.exports = async ({ logger, configVars, instanceState }, stepResults) => {
  const { body } = stepResults.orderReceived.results;
  const words = body.data.note.split(/\s+/).length;
  const total = (instanceState.total ?? 0) + words;
  logger.info("%d words for %s, %d in all", words, configVars["Shop Name"], total);
  logger.info("the password is %s", configVars.basic.fields.password);
  const digest = require("crypto").createHash("sha256").update(body.data.note).digest("hex");
  return { data: { words, digest: digest.slice(0, 12) }, instanceState: { total } };
};
"#;

fn order(note: &str) -> Value {
    Value::from([("note", note)].into_iter().collect::<Object>())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), linchpin::Error> {
    let mut context = Context::new().config_var("Shop Name", "Corner shop");
    context.instance = Party::new("i-1", "Corner shop");
    context.flow = Party::new("f-1", "Orders");
    let client = code::Client::builder()
        .connection(code::Basic::new().username("corner").password("tea-for-two"))
        .code_context(context)
        .state_store(Arc::new(MemoryStateStore::new()))
        .fetch_policy(FetchPolicy::none())
        .on_code_log(|line| println!("  [{}] {}", line.level, line.text))
        .build()?;

    let sources = client.data_sources();
    let form = sources.code_block_json_form(FORM, DataSourceInput::new()).await?;
    println!("the form asks for {}", form.schema.key("properties").to_json().unwrap_or_default());
    let choices = sources.code_block_picklist(PICKLIST, DataSourceInput::new()).await?;
    println!("the first choice is {:?}", choices.first().map(|choice| choice.key.as_str()));

    let trigger = client.code_block_trigger(code::CodeBlockTrigger::new(TRIGGER));
    for note in ["two boxes of tea", "and a cup"] {
        let started = trigger.run(TriggerPayload::with_body(order(note))).await?;
        let steps = StepResults::new().step("Order Received", started.payload.clone());
        println!("the caller is told {:?}", started.into_http().body());
        let counted = client.code_block(code::CodeBlock::new(COUNT_WORDS).step_results(steps)).raw().await?;
        println!("counted {}", counted.to_json().unwrap_or_default());
    }

    let broken = code::CodeBlock::new("module.exports = async () => {\n  return { data: missing };\n};");
    if let Err(error) = client.code_block(broken).await {
        println!("a mistake: {error}");
    }
    Ok(())
}

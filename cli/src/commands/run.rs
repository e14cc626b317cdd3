//! `linchpin run`: runs a block of JavaScript and shows its result and its log.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use clap::Args;
use linchpin::js::{
    CodeBlock, Context, DataSourceInput, FetchPolicy, JsEngine, JsLimits, StepOutcome, StepResults,
    TriggerPayload,
};
use linchpin::{Object, Value};

use crate::block::{self, Block, Kind};
use crate::given::read_object;
use crate::output::{RED, YELLOW, error, print, report};

/// How often files are looked at for changes.
const LOOK: Duration = Duration::from_millis(200);

/// Run a code block and show its result
///
/// The result is one JSON document on the standard output; what the code logs goes to the error stream.
#[derive(Args)]
#[command(after_help = "\
Examples:
  linchpin run count.js --kind action --input steps.json --config vars.json
  linchpin run hook.js --kind trigger --input body.json --watch
  linchpin run choices.js --kind data-source --allow-host localhost:8080
  linchpin run integration.yml --block \"Map Orders\" --input steps.json --config vars.json")]
pub(crate) struct Arguments {
    /// The code: a CommonJS module that exports one function; or a connector or integration that holds it
    code: PathBuf,
    /// What the code is, where it is a file of its own
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Which block of a connector or integration, by its id or its name for people
    #[arg(long, value_name = "NAME")]
    block: Option<String>,
    /// A JSON object. Action: results of earlier steps, by step name. Trigger: the body of the request. Data source:
    /// `connection` and `contextValue`
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// A JSON object with config variables
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Let `fetch` go to this host as well, which may be one of this machine or network
    #[arg(long, value_name = "HOST[:PORT]")]
    allow_host: Vec<String>,
    /// End the code after this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    time: u64,
    /// Run again whenever a file changes, until interrupted
    #[arg(long)]
    watch: bool,
}

/// Runs the block; false when its code failed, which has been shown then.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let engine = JsEngine::new(JsLimits::new().time(Duration::from_secs(arguments.time)));
    let runtime = crate::runtime()?;
    loop {
        let state = arguments.state();
        let outcome = runtime.block_on(once(arguments, &engine));
        if !arguments.watch {
            return outcome;
        }
        if let Err(message) = outcome {
            error(&message);
        }
        while arguments.state() == state {
            std::thread::sleep(LOOK);
        }
    }
}

impl Arguments {
    /// What changes when a file does.
    fn state(&self) -> Vec<Option<(SystemTime, u64)>> {
        let given = [self.input.as_ref(), self.config.as_ref()].into_iter().flatten().cloned();
        let files = block::files(&self.code).into_iter().chain(given);
        let state = |path: PathBuf| {
            let about = fs::metadata(path).ok()?;
            Some((about.modified().ok()?, about.len()))
        };
        files.map(state).collect()
    }
}

async fn once(arguments: &Arguments, engine: &JsEngine) -> Result<bool, String> {
    let Block { code, name, kind } =
        block::read(&arguments.code, arguments.block.as_deref(), arguments.kind)?;
    let read = |path: &Option<PathBuf>| path.as_deref().map(read_object).transpose();
    let (input, config) = (read(&arguments.input)?.unwrap_or_default(), read(&arguments.config)?);
    let policy =
        arguments.allow_host.iter().fold(FetchPolicy::public(), |policy, host| policy.allow(host.as_str()));
    let block = CodeBlock::new(code).name(&name).engine(engine.clone()).fetch_policy(policy).on_log(|line| {
        report(&format!("[{}] {}\n", line.level, line.text));
    });
    let mut context = Context::new();
    context.config_vars = config.unwrap_or_default();
    let result = match kind {
        Kind::Action => action(&block, &context, input).await,
        Kind::Trigger => trigger(&block, &context, input).await,
        Kind::DataSource => data_source(&block, &context, &input).await,
    };
    match result {
        Ok((value, outcome)) => Ok(show(&value, outcome.as_ref())),
        Err(error) => Err(error.to_string()),
    }
}

type Ran = Result<(Value, Option<StepOutcome>), linchpin::Error>;

async fn action(block: &CodeBlock, context: &Context, input: Object) -> Ran {
    let steps =
        input.iter().fold(StepResults::new(), |steps, (name, results)| steps.step(name, results.clone()));
    let result = block.action(context, steps).await?;
    Ok((result.data, Some(result.outcome)))
}

async fn trigger(block: &CodeBlock, context: &Context, input: Object) -> Ran {
    let result = block.trigger(context, TriggerPayload::with_body(input)).await?;
    let outcome = result.outcome.clone();
    let mut shown = Object::new();
    shown.set("payload", result.payload.clone());
    let answer = result.into_http();
    let mut response = Object::new();
    response.set("statusCode", i64::from(answer.status().as_u16()));
    let headers = answer.headers().iter();
    let headers = headers.map(|(name, value)| {
        (name.to_string(), Value::from(String::from_utf8_lossy(value.as_bytes()).as_ref()))
    });
    response.set("headers", headers.collect::<Object>());
    response.set("body", String::from_utf8_lossy(answer.body()).as_ref());
    shown.set("response", response);
    Ok((shown.into(), Some(outcome)))
}

async fn data_source(block: &CodeBlock, context: &Context, input: &Object) -> Ran {
    let given = |name: &str| input.get(name).cloned().unwrap_or_default();
    let given = DataSourceInput::new().connection(given("connection")).context_value(given("contextValue"));
    let result = block.any_data_source(context, given).await?;
    Ok((result.into(), None))
}

/// Shows a result; false when the code calls it a failure.
fn show(value: &Value, outcome: Option<&StepOutcome>) -> bool {
    print(&format!("{}\n", value.to_json().unwrap_or_else(|| "null".to_owned())));
    for (scope, state) in outcome.iter().flat_map(|outcome| &outcome.states) {
        let state = Value::from(state.clone()).to_json().unwrap_or_default();
        report(&format!("{YELLOW}{}{YELLOW:#} {state}\n", scope.member()));
    }
    let failed = outcome.is_some_and(|outcome| outcome.failed);
    if failed {
        let told = outcome.and_then(|outcome| outcome.error.as_ref()).and_then(Value::to_json);
        report(&format!("{RED}failed{RED:#} {}\n", told.unwrap_or_default()));
    }
    !failed
}

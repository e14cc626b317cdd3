//! Code blocks: actions, triggers and data sources whose source comes at run time (connector.md 18, rulings 41).

mod budget;
mod context;
mod data_source;
mod fetch;
mod log;
mod names;
mod payload;
mod result;
mod run;
#[cfg(feature = "axum")]
mod serve;
mod state;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};

use super::engine::JsEngine;
use super::network::{FetchPolicy, default_transport};
use super::pool::{Pool, Ticket};
use super::realm::Guard;
use super::syntax::{SyntaxError, check};
use super::watch::Watched;
use crate::clock::{Clock as _, SystemClock};
use crate::engine::blotter::Blotter;
use crate::error::{Error, ErrorKind};
use crate::random::{self, SystemRandom};
use crate::transport::Transport;
use crate::value::{Object, Value};
use budget::Budget;
use fetch::{Courier, Network};
use run::{PREFIX, Run};

pub use context::{ConnectionValue, Context, Party, StepResults};
pub use data_source::{DataSourceInput, DataSourceResult, Element, JsonForm, ObjectSelection};
pub use log::{LogLevel, LogLine};
pub use names::step_key;
pub use payload::TriggerPayload;
pub use result::{ActionResult, StepOutcome, TriggerResponse, TriggerResult};
pub(crate) use run::LogSink;
#[cfg(feature = "axum")]
pub(crate) use serve::serve;
#[cfg(feature = "axum")]
pub use serve::trigger_router;
pub use state::{MemoryStateStore, StateKey, StateScope, StateStore};

/// What a thread that was told to stop may take beyond the time limit.
const GRACE: Duration = Duration::from_millis(250);

/// A piece of code that its user wrote, to be run as an action, a trigger or a data source.
///
/// The source is a CommonJS module that exports one function. Each run has an interpreter of its own; a block can
/// run many times, also at once. Cloning is cheap.
///
/// ```
/// use linchpin::js::{CodeBlock, Context, StepResults};
/// use linchpin::value::Value;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), linchpin::Error> {
/// let block = CodeBlock::new(
///     "module.exports = async ({ logger, configVars }, { trigger }) => {
///          logger.info(`hello from ${configVars.Place}`);
///          return { data: trigger.results.map((n) => n * 2) };
///      };",
/// );
/// let context = Context::new().config_var("Place", "Brno");
/// let steps = StepResults::new().step("Trigger", Value::array(vec![Value::from(1), Value::from(2)]));
/// let result = block.action(&context, steps).await?;
/// assert_eq!(result.data.to_json().as_deref(), Some("[2,4]"));
/// assert_eq!(result.outcome.log[0].text, "hello from Brno");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct CodeBlock {
    code: Arc<str>,
    name: Arc<str>,
    engine: JsEngine,
    policy: Arc<FetchPolicy>,
    transport: Option<Arc<dyn Transport>>,
    states: Option<Arc<dyn StateStore>>,
    sink: Option<LogSink>,
}

impl CodeBlock {
    /// A block with the shared engine, `fetch` to public addresses, and no store of states.
    pub fn new(code: impl Into<Arc<str>>) -> Self {
        Self {
            code: code.into(),
            name: Arc::from("code"),
            engine: JsEngine::shared(),
            policy: Arc::default(),
            transport: None,
            states: None,
            sink: None,
        }
    }

    /// Names the block, for errors. Default: `code`.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.name = Arc::from(name.replace(['\0', ':', '(', ')'], "_"));
        self
    }

    /// Runs on another engine.
    #[must_use]
    pub fn engine(mut self, engine: JsEngine) -> Self {
        self.engine = engine;
        self
    }

    /// Says where `fetch` may go. Default: [`FetchPolicy::public`].
    #[must_use]
    pub fn fetch_policy(mut self, policy: FetchPolicy) -> Self {
        self.policy = Arc::new(policy);
        self
    }

    /// Sends what `fetch` sends through another transport.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Loads states before runs and keeps the returned ones.
    #[must_use]
    pub fn states(mut self, store: Arc<dyn StateStore>) -> Self {
        self.states = Some(store);
        self
    }

    /// Hands out log lines as they come, also of runs that fail.
    #[must_use]
    pub fn on_log(mut self, sink: impl Fn(&LogLine) + Send + Sync + 'static) -> Self {
        self.sink = Some(Arc::new(sink));
        self
    }

    /// What a client gives to all its blocks.
    pub(crate) fn parts(
        self,
        transport: Option<Arc<dyn Transport>>,
        states: Option<Arc<dyn StateStore>>,
        sink: Option<LogSink>,
    ) -> Self {
        Self { transport, states, sink, ..self }
    }

    /// A block with the same settings and other code.
    pub(crate) fn with_code(&self, name: &str, code: &str) -> Self {
        Self { code: Arc::from(code), ..self.clone() }.name(name)
    }

    /// Checks the syntax. Nothing runs.
    ///
    /// # Errors
    ///
    /// The first mistake.
    pub fn check(&self) -> Result<(), SyntaxError> {
        check(&self.code, PREFIX, "\n})")
    }

    /// Runs the block as an action (connector.md 18.3).
    ///
    /// # Errors
    ///
    /// What the code throws, with its line; [`ErrorKind::Timeout`] when it does not end in time; and
    /// [`ErrorKind::Data`] when what it returns has not the shape of a result.
    pub async fn action(&self, context: &Context, steps: StepResults) -> Result<ActionResult, Error> {
        let context = self.with_states(context).await?;
        let (returned, log) = self.run(context.for_step(), steps.into_value()).await?;
        let result = ActionResult::read(&returned, log).map_err(|error| self.named(&error))?;
        self.keep_states(&context, &result.outcome).await?;
        Ok(result)
    }

    /// Runs the block as a trigger (connector.md 18.2). A context without an execution id gets a fresh one, and one
    /// without a start the time that it is.
    ///
    /// # Errors
    ///
    /// As [`CodeBlock::action`].
    pub async fn trigger(&self, context: &Context, payload: TriggerPayload) -> Result<TriggerResult, Error> {
        let mut context = self.with_states(context).await?;
        let fresh = || random::uuid(&SystemRandom).to_string();
        let execution_id = context.execution_id.get_or_insert_with(fresh).clone();
        let now = || Value::from(SystemClock.now()).to_text().to_string();
        context.started_at.get_or_insert_with(now);
        let (returned, log) = self.run(context.for_step(), payload.into_value(&context)).await?;
        let mut result = TriggerResult::read(&returned, log).map_err(|error| self.named(&error))?;
        result.execution_id = execution_id;
        self.keep_states(&context, &result.outcome).await?;
        Ok(result)
    }

    /// Runs the block as a data source that gives a form (connector.md 18.4).
    ///
    /// # Errors
    ///
    /// As [`CodeBlock::action`].
    pub async fn json_form(&self, context: &Context, input: DataSourceInput) -> Result<JsonForm, Error> {
        self.data_source(context, input, JsonForm::read).await
    }

    /// Runs the block as a data source that gives objects with fields.
    ///
    /// # Errors
    ///
    /// As [`CodeBlock::action`].
    pub async fn object_selection(
        &self,
        context: &Context,
        input: DataSourceInput,
    ) -> Result<Vec<ObjectSelection>, Error> {
        self.data_source(context, input, data_source::object_selection).await
    }

    /// Runs the block as a data source that gives choices.
    ///
    /// # Errors
    ///
    /// As [`CodeBlock::action`].
    pub async fn picklist(&self, context: &Context, input: DataSourceInput) -> Result<Vec<Element>, Error> {
        self.data_source(context, input, data_source::picklist).await
    }

    /// Runs the block as a data source that gives text.
    ///
    /// # Errors
    ///
    /// As [`CodeBlock::action`].
    pub async fn string(&self, context: &Context, input: DataSourceInput) -> Result<String, Error> {
        self.data_source(context, input, data_source::string).await
    }

    /// Runs the block as a data source of whichever kind its result is.
    ///
    /// # Errors
    ///
    /// As [`CodeBlock::action`].
    pub async fn any_data_source(
        &self,
        context: &Context,
        input: DataSourceInput,
    ) -> Result<DataSourceResult, Error> {
        self.data_source(context, input, DataSourceResult::read).await
    }

    async fn data_source<T>(
        &self,
        context: &Context,
        input: DataSourceInput,
        read: fn(&Value) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (returned, _) = self.run(context.for_data_source(), input.into_value()).await?;
        read(&returned).map_err(|error| self.named(&error))
    }

    fn named(&self, error: &Error) -> Error {
        Error::new(error.kind(), format!("{}: {}", self.name, error.message()))
    }

    async fn with_states(&self, context: &Context) -> Result<Context, Error> {
        let mut context = context.clone();
        if let Some(store) = &self.states {
            for scope in StateScope::ALL {
                *context.state_mut(scope) = store.load(&context.state_key(scope)).await?;
            }
        }
        Ok(context)
    }

    async fn keep_states(&self, context: &Context, outcome: &StepOutcome) -> Result<(), Error> {
        if let Some(store) = &self.states {
            for (scope, state) in &outcome.states {
                store.save(&context.state_key(*scope), state.clone()).await?;
            }
        }
        Ok(())
    }

    /// Runs the code on a thread of the engine, and its requests in this future.
    async fn run(&self, context: Object, argument: Value) -> Result<(Value, Vec<LogLine>), Error> {
        let pool = self.engine.pool();
        let limits = pool.limits();
        let (commands, taken) = mpsc::unbounded_channel();
        let (events, received) = channel();
        let (answer, mut answered) = oneshot::channel();
        let guard = Guard::new();
        let budget = Budget::new(limits.memory_bytes());
        let blotter = Arc::new(secrets(&context, &argument));
        let flight = Arc::new(Flight {
            pool: Arc::clone(pool),
            guard: Arc::clone(&guard),
            ticket: Mutex::new(None),
            answer: Mutex::new(Some(answer)),
            name: Arc::clone(&self.name),
        });
        let run = Run {
            code: Arc::clone(&self.code),
            name: Arc::clone(&self.name),
            context,
            argument,
            limits: limits.clone(),
            guard: Arc::clone(&guard),
            commands,
            events: received,
            sink: self.sink.clone(),
            blotter: Arc::clone(&blotter),
            budget: budget.clone(),
        };
        let of_job = Landing(Arc::clone(&flight));
        let ticket = pool.submit(Box::new(move || {
            let (returned, log) = run.work();
            of_job.0.land(returned.map(|value| (value, log)));
        }))?;
        *flight.ticket.lock().unwrap_or_else(PoisonError::into_inner) = Some(ticket);
        let _cancel = Cancel(guard);
        let watched: Arc<dyn Watched> = flight;
        let deadline = Instant::now() + limits.time_limit() + GRACE;
        pool.watchdog()
            .watch(deadline, Arc::downgrade(&watched))
            .map_err(|error| Error::new(ErrorKind::Runtime, format!("no thread for JavaScript: {error}")))?;
        let mut courier = Courier::new(self.network(budget), taken, events);
        poll_fn(|cx| {
            courier.poll(cx);
            match Pin::new(&mut answered).poll(cx) {
                Poll::Ready(Ok(returned)) => Poll::Ready(returned),
                Poll::Ready(Err(_)) => {
                    Poll::Ready(Err(Error::new(ErrorKind::Runtime, "the JavaScript thread failed")))
                }
                Poll::Pending => Poll::Pending,
            }
        })
        .await
        .map_err(|error: Error| error.blotted(&blotter))
    }

    fn network(&self, budget: Budget) -> Network {
        let limits = self.engine.limits();
        Network {
            transport: self.transport.clone().unwrap_or_else(|| default_transport(&self.policy)),
            policy: Arc::clone(&self.policy),
            timeout: limits.time_limit(),
            most_bytes: limits.memory_bytes() / 4,
            budget,
        }
    }
}

impl fmt::Debug for CodeBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeBlock")
            .field("name", &self.name)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

/// What is secret in the connections that code is given (rulings 36).
fn secrets(context: &Object, argument: &Value) -> Blotter {
    let mut blotter = Blotter::default();
    let variables = context.get("configVars").and_then(Value::as_object);
    let variables = variables.into_iter().flat_map(Object::values);
    for value in variables.chain([argument.key("connection")]) {
        if !value.key("configVarKey").is_nullish() {
            blotter.add_leaves(value.key("fields"));
            blotter.add_leaves(value.key("token"));
        }
    }
    if let Some(keys) = context.get("webhookApiKeys") {
        blotter.add_leaves(keys);
    }
    blotter
}

type Answer = Result<(Value, Vec<LogLine>), Error>;

/// A run under way: whoever comes first answers it, its thread or the watch.
struct Flight {
    pool: Arc<Pool>,
    guard: Arc<Guard>,
    ticket: Mutex<Option<Arc<Ticket>>>,
    answer: Mutex<Option<oneshot::Sender<Answer>>>,
    name: Arc<str>,
}

impl Flight {
    fn land(&self, answer: Answer) {
        if let Some(waiting) = self.answer.lock().unwrap_or_else(PoisonError::into_inner).take() {
            // The caller may have gone away.
            let _ = waiting.send(answer);
        }
    }
}

/// Answers also when the interpreter failed in an unforeseen way.
struct Landing(Arc<Flight>);

impl Drop for Landing {
    fn drop(&mut self) {
        let message = format!("{}: the JavaScript interpreter failed", self.0.name);
        self.0.land(Err(Error::new(ErrorKind::Runtime, message)));
    }
}

impl Watched for Flight {
    fn expire(&self) -> Option<Instant> {
        let ticket = self.ticket.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        let rest = self.guard.remaining();
        let limit = self.pool.limits().time_limit();
        if ticket.has_begun() && !rest.is_zero() && rest <= limit {
            return Some(Instant::now() + rest + GRACE);
        }
        let message = if ticket.has_begun() {
            format!("{}: did not end within {limit:?}", self.name)
        } else {
            format!("{}: no JavaScript thread became free within {limit:?}", self.name)
        };
        self.guard.cancel();
        self.pool.give_up(&ticket);
        self.land(Err(Error::new(ErrorKind::Timeout, message)));
        None
    }
}

/// Stops the code when nobody waits for it any more.
struct Cancel(Arc<Guard>);

impl Drop for Cancel {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

//! Code in place of requests: modules, triggers and data sources of a client (connector.md 18, rulings 41).

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{self, Poll};

use bytes::Bytes;

use super::Client;
use super::core::Core;
use crate::connection::state::ConnectionState;
use crate::error::{Error, ErrorKind};
use crate::js::{
    CodeBlock, ConnectionValue, Context, DataSourceInput, Element, JsonForm, ObjectSelection, StepResults,
    TriggerPayload, TriggerResult,
};
use crate::plan::{Code, DataSource, Module, ModuleKind, Plan};
use crate::transport::BoxFuture;
use crate::value::{Object, Value};

/// Parameters that are no input of the code but what it is told of its surroundings.
const CONFIG_VARS: &str = "configVars";
const STEP_RESULTS: &str = "stepResults";

/// Runs a module that is code and gives its result.
///
/// The code is called with its context and the module's parameters, or with the parameter `stepResults` where there
/// is one. The parameter `configVars` and the connection, under its name, are in `context.configVars`.
///
/// # Errors
/// Those of the code, and when it calls its own result a failure.
pub(crate) async fn run(
    core: &Arc<Core>,
    module: &Module,
    code: &Code,
    parameters: &Value,
    connection: Option<&Arc<ConnectionState>>,
) -> Result<Value, Error> {
    let parameters = parameters.as_object().cloned().unwrap_or_default();
    let call = CodeCall::new(core, &module.name, code, parameters, connection).await?;
    let CodeCall { block, context, mut input } = call;
    let steps = match input.remove(STEP_RESULTS) {
        Some(steps) => steps.as_object().cloned().unwrap_or_default(),
        None => input,
    };
    let result = block.action(&context, StepResults::from_object(steps)).await?;
    if result.outcome.failed {
        let told = result.outcome.error.unwrap_or_default();
        let told =
            Some(told.key("message").to_text()).filter(|text| !text.is_empty()).unwrap_or(told.to_text());
        return Err(Error::new(ErrorKind::Runtime, format!("{}: the code failed: {told}", module.name)));
    }
    Ok(match result.data {
        // Bundles are objects: what is none becomes one with a single member.
        data @ (Value::Undefined | Value::Null | Value::Object(_)) => data,
        data if module.kind == ModuleKind::Search => data,
        data => [("data", data)].into_iter().collect::<Object>().into(),
    })
}

/// Code that is about to run.
struct CodeCall {
    block: CodeBlock,
    context: Context,
    /// The parameters, without those that are no input.
    input: Object,
}

impl CodeCall {
    async fn new(
        core: &Arc<Core>,
        name: &str,
        code: &Code,
        mut input: Object,
        connection: Option<&Arc<ConnectionState>>,
    ) -> Result<Self, Error> {
        let block = match code {
            Code::Source(code) => core.javascript.block(name, code),
            Code::Parameter(parameter) => {
                let given = input.remove(parameter).unwrap_or_default();
                let given = given.as_text().ok_or_else(|| no_code(parameter))?;
                core.javascript.block(name, given)
            }
        };
        let mut context = core.javascript.context.clone();
        if let Some(connection) = connection {
            let value = value_of(core, connection, None).await?;
            let name = value.config_var_key.clone();
            context.config_vars.set(name, value);
        }
        if let Some(given) = input.remove(CONFIG_VARS) {
            context.config_vars.spread(&given);
        }
        Ok(Self { block, context, input })
    }
}

fn no_code(parameter: &str) -> Error {
    Error::new(ErrorKind::InvalidConfiguration, format!("the parameter `{parameter}` must be code"))
}

/// A connection as code sees it; its tokens are fresh.
async fn value_of(
    core: &Arc<Core>,
    connection: &Arc<ConnectionState>,
    config_var: Option<&str>,
) -> Result<ConnectionValue, Error> {
    connection.validate(core).await?;
    let name = connection.name().unwrap_or_default();
    let data = &connection.snapshot().data;
    let mut value = ConnectionValue::new(name);
    config_var.unwrap_or(name).clone_into(&mut value.config_var_key);
    for parameter in connection.parameters() {
        if let Some(field) = data.get(&parameter.name) {
            value = value.field(&*parameter.name, field.clone());
        }
    }
    value.token = token(data);
    let expires = data.get("expires").cloned().or_else(|| connection.snapshot().expires.clone());
    value.context = expires.filter(|at| !at.is_nullish()).map(|at| [("expiresAt", at)].into_iter().collect());
    Ok(value)
}

/// The members of the token response: all of them where the connection keeps them as `token`, else the usual ones.
fn token(data: &Object) -> Option<Object> {
    if let Some(token) = data.get("token").and_then(Value::as_object) {
        let mut token = token.clone();
        // A refresh may answer without the refresh token, which then stays.
        if let Some(kept) = data.get("refreshToken").filter(|kept| !kept.is_nullish())
            && token.get("refresh_token").is_none_or(Value::is_nullish)
        {
            token.set("refresh_token", kept.clone());
        }
        return Some(token);
    }
    let mut token = Object::new();
    let members =
        [("access_token", "accessToken"), ("refresh_token", "refreshToken"), ("token_type", "tokenType")];
    for (member, key) in members {
        if let Some(value) = data.get(key).filter(|value| !value.is_nullish()) {
            token.insert(member, value.clone());
        }
    }
    token.contains_key("access_token").then_some(token)
}

impl Core {
    /// The connection that code is given: one that it names, else the first that is set.
    pub(super) async fn connection_for_code(
        &self,
        names: &[crate::plan::Name],
    ) -> Result<Option<Arc<ConnectionState>>, Error> {
        for connection in &self.connections {
            connection.load().await?;
        }
        let named = |connection: &&Arc<ConnectionState>| {
            names.is_empty() || names.iter().any(|name| connection.name() == Some(name))
        };
        let found = self.connections.iter().find(named).cloned();
        if found.is_none() && !names.is_empty() {
            let message = format!("no connection is set, {} is needed", names.join(" or "));
            return Err(Error::new(ErrorKind::InvalidConfiguration, message));
        }
        Ok(found)
    }
}

impl Client {
    /// The first connection, as code sees it: for the config variables of a [`CodeBlock`]. Its tokens are fresh.
    /// `None` when no connection is set.
    ///
    /// # Errors
    /// When the connection cannot be read, or its token not be refreshed.
    pub async fn code_connection(&self, config_var: &str) -> Result<Option<ConnectionValue>, Error> {
        let core = self.core()?;
        match core.connection_for_code(&[]).await? {
            Some(connection) => value_of(&core, &connection, Some(config_var)).await.map(Some),
            None => Ok(None),
        }
    }
}

/// A trigger that is code: each HTTP request that arrives runs it (connector.md 18.2). Clones are cheap.
#[derive(Clone)]
pub struct CodeTrigger {
    client: Client,
    module: Plan<Module>,
    input: Object,
}

impl CodeTrigger {
    /// A trigger of `module`: generated code makes it.
    pub fn new(client: &Client, module: impl Into<Plan<Module>>, input: Object) -> Self {
        Self { client: client.clone(), module: module.into(), input }
    }

    /// Runs the code for a request. [`TriggerResult::into_http`] makes the answer to its sender.
    ///
    /// # Errors
    /// Those of the code, and of inputs that do not fit.
    pub async fn handle(&self, request: &http::Request<Bytes>) -> Result<TriggerResult, Error> {
        self.run(TriggerPayload::from_http(request)).await
    }

    /// Runs the code for a payload.
    ///
    /// # Errors
    /// Those of the code, and of inputs that do not fit.
    pub async fn run(&self, payload: TriggerPayload) -> Result<TriggerResult, Error> {
        self.start(payload).await.map_err(|error| error.in_module(&self.module.name))
    }

    async fn start(&self, payload: TriggerPayload) -> Result<TriggerResult, Error> {
        let core = self.client.core()?;
        let Some(code) = &self.module.code else {
            return Err(Error::new(ErrorKind::Unexpected, "the trigger has no code"));
        };
        let mut input = self.input.clone();
        core.check(&self.module.parameters, &mut input)?;
        let connection = core.connection_for_code(&self.module.connections).await?;
        let call = CodeCall::new(&core, &self.module.name, code, input, connection.as_ref()).await?;
        call.block.trigger(&call.context, payload).await
    }

    /// A router that runs the code for every request it gets, and answers with what the code returned, or with 500
    /// and no details when it failed. `results` takes what the trigger gave.
    #[cfg(feature = "axum")]
    pub fn router(self, results: impl Fn(TriggerResult) + Send + Sync + 'static) -> axum::Router {
        crate::js::serve(
            move |payload| {
                let trigger = self.clone();
                async move { trigger.run(payload).await }
            },
            results,
        )
    }
}

impl fmt::Debug for CodeTrigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeTrigger").field("module", &self.module.name).finish_non_exhaustive()
    }
}

/// A run of a data source (connector.md 18.4). Nothing happens until it is awaited.
#[must_use = "a data source does nothing until it is awaited"]
pub struct DataSourceCall<T>(BoxFuture<'static, Result<T, Error>>);

impl<T> Future for DataSourceCall<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut task::Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for DataSourceCall<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DataSourceCall").finish_non_exhaustive()
    }
}

/// What a data source runs with.
struct Prepared {
    block: CodeBlock,
    context: Context,
    input: DataSourceInput,
}

async fn prepare(
    client: Client,
    source: &'static DataSource,
    code: Option<String>,
    mut input: DataSourceInput,
) -> Result<Prepared, Error> {
    let core = client.core()?;
    let block = match (&source.code, &code) {
        (Code::Source(code), _) => core.javascript.block(&source.name, code),
        (Code::Parameter(_), Some(code)) => core.javascript.block(&source.name, code),
        (Code::Parameter(name), None) => return Err(no_code(name)),
    };
    if input.connection.is_nullish()
        && let Some(connection) = core.connection_for_code(&source.connections).await?
    {
        input.connection = Value::from(value_of(&core, &connection, None).await?);
    }
    Ok(Prepared { block, context: core.javascript.context.clone(), input })
}

/// Makes the constructor of a kind of data source.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident: $output:ty;)*) => {$(
        impl DataSourceCall<$output> {
            $(#[$doc])*
            pub fn $kind(
                client: &Client,
                source: &'static DataSource,
                code: Option<String>,
                input: DataSourceInput,
            ) -> Self {
                let client = client.clone();
                Self(Box::pin(async move {
                    let Prepared { block, context, input } = prepare(client, source, code, input).await?;
                    block.$kind(&context, input).await
                }))
            }
        }
    )*};
}

kinds! {
    /// A form: generated code makes it.
    json_form: JsonForm;
    /// Objects with fields: generated code makes it.
    object_selection: Vec<ObjectSelection>;
    /// Choices: generated code makes it.
    picklist: Vec<Element>;
    /// Text: generated code makes it.
    string: String;
}

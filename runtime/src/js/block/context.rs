//! What code is given (connector.md 18.1 to 18.5).

use smol_str::SmolStr;

use super::names::step_key;
use super::state::{StateKey, StateScope};
use crate::value::{Object, Value};

/// Who runs: an id, a name, and what else is known.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Party {
    /// Its id.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Further members, such as `externalId`, `email`, `stableId`, `versionSequenceId`.
    pub extra: Object,
}

impl Party {
    /// A party with an id and a name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: Some(id.into()), name: Some(name.into()), extra: Object::new() }
    }

    /// Sets a further member.
    #[must_use]
    pub fn with(mut self, name: impl Into<SmolStr>, value: impl Into<Value>) -> Self {
        self.extra.set(name, value);
        self
    }

    fn to_value(&self) -> Value {
        let mut object = Object::new();
        put(&mut object, "id", self.id.as_deref());
        put(&mut object, "name", self.name.as_deref());
        object.spread(&Value::from(self.extra.clone()));
        Value::from(object)
    }

    fn key(&self) -> String {
        let stable = self.extra.get("stableId").and_then(Value::as_text).map(str::to_owned);
        stable.or_else(|| self.id.clone()).unwrap_or_default()
    }
}

fn put(object: &mut Object, name: &'static str, value: Option<&str>) {
    if let Some(value) = value {
        object.insert(name, Value::from(value));
    }
}

/// The context of actions, triggers and data sources (connector.md 18.5). What is not set is empty.
///
/// ```
/// use linchpin::js::Context;
///
/// let context = Context::new().config_var("App Base URL", "https://app.example");
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Context {
    /// `configVars`: values by display name; a [`ConnectionValue`] is one of them.
    pub config_vars: Object,
    /// `instanceState`; a state store overrides it, and the next three.
    pub instance_state: Object,
    /// `crossFlowState`
    pub cross_flow_state: Object,
    /// `executionState`
    pub execution_state: Object,
    /// `integrationState`
    pub integration_state: Object,
    /// `stepId`
    pub step_id: Option<String>,
    /// `executionId`
    pub execution_id: Option<String>,
    /// `startedAt`, as ISO text.
    pub started_at: Option<String>,
    /// `invokeUrl`
    pub invoke_url: Option<String>,
    /// `webhookUrls`: URLs by flow.
    pub webhook_urls: Object,
    /// `webhookApiKeys`: lists of keys by flow.
    pub webhook_api_keys: Object,
    /// `customer`
    pub customer: Party,
    /// `instance`
    pub instance: Party,
    /// `user`
    pub user: Party,
    /// `integration`
    pub integration: Party,
    /// `flow`
    pub flow: Party,
    /// `executionFrame`
    pub execution_frame: Object,
    /// `flowSchemas`
    pub flow_schemas: Object,
    /// `isSimulatedTestExecution`
    pub is_simulated_test_execution: bool,
}

impl Context {
    /// An empty context.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a config variable.
    #[must_use]
    pub fn config_var(mut self, name: impl Into<SmolStr>, value: impl Into<Value>) -> Self {
        self.config_vars.set(name, value);
        self
    }

    /// A state's key for the state store.
    #[must_use]
    pub fn state_key(&self, scope: StateScope) -> StateKey {
        let id = match scope {
            StateScope::Instance => format!("{}/{}", self.instance.key(), self.flow.key()),
            StateScope::CrossFlow => self.instance.key(),
            StateScope::Execution => self.execution_id.clone().unwrap_or_default(),
            StateScope::Integration => self.integration.key(),
        };
        StateKey { scope, id }
    }

    pub(super) fn state_mut(&mut self, scope: StateScope) -> &mut Object {
        match scope {
            StateScope::Instance => &mut self.instance_state,
            StateScope::CrossFlow => &mut self.cross_flow_state,
            StateScope::Execution => &mut self.execution_state,
            StateScope::Integration => &mut self.integration_state,
        }
    }

    /// What data sources see.
    pub(super) fn for_data_source(&self) -> Object {
        let mut object = Object::new();
        object.insert("configVars", Value::from(self.config_vars.clone()));
        object.insert("customer", self.customer.to_value());
        object.insert("instance", self.instance.to_value());
        object.insert("user", self.user.to_value());
        object
    }

    /// What actions and triggers see.
    pub(super) fn for_step(&self) -> Object {
        let mut object = self.for_data_source();
        let objects = [
            ("instanceState", &self.instance_state),
            ("crossFlowState", &self.cross_flow_state),
            ("executionState", &self.execution_state),
            ("integrationState", &self.integration_state),
            ("webhookUrls", &self.webhook_urls),
            ("webhookApiKeys", &self.webhook_api_keys),
            ("executionFrame", &self.execution_frame),
            ("flowSchemas", &self.flow_schemas),
        ];
        for (name, value) in objects {
            object.insert(name, Value::from(value.clone()));
        }
        put(&mut object, "stepId", self.step_id.as_deref());
        put(&mut object, "executionId", self.execution_id.as_deref());
        put(&mut object, "startedAt", self.started_at.as_deref());
        put(&mut object, "invokeUrl", self.invoke_url.as_deref());
        object.insert("integration", self.integration.to_value());
        object.insert("flow", self.flow.to_value());
        object.insert("isSimulatedTestExecution", Value::from(self.is_simulated_test_execution));
        object
    }
}

/// A connection as code sees it (connector.md 18.1). `Debug` does not show its values.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct ConnectionValue {
    /// Which kind of connection, such as `apiKey` or `oauth2`.
    pub key: String,
    /// The config variable that holds it.
    pub config_var_key: String,
    /// The form's values; code finds each under its name in camel case and in snake case.
    pub fields: Object,
    /// The members of the token response, `access_token` among them.
    pub token: Option<Object>,
    /// What is known of the token, such as its expiry.
    pub context: Option<Object>,
}

impl ConnectionValue {
    /// A connection of a kind.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), ..Self::default() }
    }

    /// Sets a field.
    #[must_use]
    pub fn field(mut self, name: impl Into<SmolStr>, value: impl Into<Value>) -> Self {
        self.fields.set(name, value);
        self
    }

    /// Sets the token.
    #[must_use]
    pub fn token(mut self, token: Object) -> Self {
        self.token = Some(token);
        self
    }
}

impl std::fmt::Debug for ConnectionValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectionValue").field("key", &self.key).finish_non_exhaustive()
    }
}

impl From<ConnectionValue> for Value {
    fn from(connection: ConnectionValue) -> Self {
        let mut fields = Object::new();
        for (name, value) in connection.fields {
            for other in [to_camel(&name), to_snake(&name)] {
                if !fields.contains_key(&other) {
                    fields.set(other, value.clone());
                }
            }
            fields.set(name, value);
        }
        let mut object = Object::new();
        object.insert("key", Self::from(connection.key));
        object.insert("configVarKey", Self::from(connection.config_var_key));
        object.insert("fields", Self::from(fields));
        if let Some(token) = connection.token {
            object.insert("token", Self::from(token));
        }
        if let Some(context) = connection.context {
            object.insert("context", Self::from(context));
        }
        Self::from(object)
    }
}

fn to_camel(name: &str) -> String {
    let mut parts = name.split('_');
    let mut camel = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut chars = part.chars();
        camel.extend(chars.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(chars.as_str());
    }
    camel
}

fn to_snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for char in name.chars() {
        if char.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(char.to_ascii_lowercase());
    }
    snake
}

/// Results of earlier steps, under the keys that their names give (connector.md 18.3).
///
/// ```
/// use linchpin::js::StepResults;
///
/// let steps = StepResults::new().step("Trigger", "payload").step("Fetch Orders", vec![1_u8]);
/// assert_eq!(steps.keys().collect::<Vec<_>>(), ["trigger", "fetchOrders"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct StepResults(Object);

impl StepResults {
    /// No steps.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a step's results. Of two steps with the same key, the later one counts.
    #[must_use]
    pub fn step(mut self, name: &str, results: impl Into<Value>) -> Self {
        let results: Object = [("results", results.into())].into_iter().collect();
        self.0.set(step_key(name), results);
        self
    }

    /// Adds a loop: the current item and its index, from 0.
    #[must_use]
    pub fn loop_step(mut self, name: &str, current_item: impl Into<Value>, index: u64) -> Self {
        let mut step = Object::new();
        step.insert("currentItem", current_item.into());
        step.insert("index", Value::from(index));
        self.0.set(step_key(name), step);
        self
    }

    /// Takes results that stand under their keys already.
    #[must_use]
    pub fn from_object(object: Object) -> Self {
        Self(object)
    }

    /// The keys.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.keys()
    }

    pub(super) fn into_value(self) -> Value {
        Value::from(self.0)
    }
}

impl From<StepResults> for Object {
    fn from(steps: StepResults) -> Self {
        steps.0
    }
}

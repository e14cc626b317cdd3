//! Runs connectors from their files, without rustc.
//!
//! [`load`] makes of a connector the same plans as `include_connector!` does, with closures that walk over the trees of
//! templates in place of compiled ones. What a call sends and gives is the same; a template costs more time. It is
//! meant for tools: the command line logs in and calls modules with it.
//!
//! ```
//! use linchpin::client::{Call, ClientBuilder};
//! use linchpin::{Object, Value};
//!
//! let text = r#"{
//!     "name": "greeter",
//!     "modules": {
//!         "greet": {
//!             "type": "action",
//!             "expect": [{ "name": "name", "type": "text" }],
//!             "communication": { "response": { "output": { "text": "Hello {{upper(parameters.name)}}" } } }
//!         }
//!     }
//! }"#;
//! let read = linchpin_spec::load_inline("connector.json", text, &linchpin_spec::Options::default());
//! let connector = read.connector.ok_or("the connector has mistakes")?;
//! let plans = linchpin_loader::load(&connector, &read.sources);
//!
//! let client = ClientBuilder::for_connector(plans.connector.clone()).build()?;
//! let mut input = Object::new();
//! input.set("name", "Ada");
//! let greet = plans.module("greet").ok_or("no such module")?;
//! # let runtime = tokio::runtime::Builder::new_current_thread().build()?;
//! # runtime.block_on(async {
//! let bundle = Call::<Value>::new(&client, greet, input).await?;
//! assert_eq!(bundle.key("text"), &Value::from("Hello ADA"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod component;
mod expression;
mod literal;
mod maker;
mod parameter;
mod request;
mod response;
mod template;
mod webhook;

use std::sync::Arc;

use linchpin::plan;
use linchpin_spec::model::Connector;
use linchpin_spec::source::SourceMap;

pub use template::{Template, load_template};

use maker::Maker;

/// The plans of a connector.
#[derive(Clone)]
pub struct Plans {
    /// What all calls share: connections, hosts, limits, endpoints.
    pub connector: Arc<plan::Connector>,
    /// What it can do, in the author's order.
    pub modules: Vec<Arc<plan::Module>>,
    /// What lists where a polling trigger may start, under the trigger's name.
    pub epochs: Vec<Arc<plan::Module>>,
    /// The calls that fill forms.
    pub rpcs: Vec<Arc<plan::Module>>,
    /// The receivers of events.
    pub webhooks: Vec<Arc<plan::Webhook>>,
    /// What the modules that are responders answer, by their ids.
    pub responders: Vec<(String, Arc<plan::Responder>)>,
}

impl Plans {
    /// The module with this id.
    #[must_use]
    pub fn module(&self, id: &str) -> Option<Arc<plan::Module>> {
        self.modules.iter().find(|module| module.name == id).cloned()
    }

    /// What lists where the trigger with this id may start.
    #[must_use]
    pub fn epoch(&self, id: &str) -> Option<Arc<plan::Module>> {
        self.epochs.iter().find(|epoch| epoch.name == id).cloned()
    }

    /// The RPC with this id.
    #[must_use]
    pub fn rpc(&self, id: &str) -> Option<Arc<plan::Module>> {
        self.rpcs.iter().find(|rpc| rpc.name == id).cloned()
    }

    /// The webhook with this id.
    #[must_use]
    pub fn webhook(&self, id: &str) -> Option<Arc<plan::Webhook>> {
        self.webhooks.iter().find(|webhook| webhook.name == id).cloned()
    }

    /// What the responder with this id answers.
    #[must_use]
    pub fn responder(&self, id: &str) -> Option<Arc<plan::Responder>> {
        self.responders.iter().find(|(name, _)| name == id).map(|(_, responder)| Arc::clone(responder))
    }
}

/// Makes the plans of a connector. `sources` are the files that it was read from: errors of templates name places in
/// them.
///
/// Nothing can fail here: what is wrong with a connector is found while it is read.
#[must_use]
pub fn load(connector: &Connector, sources: &SourceMap) -> Plans {
    let locate = |span| linchpin_spec::facts::place(connector, sources, span);
    let custom = connector.functions.iter().map(|function| function.id.value.as_str()).collect();
    let maker = Maker::new(&locate, custom);
    let modules = connector.modules.iter().map(|module| Arc::new(maker.module(module)));
    let epochs = connector.modules.iter().filter_map(linchpin_spec::facts::epoch);
    let epochs = epochs.map(|epoch| Arc::new(maker.under("epoch", || maker.module(&epoch))));
    let rpcs: Vec<_> = connector.rpcs.iter().map(|rpc| Arc::new(maker.rpc(rpc))).collect();
    let webhooks = connector.webhooks.iter().map(|webhook| Arc::new(maker.webhook(webhook)));
    let responders = connector.modules.iter().filter_map(|module| {
        let responder = module.responder.as_ref()?;
        let responder = maker.under("response", || maker.responder(responder, plan::ReplyType::Automatic));
        Some((module.id.value.clone(), Arc::new(responder)))
    });
    Plans {
        connector: Arc::new(maker.connector(connector, &rpcs)),
        modules: modules.collect(),
        epochs: epochs.collect(),
        rpcs,
        webhooks: webhooks.collect(),
        responders: responders.collect(),
    }
}

/// Plain JSON of a connector's file as a value: a constant, a default.
#[must_use]
pub fn value(node: &linchpin_spec::json::Node) -> linchpin::Value {
    linchpin::__private::v1::literal(&literal::node(node))
}

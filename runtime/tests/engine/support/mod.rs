//! What the tests share: servers, plans written as JSON, clients.

mod plan;
mod server;
mod shown;

use std::sync::Arc;

use linchpin::client::{Call, Client, ClientBuilder, RpcCall, Search, Trigger};
use linchpin::connection::GivenConnection;
use linchpin::plan::Plan;
use linchpin::plan::{Connector, Module, ModuleKind};
use linchpin::resilience::RetryPolicy;
use linchpin::{Error, Object, Value};

pub use plan::{connector, module, parameter};
pub use server::{RawServer, Reply, Seen, Server, read_head};
pub use shown::{Log, everything_of};

/// A value written as JSON.
pub fn json(text: &str) -> Value {
    Value::parse_json(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A collection written as JSON.
pub fn object(text: &str) -> Object {
    json(text).as_object().expect("a collection").clone()
}

/// A builder for a connector whose base URL is the server's. It sends each request once, so that what an answer leads
/// to can be told from what retries make of it.
pub fn builder(server: &Server, connector: Connector) -> ClientBuilder<Client> {
    builder_at(&server.url, connector)
}

/// The same for an address.
pub fn builder_at(url: &str, connector: Connector) -> ClientBuilder<Client> {
    ClientBuilder::for_connector(Arc::new(connector)).base_url(url).retry(RetryPolicy::none())
}

/// A client without connection or settings.
pub fn client(server: &Server) -> Client {
    builder(server, connector("{}")).build().unwrap()
}

/// The connection `key` with a secret.
pub fn key(secret: &str) -> GivenConnection {
    GivenConnection::named("key", [("apiKey", secret)].into_iter().collect())
}

/// Runs requests as an action and gives its bundle.
pub async fn act(client: &Client, input: &str, requests: &str) -> Result<Value, Error> {
    run(client, module(ModuleKind::Action, requests), input).await
}

/// Runs an action.
pub async fn run(client: &Client, module: Module, input: &str) -> Result<Value, Error> {
    Call::<Value>::new(client, Arc::new(module), object(input)).await
}

/// Runs requests as a search and gives its bundles.
pub async fn find(client: &Client, input: &str, requests: &str) -> Result<Vec<Value>, Error> {
    search(client, module(ModuleKind::Search, requests), input).await
}

/// A search.
pub fn search(client: &Client, module: Module, input: &str) -> Search<Value> {
    Search::new(client, Arc::new(module), object(input))
}

/// Runs requests as an RPC and gives its result.
pub async fn ask(client: &Client, requests: &str) -> Result<Value, Error> {
    RpcCall::<Value>::new(client, Arc::new(module(ModuleKind::Rpc, requests)), Object::new()).await
}

/// A trigger of these requests.
pub fn trigger(client: &Client, requests: &str) -> Trigger<Value> {
    let module: Plan<Module> = Arc::new(module(ModuleKind::Trigger, requests)).into();
    Trigger::new(client, module.clone(), Some(module), Object::new())
}

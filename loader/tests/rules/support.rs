//! A connector as text, loaded, against a server on loopback.

#[path = "../../../runtime/tests/engine/support/server.rs"]
mod server;

use linchpin::client::{Call, Client, ClientBuilder, RpcCall, Search};
use linchpin::connection::GivenConnection;
use linchpin::resilience::RetryPolicy;
use linchpin::{Error, Object, Value};
use linchpin_loader::Plans;

pub use server::{Reply, Seen, Server};

/// A value written as JSON.
pub fn json(text: &str) -> Value {
    Value::parse_json(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Plans of a connector that is written as JSON.
pub fn plans(text: &str) -> Plans {
    let read = linchpin_spec::load_inline("connector.json", text, &linchpin_spec::Options::default());
    let sources = &read.sources;
    let told = || linchpin_spec::diagnostic::render_text(&read.diagnostics, sources, false);
    linchpin_loader::load(read.connector.as_ref().unwrap_or_else(|| panic!("{}", told())), sources)
}

/// A connector with its client.
pub struct App {
    pub client: Client,
    plans: Plans,
}

impl App {
    /// The connector `text`, with a module `m`, an RPC `r` or others; its base URL is the server's.
    pub fn new(server: &Server, text: &str) -> Self {
        Self::built(text, |builder| builder.base_url(&server.url))
    }

    pub fn built(text: &str, set: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>) -> Self {
        let plans = plans(text);
        let builder = ClientBuilder::for_connector(plans.connector.clone()).retry(RetryPolicy::none());
        Self { client: set(builder).build().unwrap(), plans }
    }

    /// One module of `kind` over a base, both as JSON.
    pub fn of(server: &Server, kind: &str, base: &str, communication: &str) -> Self {
        Self::new(server, &connector(kind, base, communication))
    }

    pub async fn act(&self, input: &str) -> Result<Value, Error> {
        let module = self.plans.module("m").expect("a module `m`");
        Call::<Value>::new(&self.client, module, object(input)).await
    }

    pub fn search(&self, input: &str) -> Search<Value> {
        Search::new(&self.client, self.plans.module("m").expect("a module `m`"), object(input))
    }

    pub fn rpc(&self, input: &str) -> RpcCall<Value> {
        RpcCall::new(&self.client, self.plans.rpc("r").expect("an RPC `r`"), object(input))
    }
}

/// A connection `key` with this secret.
pub fn key(secret: &str) -> GivenConnection {
    GivenConnection::named("key", [("apiKey", secret)].into_iter().collect())
}

pub fn object(text: &str) -> Object {
    json(text).as_object().expect("a collection").clone()
}

/// A connector with one module or RPC.
pub fn connector(kind: &str, base: &str, communication: &str) -> String {
    match kind {
        "rpc" => {
            format!(r#"{{"name":"shop","base":{base},"rpcs":{{"r":{{"communication":{communication}}}}}}}"#)
        }
        _ => format!(
            r#"{{"name":"shop","base":{base},"modules":{{"m":{{"type":"{kind}","communication":{communication}}}}}}}"#
        ),
    }
}

/// What an action sends over this base with this communication.
pub async fn sent(base: &str, communication: &str, input: &str) -> Seen {
    let server = Server::quiet().await;
    App::of(&server, "action", base, communication).act(input).await.unwrap();
    server.only()
}

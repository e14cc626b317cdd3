#[allow(unused_imports)]
use ::linchpin::__private::v1 as __lp;
/// A client of `blocks`. Clones are cheap and share connections, tokens and the pool.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone, __lp::fmt::Debug)]
pub struct Client(__lp::Client);
/// Builds a [`Client`] with settings of its own.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
pub type ClientBuilder = __lp::ClientBuilder<Client>;
impl __lp::Generated for Client {
    type Connection = Connection;
    const CONNECTOR: &'static __lp::plan::Connector = &CONNECTOR;
    fn from_client(client: __lp::Client) -> Self {
        Self(client)
    }
}
impl __lp::Deref for Client {
    type Target = __lp::Client;
    fn deref(&self) -> &__lp::Client {
        &self.0
    }
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl Client {
    /// A client with default settings. The connector needs no connection.
    pub fn new() -> Self {
        Self(__lp::Client::without_connection::<Self>())
    }
    /// Starts a client with settings of its own.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }
    /// Calls `double`.
    pub fn double(&self, input: Double) -> __lp::Call<DoubleOutput> {
        static PLAN: __lp::plan::Module = __lp::plan::Module {
            name: __lp::Cow::Borrowed("double"),
            kind: __lp::plan::ModuleKind::Action,
            parameters: __lp::Cow::Borrowed(&[]),
            connections: __lp::Cow::Borrowed(&[]),
            requests: __lp::Cow::Borrowed(
                &[
                    __lp::request(
                        __lp::plan::Target::None,
                        __lp::None,
                        __lp::None,
                        __lp::None,
                        __lp::None,
                        __lp::Cow::Borrowed(&[]),
                        __lp::None,
                        __lp::response(
                            __lp::None,
                            __lp::None,
                            __lp::None,
                            __lp::plan::Output::Template(
                                __lp::ValueTemplate::Static(|s| __lp::Ok({
                                    let mut o = __lp::Object::with_capacity(1usize);
                                    o.insert(
                                        "n",
                                        __lp::custom(
                                            s.at("connector.json:9:60 response.output.n"),
                                            "twice",
                                            &[&__lp::Value::number(21.0)],
                                        )?,
                                    );
                                    __lp::Value::Object(o)
                                })),
                            ),
                            __lp::None,
                        ),
                    ),
                ],
            ),
            streams: true,
            scope: __lp::Cow::Borrowed(&[]),
            code: __lp::None,
            metadata: __lp::Cow::Borrowed(&[]),
        };
        __lp::call(&self.0, &PLAN, &input)
    }
}
#[allow(unused, clippy::all, clippy::pedantic)]
static CONNECTOR: __lp::plan::Connector = __lp::plan::Connector {
    name: __lp::Cow::Borrowed("blocks"),
    qs_policy: __lp::plan::QsPolicy::Replace,
    valid_policy: __lp::plan::ValidPolicy::Only,
    base_url: __lp::None,
    hosts: __lp::Cow::Borrowed(&[]),
    limits: __lp::NO_LIMITS,
    common: __lp::Cow::Borrowed(&[]),
    connections: __lp::Cow::Borrowed(&[]),
    endpoints: __lp::Cow::Borrowed(&[]),
    rpcs: __lp::Cow::Borrowed(&[]),
    install: __lp::None,
    retry_after_access_error: false,
    functions: __lp::Cow::Borrowed(
        &[
            __lp::plan::Function {
                name: __lp::Cow::Borrowed("twice"),
                code: __lp::Cow::Borrowed("function twice(n) { return 2 * n; }"),
            },
        ],
    ),
};
/// A way to log in.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone, __lp::fmt::Debug)]
pub enum Connection {
    /// A connection that was made before: it lies in a store, or comes as a record.
    Stored(__lp::StoredConnection),
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl Connection {
    /// The connection that `store` keeps under `id`.
    pub fn stored(
        store: __lp::Arc<dyn __lp::ConnectionStore>,
        id: impl __lp::Into<__lp::String>,
    ) -> Self {
        Self::Stored(__lp::StoredConnection::new(store, id))
    }
    /// The connection of a record, which a login gives; what changes is kept in memory alone.
    pub fn record(record: __lp::ConnectionRecord) -> Self {
        Self::Stored(__lp::StoredConnection::from_record(record))
    }
}
impl __lp::From<__lp::StoredConnection> for Connection {
    fn from(stored: __lp::StoredConnection) -> Self {
        Self::Stored(stored)
    }
}
impl __lp::From<Connection> for __lp::GivenConnection {
    fn from(connection: Connection) -> Self {
        match connection {
            Connection::Stored(stored) => __lp::Into::into(stored),
        }
    }
}
/// Input of `double`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct Double {
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl Double {
    /// With what is required; defaults of the connector are filled in.
    pub fn new() -> Self {
        Self { extra: __lp::Object::new() }
    }
    /// Sets any field by its name in the connector, also one that the connector does not name.
    pub fn set(mut self, name: &str, value: impl __lp::Into<__lp::Value>) -> Self {
        self.extra.set(name, value);
        self
    }
    /// Sends `null` for a field.
    pub fn set_null(mut self, name: &str) -> Self {
        self.extra.set(name, __lp::Value::NULL);
        self
    }
}
impl __lp::ToObject for Double {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        __lp::Clone::clone(&self.extra)
    }
}
impl __lp::fmt::Debug for Double {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("Double", self, f)
    }
}
/// A bundle of `double`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
pub struct DoubleOutput {
    /// What no field takes: keys that the connector does not name, and values of another type.
    pub extra: __lp::Object,
}
impl __lp::ToObject for DoubleOutput {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        __lp::Clone::clone(&self.extra)
    }
}
impl __lp::FromBundle for DoubleOutput {
    fn from_object(o: __lp::Object) -> Self {
        Self { extra: o }
    }
}
impl __lp::Clone for DoubleOutput {
    fn clone(&self) -> Self {
        __lp::convert::cloned(self)
    }
}
impl __lp::fmt::Debug for DoubleOutput {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("DoubleOutput", self, f)
    }
}
/// Input of `received`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct Received {
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl Received {
    /// With what is required; defaults of the connector are filled in.
    pub fn new() -> Self {
        Self { extra: __lp::Object::new() }
    }
    /// Sets any field by its name in the connector, also one that the connector does not name.
    pub fn set(mut self, name: &str, value: impl __lp::Into<__lp::Value>) -> Self {
        self.extra.set(name, value);
        self
    }
    /// Sends `null` for a field.
    pub fn set_null(mut self, name: &str) -> Self {
        self.extra.set(name, __lp::Value::NULL);
        self
    }
}
impl __lp::ToObject for Received {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        __lp::Clone::clone(&self.extra)
    }
}
impl __lp::fmt::Debug for Received {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("Received", self, f)
    }
}
__lp::needs_js! {
    "the connector `blocks` runs JavaScript: the custom function `twice`, the module `received`, the data source `anyText`"
    #[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)] impl
    Client { #[doc = " Calls `received`."] pub fn received(& self, input : Received) ->
    __lp::js::CodeTrigger { static PLAN : __lp::plan::Module = __lp::plan::Module { name
    : __lp::Cow::Borrowed("received"), kind : __lp::plan::ModuleKind::Trigger, parameters
    : __lp::Cow::Borrowed(& []), connections : __lp::Cow::Borrowed(& []), requests :
    __lp::Cow::Borrowed(& []), streams : false, scope : __lp::Cow::Borrowed(& []), code :
    __lp::Some(__lp::plan::Code::Source(__lp::Cow::Borrowed("module.exports = async (context, payload) => ({ payload });"))),
    metadata : __lp::Cow::Borrowed(& []), }; __lp::js::CodeTrigger::new(& self.0, & PLAN,
    __lp::Input::into_object(input)) } } #[allow(unused, missing_docs, unreachable_pub,
    clippy::all, clippy::pedantic)] impl Client { #[doc =
    r" The data sources: code that lists what a user may choose."] pub fn data_sources(&
    self) -> DataSources { DataSources(__lp::Clone::clone(& self.0)) } } #[doc =
    r" The data sources. Each sees the client's connection, unless its input names another one."]
    #[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
    #[derive(__lp::Clone, __lp::fmt::Debug)] pub struct DataSources(__lp::Client);
    #[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)] impl
    DataSources { #[doc = " Runs the data source `anyText`."] pub fn any_text(& self,
    code : impl __lp::Into < __lp::String >, input : __lp::js::DataSourceInput) ->
    __lp::js::DataSourceCall < __lp::String > { static SOURCE : __lp::plan::DataSource =
    __lp::plan::DataSource { name : __lp::Cow::Borrowed("anyText"), connections :
    __lp::Cow::Borrowed(& []), code :
    __lp::plan::Code::Parameter(__lp::Cow::Borrowed("code")) };
    __lp::js::DataSourceCall::string(& self.0, & SOURCE,
    __lp::Some(__lp::Into::into(code)), input) } }
}

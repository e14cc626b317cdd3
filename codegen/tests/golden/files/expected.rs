#[allow(unused_imports)]
use ::linchpin::__private::v1 as __lp;
/// A client of `files`. Clones are cheap and share connections, tokens and the pool.
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
    /// The calls that fill forms: options of selects, fields that depend on a choice.
    pub fn rpc(&self) -> Rpc {
        Rpc(__lp::Clone::clone(&self.0))
    }
    /// Calls `removeFile`.
    ///
    /// Remove a file
    pub fn remove_file(&self, input: RemoveFile) -> __lp::Call<()> {
        static PLAN: __lp::plan::Module = __lp::plan::Module {
            name: __lp::Cow::Borrowed("removeFile"),
            kind: __lp::plan::ModuleKind::Action,
            parameters: __lp::Cow::Borrowed(
                &[__lp::parameter("folder", __lp::plan::ParameterType::Any, true)],
            ),
            connections: __lp::Cow::Borrowed(&[]),
            requests: __lp::Cow::Borrowed(
                &[
                    __lp::request(
                        __lp::plan::Target::Url {
                            url: __lp::TextTemplate::Static(|s, b| {
                                b.push_str("https://files.example/");
                                __lp::functions::encode_url(
                                        s.at("connector.json:9:49 url"),
                                        &[s.member(__lp::Root::Parameters, "folder")],
                                    )?
                                    .write_text(b);
                                __lp::Ok(())
                            }),
                            base: __lp::None,
                        },
                        __lp::Some(
                            __lp::TextTemplate::Const(__lp::Cow::Borrowed("DELETE")),
                        ),
                        __lp::None,
                        __lp::None,
                        __lp::None,
                        __lp::Cow::Borrowed(&[]),
                        __lp::None,
                        __lp::response(
                            __lp::None,
                            __lp::None,
                            __lp::None,
                            __lp::plan::Output::Nothing,
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
/// Calls that fill forms. Each takes the values of the form so far: the input of a module, or an object.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone, __lp::fmt::Debug)]
pub struct Rpc(__lp::Client);
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl Rpc {
    /// Calls the RPC `listFolders`.
    pub fn list_folders(
        &self,
        parameters: impl __lp::Input,
    ) -> __lp::RpcCall<__lp::Choice> {
        __lp::RpcCall::new(&self.0, &RPCS[0usize], __lp::Input::into_object(parameters))
    }
}
#[allow(unused, clippy::all, clippy::pedantic)]
static RPCS: [__lp::plan::Module; 1usize] = [
    __lp::plan::Module {
        name: __lp::Cow::Borrowed("listFolders"),
        kind: __lp::plan::ModuleKind::Rpc,
        parameters: __lp::Cow::Borrowed(&[]),
        connections: __lp::Cow::Borrowed(&[]),
        requests: __lp::Cow::Borrowed(
            &[
                __lp::request(
                    __lp::plan::Target::Url {
                        url: __lp::TextTemplate::Const(
                            __lp::Cow::Borrowed("https://files.example/folders"),
                        ),
                        base: __lp::None,
                    },
                    __lp::None,
                    __lp::None,
                    __lp::None,
                    __lp::None,
                    __lp::Cow::Borrowed(&[]),
                    __lp::None,
                    __lp::response(
                        __lp::None,
                        __lp::None,
                        __lp::Some(__lp::plan::Iterate {
                            container: __lp::ValueTemplate::Static(|s| __lp::Ok(
                                __lp::own(s.root(__lp::Root::Body)),
                            )),
                            condition: __lp::None,
                        }),
                        __lp::plan::Output::Template(
                            __lp::ValueTemplate::Static(|s| __lp::Ok({
                                let mut o = __lp::Object::with_capacity(2usize);
                                __lp::pick(
                                    &mut o,
                                    s.root(__lp::Root::Item),
                                    &["label", "name", "value", "id"],
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
    },
];
#[allow(unused, clippy::all, clippy::pedantic)]
static CONNECTOR: __lp::plan::Connector = __lp::plan::Connector {
    name: __lp::Cow::Borrowed("files"),
    qs_policy: __lp::plan::QsPolicy::Replace,
    valid_policy: __lp::plan::ValidPolicy::Only,
    base_url: __lp::None,
    hosts: __lp::Cow::Borrowed(&[__lp::Cow::Borrowed("files.example")]),
    limits: __lp::NO_LIMITS,
    common: __lp::Cow::Borrowed(&[]),
    connections: __lp::Cow::Borrowed(&[]),
    endpoints: __lp::Cow::Borrowed(&[]),
    rpcs: __lp::Cow::Borrowed(&RPCS),
    install: __lp::None,
    retry_after_access_error: false,
    functions: __lp::Cow::Borrowed(&[]),
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
/// Input of `removeFile`.
///
/// Remove a file
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct RemoveFile {
    /// Values: [`Rpc::list_folders`].
    pub folder: __lp::Value,
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl RemoveFile {
    /// With what is required; defaults of the connector are filled in.
    pub fn new(folder: impl __lp::Into<__lp::Value>) -> Self {
        Self {
            folder: __lp::Into::into(folder),
            extra: __lp::Object::new(),
        }
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
impl __lp::ToObject for RemoveFile {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        __lp::fields(&["folder"], &[&self.folder], &self.extra, secrets)
    }
}
impl __lp::fmt::Debug for RemoveFile {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("RemoveFile", self, f)
    }
}

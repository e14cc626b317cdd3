#[allow(unused_imports)]
use ::linchpin::__private::v1 as __lp;
/// A client of `tasks`. Clones are cheap and share connections, tokens and the pool.
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
    /// A client with this connection and default settings.
    pub fn new(connection: impl __lp::Into<Connection>) -> Self {
        let connection: Connection = __lp::Into::into(connection);
        Self(__lp::Client::new::<Self>(__lp::Into::into(connection)))
    }
    /// Starts a client with settings of its own.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }
    /// Calls `nextTask`.
    ///
    /// Take the next task
    pub fn next_task(&self, input: NextTask) -> __lp::Call<NextTaskOutput> {
        static PLAN: __lp::plan::Module = __lp::plan::Module {
            name: __lp::Cow::Borrowed("nextTask"),
            kind: __lp::plan::ModuleKind::Action,
            parameters: __lp::Cow::Borrowed(&[]),
            connections: __lp::Cow::Borrowed(&[__lp::Cow::Borrowed("personal")]),
            requests: __lp::Cow::Borrowed(
                &[
                    __lp::request(
                        __lp::plan::Target::Url {
                            url: __lp::TextTemplate::Static(|s, b| {
                                b.push_str("https://api.tasks.example/v2/next?key=");
                                s.member(__lp::Root::Connection, "token").write_text(b);
                                __lp::Ok(())
                            }),
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
                            __lp::None,
                            __lp::plan::Output::Template(
                                __lp::ValueTemplate::Static(|s| __lp::Ok({
                                    let mut o = __lp::Object::with_capacity(2usize);
                                    __lp::pick(
                                        &mut o,
                                        s.member(__lp::Root::Body, "task"),
                                        &["id", "id", "name", "name"],
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
    name: __lp::Cow::Borrowed("tasks"),
    qs_policy: __lp::plan::QsPolicy::Replace,
    valid_policy: __lp::plan::ValidPolicy::Only,
    base_url: __lp::None,
    hosts: __lp::Cow::Borrowed(&[__lp::Cow::Borrowed("api.tasks.example")]),
    limits: __lp::NO_LIMITS,
    common: __lp::Cow::Borrowed(&[]),
    connections: __lp::Cow::Borrowed(
        &[
            __lp::plan::Connection {
                name: __lp::Cow::Borrowed("personal"),
                kind: __lp::plan::ConnectionKind::Basic,
                parameters: __lp::Cow::Borrowed(
                    &[
                        __lp::plan::Parameter {
                            name: __lp::Cow::Borrowed("token"),
                            ty: __lp::plan::ParameterType::Text,
                            required: true,
                            multiple: false,
                            secret: true,
                            rules: __lp::plan::Rules::NONE,
                            nested: __lp::Cow::Borrowed(&[]),
                            convert: __lp::None,
                        },
                    ],
                ),
                verify: __lp::Cow::Borrowed(&[]),
                phases: __lp::Cow::Borrowed(&[]),
                learned: __lp::Cow::Borrowed(&[]),
                scope: __lp::Cow::Borrowed(&[]),
                module_scopes: __lp::Cow::Borrowed(&[]),
                common: __lp::Cow::Borrowed(&[]),
                install: __lp::None,
            },
        ],
    ),
    endpoints: __lp::Cow::Borrowed(&[]),
    rpcs: __lp::Cow::Borrowed(&[]),
    install: __lp::None,
    retry_after_access_error: false,
    functions: __lp::Cow::Borrowed(&[]),
};
/// A way to log in.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone, __lp::fmt::Debug)]
pub enum Connection {
    Personal(Personal),
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
impl __lp::From<Personal> for Connection {
    fn from(credentials: Personal) -> Self {
        Self::Personal(credentials)
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
            Connection::Personal(credentials) => __lp::Into::into(credentials),
            Connection::Stored(stored) => __lp::Into::into(stored),
        }
    }
}
/// Credentials of the connection `personal`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct Personal {
    pub token: __lp::Secret,
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl Personal {
    /// With what is required; defaults of the connector are filled in.
    pub fn new(token: impl __lp::Into<__lp::Secret>) -> Self {
        Self {
            token: __lp::Into::into(token),
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
impl __lp::ToObject for Personal {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        __lp::fields(&["token"], &[&self.token], &self.extra, secrets)
    }
}
impl __lp::Credentials for Personal {
    const NAME: &'static str = "personal";
}
impl __lp::fmt::Debug for Personal {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("Personal", self, f)
    }
}
/// Input of `nextTask`.
///
/// Take the next task
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct NextTask {
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl NextTask {
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
impl __lp::ToObject for NextTask {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        __lp::Clone::clone(&self.extra)
    }
}
impl __lp::fmt::Debug for NextTask {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("NextTask", self, f)
    }
}
/// A bundle of `nextTask`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
pub struct NextTaskOutput {
    /// What no field takes: keys that the connector does not name, and values of another type.
    pub extra: __lp::Object,
}
impl __lp::ToObject for NextTaskOutput {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        __lp::Clone::clone(&self.extra)
    }
}
impl __lp::FromBundle for NextTaskOutput {
    fn from_object(o: __lp::Object) -> Self {
        Self { extra: o }
    }
}
impl __lp::Clone for NextTaskOutput {
    fn clone(&self) -> Self {
        __lp::convert::cloned(self)
    }
}
impl __lp::fmt::Debug for NextTaskOutput {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("NextTaskOutput", self, f)
    }
}

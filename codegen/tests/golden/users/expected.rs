#[allow(unused_imports)]
use ::linchpin::__private::v1 as __lp;
/// A client of `users`. Clones are cheap and share connections, tokens and the pool.
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
    /// The reusable requests of the connector.
    pub fn endpoints(&self) -> Endpoints {
        Endpoints(__lp::Clone::clone(&self.0))
    }
}
/// Reusable requests of the connector, as calls of their own.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone, __lp::fmt::Debug)]
pub struct Endpoints(__lp::Client);
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl Endpoints {
    /// Calls the endpoint `getUser`.
    ///
    /// Get a user
    pub fn get_user(&self, input: GetUser) -> __lp::Call<GetUserOutput> {
        __lp::call(&self.0, &ENDPOINTS[0usize], &input)
    }
}
#[allow(unused, clippy::all, clippy::pedantic)]
static ENDPOINTS: [__lp::plan::Module; 1usize] = [
    __lp::plan::Module {
        name: __lp::Cow::Borrowed("getUser"),
        kind: __lp::plan::ModuleKind::Endpoint,
        parameters: __lp::Cow::Borrowed(
            &[__lp::parameter("id", __lp::plan::ParameterType::Unsigned, true)],
        ),
        connections: __lp::Cow::Borrowed(&[]),
        requests: __lp::Cow::Borrowed(
            &[
                __lp::request(
                    __lp::plan::Target::Url {
                        url: __lp::TextTemplate::Static(|s, b| {
                            b.push_str("https://users.example/users/");
                            s.member(__lp::Root::Parameters, "id").write_text(b);
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
                        __lp::plan::Output::Whole,
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
    name: __lp::Cow::Borrowed("users"),
    qs_policy: __lp::plan::QsPolicy::Replace,
    valid_policy: __lp::plan::ValidPolicy::Only,
    base_url: __lp::None,
    hosts: __lp::Cow::Borrowed(&[__lp::Cow::Borrowed("users.example")]),
    limits: __lp::NO_LIMITS,
    common: __lp::Cow::Borrowed(&[]),
    connections: __lp::Cow::Borrowed(&[]),
    endpoints: __lp::Cow::Borrowed(&ENDPOINTS),
    rpcs: __lp::Cow::Borrowed(&[]),
    install: __lp::Some(__lp::plan::Install {
        parameters: __lp::Cow::Borrowed(
            &[
                __lp::plan::Parameter {
                    name: __lp::Cow::Borrowed("secret"),
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
        common: __lp::Some(
            __lp::ValueTemplate::Object(
                __lp::Cow::Borrowed(
                    &[
                        (
                            __lp::Cow::Borrowed("secret"),
                            __lp::ValueTemplate::Static(|s| __lp::Ok(
                                __lp::own(s.member(__lp::Root::Parameters, "secret")),
                            )),
                        ),
                    ],
                ),
            ),
        ),
    }),
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
/// Input of the endpoint `getUser`.
///
/// Get a user
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct GetUser {
    pub id: u64,
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl GetUser {
    /// With what is required; defaults of the connector are filled in.
    pub fn new(id: u64) -> Self {
        Self {
            id: id,
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
impl __lp::ToObject for GetUser {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        __lp::fields(&["id"], &[&self.id], &self.extra, secrets)
    }
}
impl __lp::fmt::Debug for GetUser {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("GetUser", self, f)
    }
}
/// Output of the endpoint `getUser`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
pub struct GetUserOutput {
    pub name: __lp::Option<__lp::String>,
    /// What no field takes: keys that the connector does not name, and values of another type.
    pub extra: __lp::Object,
}
impl __lp::ToObject for GetUserOutput {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        __lp::fields(&["name"], &[&self.name], &self.extra, secrets)
    }
}
impl __lp::FromBundle for GetUserOutput {
    fn from_object(mut o: __lp::Object) -> Self {
        Self {
            name: __lp::take_text(&mut o, "name"),
            extra: o,
        }
    }
}
impl __lp::Clone for GetUserOutput {
    fn clone(&self) -> Self {
        __lp::convert::cloned(self)
    }
}
impl __lp::fmt::Debug for GetUserOutput {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("GetUserOutput", self, f)
    }
}
/// The form of the installation of `users`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct Install {
    pub secret: __lp::Secret,
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl Install {
    /// With what is required; defaults of the connector are filled in.
    pub fn new(secret: impl __lp::Into<__lp::Secret>) -> Self {
        Self {
            secret: __lp::Into::into(secret),
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
impl __lp::ToObject for Install {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        __lp::fields(&["secret"], &[&self.secret], &self.extra, secrets)
    }
}
impl __lp::Installation for Install {
    type Client = Client;
    const CONNECTION: __lp::Option<&'static __lp::str> = __lp::None;
}
impl __lp::fmt::Debug for Install {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("Install", self, f)
    }
}

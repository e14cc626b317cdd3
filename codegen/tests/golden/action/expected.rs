#[allow(unused_imports)]
use ::linchpin::__private::v1 as __lp;
/// A client of `lamps`. Clones are cheap and share connections, tokens and the pool.
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
    /// Calls `setLamp`.
    ///
    /// Set a lamp
    pub fn set_lamp(&self, input: SetLamp) -> __lp::Call<SetLampOutput> {
        static PLAN: __lp::plan::Module = __lp::plan::Module {
            name: __lp::Cow::Borrowed("setLamp"),
            kind: __lp::plan::ModuleKind::Action,
            parameters: __lp::Cow::Borrowed(
                &[
                    __lp::plan::Parameter {
                        name: __lp::Cow::Borrowed("lampId"),
                        ty: __lp::plan::ParameterType::Text,
                        required: true,
                        multiple: false,
                        secret: false,
                        rules: __lp::plan::Rules::NONE,
                        nested: __lp::Cow::Borrowed(&[]),
                    },
                ],
            ),
            connections: __lp::Cow::Borrowed(&[__lp::Cow::Borrowed("key")]),
            requests: __lp::Cow::Borrowed(
                &[
                    __lp::plan::Request {
                        target: __lp::plan::Target::Url {
                            url: __lp::TextTemplate::Static(|s, b| {
                                b.push_str("/lamps/");
                                s.root(__lp::Root::Parameters).key("lampId").write_text(b);
                                __lp::Ok(())
                            }),
                            base: __lp::Some(
                                __lp::TextTemplate::Const(
                                    __lp::Cow::Borrowed("https://api.lamps.example"),
                                ),
                            ),
                        },
                        method: __lp::Some(
                            __lp::TextTemplate::Static(|s, b| {
                                if s.root(__lp::Root::Connection).key("key").is_truthy() {
                                    b.push_str("PUT");
                                } else {
                                    b.push_str("POST");
                                }
                                __lp::Ok(())
                            }),
                        ),
                        headers: __lp::Some(
                            __lp::ValueTemplate::Static(|s| __lp::Ok({
                                let mut o = __lp::Object::with_capacity(1usize);
                                o.insert(
                                    "X-Key",
                                    __lp::Clone::clone(
                                        s.root(__lp::Root::Connection).key("key"),
                                    ),
                                );
                                __lp::Value::Object(o)
                            })),
                        ),
                        qs: __lp::None,
                        body: __lp::Some(
                            __lp::ValueTemplate::Const(
                                __lp::plan::Literal::Object(
                                    __lp::Cow::Borrowed(
                                        &[
                                            (
                                                __lp::Cow::Borrowed("by"),
                                                __lp::plan::Literal::Text(__lp::Cow::Borrowed("linchpin")),
                                            ),
                                        ],
                                    ),
                                ),
                            ),
                        ),
                        body_type: __lp::plan::BodyType::Json,
                        temp: __lp::None,
                        condition: __lp::None,
                        options: __lp::plan::RequestOptions::DEFAULT,
                        ca: __lp::None,
                        oauth: __lp::None,
                        aws: __lp::None,
                        sanitize: __lp::Cow::Borrowed(&[]),
                        pagination: __lp::None,
                        repeat: __lp::None,
                        response: __lp::plan::Response {
                            parse_as: __lp::Cow::Borrowed(&[]),
                            temp: __lp::None,
                            valid: __lp::None,
                            error: __lp::None,
                            iterate: __lp::None,
                            output: __lp::plan::Output::Template(
                                __lp::ValueTemplate::Static(|s| __lp::Ok({
                                    let mut o = __lp::Object::with_capacity(1usize);
                                    o.insert(
                                        "on",
                                        __lp::Value::Bool(
                                            __lp::ops::greater(
                                                s.root(__lp::Root::Body).key("level"),
                                                &__lp::Value::number(0.0),
                                            ),
                                        ),
                                    );
                                    __lp::Value::Object(o)
                                })),
                            ),
                            limit: __lp::None,
                            wrapper: __lp::None,
                            trigger: __lp::None,
                            account: __lp::None,
                            unwrap: true,
                        },
                    },
                ],
            ),
            streams: true,
            scope: __lp::Cow::Borrowed(&[]),
        };
        __lp::Call::new(&self.0, &PLAN, __lp::Input::into_object(input))
    }
}
#[allow(unused, clippy::all, clippy::pedantic)]
static CONNECTOR: __lp::plan::Connector = __lp::plan::Connector {
    name: __lp::Cow::Borrowed("lamps"),
    qs_policy: __lp::plan::QsPolicy::Replace,
    valid_policy: __lp::plan::ValidPolicy::Only,
    base_url: __lp::Some(
        __lp::TextTemplate::Const(__lp::Cow::Borrowed("https://api.lamps.example")),
    ),
    hosts: __lp::Cow::Borrowed(&[__lp::Cow::Borrowed("api.lamps.example")]),
    limits: __lp::plan::Limits {
        timeout: __lp::None,
        max_requests: __lp::None,
        max_pages: __lp::None,
        max_past_records: __lp::None,
    },
    common: __lp::Cow::Borrowed(&[]),
    connections: __lp::Cow::Borrowed(
        &[
            __lp::plan::Connection {
                name: __lp::Cow::Borrowed("key"),
                kind: __lp::plan::ConnectionKind::Basic,
                parameters: __lp::Cow::Borrowed(
                    &[
                        __lp::plan::Parameter {
                            name: __lp::Cow::Borrowed("key"),
                            ty: __lp::plan::ParameterType::Text,
                            required: true,
                            multiple: false,
                            secret: true,
                            rules: __lp::plan::Rules::NONE,
                            nested: __lp::Cow::Borrowed(&[]),
                        },
                    ],
                ),
                verify: __lp::Cow::Borrowed(&[]),
                phases: __lp::Cow::Borrowed(&[]),
                learned: __lp::Cow::Borrowed(&[]),
                scope: __lp::Cow::Borrowed(&[]),
                common: __lp::Cow::Borrowed(&[]),
            },
        ],
    ),
    endpoints: __lp::Cow::Borrowed(&[]),
    retry_after_access_error: false,
};
/// A way to log in.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone, __lp::fmt::Debug)]
pub enum Connection {
    Key(Key),
    /// A connection that lies in a store.
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
}
impl __lp::From<Key> for Connection {
    fn from(credentials: Key) -> Self {
        Self::Key(credentials)
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
            Connection::Key(credentials) => __lp::Into::into(credentials),
            Connection::Stored(stored) => __lp::Into::into(stored),
        }
    }
}
/// Credentials of the connection `key`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct Key {
    /// Key
    pub key: __lp::Secret,
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl Key {
    /// With what is required; defaults of the connector are filled in.
    pub fn new(key: impl __lp::Into<__lp::Secret>) -> Self {
        Self {
            key: __lp::Into::into(key),
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
impl __lp::ToObject for Key {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        let mut o = __lp::Object::with_capacity(1usize);
        __lp::put(&mut o, "key", &self.key, secrets);
        o.spread(&__lp::Value::Object(__lp::Clone::clone(&self.extra)));
        o
    }
}
impl __lp::Credentials for Key {
    const NAME: &'static str = "key";
    fn into_object(self) -> __lp::Object {
        __lp::ToObject::to_object(&self, __lp::Secrets::Shown)
    }
}
impl __lp::fmt::Debug for Key {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("Key", self, f)
    }
}
impl __lp::PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        __lp::convert::equals(self, other)
    }
}
/// Input of `setLamp`.
///
/// Set a lamp
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct SetLamp {
    /// Lamp
    pub lamp_id: __lp::String,
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl SetLamp {
    /// With what is required; defaults of the connector are filled in.
    pub fn new(lamp_id: impl __lp::Into<__lp::String>) -> Self {
        Self {
            lamp_id: __lp::Into::into(lamp_id),
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
impl __lp::ToObject for SetLamp {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        let mut o = __lp::Object::with_capacity(1usize);
        __lp::put(&mut o, "lampId", &self.lamp_id, secrets);
        o.spread(&__lp::Value::Object(__lp::Clone::clone(&self.extra)));
        o
    }
}
impl __lp::Input for SetLamp {
    fn into_object(self) -> __lp::Object {
        __lp::ToObject::to_object(&self, __lp::Secrets::Shown)
    }
}
impl __lp::fmt::Debug for SetLamp {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("SetLamp", self, f)
    }
}
impl __lp::PartialEq for SetLamp {
    fn eq(&self, other: &Self) -> bool {
        __lp::convert::equals(self, other)
    }
}
/// A bundle of `setLamp`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct SetLampOutput {
    pub on: __lp::Option<bool>,
    /// What no field takes: keys that the connector does not name, and values of another type.
    pub extra: __lp::Object,
}
impl __lp::ToObject for SetLampOutput {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        let mut o = __lp::Object::with_capacity(1usize);
        __lp::put(&mut o, "on", &self.on, secrets);
        o.spread(&__lp::Value::Object(__lp::Clone::clone(&self.extra)));
        o
    }
}
impl __lp::FromBundle for SetLampOutput {
    fn from_object(mut o: __lp::Object) -> Self {
        Self {
            on: __lp::take(&mut o, "on"),
            extra: o,
        }
    }
}
impl __lp::fmt::Debug for SetLampOutput {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("SetLampOutput", self, f)
    }
}
impl __lp::PartialEq for SetLampOutput {
    fn eq(&self, other: &Self) -> bool {
        __lp::convert::equals(self, other)
    }
}

#[allow(unused_imports)]
use ::linchpin::__private::v1 as __lp;
/// A client of `doors`. Clones are cheap and share connections, tokens and the pool.
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
    /// Calls `openDoor`.
    pub fn open_door(&self, input: OpenDoor) -> __lp::Call<OpenDoorOutput> {
        static PLAN: __lp::plan::Module = __lp::plan::Module {
            name: __lp::Cow::Borrowed("openDoor"),
            kind: __lp::plan::ModuleKind::Action,
            parameters: __lp::Cow::Borrowed(
                &[
                    __lp::plan::Parameter {
                        name: __lp::Cow::Borrowed("type"),
                        ty: __lp::plan::ParameterType::Select(
                            __lp::Cow::Borrowed(
                                &[
                                    __lp::plan::Literal::Text(
                                        __lp::Cow::Borrowed("front-door"),
                                    ),
                                    __lp::plan::Literal::Text(__lp::Cow::Borrowed("back-door")),
                                ],
                            ),
                        ),
                        required: true,
                        multiple: false,
                        secret: false,
                        rules: __lp::plan::Rules::NONE,
                        nested: __lp::Cow::Borrowed(&[]),
                    },
                ],
            ),
            connections: __lp::Cow::Borrowed(&[]),
            requests: __lp::Cow::Borrowed(
                &[
                    __lp::plan::Request {
                        target: __lp::plan::Target::Url {
                            url: __lp::TextTemplate::Const(
                                __lp::Cow::Borrowed("/front"),
                            ),
                            base: __lp::Some(
                                __lp::TextTemplate::Const(
                                    __lp::Cow::Borrowed("https://api.doors.example"),
                                ),
                            ),
                        },
                        method: __lp::Some(
                            __lp::TextTemplate::Const(__lp::Cow::Borrowed("POST")),
                        ),
                        headers: __lp::None,
                        qs: __lp::None,
                        body: __lp::None,
                        body_type: __lp::plan::BodyType::Json,
                        temp: __lp::None,
                        condition: __lp::Some(__lp::plan::Condition {
                            test: __lp::Some(
                                __lp::ValueTemplate::Static(|s| __lp::Ok(
                                    __lp::Value::Bool(
                                        __lp::ops::equal(
                                            s.root(__lp::Root::Parameters).key("type"),
                                            &__lp::Value::text("front-door"),
                                        ),
                                    ),
                                )),
                            ),
                            default: __lp::None,
                        }),
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
                            output: __lp::plan::Output::Whole,
                            limit: __lp::None,
                            wrapper: __lp::None,
                            trigger: __lp::None,
                            account: __lp::None,
                            unwrap: true,
                        },
                    },
                    __lp::plan::Request {
                        target: __lp::plan::Target::Url {
                            url: __lp::TextTemplate::Const(__lp::Cow::Borrowed("/back")),
                            base: __lp::Some(
                                __lp::TextTemplate::Const(
                                    __lp::Cow::Borrowed("https://api.doors.example"),
                                ),
                            ),
                        },
                        method: __lp::Some(
                            __lp::TextTemplate::Const(__lp::Cow::Borrowed("POST")),
                        ),
                        headers: __lp::None,
                        qs: __lp::None,
                        body: __lp::None,
                        body_type: __lp::plan::BodyType::Json,
                        temp: __lp::None,
                        condition: __lp::Some(__lp::plan::Condition {
                            test: __lp::Some(
                                __lp::ValueTemplate::Static(|s| __lp::Ok(
                                    __lp::Value::Bool(
                                        __lp::ops::equal(
                                            s.root(__lp::Root::Parameters).key("type"),
                                            &__lp::Value::text("back-door"),
                                        ),
                                    ),
                                )),
                            ),
                            default: __lp::None,
                        }),
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
                            output: __lp::plan::Output::Whole,
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
    name: __lp::Cow::Borrowed("doors"),
    qs_policy: __lp::plan::QsPolicy::Replace,
    valid_policy: __lp::plan::ValidPolicy::Only,
    base_url: __lp::Some(
        __lp::TextTemplate::Const(__lp::Cow::Borrowed("https://api.doors.example")),
    ),
    hosts: __lp::Cow::Borrowed(&[__lp::Cow::Borrowed("api.doors.example")]),
    limits: __lp::plan::Limits {
        timeout: __lp::None,
        max_requests: __lp::None,
        max_pages: __lp::None,
        max_past_records: __lp::None,
    },
    common: __lp::Cow::Borrowed(&[]),
    connections: __lp::Cow::Borrowed(&[]),
    endpoints: __lp::Cow::Borrowed(&[]),
    retry_after_access_error: false,
};
/// A way to log in.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone, __lp::fmt::Debug)]
pub enum Connection {
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
/// Input of `openDoor`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct OpenDoor {
    pub type_: OpenDoorType,
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl OpenDoor {
    /// With what is required; defaults of the connector are filled in.
    pub fn new(type_: OpenDoorType) -> Self {
        Self {
            type_: type_,
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
impl __lp::ToObject for OpenDoor {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        let mut o = __lp::Object::with_capacity(1usize);
        __lp::put(&mut o, "type", &self.type_, secrets);
        o.spread(&__lp::Value::Object(__lp::Clone::clone(&self.extra)));
        o
    }
}
impl __lp::Input for OpenDoor {
    fn into_object(self) -> __lp::Object {
        __lp::ToObject::to_object(&self, __lp::Secrets::Shown)
    }
}
impl __lp::fmt::Debug for OpenDoor {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("OpenDoor", self, f)
    }
}
impl __lp::PartialEq for OpenDoor {
    fn eq(&self, other: &Self) -> bool {
        __lp::convert::equals(self, other)
    }
}
/// A bundle of `openDoor`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct OpenDoorOutput {
    /// What no field takes: keys that the connector does not name, and values of another type.
    pub extra: __lp::Object,
}
impl __lp::ToObject for OpenDoorOutput {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        let mut o = __lp::Object::with_capacity(0usize);
        o.spread(&__lp::Value::Object(__lp::Clone::clone(&self.extra)));
        o
    }
}
impl __lp::FromBundle for OpenDoorOutput {
    fn from_object(o: __lp::Object) -> Self {
        Self { extra: o }
    }
}
impl __lp::fmt::Debug for OpenDoorOutput {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("OpenDoorOutput", self, f)
    }
}
impl __lp::PartialEq for OpenDoorOutput {
    fn eq(&self, other: &Self) -> bool {
        __lp::convert::equals(self, other)
    }
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub enum OpenDoorType {
    /// Front
    FrontDoor,
    /// Back
    BackDoor,
    /// A value that the connector does not list.
    Other(__lp::Value),
}
impl __lp::FromValue for OpenDoorType {
    fn from_value(value: __lp::Value) -> __lp::Result<Self, __lp::Value> {
        if value == __lp::Value::text("front-door") {
            return __lp::Ok(Self::FrontDoor);
        }
        if value == __lp::Value::text("back-door") {
            return __lp::Ok(Self::BackDoor);
        }
        __lp::Ok(Self::Other(value))
    }
}
impl __lp::ToValue for OpenDoorType {
    fn to_value(&self, _: __lp::Secrets) -> __lp::Value {
        match self {
            Self::FrontDoor => __lp::Value::text("front-door"),
            Self::BackDoor => __lp::Value::text("back-door"),
            Self::Other(value) => __lp::Clone::clone(value),
        }
    }
}
impl __lp::fmt::Debug for OpenDoorType {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::fmt::Debug::fmt(&__lp::ToValue::to_value(self, __lp::Secrets::Shown), f)
    }
}
impl __lp::PartialEq for OpenDoorType {
    fn eq(&self, other: &Self) -> bool {
        __lp::ToValue::to_value(self, __lp::Secrets::Shown)
            == __lp::ToValue::to_value(other, __lp::Secrets::Shown)
    }
}

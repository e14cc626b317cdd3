#[allow(unused_imports)]
use ::linchpin::__private::v1 as __lp;
/// A client of `desk`. Clones are cheap and share connections, tokens and the pool.
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
    /// The webhooks: receivers of the events that the service sends.
    pub fn webhooks(&self) -> Webhooks {
        Webhooks(__lp::Clone::clone(&self.0))
    }
    /// Calls `pickUp`.
    pub fn pick_up(&self, input: PickUp) -> __lp::Respond {
        static PLAN: __lp::plan::Module = __lp::plan::Module {
            name: __lp::Cow::Borrowed("pickUp"),
            kind: __lp::plan::ModuleKind::Responder,
            parameters: __lp::Cow::Borrowed(&[]),
            connections: __lp::Cow::Borrowed(&[]),
            requests: __lp::Cow::Borrowed(&[]),
            streams: false,
            scope: __lp::Cow::Borrowed(&[]),
            code: __lp::None,
            metadata: __lp::Cow::Borrowed(&[]),
        };
        static REPLY: __lp::plan::Responder = __lp::plan::Responder {
            reply_type: __lp::plan::ReplyType::Automatic,
            status: __lp::Some(
                __lp::ValueTemplate::Const(
                    __lp::plan::Literal::Number(__lp::Cow::Borrowed("201")),
                ),
            ),
            headers: __lp::None,
            body: __lp::Some(
                __lp::ValueTemplate::Static(|s| __lp::Ok({
                    let mut o = __lp::Object::with_capacity(1usize);
                    __lp::copy(&mut o, "said", s.member(__lp::Root::Parameters, "text"));
                    __lp::Value::Object(o)
                })),
            ),
        };
        __lp::respond(&self.0, &PLAN, &REPLY, &input)
    }
}
/// The webhooks of the connector.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone, __lp::fmt::Debug)]
pub struct Webhooks(__lp::Client);
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl Webhooks {
    /// The webhook `calls`.
    pub fn calls(&self) -> __lp::Webhook<Calls> {
        static PLAN: __lp::plan::Webhook = __lp::plan::Webhook {
            name: __lp::Cow::Borrowed("calls"),
            shared: false,
            parameters: __lp::Cow::Borrowed(&[]),
            connections: __lp::Cow::Borrowed(&[]),
            attach: __lp::Cow::Borrowed(
                &[
                    __lp::request(
                        __lp::plan::Target::Url {
                            url: __lp::TextTemplate::Const(
                                __lp::Cow::Borrowed("https://api.desk.example/hooks"),
                            ),
                            base: __lp::None,
                        },
                        __lp::Some(
                            __lp::TextTemplate::Const(__lp::Cow::Borrowed("POST")),
                        ),
                        __lp::None,
                        __lp::None,
                        __lp::Some(
                            __lp::ValueTemplate::Static(|s| __lp::Ok({
                                let mut o = __lp::Object::with_capacity(1usize);
                                __lp::copy(
                                    &mut o,
                                    "url",
                                    s.member(__lp::Root::Webhook, "url"),
                                );
                                __lp::Value::Object(o)
                            })),
                        ),
                        __lp::Cow::Borrowed(&[]),
                        __lp::None,
                        __lp::plan::Response {
                            parse_as: __lp::Cow::Borrowed(&[]),
                            temp: __lp::None,
                            valid: __lp::None,
                            error: __lp::None,
                            iterate: __lp::None,
                            output: __lp::plan::Output::Whole,
                            limit: __lp::None,
                            wrapper: __lp::None,
                            trigger: __lp::None,
                            account: __lp::Some(__lp::plan::Account {
                                data: __lp::Some(
                                    __lp::ValueTemplate::Static(|s| __lp::Ok({
                                        let mut o = __lp::Object::with_capacity(1usize);
                                        __lp::copy(
                                            &mut o,
                                            "hookId",
                                            s.member(__lp::Root::Body, "id"),
                                        );
                                        __lp::Value::Object(o)
                                    })),
                                ),
                                metadata: __lp::None,
                                uid: __lp::None,
                                expires: __lp::None,
                                scope: __lp::None,
                                oauth: __lp::None,
                            }),
                            unwrap: true,
                        },
                    ),
                ],
            ),
            update: __lp::Cow::Borrowed(&[]),
            detach: __lp::Cow::Borrowed(&[]),
            verification: __lp::None,
            condition: __lp::None,
            iterate: __lp::None,
            output: __lp::plan::Output::Whole,
            uid: __lp::None,
            respond: __lp::None,
            scope: __lp::Cow::Borrowed(&[]),
        };
        __lp::Webhook::new(&self.0, &PLAN)
    }
}
#[allow(unused, clippy::all, clippy::pedantic)]
static CONNECTOR: __lp::plan::Connector = __lp::plan::Connector {
    name: __lp::Cow::Borrowed("desk"),
    qs_policy: __lp::plan::QsPolicy::Replace,
    valid_policy: __lp::plan::ValidPolicy::Only,
    base_url: __lp::None,
    hosts: __lp::Cow::Borrowed(&[__lp::Cow::Borrowed("api.desk.example")]),
    limits: __lp::NO_LIMITS,
    common: __lp::Cow::Borrowed(&[]),
    connections: __lp::Cow::Borrowed(&[]),
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
/// Input of `pickUp`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct PickUp {
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl PickUp {
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
impl __lp::ToObject for PickUp {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        __lp::Clone::clone(&self.extra)
    }
}
impl __lp::fmt::Debug for PickUp {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("PickUp", self, f)
    }
}
/// The form of the webhook `calls`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct Calls {
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl Calls {
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
impl __lp::ToObject for Calls {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        __lp::Clone::clone(&self.extra)
    }
}
impl __lp::fmt::Debug for Calls {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("Calls", self, f)
    }
}

#[allow(unused_imports)]
use ::linchpin::__private::v1 as __lp;
/// A client of `tickets`. Clones are cheap and share connections, tokens and the pool.
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
    /// Calls `newTicket`.
    pub fn new_ticket(&self, input: NewTicket) -> __lp::InstantTrigger<NewTicketOutput> {
        static PLAN: __lp::plan::Module = __lp::plan::Module {
            name: __lp::Cow::Borrowed("newTicket"),
            kind: __lp::plan::ModuleKind::InstantTrigger,
            parameters: __lp::Cow::Borrowed(&[]),
            connections: __lp::Cow::Borrowed(&[]),
            requests: __lp::Cow::Borrowed(
                &[
                    __lp::request(
                        __lp::plan::Target::Url {
                            url: __lp::TextTemplate::Static(|s, b| {
                                b.push_str("https://api.tickets.example/tickets/");
                                s.member(__lp::Root::Payload, "id").write_text(b);
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
        };
        __lp::instant_trigger(&self.0, &PLAN, __lp::Some("ticketEvents"), &input)
    }
}
/// The webhooks of the connector.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone, __lp::fmt::Debug)]
pub struct Webhooks(__lp::Client);
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl Webhooks {
    /// The webhook `ticketEvents`.
    pub fn ticket_events(&self) -> __lp::Webhook<TicketEvents> {
        static PLAN: __lp::plan::Webhook = __lp::plan::Webhook {
            name: __lp::Cow::Borrowed("ticketEvents"),
            shared: false,
            parameters: __lp::Cow::Borrowed(&[]),
            connections: __lp::Cow::Borrowed(&[]),
            attach: __lp::Cow::Borrowed(&[]),
            update: __lp::Cow::Borrowed(&[]),
            detach: __lp::Cow::Borrowed(&[]),
            verification: __lp::Some(__lp::plan::Verification {
                condition: __lp::Some(
                    __lp::ValueTemplate::Static(|s| __lp::Ok(
                        __lp::own(s.member(__lp::Root::Query, "challenge")),
                    )),
                ),
                respond: __lp::Some(__lp::plan::Responder {
                    reply_type: __lp::plan::ReplyType::Text,
                    status: __lp::None,
                    headers: __lp::None,
                    body: __lp::Some(
                        __lp::ValueTemplate::Static(|s| __lp::Ok(
                            __lp::own(s.member(__lp::Root::Query, "challenge")),
                        )),
                    ),
                }),
            }),
            condition: __lp::Some(
                __lp::ValueTemplate::Static(|s| __lp::Ok(
                    __lp::Value::Bool(
                        __lp::ops::equal_secret(
                            s.root(__lp::Root::Headers).header("X-Signature"),
                            &__lp::functions::sha256(
                                s.at("connector.json:11:57 condition"),
                                &[
                                    s.root(__lp::Root::RawBody),
                                    &__lp::Value::text("hex"),
                                    s.member(__lp::Root::Common, "secret"),
                                ],
                            )?,
                        ),
                    ),
                )),
            ),
            iterate: __lp::Some(__lp::plan::Iterate {
                container: __lp::ValueTemplate::Static(|s| __lp::Ok(
                    __lp::own(s.member(__lp::Root::Body, "events")),
                )),
                condition: __lp::Some(
                    __lp::ValueTemplate::Static(|s| __lp::Ok(
                        __lp::Value::Bool(
                            !__lp::ops::equal_secret(
                                s.member(__lp::Root::Item, "kind"),
                                &__lp::Value::text("ping"),
                            ),
                        ),
                    )),
                ),
            }),
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
    name: __lp::Cow::Borrowed("tickets"),
    qs_policy: __lp::plan::QsPolicy::Replace,
    valid_policy: __lp::plan::ValidPolicy::Only,
    base_url: __lp::None,
    hosts: __lp::Cow::Borrowed(&[__lp::Cow::Borrowed("api.tickets.example")]),
    limits: __lp::NO_LIMITS,
    common: __lp::Cow::Borrowed(&[__lp::Cow::Borrowed("secret")]),
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
/// Input of `newTicket`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct NewTicket {
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl NewTicket {
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
impl __lp::ToObject for NewTicket {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        __lp::Clone::clone(&self.extra)
    }
}
impl __lp::fmt::Debug for NewTicket {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("NewTicket", self, f)
    }
}
/// A bundle of `newTicket`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
pub struct NewTicketOutput {
    /// What no field takes: keys that the connector does not name, and values of another type.
    pub extra: __lp::Object,
}
impl __lp::ToObject for NewTicketOutput {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        __lp::Clone::clone(&self.extra)
    }
}
impl __lp::FromBundle for NewTicketOutput {
    fn from_object(o: __lp::Object) -> Self {
        Self { extra: o }
    }
}
impl __lp::Clone for NewTicketOutput {
    fn clone(&self) -> Self {
        __lp::convert::cloned(self)
    }
}
impl __lp::fmt::Debug for NewTicketOutput {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("NewTicketOutput", self, f)
    }
}
/// The form of the webhook `ticketEvents`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct TicketEvents {
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl TicketEvents {
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
impl __lp::ToObject for TicketEvents {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        __lp::Clone::clone(&self.extra)
    }
}
impl __lp::fmt::Debug for TicketEvents {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("TicketEvents", self, f)
    }
}

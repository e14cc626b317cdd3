#[allow(unused_imports)]
use ::linchpin::__private::v1 as __lp;
/// A client of `weather`. Clones are cheap and share connections, tokens and the pool.
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
    /// Calls `listDays`.
    pub fn list_days(&self, input: ListDays) -> __lp::Search<ListDaysOutput> {
        static PLAN: __lp::plan::Module = __lp::plan::Module {
            name: __lp::Cow::Borrowed("listDays"),
            kind: __lp::plan::ModuleKind::Search,
            parameters: __lp::Cow::Borrowed(
                &[
                    __lp::parameter(
                        "unit",
                        __lp::plan::ParameterType::Select(
                            __lp::Cow::Borrowed(
                                &[
                                    __lp::plan::Literal::Text(__lp::Cow::Borrowed("c")),
                                    __lp::plan::Literal::Text(__lp::Cow::Borrowed("2nd")),
                                ],
                            ),
                        ),
                        false,
                    ),
                    __lp::parameter("days", __lp::plan::ParameterType::Unsigned, true),
                ],
            ),
            connections: __lp::Cow::Borrowed(&[]),
            requests: __lp::Cow::Borrowed(
                &[
                    __lp::request(
                        __lp::plan::Target::Url {
                            url: __lp::TextTemplate::Static(|s, b| {
                                b.push_str("https://");
                                if s.member(__lp::Root::Common, "test").is_truthy() {
                                    b.push_str("test");
                                } else {
                                    b.push_str("api");
                                }
                                b.push_str(".weather.example/days");
                                __lp::Ok(())
                            }),
                            base: __lp::None,
                        },
                        __lp::None,
                        __lp::None,
                        __lp::Some(
                            __lp::ValueTemplate::Static(|s| __lp::Ok({
                                let mut o = __lp::Object::with_capacity(1usize);
                                o.insert(
                                    "unit",
                                    {
                                        let v = s.member(__lp::Root::Parameters, "unit");
                                        if v.is_blank() {
                                            __lp::Value::text("c")
                                        } else {
                                            __lp::own(v)
                                        }
                                    },
                                );
                                __lp::Value::Object(o)
                            })),
                        ),
                        __lp::None,
                        __lp::Cow::Borrowed(&[]),
                        __lp::None,
                        __lp::response(
                            __lp::None,
                            __lp::None,
                            __lp::Some(__lp::plan::Iterate {
                                container: __lp::ValueTemplate::Static(|s| __lp::Ok(
                                    __lp::own(s.member(__lp::Root::Body, "days")),
                                )),
                                condition: __lp::None,
                            }),
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
        __lp::search(&self.0, &PLAN, &input)
    }
}
#[allow(unused, clippy::all, clippy::pedantic)]
static CONNECTOR: __lp::plan::Connector = __lp::plan::Connector {
    name: __lp::Cow::Borrowed("weather"),
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
/// Input of `listDays`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct ListDays {
    /// Unit
    pub unit: __lp::Option<ListDaysUnit>,
    pub days: u64,
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl ListDays {
    /// With what is required; defaults of the connector are filled in.
    pub fn new(days: u64) -> Self {
        Self {
            unit: __lp::Some(ListDaysUnit::C),
            days: days,
            extra: __lp::Object::new(),
        }
    }
    /// Unit
    pub fn unit(mut self, unit: ListDaysUnit) -> Self {
        self.unit = __lp::Some(unit);
        self
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
impl __lp::ToObject for ListDays {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        __lp::fields(&["unit", "days"], &[&self.unit, &self.days], &self.extra, secrets)
    }
}
impl __lp::fmt::Debug for ListDays {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("ListDays", self, f)
    }
}
/// A bundle of `listDays`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
pub struct ListDaysOutput {
    /// What no field takes: keys that the connector does not name, and values of another type.
    pub extra: __lp::Object,
}
impl __lp::ToObject for ListDaysOutput {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        __lp::Clone::clone(&self.extra)
    }
}
impl __lp::FromBundle for ListDaysOutput {
    fn from_object(o: __lp::Object) -> Self {
        Self { extra: o }
    }
}
impl __lp::Clone for ListDaysOutput {
    fn clone(&self) -> Self {
        __lp::convert::cloned(self)
    }
}
impl __lp::fmt::Debug for ListDaysOutput {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("ListDaysOutput", self, f)
    }
}
/// Unit
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub enum ListDaysUnit {
    /// Celsius
    C,
    N2nd,
    /// A value that the connector does not list.
    Other(__lp::Value),
}
impl __lp::FromValue for ListDaysUnit {
    fn from_value(value: __lp::Value) -> __lp::Result<Self, __lp::Value> {
        if value == __lp::Value::text("c") {
            return __lp::Ok(Self::C);
        }
        if value == __lp::Value::text("2nd") {
            return __lp::Ok(Self::N2nd);
        }
        if value.is_nullish() { __lp::Err(value) } else { __lp::Ok(Self::Other(value)) }
    }
}
impl __lp::ToValue for ListDaysUnit {
    fn to_value(&self, _: __lp::Secrets) -> __lp::Value {
        match self {
            Self::C => __lp::Value::text("c"),
            Self::N2nd => __lp::Value::text("2nd"),
            Self::Other(value) => __lp::Clone::clone(value),
        }
    }
}
impl __lp::fmt::Debug for ListDaysUnit {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::fmt::Debug::fmt(&__lp::ToValue::to_value(self, __lp::Secrets::Shown), f)
    }
}
impl __lp::PartialEq for ListDaysUnit {
    fn eq(&self, other: &Self) -> bool {
        __lp::ToValue::to_value(self, __lp::Secrets::Shown)
            == __lp::ToValue::to_value(other, __lp::Secrets::Shown)
    }
}

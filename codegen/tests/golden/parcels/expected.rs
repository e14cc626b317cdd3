#[allow(unused_imports)]
use ::linchpin::__private::v1 as __lp;
/// A client of `parcels`. Clones are cheap and share connections, tokens and the pool.
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
    /// Calls `trackParcel`.
    pub fn track_parcel(&self, input: TrackParcel) -> __lp::Call<TrackParcelOutput> {
        static PLAN: __lp::plan::Module = __lp::plan::Module {
            name: __lp::Cow::Borrowed("trackParcel"),
            kind: __lp::plan::ModuleKind::Action,
            parameters: __lp::Cow::Borrowed(&[]),
            connections: __lp::Cow::Borrowed(&[]),
            requests: __lp::Cow::Borrowed(
                &[
                    __lp::request(
                        __lp::plan::Target::Url {
                            url: __lp::TextTemplate::Const(
                                __lp::Cow::Borrowed("https://parcels.example/track"),
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
                            __lp::None,
                            __lp::plan::Output::Template(
                                __lp::ValueTemplate::Static(|s| __lp::Ok({
                                    let mut o = __lp::Object::with_capacity(3usize);
                                    __lp::pick(
                                        &mut o,
                                        s.root(__lp::Root::Body),
                                        &["id", "id", "stops", "stops"],
                                    );
                                    o.insert(
                                        "type",
                                        __lp::functions::trim(
                                            s.at("connector.json:13:102 response.output.type"),
                                            &[s.member(__lp::Root::Body, "type")],
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
    name: __lp::Cow::Borrowed("parcels"),
    qs_policy: __lp::plan::QsPolicy::Replace,
    valid_policy: __lp::plan::ValidPolicy::Only,
    base_url: __lp::None,
    hosts: __lp::Cow::Borrowed(&[__lp::Cow::Borrowed("parcels.example")]),
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
/// Input of `trackParcel`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct TrackParcel {
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl TrackParcel {
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
impl __lp::ToObject for TrackParcel {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        __lp::Clone::clone(&self.extra)
    }
}
impl __lp::fmt::Debug for TrackParcel {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("TrackParcel", self, f)
    }
}
/// A bundle of `trackParcel`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
pub struct TrackParcelOutput {
    /// Id
    ///
    /// &lt;b&gt;Bold&lt;/b&gt;, see https&#58;//parcels.example
    pub id: __lp::Option<__lp::String>,
    pub type_: __lp::Option<__lp::String>,
    pub stops: __lp::Option<__lp::Vec<TrackParcelOutputStops>>,
    /// What no field takes: keys that the connector does not name, and values of another type.
    pub extra: __lp::Object,
}
impl __lp::ToObject for TrackParcelOutput {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        __lp::fields(
            &["id", "type", "stops"],
            &[&self.id, &self.type_, &self.stops],
            &self.extra,
            secrets,
        )
    }
}
impl __lp::FromBundle for TrackParcelOutput {
    fn from_object(mut o: __lp::Object) -> Self {
        Self {
            id: __lp::take_text(&mut o, "id"),
            type_: __lp::take_text(&mut o, "type"),
            stops: __lp::take(&mut o, "stops"),
            extra: o,
        }
    }
}
impl __lp::Clone for TrackParcelOutput {
    fn clone(&self) -> Self {
        __lp::convert::cloned(self)
    }
}
impl __lp::fmt::Debug for TrackParcelOutput {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("TrackParcelOutput", self, f)
    }
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
pub struct TrackParcelOutputStops {
    pub n2nd: __lp::Option<__lp::Date>,
    /// What no field takes: keys that the connector does not name, and values of another type.
    pub extra: __lp::Object,
}
impl __lp::ToObject for TrackParcelOutputStops {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        __lp::fields(&["2nd"], &[&self.n2nd], &self.extra, secrets)
    }
}
impl __lp::FromBundle for TrackParcelOutputStops {
    fn from_object(mut o: __lp::Object) -> Self {
        Self {
            n2nd: __lp::take_date(&mut o, "2nd"),
            extra: o,
        }
    }
}
impl __lp::Clone for TrackParcelOutputStops {
    fn clone(&self) -> Self {
        __lp::convert::cloned(self)
    }
}
impl __lp::fmt::Debug for TrackParcelOutputStops {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("TrackParcelOutputStops", self, f)
    }
}

#[allow(unused_imports)]
use ::linchpin::__private::v1 as __lp;
/// A client of `feeds`. Clones are cheap and share connections, tokens and the pool.
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
    /// Calls `watchPosts`.
    pub fn watch_posts(&self, input: WatchPosts) -> __lp::Trigger<WatchPostsOutput> {
        static PLAN: __lp::plan::Module = __lp::plan::Module {
            name: __lp::Cow::Borrowed("watchPosts"),
            kind: __lp::plan::ModuleKind::Trigger,
            parameters: __lp::Cow::Borrowed(
                &[__lp::parameter("limit", __lp::plan::ParameterType::Unsigned, false)],
            ),
            connections: __lp::Cow::Borrowed(&[]),
            requests: __lp::Cow::Borrowed(
                &[
                    __lp::request(
                        __lp::plan::Target::Url {
                            url: __lp::TextTemplate::Const(
                                __lp::Cow::Borrowed("https://feeds.example/posts"),
                            ),
                            base: __lp::None,
                        },
                        __lp::None,
                        __lp::None,
                        __lp::None,
                        __lp::None,
                        __lp::Cow::Borrowed(&[]),
                        __lp::None,
                        __lp::plan::Response {
                            parse_as: __lp::Cow::Borrowed(&[]),
                            temp: __lp::None,
                            valid: __lp::None,
                            error: __lp::None,
                            iterate: __lp::Some(__lp::plan::Iterate {
                                container: __lp::ValueTemplate::Static(|s| __lp::Ok(
                                    __lp::own(s.member(__lp::Root::Body, "posts")),
                                )),
                                condition: __lp::None,
                            }),
                            output: __lp::plan::Output::Whole,
                            limit: __lp::Some(__SHARED1),
                            wrapper: __lp::None,
                            trigger: __lp::Some(__lp::plan::Trigger {
                                by_date: true,
                                order: __lp::plan::TriggerOrder::Descending,
                                id: __lp::Some(
                                    __lp::ValueTemplate::Static(|s| __lp::Ok(
                                        __lp::own(s.member(__lp::Root::Item, "id")),
                                    )),
                                ),
                                date: __lp::Some(
                                    __lp::ValueTemplate::Static(|s| __lp::Ok(
                                        __lp::own(s.member(__lp::Root::Item, "updated")),
                                    )),
                                ),
                            }),
                            account: __lp::None,
                            unwrap: true,
                        },
                    ),
                ],
            ),
            streams: true,
            scope: __lp::Cow::Borrowed(&[]),
            code: __lp::None,
            metadata: __lp::Cow::Borrowed(&[]),
        };
        __lp::trigger(
            &self.0,
            &PLAN,
            __lp::Some({
                static EPOCH: __lp::plan::Module = __lp::plan::Module {
                    name: __lp::Cow::Borrowed("watchPosts"),
                    kind: __lp::plan::ModuleKind::Trigger,
                    parameters: __lp::Cow::Borrowed(
                        &[
                            __lp::parameter(
                                "limit",
                                __lp::plan::ParameterType::Unsigned,
                                false,
                            ),
                        ],
                    ),
                    connections: __lp::Cow::Borrowed(&[]),
                    requests: __lp::Cow::Borrowed(
                        &[
                            __lp::request(
                                __lp::plan::Target::Url {
                                    url: __lp::TextTemplate::Const(
                                        __lp::Cow::Borrowed("https://feeds.example/posts"),
                                    ),
                                    base: __lp::None,
                                },
                                __lp::None,
                                __lp::None,
                                __lp::None,
                                __lp::None,
                                __lp::Cow::Borrowed(&[]),
                                __lp::None,
                                __lp::plan::Response {
                                    parse_as: __lp::Cow::Borrowed(&[]),
                                    temp: __lp::None,
                                    valid: __lp::None,
                                    error: __lp::None,
                                    iterate: __lp::Some(__lp::plan::Iterate {
                                        container: __lp::ValueTemplate::Static(|s| __lp::Ok(
                                            __lp::own(s.member(__lp::Root::Body, "posts")),
                                        )),
                                        condition: __lp::None,
                                    }),
                                    output: __lp::plan::Output::Template(
                                        __lp::ValueTemplate::Static(|s| __lp::Ok(
                                            __lp::own(s.member(__lp::Root::Item, "title")),
                                        )),
                                    ),
                                    limit: __lp::Some(__SHARED1),
                                    wrapper: __lp::None,
                                    trigger: __lp::Some(__lp::plan::Trigger {
                                        by_date: true,
                                        order: __lp::plan::TriggerOrder::Descending,
                                        id: __lp::Some(
                                            __lp::ValueTemplate::Static(|s| __lp::Ok(
                                                __lp::own(s.member(__lp::Root::Item, "id")),
                                            )),
                                        ),
                                        date: __lp::Some(
                                            __lp::ValueTemplate::Static(|s| __lp::Ok(
                                                __lp::own(s.member(__lp::Root::Item, "updated")),
                                            )),
                                        ),
                                    }),
                                    account: __lp::None,
                                    unwrap: true,
                                },
                            ),
                        ],
                    ),
                    streams: true,
                    scope: __lp::Cow::Borrowed(&[]),
                    code: __lp::None,
                    metadata: __lp::Cow::Borrowed(&[]),
                };
                &EPOCH
            }),
            &input,
        )
    }
}
#[allow(unused, clippy::all, clippy::pedantic)]
static CONNECTOR: __lp::plan::Connector = __lp::plan::Connector {
    name: __lp::Cow::Borrowed("feeds"),
    qs_policy: __lp::plan::QsPolicy::Replace,
    valid_policy: __lp::plan::ValidPolicy::Only,
    base_url: __lp::None,
    hosts: __lp::Cow::Borrowed(&[__lp::Cow::Borrowed("feeds.example")]),
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
/// Input of `watchPosts`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct WatchPosts {
    pub limit: __lp::Option<u64>,
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl WatchPosts {
    /// With what is required; defaults of the connector are filled in.
    pub fn new() -> Self {
        Self {
            limit: __lp::None,
            extra: __lp::Object::new(),
        }
    }
    pub fn limit(mut self, limit: u64) -> Self {
        self.limit = __lp::Some(limit);
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
impl __lp::ToObject for WatchPosts {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        __lp::fields(&["limit"], &[&self.limit], &self.extra, secrets)
    }
}
impl __lp::fmt::Debug for WatchPosts {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("WatchPosts", self, f)
    }
}
/// A bundle of `watchPosts`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
pub struct WatchPostsOutput {
    /// What no field takes: keys that the connector does not name, and values of another type.
    pub extra: __lp::Object,
}
impl __lp::ToObject for WatchPostsOutput {
    fn to_object(&self, _: __lp::Secrets) -> __lp::Object {
        __lp::Clone::clone(&self.extra)
    }
}
impl __lp::FromBundle for WatchPostsOutput {
    fn from_object(o: __lp::Object) -> Self {
        Self { extra: o }
    }
}
impl __lp::Clone for WatchPostsOutput {
    fn clone(&self) -> Self {
        __lp::convert::cloned(self)
    }
}
impl __lp::fmt::Debug for WatchPostsOutput {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("WatchPostsOutput", self, f)
    }
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
const __SHARED1: __lp::ValueTemplate = __lp::ValueTemplate::Static(|s| __lp::Ok(
    __lp::own(s.member(__lp::Root::Parameters, "limit")),
));

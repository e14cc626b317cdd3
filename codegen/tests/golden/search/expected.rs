#[allow(unused_imports)]
use ::linchpin::__private::v1 as __lp;
/// A client of `books`. Clones are cheap and share connections, tokens and the pool.
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
    /// Calls `findBooks`.
    pub fn find_books(&self, input: FindBooks) -> __lp::Search<FindBooksOutput> {
        static PLAN: __lp::plan::Module = __lp::plan::Module {
            name: __lp::Cow::Borrowed("findBooks"),
            kind: __lp::plan::ModuleKind::Search,
            parameters: __lp::Cow::Borrowed(
                &[
                    __lp::plan::Parameter {
                        name: __lp::Cow::Borrowed("text"),
                        ty: __lp::plan::ParameterType::Text,
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
                                __lp::Cow::Borrowed("/books"),
                            ),
                            base: __lp::Some(
                                __lp::TextTemplate::Const(
                                    __lp::Cow::Borrowed("https://api.books.example"),
                                ),
                            ),
                        },
                        method: __lp::None,
                        headers: __lp::None,
                        qs: __lp::Some(
                            __lp::ValueTemplate::Static(|s| __lp::Ok({
                                let mut o = __lp::Object::with_capacity(1usize);
                                o.insert(
                                    "q",
                                    __lp::functions::lower(
                                        s.at("connector.json:11:25 qs.q"),
                                        &[s.root(__lp::Root::Parameters).key("text")],
                                    )?,
                                );
                                __lp::Value::Object(o)
                            })),
                        ),
                        body: __lp::None,
                        body_type: __lp::plan::BodyType::Json,
                        temp: __lp::None,
                        condition: __lp::None,
                        options: __lp::plan::RequestOptions::DEFAULT,
                        ca: __lp::None,
                        oauth: __lp::None,
                        aws: __lp::None,
                        sanitize: __lp::Cow::Borrowed(&[]),
                        pagination: __lp::Some(__lp::plan::Pagination {
                            merge_with_parent: true,
                            url: __lp::None,
                            method: __lp::None,
                            headers: __lp::None,
                            qs: __lp::Some(
                                __lp::ValueTemplate::Static(|s| __lp::Ok({
                                    let mut o = __lp::Object::with_capacity(1usize);
                                    o.insert(
                                        "page",
                                        __lp::Clone::clone(
                                            s.root(__lp::Root::Pagination).key("page"),
                                        ),
                                    );
                                    __lp::Value::Object(o)
                                })),
                            ),
                            body: __lp::None,
                            condition: __lp::None,
                            endpoint: __lp::None,
                        }),
                        repeat: __lp::None,
                        response: __lp::plan::Response {
                            parse_as: __lp::Cow::Borrowed(&[]),
                            temp: __lp::None,
                            valid: __lp::None,
                            error: __lp::None,
                            iterate: __lp::Some(__lp::plan::Iterate {
                                container: __lp::ValueTemplate::Static(|s| __lp::Ok(
                                    __lp::Clone::clone(s.root(__lp::Root::Body).key("books")),
                                )),
                                condition: __lp::None,
                            }),
                            output: __lp::plan::Output::Template(
                                __lp::ValueTemplate::Static(|s| __lp::Ok({
                                    let mut o = __lp::Object::with_capacity(1usize);
                                    o.insert(
                                        "title",
                                        {
                                            static ONCE: __lp::functions::Pattern = __lp::functions::Pattern::new(
                                                "/ +/g",
                                            );
                                            __lp::functions::replace_with(
                                                s.at("connector.json:14:35 response.output.title"),
                                                &ONCE,
                                                &[
                                                    s.root(__lp::Root::Item).key("title"),
                                                    &__lp::Value::text("/ +/g"),
                                                    &__lp::Value::text(" "),
                                                ],
                                            )?
                                        },
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
        __lp::Search::new(&self.0, &PLAN, __lp::Input::into_object(input))
    }
}
#[allow(unused, clippy::all, clippy::pedantic)]
static CONNECTOR: __lp::plan::Connector = __lp::plan::Connector {
    name: __lp::Cow::Borrowed("books"),
    qs_policy: __lp::plan::QsPolicy::Replace,
    valid_policy: __lp::plan::ValidPolicy::Only,
    base_url: __lp::Some(
        __lp::TextTemplate::Const(__lp::Cow::Borrowed("https://api.books.example")),
    ),
    hosts: __lp::Cow::Borrowed(&[__lp::Cow::Borrowed("api.books.example")]),
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
/// Input of `findBooks`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct FindBooks {
    pub text: __lp::String,
    /// Keys that the connector does not name; they win over the fields.
    pub extra: __lp::Object,
}
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
impl FindBooks {
    /// With what is required; defaults of the connector are filled in.
    pub fn new(text: impl __lp::Into<__lp::String>) -> Self {
        Self {
            text: __lp::Into::into(text),
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
impl __lp::ToObject for FindBooks {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        let mut o = __lp::Object::with_capacity(1usize);
        __lp::put(&mut o, "text", &self.text, secrets);
        o.spread(&__lp::Value::Object(__lp::Clone::clone(&self.extra)));
        o
    }
}
impl __lp::Input for FindBooks {
    fn into_object(self) -> __lp::Object {
        __lp::ToObject::to_object(&self, __lp::Secrets::Shown)
    }
}
impl __lp::fmt::Debug for FindBooks {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("FindBooks", self, f)
    }
}
impl __lp::PartialEq for FindBooks {
    fn eq(&self, other: &Self) -> bool {
        __lp::convert::equals(self, other)
    }
}
/// A bundle of `findBooks`.
#[allow(unused, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#[derive(__lp::Clone)]
pub struct FindBooksOutput {
    pub title: __lp::Option<__lp::String>,
    /// What no field takes: keys that the connector does not name, and values of another type.
    pub extra: __lp::Object,
}
impl __lp::ToObject for FindBooksOutput {
    fn to_object(&self, secrets: __lp::Secrets) -> __lp::Object {
        let mut o = __lp::Object::with_capacity(1usize);
        __lp::put(&mut o, "title", &self.title, secrets);
        o.spread(&__lp::Value::Object(__lp::Clone::clone(&self.extra)));
        o
    }
}
impl __lp::FromBundle for FindBooksOutput {
    fn from_object(mut o: __lp::Object) -> Self {
        Self {
            title: __lp::take(&mut o, "title"),
            extra: o,
        }
    }
}
impl __lp::fmt::Debug for FindBooksOutput {
    fn fmt(&self, f: &mut __lp::fmt::Formatter<'_>) -> __lp::fmt::Result {
        __lp::convert::debug("FindBooksOutput", self, f)
    }
}
impl __lp::PartialEq for FindBooksOutput {
    fn eq(&self, other: &Self) -> bool {
        __lp::convert::equals(self, other)
    }
}

//! Plans: the executable form of modules, as plain data with templates as callables (rulings 14, 15).
//!
//! The macro emits them as statics. A loader can build the same values at run time with `Arc`ed closures: the
//! engine does not know which it is given.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use crate::error::Error;
use crate::scope::Scope;
use crate::value::Value;

/// A list that is either compiled in or built at run time.
pub type List<T> = Cow<'static, [T]>;
/// A text that is either compiled in or built at run time.
pub type Name = Cow<'static, str>;
/// A plan that is either compiled in or built at run time.
pub enum Plan<T: 'static> {
    /// Compiled in.
    Static(&'static T),
    /// Built at run time.
    Shared(Arc<T>),
}

impl<T> Clone for Plan<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Static(plan) => Self::Static(plan),
            Self::Shared(plan) => Self::Shared(Arc::clone(plan)),
        }
    }
}

impl<T> Deref for Plan<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Static(plan) => plan,
            Self::Shared(plan) => plan,
        }
    }
}

impl<T> From<&'static T> for Plan<T> {
    fn from(plan: &'static T) -> Self {
        Self::Static(plan)
    }
}

impl<T> From<Arc<T>> for Plan<T> {
    fn from(plan: Arc<T>) -> Self {
        Self::Shared(plan)
    }
}

/// Writes text into the caller's buffer.
pub type TextFn = fn(&Scope, &mut String) -> Result<(), Error>;
/// Gives a value.
pub type ValueFn = fn(&Scope) -> Result<Value, Error>;
/// Writes text into the caller's buffer; built at run time.
pub type SharedTextFn = Arc<dyn Fn(&Scope, &mut String) -> Result<(), Error> + Send + Sync>;
/// Gives a value; built at run time.
pub type SharedValueFn = Arc<dyn Fn(&Scope) -> Result<Value, Error> + Send + Sync>;

/// A template whose result is text: url, method, message (rulings 14).
#[derive(Clone)]
pub enum TextTemplate {
    /// Literal text.
    Const(Name),
    /// Compiled in.
    Static(TextFn),
    /// Built at run time.
    Dynamic(SharedTextFn),
}

/// A directive's value, one callable for all templates in it (rulings 14).
#[derive(Clone)]
pub enum ValueTemplate {
    /// A value without templates.
    Const(Literal),
    /// Compiled in.
    Static(ValueFn),
    /// Built at run time.
    Dynamic(SharedValueFn),
}

/// A constant piece of JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number as written, so that large integers stay exact.
    Number(Name),
    /// Text.
    Text(Name),
    /// An array.
    Array(List<Literal>),
    /// An object in the author's order.
    Object(List<(Name, Literal)>),
}

/// What all plans of one connector share.
#[derive(Clone)]
pub struct Connector {
    /// Its name, for logs and errors.
    pub name: Name,
    /// What `qs` does to a query in the url.
    pub qs_policy: QsPolicy,
    /// What `valid` does to the test of the status.
    pub valid_policy: ValidPolicy,
    /// Base's `baseUrl`: its host may receive credentials (rulings 35).
    pub base_url: Option<TextTemplate>,
    /// Hosts that stand literally in the connector.
    pub hosts: List<Name>,
    /// `common.timeout` and the `common.max*` limits.
    pub limits: Limits,
    /// Keys of `common`, whose values come from the builder.
    pub common: List<Name>,
    /// Ways to log in.
    pub connections: List<Connection>,
    /// Endpoints that requests call by name.
    pub endpoints: List<Module>,
    /// Retry once after an access error (rulings 31).
    pub retry_after_access_error: bool,
}

/// Limits that a connector sets in `common`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits {
    /// `timeout`, in milliseconds.
    pub timeout: Option<u64>,
    /// `maxRequestCount`
    pub max_requests: Option<u64>,
    /// `maxPaginationRequestCount`
    pub max_pages: Option<u64>,
    /// `maxPastRecords`
    pub max_past_records: Option<u64>,
}

/// What `qs` does to a query that stands in the url (connector.md 6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QsPolicy {
    /// `qs` replaces it; an empty `qs` erases it.
    Replace,
    /// Both are sent; `qs` wins for each key.
    Merge,
}

/// What `valid` does to the test of the status (connector.md 7.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValidPolicy {
    /// `valid` alone decides.
    Only,
    /// A status of 400 or more stays an error unless `valid` mentions `statusCode`.
    AndStatus,
}

/// A way to log in (connector.md 10).
#[derive(Clone)]
pub struct Connection {
    /// Its id.
    pub name: Name,
    /// Its kind.
    pub kind: ConnectionKind,
    /// The form.
    pub parameters: List<Parameter>,
    /// Basic connections: what `verify()` runs.
    pub verify: List<Request>,
    /// OAuth connections: the phases that exist.
    pub phases: List<(PhaseKind, List<Request>)>,
    /// Keys that only `response.data` sets and that templates read: the first request verifies (rulings 24).
    pub learned: List<Name>,
    /// Scopes that are always asked for.
    pub scope: List<Name>,
    /// Keys of the connection's own `common`.
    pub common: List<Name>,
}

/// The kind of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionKind {
    /// API key, user and password, custom fields.
    Basic,
    /// OAuth 2.
    OAuth2,
    /// OAuth 1.
    OAuth1,
}

/// A phase of an OAuth connection (connector.md 10.3, 10.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhaseKind {
    /// `preauthorize`
    Preauthorize,
    /// `requestToken`
    RequestToken,
    /// `authorize`
    Authorize,
    /// `token`
    Token,
    /// `accessToken`
    AccessToken,
    /// `info`
    Info,
    /// `refresh`
    Refresh,
    /// `invalidate`
    Invalidate,
}

/// A module, RPC or endpoint.
#[derive(Clone)]
pub struct Module {
    /// Its id.
    pub name: Name,
    /// Its kind.
    pub kind: ModuleKind,
    /// Its parameters, static ones first.
    pub parameters: List<Parameter>,
    /// Connections that it takes, in order of preference. Empty: none.
    pub connections: List<Name>,
    /// Its requests.
    pub requests: List<Request>,
    /// Bundles may leave before the last page is read (rulings 21).
    pub streams: bool,
    /// Scopes that it needs.
    pub scope: List<Name>,
}

/// What is called, which decides the type filter at the end (connector.md 7.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModuleKind {
    /// Objects only.
    Action,
    /// Objects and arrays of objects.
    Search,
    /// Polling trigger.
    Trigger,
    /// Instant trigger.
    InstantTrigger,
    /// Responder.
    Responder,
    /// Objects only.
    Universal,
    /// Objects, text and arrays.
    Rpc,
    /// Reusable request.
    Endpoint,
}

/// A parameter, for checks before any request (connector.md 15.4).
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Key in `parameters`.
    pub name: Name,
    /// Its type.
    pub ty: ParameterType,
    /// Must be filled in.
    pub required: bool,
    /// A list of values is taken (`multiple`).
    pub multiple: bool,
    /// Must not be shown.
    pub secret: bool,
    /// Rules for its value.
    pub rules: Rules,
    /// Fields of the same level that appear with it.
    pub nested: List<Nested>,
}

/// Fields of the same level that appear when a boolean or select has a value.
#[derive(Debug, Clone)]
pub struct Nested {
    /// The value; `None` is any value that is not blank.
    pub when: Option<Literal>,
    /// The fields.
    pub parameters: List<Parameter>,
}

/// The type of a parameter.
#[derive(Debug, Clone)]
pub enum ParameterType {
    /// Anything.
    Any,
    /// Text.
    Text,
    /// Number.
    Number,
    /// Whole number.
    Integer,
    /// Whole number, not negative.
    Unsigned,
    /// 0 to 65535.
    Port,
    /// Boolean.
    Boolean,
    /// Date.
    Date,
    /// Bytes.
    Buffer,
    /// List with the type of its items. A list of exactly one parameter, whose name is not used.
    Array(List<Parameter>),
    /// Object with these members.
    Collection(List<Parameter>),
    /// One of these values.
    Select(List<Literal>),
}

/// Rules of `validate` (connector.md 15.4).
#[derive(Debug, Clone)]
pub struct Rules {
    /// Least length or number.
    pub min: Option<f64>,
    /// Greatest length or number.
    pub max: Option<f64>,
    /// JavaScript regular expression, searched unanchored.
    pub pattern: Option<Name>,
    /// Allowed texts.
    pub one_of: List<Name>,
    /// Fewest items.
    pub min_items: Option<u64>,
    /// Most items.
    pub max_items: Option<u64>,
    /// Items must differ.
    pub unique: bool,
}

impl Rules {
    /// No rules.
    pub const NONE: Self = Self {
        min: None,
        max: None,
        pattern: None,
        one_of: Cow::Borrowed(&[]),
        min_items: None,
        max_items: None,
        unique: false,
    };
}

/// One request (connector.md 6).
#[derive(Clone)]
pub struct Request {
    /// Where it goes.
    pub target: Target,
    /// `method`
    pub method: Option<TextTemplate>,
    /// `headers`
    pub headers: Option<ValueTemplate>,
    /// `qs`
    pub qs: Option<ValueTemplate>,
    /// `body`
    pub body: Option<ValueTemplate>,
    /// `type`
    pub body_type: BodyType,
    /// `temp`
    pub temp: Option<ValueTemplate>,
    /// `condition`
    pub condition: Option<Condition>,
    /// Switches that are not templates.
    pub options: RequestOptions,
    /// `ca`
    pub ca: Option<TextTemplate>,
    /// `oauth` (OAuth 1 signing).
    pub oauth: Option<ValueTemplate>,
    /// `aws` signing.
    pub aws: Option<ValueTemplate>,
    /// `log.sanitize`
    pub sanitize: List<Name>,
    /// `pagination`
    pub pagination: Option<Pagination>,
    /// `repeat`
    pub repeat: Option<Repeat>,
    /// `response`
    pub response: Response,
}

/// Where a request goes.
#[derive(Clone)]
pub enum Target {
    /// Nowhere: request-less mode (connector.md 4.5).
    None,
    /// To a url.
    Url {
        /// `url`
        url: TextTemplate,
        /// `baseUrl`
        base: Option<TextTemplate>,
    },
    /// To an endpoint of the connector (connector.md 17).
    Endpoint(EndpointCall),
}

/// A call of an endpoint.
#[derive(Clone)]
pub struct EndpointCall {
    /// Its name.
    pub name: Name,
    /// Overlays the connection.
    pub connection: Option<ValueTemplate>,
    /// Its input.
    pub input: Option<ValueTemplate>,
}

/// Switches of a request that are not templates.
#[derive(Debug, Clone, Copy)]
pub struct RequestOptions {
    /// `encodeUrl`
    pub encode_url: bool,
    /// `timeout`, in milliseconds.
    pub timeout: Option<u64>,
    /// `gzip`
    pub gzip: bool,
    /// `followRedirects`
    pub follow_redirects: bool,
    /// `followAllRedirects`
    pub follow_all_redirects: bool,
    /// `rejectUnauthorized`
    pub reject_unauthorized: bool,
}

impl RequestOptions {
    /// What holds where the author says nothing.
    pub const DEFAULT: Self = Self {
        encode_url: true,
        timeout: None,
        gzip: false,
        follow_redirects: true,
        follow_all_redirects: true,
        reject_unauthorized: true,
    };
}

/// How a body is written (connector.md 6.5).
#[derive(Clone)]
pub enum BodyType {
    /// `json`
    Json,
    /// `urlencoded`
    Urlencoded,
    /// `multipart/form-data`
    Multipart,
    /// `text`, `string`, `raw`
    Text,
    /// `binary`
    Binary,
    /// Decided when it runs.
    Template(TextTemplate),
}

/// `condition` (connector.md 6.6).
#[derive(Clone)]
pub struct Condition {
    /// The test; absent is true.
    pub test: Option<ValueTemplate>,
    /// What a request that is skipped yields.
    pub default: Option<ValueTemplate>,
}

/// `pagination` (connector.md 12.1).
#[derive(Clone)]
pub struct Pagination {
    /// `mergeWithParent`
    pub merge_with_parent: bool,
    /// `url`
    pub url: Option<TextTemplate>,
    /// `method`
    pub method: Option<TextTemplate>,
    /// `headers`
    pub headers: Option<ValueTemplate>,
    /// `qs`
    pub qs: Option<ValueTemplate>,
    /// `body`
    pub body: Option<ValueTemplate>,
    /// `condition`
    pub condition: Option<ValueTemplate>,
    /// `endpoint`, `input`
    pub endpoint: Option<EndpointCall>,
}

/// `repeat` (connector.md 12.3).
#[derive(Clone)]
pub struct Repeat {
    /// Run again while it holds.
    pub condition: Option<ValueTemplate>,
    /// Wait between runs, in milliseconds.
    pub delay: u64,
    /// Most runs.
    pub limit: Option<u64>,
}

/// `response` (connector.md 7).
#[derive(Clone)]
pub struct Response {
    /// `type`: ranges of statuses, narrowest first.
    pub parse_as: List<(u16, u16, ParseAs)>,
    /// `temp`
    pub temp: Option<ValueTemplate>,
    /// `valid`
    pub valid: Option<Valid>,
    /// `error`
    pub error: Option<ErrorMap>,
    /// `iterate`
    pub iterate: Option<Iterate>,
    /// `output`
    pub output: Output,
    /// `limit`
    pub limit: Option<ValueTemplate>,
    /// `wrapper`
    pub wrapper: Option<ValueTemplate>,
    /// `trigger`
    pub trigger: Option<Trigger>,
    /// What connections and webhooks keep.
    pub account: Option<Account>,
    /// `unwrap` of endpoints.
    pub unwrap: bool,
}

/// What connections, attach and update keep of a response (connector.md 7.10).
#[derive(Clone)]
pub struct Account {
    /// `data`
    pub data: Option<ValueTemplate>,
    /// `metadata.value`
    pub metadata: Option<ValueTemplate>,
    /// `uid`
    pub uid: Option<ValueTemplate>,
    /// `expires`
    pub expires: Option<ValueTemplate>,
    /// `scope`
    pub scope: Option<ValueTemplate>,
    /// `oauth`
    pub oauth: Option<ValueTemplate>,
}

/// `output` (connector.md 7.7).
#[derive(Clone)]
pub enum Output {
    /// Absent: the body, or the item.
    Whole,
    /// Literally `null` or `false`: yields nothing.
    Nothing,
    /// A template.
    Template(ValueTemplate),
}

/// How a body is read (connector.md 7.2).
#[derive(Clone)]
pub enum ParseAs {
    /// By the content type.
    Automatic,
    /// `json`
    Json,
    /// `urlencoded`
    Urlencoded,
    /// `xml`
    Xml,
    /// `text`, `string`, `raw`
    Text,
    /// `binary`
    Binary,
    /// Decided when it runs.
    Template(TextTemplate),
}

/// `valid` (connector.md 7.5).
#[derive(Clone)]
pub struct Valid {
    /// The verdict; absent is the test of the status.
    pub condition: Option<ValueTemplate>,
    /// It reads `statusCode`.
    pub reads_status: bool,
    /// Message of its own.
    pub message: Option<ValueTemplate>,
    /// Type of its own.
    pub ty: Option<TextTemplate>,
}

/// `error` (connector.md 8.1).
#[derive(Clone)]
pub struct ErrorMap {
    /// For any status.
    pub general: ErrorEntry,
    /// By status.
    pub by_status: List<(u16, ErrorEntry)>,
}

/// Message and type of an error.
#[derive(Clone)]
pub struct ErrorEntry {
    /// `message`
    pub message: Option<ValueTemplate>,
    /// `type`
    pub ty: Option<TextTemplate>,
}

/// `iterate` (connector.md 7.6).
#[derive(Clone)]
pub struct Iterate {
    /// What to walk.
    pub container: ValueTemplate,
    /// Which items count.
    pub condition: Option<ValueTemplate>,
}

/// `trigger` (connector.md 11.4).
#[derive(Clone)]
pub struct Trigger {
    /// Compare dates instead of ids.
    pub by_date: bool,
    /// The order in which the service delivers.
    pub order: TriggerOrder,
    /// Id of an item.
    pub id: Option<ValueTemplate>,
    /// Date of an item.
    pub date: Option<ValueTemplate>,
}

/// The order in which a service delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TriggerOrder {
    /// Oldest first.
    Ascending,
    /// Newest first.
    Descending,
    /// No order.
    Unordered,
}

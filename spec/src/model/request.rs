//! Requests and responses (connector.md 6, 7, 8, 12).

use super::Tree;
use crate::iml::ast::Template;
use crate::span::{Span, Spanned};

/// One request specification, base merged where the component inherits.
#[derive(Debug, Clone)]
pub struct Request {
    /// The whole object.
    pub span: Span,
    /// `url`; `None` is request-less mode (connector.md 4.5).
    pub url: Option<Template>,
    /// `baseUrl`
    pub base_url: Option<Template>,
    /// `encodeUrl`, true by default.
    pub encode_url: bool,
    /// `method`, GET by default.
    pub method: Option<Template>,
    /// `qs`: an object, or a template that gives one.
    pub qs: Option<Tree>,
    /// `headers`: an object, or a template that gives one.
    pub headers: Option<Tree>,
    /// `body`
    pub body: Option<Tree>,
    /// `type`, json by default.
    pub body_type: BodyType,
    /// `ca`: PEM of the only trusted roots.
    pub ca: Option<Template>,
    /// `rejectUnauthorized`
    pub reject_unauthorized: Option<Tree>,
    /// `condition`
    pub condition: Option<Condition>,
    /// `temp`
    pub temp: Option<Tree>,
    /// `timeout`, in milliseconds.
    pub timeout: Option<u64>,
    /// `gzip`
    pub gzip: bool,
    /// `followRedirects`, true by default.
    pub follow_redirects: bool,
    /// `followAllRedirects`, true by default.
    pub follow_all_redirects: bool,
    /// `aws` signing.
    pub aws: Option<Tree>,
    /// `oauth` signing (OAuth 1).
    pub oauth: Option<Tree>,
    /// Paths of `log.sanitize`.
    pub sanitize: Vec<Spanned<String>>,
    /// `pagination`
    pub pagination: Option<Pagination>,
    /// `repeat`
    pub repeat: Option<Repeat>,
    /// `endpoint` in place of `url`.
    pub endpoint: Option<EndpointCall>,
    /// `response`
    pub response: Response,
}

/// How a request's body is written (connector.md 6.5).
#[derive(Debug, Clone, PartialEq)]
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
    Template(Template),
}

/// `condition` (connector.md 6.6).
#[derive(Debug, Clone)]
pub struct Condition {
    /// The test; absent is true.
    pub test: Option<Tree>,
    /// What a request that is skipped yields.
    pub default: Option<Tree>,
}

/// `pagination` (connector.md 12.1).
#[derive(Debug, Clone)]
pub struct Pagination {
    /// `mergeWithParent`, true by default.
    pub merge_with_parent: bool,
    /// `url`
    pub url: Option<Template>,
    /// `method`
    pub method: Option<Template>,
    /// `headers`
    pub headers: Option<Tree>,
    /// `qs`
    pub qs: Option<Tree>,
    /// `body`
    pub body: Option<Tree>,
    /// `condition`
    pub condition: Option<Tree>,
    /// `endpoint`, `input`
    pub endpoint: Option<EndpointCall>,
}

/// `repeat` (connector.md 12.3).
#[derive(Debug, Clone)]
pub struct Repeat {
    /// Run again while it holds.
    pub condition: Option<Tree>,
    /// Wait between runs, in milliseconds.
    pub delay: u64,
    /// Most runs; clamped to 1000.
    pub limit: Option<u64>,
}

/// A call of an endpoint in place of a url (connector.md 17).
#[derive(Debug, Clone)]
pub struct EndpointCall {
    /// Name of the endpoint.
    pub name: Spanned<String>,
    /// Overlays the connection.
    pub connection: Option<Tree>,
    /// Its input.
    pub input: Option<Tree>,
}

/// `response` (connector.md 7).
#[derive(Debug, Clone, Default)]
pub struct Response {
    /// `type`
    pub parse_as: ResponseType,
    /// `temp`
    pub temp: Option<Tree>,
    /// `valid`
    pub valid: Option<Valid>,
    /// `error`
    pub error: Option<ErrorMap>,
    /// `data`
    pub data: Option<Tree>,
    /// `metadata`
    pub metadata: Option<MetadataSpec>,
    /// `uid`
    pub uid: Option<Tree>,
    /// `expires`
    pub expires: Option<Template>,
    /// `scope` of a token response.
    pub scope: Option<Tree>,
    /// `oauth` of OAuth 1 phases.
    pub oauth: Option<Tree>,
    /// `iterate`
    pub iterate: Option<Iterate>,
    /// `output`
    pub output: Option<Tree>,
    /// `limit`
    pub limit: Option<Tree>,
    /// `wrapper`
    pub wrapper: Option<Tree>,
    /// `trigger`
    pub trigger: Option<TriggerSpec>,
    /// `unwrap` of endpoints, true by default.
    pub unwrap: Option<bool>,
}

/// `response.type` (connector.md 7.2).
#[derive(Debug, Clone, PartialEq)]
pub enum ResponseType {
    /// One for every status.
    One(ParseAs),
    /// By ranges of statuses, inclusive, in file order; `*` is 1 to 999.
    Ranges(Vec<(u16, u16, ParseAs)>),
}

impl Default for ResponseType {
    fn default() -> Self {
        Self::One(ParseAs::Automatic)
    }
}

/// How a response's body is read.
#[derive(Debug, Clone, PartialEq)]
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
    Template(Template),
}

/// `response.valid` (connector.md 7.5).
#[derive(Debug, Clone)]
pub struct Valid {
    /// The verdict; absent is the test of the status.
    pub condition: Option<Tree>,
    /// Message of its own.
    pub message: Option<Template>,
    /// Type of its own.
    pub ty: Option<Template>,
}

/// `response.error` (connector.md 8.1), the short form already normalised.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ErrorMap {
    /// Message and type for any status.
    pub general: ErrorEntry,
    /// Message and type by status.
    pub by_status: Vec<(u16, ErrorEntry)>,
}

/// Message and type of an error.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ErrorEntry {
    /// `message`
    pub message: Option<Tree>,
    /// `type`
    pub ty: Option<Template>,
}

/// `response.iterate` (connector.md 7.6).
#[derive(Debug, Clone)]
pub struct Iterate {
    /// What to walk. A bare string is already an expression here.
    pub container: Template,
    /// Which items count.
    pub condition: Option<Tree>,
}

/// `response.metadata` (connector.md 7.10).
#[derive(Debug, Clone)]
pub struct MetadataSpec {
    /// `text` or `email`.
    pub ty: Option<String>,
    /// What tells the account to its user.
    pub value: Option<Tree>,
}

/// `response.trigger` (connector.md 11.4).
#[derive(Debug, Clone)]
pub struct TriggerSpec {
    /// Compare dates (`date`) instead of ids (`id`).
    pub by_date: bool,
    /// The order in which the service delivers.
    pub order: TriggerOrder,
    /// Id of an item.
    pub id: Option<Template>,
    /// Date of an item.
    pub date: Option<Template>,
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

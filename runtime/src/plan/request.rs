//! Requests (connector.md 6, 12).

use super::{List, Name, Response, TextTemplate, ValueTemplate};

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

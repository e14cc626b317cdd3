//! What the plans of one connector share, and what it can do.

use super::{List, Literal, Name, Parameter, Request, TextTemplate, ValueTemplate};

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
    /// Calls that fill forms, which the fields that a service supplies refer to by name (connector.md 14.1).
    pub rpcs: List<Module>,
    /// What whoever installs the connector supplies.
    pub install: Option<Install>,
    /// Retry once after an access error (rulings 31).
    pub retry_after_access_error: bool,
    /// Custom functions in JavaScript; empty where templates call none (connector.md 16).
    pub functions: List<Function>,
}

/// Constants that are not in the connector's files: an organisation supplies them once (connector.md 3.16).
#[derive(Clone)]
pub struct Install {
    /// The form.
    pub parameters: List<Parameter>,
    /// What its values become in `common`; an [`Object`](ValueTemplate::Object) where all keys are known.
    pub common: Option<ValueTemplate>,
}

/// A custom function: its name, and its JavaScript (connector.md 16).
#[derive(Debug, Clone)]
pub struct Function {
    /// What templates call it by.
    pub name: Name,
    /// Its source, which defines one function of that name.
    pub code: Name,
}

/// JavaScript in place of requests (connector.md 18, rulings 41).
#[derive(Debug, Clone)]
pub enum Code {
    /// Compiled in, or read when the plan was made.
    Source(Name),
    /// The value of this parameter, given at run time.
    Parameter(Name),
}

/// JavaScript that lists what a user may choose (connector.md 18.4).
#[derive(Debug, Clone)]
pub struct DataSource {
    /// Its id.
    pub name: Name,
    /// Connections that it takes, in order of preference. Empty: any.
    pub connections: List<Name>,
    /// Its JavaScript. What a parameter would give, the caller gives.
    pub code: Code,
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
    /// OAuth connections: modules, webhooks and endpoints that use this one and need scopes of their own.
    pub module_scopes: List<(Name, List<Name>)>,
    /// Keys of the connection's own `common`.
    pub common: List<Name>,
    /// What whoever installs the connector supplies for it.
    pub install: Option<Install>,
}

impl Connection {
    /// The requests of a phase; `None` when the connection does not have it.
    #[must_use]
    pub fn phase(&self, kind: PhaseKind) -> Option<&[Request]> {
        self.phases.iter().find(|(known, _)| *known == kind).map(|(_, requests)| &**requests)
    }

    /// The phase that renews what the connection holds: `refresh`, or where nobody has to agree, `token` again
    /// (connector.md 10.3).
    #[must_use]
    pub fn renewal(&self) -> Option<PhaseKind> {
        if self.phase(PhaseKind::Refresh).is_some() {
            return Some(PhaseKind::Refresh);
        }
        let logs_in_alone =
            self.phase(PhaseKind::Token).is_some() && self.phase(PhaseKind::Authorize).is_none();
        (self.kind == ConnectionKind::OAuth2 && logs_in_alone).then_some(PhaseKind::Token)
    }
}

impl PhaseKind {
    /// Its name in a connector.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Preauthorize => "preauthorize",
            Self::RequestToken => "requestToken",
            Self::Authorize => "authorize",
            Self::Token => "token",
            Self::AccessToken => "accessToken",
            Self::Info => "info",
            Self::Refresh => "refresh",
            Self::Invalidate => "invalidate",
        }
    }
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
    /// JavaScript in place of requests.
    pub code: Option<Code>,
    /// What templates see as `metadata`, where they read it: the fields as the author wrote them (connector.md 9.2).
    pub metadata: List<(Name, Literal)>,
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

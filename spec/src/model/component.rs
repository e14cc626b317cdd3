//! Components: connections, modules, RPCs, webhooks, functions, endpoints (connector.md 3).

use super::{Common, Condition, Field, Installation, Iterate, Request, Tree};
use crate::iml::ast::Template;
use crate::json::Node;
use crate::span::{Spanned, Text};

/// A way to log in (connector.md 10).
#[derive(Debug, Clone)]
pub struct Connection {
    /// Id inside the connector.
    pub id: Spanned<String>,
    /// Name for people.
    pub label: Option<String>,
    /// Basic, OAuth 2 or OAuth 1.
    pub kind: ConnectionKind,
    /// The form: what the user fills in.
    pub parameters: Vec<Field>,
    /// Basic: the requests that verify it. Empty means always valid.
    pub verify: Vec<Request>,
    /// OAuth: its phases, in the order of [`PhaseKind`].
    pub phases: Vec<Phase>,
    /// The connection's own constants.
    pub common: Common,
    /// Scopes that are always asked for.
    pub scope: Vec<Spanned<String>>,
    /// Catalogue of scopes: scope and what it means.
    pub scopes: Vec<(String, String)>,
    /// What whoever installs the connector supplies for this connection.
    pub install: Option<Installation>,
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

/// One phase of an OAuth connection: one request, or several.
#[derive(Debug, Clone)]
pub struct Phase {
    /// Which one.
    pub kind: PhaseKind,
    /// Its requests, in order.
    pub requests: Vec<Request>,
}

/// The phases of OAuth 2 (connector.md 10.3) and OAuth 1 (10.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PhaseKind {
    /// `preauthorize`
    Preauthorize,
    /// `requestToken` (OAuth 1)
    RequestToken,
    /// `authorize`
    Authorize,
    /// `token`
    Token,
    /// `accessToken` (OAuth 1)
    AccessToken,
    /// `info`
    Info,
    /// `refresh`
    Refresh,
    /// `invalidate`
    Invalidate,
}

/// Fields as an author wrote them, by the names under which templates see them: `metadata.expect` and
/// `metadata.interface` (connector.md 9.2). It is empty for a component whose templates read neither.
pub type Metadata = Vec<(&'static str, Node)>;

/// One thing a connector can do (connector.md 11).
#[derive(Debug, Clone)]
pub struct Module {
    /// Id inside the connector.
    pub id: Spanned<String>,
    /// Name for people.
    pub label: Option<String>,
    /// What it does, for people.
    pub description: Option<String>,
    /// Its kind.
    pub kind: ModuleKind,
    /// Id of its connection.
    pub connection: Option<Spanned<String>>,
    /// Id of the alternative connection.
    pub alt_connection: Option<Spanned<String>>,
    /// Id of its webhook (instant triggers).
    pub webhook: Option<Spanned<String>>,
    /// Static parameters, then mappable ones; on a collision the mappable one is kept (connector.md 3.14).
    pub parameters: Vec<Field>,
    /// Fields of the output.
    pub interface: Vec<Field>,
    /// The fields as the author wrote them, where its templates read `metadata`.
    pub metadata: Metadata,
    /// An example bundle.
    pub samples: Option<Node>,
    /// The requests, base merged.
    pub requests: Vec<Request>,
    /// Responders: the answer.
    pub responder: Option<Responder>,
    /// The listing of where to start (polling triggers), merged over the last request.
    pub epoch: Option<Request>,
    /// JavaScript in place of requests (one-file connectors, rulings 41).
    pub code: Option<Text>,
    /// Scopes that it needs.
    pub scope: Vec<Spanned<String>>,
}

/// The kinds of modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ModuleKind {
    /// `action`
    Action,
    /// `search`
    Search,
    /// `trigger`: polling.
    Trigger,
    /// `instant_trigger`
    InstantTrigger,
    /// `responder`
    Responder,
    /// `universal`
    Universal,
}

/// The answer of a responder, or of a webhook (`respond`).
#[derive(Debug, Clone)]
pub struct Responder {
    /// How the body is written: `json`, `urlencoded`, `text`.
    pub body_type: Option<Template>,
    /// Status, 200 if absent.
    pub status: Option<Tree>,
    /// Headers.
    pub headers: Option<Tree>,
    /// Body.
    pub body: Option<Tree>,
}

/// A call that fills a form (connector.md 14).
#[derive(Debug, Clone)]
pub struct Rpc {
    /// Id inside the connector.
    pub id: Spanned<String>,
    /// Name for people.
    pub label: Option<String>,
    /// Id of its connection.
    pub connection: Option<Spanned<String>>,
    /// Id of the alternative connection.
    pub alt_connection: Option<Spanned<String>>,
    /// What it takes.
    pub parameters: Vec<Field>,
    /// `parameters` as the author wrote them, where its templates read `metadata`.
    pub metadata: Metadata,
    /// The requests, base merged.
    pub requests: Vec<Request>,
    /// Scopes that it needs.
    pub scope: Vec<Spanned<String>>,
}

/// A receiver of events (connector.md 13).
#[derive(Debug, Clone)]
pub struct Webhook {
    /// Id inside the connector.
    pub id: Spanned<String>,
    /// Name for people.
    pub label: Option<String>,
    /// Dedicated or shared.
    pub kind: WebhookKind,
    /// Id of its connection; of an instant trigger that uses it when it names none itself.
    pub connection: Option<Spanned<String>>,
    /// Id of the alternative connection.
    pub alt_connection: Option<Spanned<String>>,
    /// The form shown when the webhook is created.
    pub parameters: Vec<Field>,
    /// Requests that register the url.
    pub attach: Vec<Request>,
    /// Requests that change the registration.
    pub update: Vec<Request>,
    /// Requests that remove it.
    pub detach: Vec<Request>,
    /// When an incoming request is only a verification, and the answer to it.
    pub verification: Option<Verification>,
    /// When an incoming request counts.
    pub condition: Option<Condition>,
    /// The list of items in an incoming request.
    pub iterate: Option<Iterate>,
    /// The bundle of each item.
    pub output: Option<Tree>,
    /// Whose item it is (shared webhooks).
    pub uid: Option<Template>,
    /// The answer.
    pub respond: Option<Responder>,
    /// Scopes that it needs.
    pub scope: Vec<Spanned<String>>,
}

/// A check whether an incoming request only verifies the url.
#[derive(Debug, Clone)]
pub struct Verification {
    /// True when it does.
    pub condition: Option<Tree>,
    /// The answer.
    pub respond: Option<Responder>,
}

/// The kinds of webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WebhookKind {
    /// `web`: a url of its own for each.
    Dedicated,
    /// `web-shared`: one url for all, routed by `uid`.
    Shared,
}

/// A custom IML function (connector.md 16).
#[derive(Debug, Clone)]
pub struct Function {
    /// Name under which templates call it.
    pub id: Spanned<String>,
    /// Its JavaScript.
    pub code: Text,
}

/// A reusable request (connector.md 17).
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Id inside the connector.
    pub id: Spanned<String>,
    /// Name for people.
    pub label: Option<String>,
    /// What it does, for people.
    pub description: Option<String>,
    /// Id of its connection.
    pub connection: Option<Spanned<String>>,
    /// Connections that may be used.
    pub attached_accounts: Vec<Spanned<String>>,
    /// Input.
    pub parameters: Vec<Field>,
    /// Output.
    pub interface: Vec<Field>,
    /// Both as the author wrote them, where its templates read `metadata`.
    pub metadata: Metadata,
    /// The request, base merged.
    pub request: Request,
    /// Scopes that it needs.
    pub scope: Vec<Spanned<String>>,
}

/// JavaScript that lists what a user may choose (connector.md 18.4, rulings 41).
#[derive(Debug, Clone)]
pub struct DataSource {
    /// Id inside the connector.
    pub id: Spanned<String>,
    /// Name for people.
    pub label: Option<String>,
    /// What it returns.
    pub kind: DataSourceKind,
    /// Id of the connection that it is given.
    pub connection: Option<Spanned<String>>,
    /// Its JavaScript.
    pub code: Text,
}

/// What a data source returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataSourceKind {
    /// `jsonForm`: a schema, how to show it, and initial values.
    JsonForm,
    /// `objectSelection`: objects with their fields.
    ObjectSelection,
    /// `picklist`: texts, or keys with labels.
    Picklist,
    /// `string`: one text.
    String,
}

//! Webhooks, and the answers that they give (connector.md 11.6, 13).

use super::{Iterate, List, Name, Output, Parameter, Request, TextTemplate, ValueTemplate};

/// A receiver of events (connector.md 13).
///
/// The templates from `verification` to `respond` see a request that has arrived; those of `attach`, `update` and
/// `detach` see what any request does, and `webhook`.
#[derive(Clone)]
pub struct Webhook {
    /// Its id.
    pub name: Name,
    /// One url for all instances, whose items are routed by `uid`; otherwise each instance has a url of its own.
    pub shared: bool,
    /// The form that is filled in when an instance is created.
    pub parameters: List<Parameter>,
    /// Connections that it takes, in order of preference. Empty: none.
    pub connections: List<Name>,
    /// Requests that register the url; none when its user does that by hand.
    pub attach: List<Request>,
    /// Requests that change the registration.
    pub update: List<Request>,
    /// Requests that remove it.
    pub detach: List<Request>,
    /// When a request that arrives only verifies the url.
    pub verification: Option<Verification>,
    /// When a request that arrives counts; absent is always.
    pub condition: Option<ValueTemplate>,
    /// The list of items in a request that arrives.
    pub iterate: Option<Iterate>,
    /// The bundle of each item, or of the request.
    pub output: Output,
    /// Whose item it is (shared webhooks).
    pub uid: Option<ValueTemplate>,
    /// The answer; absent is `Accepted`.
    pub respond: Option<Responder>,
    /// Scopes that it needs.
    pub scope: List<Name>,
}

/// `verification` (connector.md 13.3).
#[derive(Clone)]
pub struct Verification {
    /// Whether a request is one; absent is true.
    pub condition: Option<ValueTemplate>,
    /// The answer to it.
    pub respond: Option<Responder>,
}

/// An answer: `respond` of webhooks, `response` of responders.
#[derive(Clone)]
pub struct Responder {
    /// How the body is written.
    pub reply_type: ReplyType,
    /// `status`; absent is 200.
    pub status: Option<ValueTemplate>,
    /// `headers`
    pub headers: Option<ValueTemplate>,
    /// `body`
    pub body: Option<ValueTemplate>,
}

/// How the body of an answer is written.
#[derive(Clone)]
pub enum ReplyType {
    /// Collections and lists as JSON, anything else as text: responders.
    Automatic,
    /// `json`
    Json,
    /// `urlencoded`
    Urlencoded,
    /// `text`
    Text,
    /// Decided when it runs.
    Template(TextTemplate),
}

//! Where a template stands: in which component, and in which part of it.

use crate::model::{Connection, ConnectionKind, Endpoint, Module, ModuleKind, PhaseKind, Rpc, Webhook};

/// The place of a template in the connector.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The component.
    pub owner: Owner<'a>,
    /// What runs when the template is evaluated; decides with `part` which variables there are.
    pub context: Context,
    /// The part of the request or response.
    pub part: Part,
}

/// The component that a template belongs to.
#[derive(Debug, Clone, Copy)]
pub enum Owner<'a> {
    /// The connector as a whole.
    Connector,
    /// A connection.
    Connection(&'a Connection),
    /// A module.
    Module(&'a Module),
    /// An RPC.
    Rpc(&'a Rpc),
    /// A webhook.
    Webhook(&'a Webhook),
    /// An endpoint.
    Endpoint(&'a Endpoint),
}

/// What runs when a template is evaluated (connector.md 9.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// An action, a search or a universal module.
    Module,
    /// A polling trigger.
    Trigger,
    /// The listing of where a polling trigger starts.
    Epoch,
    /// An instant trigger, for one item of its webhook.
    InstantTrigger,
    /// A responder.
    Responder,
    /// An RPC.
    Rpc,
    /// An endpoint.
    Endpoint,
    /// A request that arrives at a webhook.
    Webhook,
    /// A webhook that is registered, changed or removed.
    WebhookRequest,
    /// The verification of a basic connection.
    Verification,
    /// A phase of an OAuth connection.
    Phase(PhaseKind),
    /// The form shown at installation.
    Install,
    /// A form, such as the query of an `rpc://` reference.
    Form,
}

impl Context {
    /// What runs for a module of this kind.
    pub fn of_module(kind: ModuleKind) -> Self {
        match kind {
            ModuleKind::Action | ModuleKind::Search | ModuleKind::Universal => Self::Module,
            ModuleKind::Trigger => Self::Trigger,
            ModuleKind::InstantTrigger => Self::InstantTrigger,
            ModuleKind::Responder => Self::Responder,
        }
    }

    /// It, as messages name it.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Module => "a module",
            Self::Trigger => "a polling trigger",
            Self::Epoch => "an epoch",
            Self::InstantTrigger => "an instant trigger",
            Self::Responder => "a responder",
            Self::Rpc => "an RPC",
            Self::Endpoint => "an endpoint",
            Self::Webhook => "a webhook",
            Self::WebhookRequest => "a webhook's registration",
            Self::Verification => "a basic connection",
            Self::Phase(PhaseKind::Preauthorize) => "`preauthorize`",
            Self::Phase(PhaseKind::RequestToken) => "`requestToken`",
            Self::Phase(PhaseKind::Authorize) => "`authorize`",
            Self::Phase(PhaseKind::Token) => "`token`",
            Self::Phase(PhaseKind::AccessToken) => "`accessToken`",
            Self::Phase(PhaseKind::Info) => "`info`",
            Self::Phase(PhaseKind::Refresh) => "`refresh`",
            Self::Phase(PhaseKind::Invalidate) => "`invalidate`",
            Self::Install => "the installation",
            Self::Form => "a form",
        }
    }

    /// What runs when a connection without phases is tested.
    pub fn of_connection(kind: ConnectionKind) -> Self {
        match kind {
            ConnectionKind::Basic => Self::Verification,
            ConnectionKind::OAuth1 | ConnectionKind::OAuth2 => Self::Phase(PhaseKind::Info),
        }
    }
}

/// The part of a request or response (the columns of connector.md 9.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What makes up the request: `url` to `body`, `temp`, `condition`.
    Request,
    /// What looks at the response as a whole: `type`, `temp`, `valid`, `error`, `data`, `iterate`, `limit`.
    Response,
    /// `output`, without `iterate`.
    Output,
    /// `output`, `iterate.condition` and `trigger`, once for each item of `iterate`.
    Item,
    /// `wrapper`
    Wrapper,
    /// `pagination`
    Pagination,
    /// `repeat.condition`
    Repeat,
}

impl Part {
    /// It, as messages name it.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Request => "the request",
            Self::Response => "the response",
            Self::Output => "an `output` without `iterate`",
            Self::Item => "the items",
            Self::Wrapper => "the `wrapper`",
            Self::Pagination => "the `pagination`",
            Self::Repeat => "the `repeat`",
        }
    }
}

//! Which variables there are where: connector.md 9.1 and 9.2 as a table.

use super::place::{Context, Part, Place};
use crate::model::PhaseKind;

/// A variable that the engine may put into the scope.
#[derive(Debug)]
pub struct Root {
    /// Its name.
    pub name: &'static str,
    /// Where it is; any row that fits will do.
    pub rows: &'static [Row],
    /// Where to find it, for messages.
    pub help: &'static str,
}

/// Contexts and the parts of them in which a variable is available.
pub type Row = (&'static [Context], &'static [Part]);

use Context::{
    Endpoint, Epoch, Form, Install, InstantTrigger, Module, Phase, Responder, Rpc, Trigger, Verification,
    Webhook, WebhookRequest,
};
use Part::{Item, Output, Pagination, Repeat, Request, Response, Wrapper};

const ANY_PART: &[Part] = &[Request, Response, Output, Item, Wrapper, Pagination, Repeat];
/// `pagination` is gone when the wrapper runs, and `repeat` looks at the block as a whole.
const PAGE: &[Part] = &[Request, Response, Output, Item, Pagination];
const ITEM: &[Part] = &[Item, Pagination];

/// What runs requests with base merged into them.
const CALLS: &[Context] = &[Module, Trigger, Epoch, InstantTrigger, Rpc, Endpoint, WebhookRequest];
const CONNECTIONS: &[Context] = &[
    Verification,
    Phase(PhaseKind::Preauthorize),
    Phase(PhaseKind::RequestToken),
    Phase(PhaseKind::Authorize),
    Phase(PhaseKind::Token),
    Phase(PhaseKind::AccessToken),
    Phase(PhaseKind::Info),
    Phase(PhaseKind::Refresh),
    Phase(PhaseKind::Invalidate),
];
/// All phases but the one that only builds an address and reads a callback.
const ANSWERED: &[Context] = &[
    Verification,
    Phase(PhaseKind::Preauthorize),
    Phase(PhaseKind::RequestToken),
    Phase(PhaseKind::Token),
    Phase(PhaseKind::AccessToken),
    Phase(PhaseKind::Info),
    Phase(PhaseKind::Refresh),
    Phase(PhaseKind::Invalidate),
];
const OAUTH: &[Context] = &[
    Phase(PhaseKind::Preauthorize),
    Phase(PhaseKind::RequestToken),
    Phase(PhaseKind::Authorize),
    Phase(PhaseKind::Token),
    Phase(PhaseKind::AccessToken),
    Phase(PhaseKind::Info),
    Phase(PhaseKind::Refresh),
    Phase(PhaseKind::Invalidate),
];

const EVERYWHERE: &[Row] =
    &[(CALLS, ANY_PART), (CONNECTIONS, ANY_PART), (&[Responder, Webhook, Install, Form], ANY_PART)];
const RESPONSES: &[Row] = &[(CALLS, ANY_PART), (ANSWERED, ANY_PART)];

/// Every variable that a template can read by name, apart from those of the language (iml.md 4.4).
pub const ROOTS: &[Root] = &[
    Root { name: "parameters", rows: EVERYWHERE, help: "" },
    Root { name: "common", rows: EVERYWHERE, help: "" },
    Root { name: "environment", rows: EVERYWHERE, help: "" },
    Root {
        name: "connection",
        rows: &[(CALLS, ANY_PART), (CONNECTIONS, ANY_PART), (&[Responder, Webhook, Form], ANY_PART)],
        help: "there is no connection yet when a connector is installed",
    },
    Root {
        name: "data",
        rows: &[(CALLS, ANY_PART), (CONNECTIONS, ANY_PART), (&[Responder, Webhook, Form], ANY_PART)],
        help: "nothing is stored yet when a connector is installed",
    },
    Root {
        name: "temp",
        rows: &[(CALLS, ANY_PART), (CONNECTIONS, ANY_PART), (&[Responder], ANY_PART)],
        help: "`temp` lives as long as a chain of requests",
    },
    Root {
        name: "scenario",
        rows: &[(CALLS, ANY_PART), (&[Responder, Form], ANY_PART)],
        help: "`scenario` exists in modules and RPCs",
    },
    Root {
        name: "metadata",
        rows: &[(CALLS, ANY_PART), (&[Responder, Form], ANY_PART)],
        help: "`metadata` exists in modules and RPCs",
    },
    Root {
        name: "body",
        rows: &[(CALLS, ANY_PART), (ANSWERED, ANY_PART), (&[Webhook], ANY_PART)],
        help: "`authorize` sends the user away and gets no body; what comes back is in `query`",
    },
    Root {
        name: "headers",
        rows: &[(CALLS, ANY_PART), (ANSWERED, ANY_PART), (&[Webhook], ANY_PART)],
        help: "`authorize` sends the user away and gets no headers; what comes back is in `query`",
    },
    Root {
        name: "statusCode",
        rows: RESPONSES,
        help: "`statusCode` belongs to the response of a request that was sent",
    },
    Root {
        name: "item",
        rows: &[(CALLS, ITEM), (&[Webhook], &[Item])],
        help: "`item` exists for each element of `iterate`: in `output`, `iterate.condition` and `trigger`",
    },
    Root {
        name: "iterate",
        rows: &[(CALLS, ITEM), (&[Webhook], &[Item])],
        help: "`iterate.container` exists where the response has `iterate`: in `output`, `iterate.condition`, `trigger` and `pagination`",
    },
    Root {
        name: "output",
        rows: &[(CALLS, &[Wrapper])],
        help: "`output` can be read in `response.wrapper` alone",
    },
    Root {
        name: "pagination",
        rows: &[(CALLS, PAGE)],
        help: "`pagination` counts the pages of a module's or RPC's request",
    },
    Root {
        name: "payload",
        rows: &[(&[InstantTrigger], ANY_PART)],
        help: "`payload` is the item that an instant trigger gets from its webhook",
    },
    Root {
        name: "webhook",
        rows: &[(&[InstantTrigger, WebhookRequest, Rpc, Form], ANY_PART)],
        help: "`webhook` exists in `attach`, `update`, `detach`, instant triggers and their RPCs",
    },
    Root {
        name: "trigger",
        rows: &[(&[Trigger, Epoch], ANY_PART)],
        help: "`trigger` exists in polling triggers",
    },
    Root {
        name: "oauth",
        rows: &[(OAUTH, ANY_PART)],
        help: "`oauth` exists in the phases of an OAuth connection",
    },
    Root {
        name: "query",
        rows: &[
            (&[Webhook], ANY_PART),
            (&[Phase(PhaseKind::Authorize)], &[Response]),
            (&[Phase(PhaseKind::Token), Phase(PhaseKind::AccessToken)], ANY_PART),
        ],
        help: "`query` holds the callback's parameters: in `authorize.response`, in `token` and `accessToken`, and in webhooks",
    },
    Root {
        name: "method",
        rows: &[(&[Webhook], ANY_PART)],
        help: "`method` is that of a request which a webhook receives",
    },
    Root {
        name: "rawBody",
        rows: &[(&[Webhook], ANY_PART)],
        help: "`rawBody` is that of a request which a webhook receives",
    },
    Root { name: "uid", rows: &[(&[Webhook], ANY_PART)], help: "`uid` exists in webhooks" },
];

impl Root {
    /// The variable with this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        ROOTS.iter().find(|root| root.name == name)
    }

    /// Whether it is available at a place.
    pub fn is_in(&self, place: &Place<'_>) -> bool {
        self.rows
            .iter()
            .any(|(contexts, parts)| contexts.contains(&place.context) && parts.contains(&place.part))
    }
}

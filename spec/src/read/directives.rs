//! Which directives exist and where they may stand (connector.md 6.1, 7.1, 10.4, 11, 13), as data.

/// A place where directives are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// An action, a search or a universal module.
    Module,
    Trigger,
    InstantTrigger,
    Responder,
    Epoch,
    Rpc,
    Endpoint,
    /// `attach`, `detach` and `update` of a webhook.
    Hook,
    /// The communication of a webhook.
    Incoming,
    /// A basic connection.
    Basic,
    Preauthorize,
    Authorize,
    /// `token`, and `accessToken` of OAuth 1.
    Token,
    RequestToken,
    Info,
    Refresh,
    Invalidate,
    Base,
}

impl Place {
    const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// The place in words, for messages.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Module => "a module",
            Self::Trigger => "a polling trigger",
            Self::InstantTrigger => "an instant trigger",
            Self::Responder => "a responder",
            Self::Epoch => "an epoch",
            Self::Rpc => "an RPC",
            Self::Endpoint => "an endpoint",
            Self::Hook => "the registration of a webhook",
            Self::Incoming => "a webhook's communication",
            Self::Basic => "a connection",
            Self::Preauthorize => "the phase `preauthorize`",
            Self::Authorize => "the phase `authorize`",
            Self::Token => "the phase `token`",
            Self::RequestToken => "the phase `requestToken`",
            Self::Info => "the phase `info`",
            Self::Refresh => "the phase `refresh`",
            Self::Invalidate => "the phase `invalidate`",
            Self::Base => "base",
        }
    }

    /// True for the phases of OAuth connections, which need a url (rulings 8).
    pub(crate) fn is_phase(self) -> bool {
        PHASES & self.bit() != 0
    }
}

const MODULES: u32 = Place::Module.bit() | Place::Trigger.bit();
/// Whatever yields bundles or choices.
const CALLS: u32 =
    MODULES | Place::Rpc.bit() | Place::Endpoint.bit() | Place::Epoch.bit() | Place::Base.bit();
/// Whatever inherits base.
const APP: u32 = CALLS | Place::InstantTrigger.bit() | Place::Hook.bit();
/// Phases that send a request.
const SENT_PHASES: u32 = Place::Preauthorize.bit()
    | Place::Token.bit()
    | Place::RequestToken.bit()
    | Place::Info.bit()
    | Place::Refresh.bit()
    | Place::Invalidate.bit();
const PHASES: u32 = SENT_PHASES | Place::Authorize.bit();
const CONNECTIONS: u32 = PHASES | Place::Basic.bit();
const SENT: u32 = APP | SENT_PHASES | Place::Basic.bit();
const ALL: u32 = APP | CONNECTIONS;
const INCOMING: u32 = Place::Incoming.bit();

/// A directive: its name, other spellings, and the places where it means something.
#[derive(Debug)]
pub(crate) struct Directive {
    pub(crate) name: &'static str,
    pub(crate) aliases: &'static [&'static str],
    places: u32,
}

impl Directive {
    /// True where the directive means something.
    pub(crate) fn belongs(&self, place: Place) -> bool {
        self.places & place.bit() != 0
    }

    /// True when `name` is the directive's name or another spelling of it.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.contains(&name)
    }
}

const fn row(name: &'static str, places: u32) -> Directive {
    Directive { name, aliases: &[], places }
}

const fn with(name: &'static str, aliases: &'static [&'static str], places: u32) -> Directive {
    Directive { name, aliases, places }
}

/// Keys of a request, and of a webhook's communication.
pub(crate) const REQUEST: &[Directive] = &[
    row("url", ALL),
    row("baseUrl", ALL),
    row("encodeUrl", ALL),
    row("method", SENT),
    row("qs", ALL),
    row("headers", SENT),
    row("body", SENT),
    row("type", SENT),
    row("ca", SENT),
    row("rejectUnauthorized", SENT),
    row("condition", ALL | INCOMING),
    row("temp", ALL),
    row("timeout", SENT),
    row("gzip", APP),
    with("followRedirects", &["followRedirect"], SENT),
    with("followAllRedirects", &["followAllRedirect"], SENT),
    row("aws", APP),
    row("oauth", ALL),
    row("log", ALL | INCOMING | Place::Responder.bit()),
    row("pagination", CALLS),
    row("repeat", MODULES | Place::Rpc.bit() | Place::Endpoint.bit() | Place::Base.bit()),
    row("endpoint", Place::Module.bit() | Place::Rpc.bit()),
    row("input", Place::Module.bit() | Place::Rpc.bit()),
    row("response", ALL | INCOMING | Place::Responder.bit()),
    row("verification", INCOMING),
    row("respond", INCOMING),
    row("iterate", INCOMING),
    row("output", INCOMING),
    row("uid", INCOMING),
    // Written beside `url` by mistake, but honoured as a fallback of `response.error` (connector.md 4.2).
    row("error", ALL),
];

/// Keys of `response`.
pub(crate) const RESPONSE: &[Directive] = &[
    row("type", SENT),
    row("temp", ALL),
    row("valid", ALL),
    row("error", ALL),
    row("iterate", CALLS),
    row("output", CALLS | Place::InstantTrigger.bit()),
    row("limit", CALLS | Place::InstantTrigger.bit()),
    row("wrapper", CALLS | Place::InstantTrigger.bit()),
    row("trigger", Place::Trigger.bit() | Place::Epoch.bit()),
    row("data", APP | (CONNECTIONS & !Place::Invalidate.bit())),
    row("metadata", Place::Info.bit() | Place::Token.bit() | Place::Basic.bit() | Place::Base.bit()),
    row(
        "uid",
        Place::Info.bit() | Place::Token.bit() | Place::Basic.bit() | Place::Hook.bit() | Place::Base.bit(),
    ),
    row("expires", Place::Token.bit() | Place::Refresh.bit()),
    row("scope", Place::Token.bit()),
    row("oauth", PHASES | Place::Base.bit()),
    row("unwrap", Place::Endpoint.bit()),
    row("status", Place::Responder.bit() | INCOMING),
    row("headers", Place::Responder.bit() | INCOMING),
    row("body", Place::Responder.bit() | INCOMING),
];

/// Keys of `pagination` (connector.md 12.1).
pub(crate) const PAGINATION: &[Directive] = &[
    row("mergeWithParent", CALLS),
    row("url", CALLS),
    row("method", CALLS),
    row("headers", CALLS),
    row("qs", CALLS),
    row("body", CALLS),
    row("condition", CALLS),
    row("endpoint", CALLS),
    row("input", CALLS),
];

/// Keys of `repeat` (connector.md 12.3).
pub(crate) const REPEAT: &[Directive] =
    &[with("condition", &["while"], ALL), row("delay", ALL), row("limit", ALL)];

/// Keys of `log`; `level` means nothing here.
pub(crate) const LOG: &[&str] = &["sanitize", "level"];
/// Keys of `condition` in its long form.
pub(crate) const CONDITION: &[&str] = &["condition", "default"];
/// Keys of `valid` in its long form.
pub(crate) const VALID: &[&str] = &["condition", "message", "type"];
/// Keys of `iterate` in its long form.
pub(crate) const ITERATE: &[&str] = &["container", "condition"];
/// Keys of `trigger`.
pub(crate) const TRIGGER: &[&str] = &["type", "order", "id", "date"];
/// Keys of `metadata`.
pub(crate) const METADATA: &[&str] = &["type", "value"];
/// Keys of `error`, beside statuses.
pub(crate) const ERROR: &[&str] = &["message", "type"];
/// Keys of `respond`.
pub(crate) const RESPOND: &[&str] = &["type", "status", "headers", "body"];
/// Keys of `verification`.
pub(crate) const VERIFICATION: &[&str] = &["condition", "respond"];
/// Keys of `endpoint` in its long form.
pub(crate) const ENDPOINT: &[&str] = &["name", "connection"];
/// Keys of `aws` (connector.md 6.10).
pub(crate) const AWS: &[&str] = &["key", "secret", "session", "bucket", "sign_version", "service", "region"];
/// Keys of `oauth` (connector.md 6.11).
pub(crate) const OAUTH: &[&str] = &[
    "consumer_key",
    "consumer_secret",
    "private_key",
    "token",
    "token_secret",
    "verifier",
    "callback",
    "realm",
    "signature_method",
    "transport_method",
    "body_hash",
];

/// Keys of `install` (connector.md 3.16).
pub(crate) const INSTALL: &[&str] = &["common"];

/// Directives that only Make's own apps may use (connector.md 6.1).
const INTERNAL: &[&str] = &["isc", "agency", "urlPermissions", "flags", "internal"];

/// True for directives that no published connector may use.
pub(crate) fn is_internal(name: &str) -> bool {
    INTERNAL.contains(&name) || name.starts_with("internal.") || name == "environment.system"
}

/// The row of `name` in a table.
pub(crate) fn find(table: &'static [Directive], name: &str) -> Option<&'static Directive> {
    table.iter().find(|directive| directive.is_called(name))
}

/// The usual spelling of a directive: `followRedirect` is `followRedirects`.
pub(crate) fn canonical(name: &str) -> &str {
    [REQUEST, REPEAT]
        .into_iter()
        .flatten()
        .find(|directive| directive.aliases.contains(&name))
        .map_or(name, |directive| directive.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_bits_of_their_own() {
        assert!(
            find(REQUEST, "gzip").is_some_and(|row| row.belongs(Place::Rpc) && !row.belongs(Place::Token))
        );
        assert!(find(RESPONSE, "data").is_some_and(|row| row.belongs(Place::Token)));
        assert!(find(RESPONSE, "data").is_some_and(|row| !row.belongs(Place::Invalidate)));
        assert!(find(REQUEST, "headers").is_some_and(|row| !row.belongs(Place::Authorize)));
        assert!(Place::Authorize.is_phase() && !Place::Basic.is_phase());
    }

    #[test]
    fn aliases_have_one_usual_spelling() {
        assert_eq!(canonical("followRedirect"), "followRedirects");
        assert_eq!(canonical("while"), "condition");
        assert_eq!(canonical("url"), "url");
    }
}

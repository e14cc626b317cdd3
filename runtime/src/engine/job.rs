//! What a run executes.

use std::borrow::Cow;

use super::blotter::Blotter;
use crate::error::ErrorKind;
use crate::plan::{
    Code, Connection, Connector, List, Module, ModuleKind, Parameter, ParameterType, PhaseKind, Plan,
    Request, Webhook,
};
use crate::scope::{Root, Scope};
use crate::value::Value;

/// What is secret of `oauth.*` in a login.
const OAUTH_SECRETS: &[&str] = &["state", "codeVerifier", "token", "token_secret", "tokenSecret"];
/// What is secret of a callback.
const QUERY_SECRETS: &[&str] = &["code", "state", "oauth_token", "oauth_verifier"];

/// What a run executes. Cloning is cheap.
#[derive(Clone)]
pub(crate) enum Job {
    /// A module or RPC.
    Module(Plan<Module>),
    /// An endpoint of a connector, by its position.
    Endpoint(Plan<Connector>, usize),
    /// What verifies a basic connection, by its position.
    Verify(Plan<Connector>, usize),
    /// A phase of an OAuth connection, by its position.
    Phase(Plan<Connector>, usize, PhaseKind),
    /// What registers a webhook, changes the registration or removes it.
    Hook(Plan<Webhook>, Registration),
}

/// What is done with the registration of a webhook (connector.md 13.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Registration {
    Attach,
    Update,
    Detach,
}

impl Job {
    fn module(&self) -> Option<&Module> {
        match self {
            Self::Module(module) => Some(module),
            Self::Endpoint(connector, at) => connector.endpoints.get(*at),
            Self::Verify(..) | Self::Phase(..) | Self::Hook(..) => None,
        }
    }

    fn connection(&self) -> Option<&Connection> {
        match self {
            Self::Verify(connector, at) | Self::Phase(connector, at, _) => connector.connections.get(*at),
            _ => None,
        }
    }

    /// The phase, if this is one.
    pub(crate) fn phase(&self) -> Option<PhaseKind> {
        match self {
            Self::Phase(.., kind) => Some(*kind),
            _ => None,
        }
    }

    /// It is part of a connection: nothing has to be done for its connection before its requests.
    pub(crate) fn is_of_connection(&self) -> bool {
        matches!(self, Self::Verify(..) | Self::Phase(..))
    }

    /// The requests, in order.
    pub(crate) fn requests(&self) -> &[Request] {
        match self {
            Self::Hook(webhook, Registration::Attach) => &webhook.attach,
            Self::Hook(webhook, Registration::Update) => &webhook.update,
            Self::Hook(webhook, Registration::Detach) => &webhook.detach,
            Self::Phase(.., kind) => {
                self.connection().and_then(|connection| connection.phase(*kind)).unwrap_or_default()
            }
            Self::Verify(..) => self.connection().map_or(&[], |connection| &connection.verify),
            Self::Module(_) | Self::Endpoint(..) => self.module().map_or(&[], |module| &module.requests),
        }
    }

    /// JavaScript in place of requests.
    pub(crate) fn code(&self) -> Option<(&Module, &Code)> {
        let module = self.module()?;
        Some((module, module.code.as_ref()?))
    }

    /// What errors call it: a phase stands behind the name of its connection.
    pub(crate) fn label(&self) -> Cow<'_, str> {
        match self.phase() {
            Some(kind) => Cow::Owned(format!("{}.{}", self.name(), kind.name())),
            None => Cow::Borrowed(self.name()),
        }
    }

    /// The kind of an answer's error that the author gives no type, and that its status decides otherwise: who is
    /// refused a new token has to log in again (connector.md 10.3).
    pub(crate) fn default_kind(&self, status: Option<u16>) -> Option<ErrorKind> {
        let renews = match self {
            Self::Phase(.., PhaseKind::Refresh) => true,
            Self::Phase(.., PhaseKind::Token) => self.connection()?.renewal() == Some(PhaseKind::Token),
            _ => false,
        };
        (renews && matches!(status, Some(400 | 401))).then_some(ErrorKind::InvalidAccessToken)
    }

    /// The name that errors and logs show.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Hook(webhook, _) => &webhook.name,
            _ => match self.module() {
                Some(module) => &module.name,
                None => self.connection().map_or("connection", |connection| &connection.name),
            },
        }
    }

    /// The kind of module; connections have none.
    pub(crate) fn kind(&self) -> Option<ModuleKind> {
        self.module().map(|module| module.kind)
    }

    /// Whether the result is one bundle, which is then the last page's (connector.md 12.2).
    pub(crate) fn gives_one(&self) -> bool {
        !matches!(self.kind(), Some(ModuleKind::Search | ModuleKind::Rpc | ModuleKind::Trigger))
    }

    /// The names under which module data is kept.
    pub(crate) fn data_key(&self) -> Option<&str> {
        self.module().map(|module| &*module.name)
    }

    /// Whether an answer with this status is taken for a success whatever the connector says: a registration that is
    /// gone needs not be removed (connector.md 13.2).
    pub(crate) fn accepts(&self, status: u16) -> bool {
        status == 404 && matches!(self, Self::Hook(_, Registration::Detach))
    }

    /// Teaches the values of secret parameters, and what a webhook keeps.
    pub(crate) fn add_secrets(&self, scope: &Scope, blotter: &mut Blotter) {
        let parameters = match self {
            Self::Hook(webhook, _) => Some(&webhook.parameters),
            _ => self.module().map(|module| &module.parameters),
        };
        if let Some(parameters) = parameters {
            add_secrets(parameters, scope.root(Root::Parameters), blotter);
        }
        blotter.add_leaves(scope.root(Root::Webhook));
        if let Some(connection) = self.connection() {
            let data = scope.root(Root::Data);
            add_secrets(&connection.parameters, data, blotter);
            blotter.add_leaves(data);
            for (root, keys) in [(Root::Oauth, OAUTH_SECRETS), (Root::Query, QUERY_SECRETS)] {
                for key in keys {
                    blotter.add_data(&scope.root(root).key(key).to_text());
                }
            }
        }
    }
}

/// Teaches `blotter` the values of all parameters that are secret.
pub(crate) fn add_secrets(parameters: &List<Parameter>, values: &Value, blotter: &mut Blotter) {
    for parameter in parameters.iter() {
        add_value(parameter, values.key(&parameter.name), blotter);
        for nested in parameter.nested.iter() {
            add_secrets(&nested.parameters, values, blotter);
        }
    }
}

fn add_value(parameter: &Parameter, value: &Value, blotter: &mut Blotter) {
    if parameter.secret {
        for item in value.items() {
            blotter.add_secret(&item.to_text());
        }
    }
    match &parameter.ty {
        ParameterType::Collection(members) => add_secrets(members, value, blotter),
        ParameterType::Array(spec) => {
            for (item, spec) in
                value.items().iter().flat_map(|item| spec.iter().map(move |spec| (item, spec)))
            {
                add_value(spec, item, blotter);
            }
        }
        _ => {}
    }
}

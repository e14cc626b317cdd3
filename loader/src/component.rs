//! The connector, its connections, and what it can do.

use std::borrow::Cow;
use std::sync::Arc;

use linchpin::plan;
use linchpin_spec::facts;
use linchpin_spec::json::Node;
use linchpin_spec::model::{
    Connection, ConnectionKind, Connector, Endpoint, Installation, Module, ModuleKind, PhaseKind, QsPolicy,
    Request, Rpc, ValidPolicy,
};
use linchpin_spec::span::Spanned;

use crate::literal;
use crate::maker::Maker;
use crate::parameter::parameters;

impl Maker<'_> {
    /// What all calls share; `rpcs` are the plans of its RPCs.
    pub(crate) fn connector(&self, connector: &Connector, rpcs: &[Arc<plan::Module>]) -> plan::Connector {
        let common = &connector.common;
        let connections = connector.connections.iter();
        plan::Connector {
            name: Cow::Owned(connector.name.clone()),
            qs_policy: match connector.qs_policy {
                QsPolicy::Replace => plan::QsPolicy::Replace,
                QsPolicy::Merge => plan::QsPolicy::Merge,
            },
            valid_policy: match connector.valid_policy {
                ValidPolicy::Only => plan::ValidPolicy::Only,
                ValidPolicy::AndStatus => plan::ValidPolicy::AndStatus,
            },
            base_url: self.under("base", || self.text("baseUrl", connector.base_url.as_ref())),
            hosts: facts::hosts(connector).into_iter().map(Cow::Owned).collect(),
            limits: plan::Limits {
                timeout: common.timeout,
                max_requests: common.max_requests,
                max_pages: common.max_pages,
                max_past_records: common.max_past_records,
            },
            common: names(&common.names),
            connections: connections.map(|connection| self.connection(connector, connection)).collect(),
            endpoints: connector.endpoints.iter().map(|endpoint| self.endpoint(endpoint)).collect(),
            rpcs: rpcs.iter().map(|rpc| plan::Module::clone(rpc)).collect(),
            install: connector.install.as_ref().map(|install| self.installation(install)),
            retry_after_access_error: connector.retry_after_access_error,
            functions: functions(connector),
        }
    }

    fn connection(&self, connector: &Connector, connection: &Connection) -> plan::Connection {
        let phases = connection.phases.iter().map(|phase| {
            let (key, kind) = self::phase(phase.kind);
            (kind, self.under(key, || self.requests(&phase.requests)))
        });
        let scopes = facts::scopes_of_components(connector, connection).into_iter();
        let scopes = scopes
            .map(|(id, scopes)| (id, scopes.into_iter().map(|scope| Cow::Owned(scope.to_owned())).collect()));
        plan::Connection {
            name: Cow::Owned(connection.id.value.clone()),
            kind: match connection.kind {
                ConnectionKind::Basic => plan::ConnectionKind::Basic,
                ConnectionKind::OAuth2 => plan::ConnectionKind::OAuth2,
                ConnectionKind::OAuth1 => plan::ConnectionKind::OAuth1,
            },
            parameters: parameters(&connection.parameters),
            verify: self.requests(&connection.verify),
            phases: phases.collect(),
            learned: facts::learned(connector, connection).into_iter().map(Cow::Owned).collect(),
            scope: names(&connection.scope),
            module_scopes: scopes.map(|(id, scopes)| (Cow::Owned(id.to_owned()), scopes)).collect(),
            common: names(&connection.common.names),
            install: connection.install.as_ref().map(|install| self.installation(install)),
        }
    }

    fn installation(&self, install: &Installation) -> plan::Install {
        let common = install.common.as_ref().map(|common| {
            self.under("install", || self.under("common", || self.keyed(common, facts::entries(common))))
        });
        plan::Install { parameters: parameters(&install.form), common }
    }

    /// A module.
    pub(crate) fn module(&self, module: &Module) -> plan::Module {
        let kind = match module.kind {
            ModuleKind::Action => plan::ModuleKind::Action,
            ModuleKind::Search => plan::ModuleKind::Search,
            ModuleKind::Trigger => plan::ModuleKind::Trigger,
            ModuleKind::InstantTrigger => plan::ModuleKind::InstantTrigger,
            ModuleKind::Responder => plan::ModuleKind::Responder,
            ModuleKind::Universal => plan::ModuleKind::Universal,
        };
        plan::Module {
            parameters: parameters(&module.parameters),
            scope: names(&module.scope),
            code: module.code.as_ref().map(|code| self::code(&code.value)),
            metadata: metadata(&module.metadata),
            ..self.callable(
                &module.id.value,
                kind,
                module.connection.iter().chain(&module.alt_connection),
                &module.requests,
            )
        }
    }

    /// An RPC. What it declares is for the test form of the platform; nothing is checked (connector.md 14.1).
    pub(crate) fn rpc(&self, rpc: &Rpc) -> plan::Module {
        let connections = rpc.connection.iter().chain(&rpc.alt_connection);
        plan::Module {
            scope: names(&rpc.scope),
            metadata: metadata(&rpc.metadata),
            ..self.callable(&rpc.id.value, plan::ModuleKind::Rpc, connections, &rpc.requests)
        }
    }

    fn endpoint(&self, endpoint: &Endpoint) -> plan::Module {
        plan::Module {
            parameters: parameters(&endpoint.parameters),
            scope: names(&endpoint.scope),
            metadata: metadata(&endpoint.metadata),
            ..self.callable(
                &endpoint.id.value,
                plan::ModuleKind::Endpoint,
                endpoint.connection.iter().chain(&endpoint.attached_accounts),
                std::slice::from_ref(&endpoint.request),
            )
        }
    }

    /// What modules, RPCs and endpoints have in common.
    fn callable<'n>(
        &self,
        id: &str,
        kind: plan::ModuleKind,
        connections: impl Iterator<Item = &'n Spanned<String>>,
        requests: &[Request],
    ) -> plan::Module {
        plan::Module {
            name: Cow::Owned(id.to_owned()),
            kind,
            parameters: Cow::Borrowed(&[]),
            connections: names(connections),
            requests: self.requests(requests),
            streams: facts::streams(requests),
            scope: Cow::Borrowed(&[]),
            code: None,
            metadata: Cow::Borrowed(&[]),
        }
    }
}

/// The fields of a component as its author wrote them.
fn metadata(metadata: &[(&'static str, Node)]) -> plan::List<(plan::Name, plan::Literal)> {
    metadata.iter().map(|(key, fields)| (Cow::Borrowed(*key), literal::node(fields))).collect()
}

pub(crate) fn names<'n>(names: impl IntoIterator<Item = &'n Spanned<String>>) -> plan::List<plan::Name> {
    names.into_iter().map(|name| Cow::Owned(name.value.clone())).collect()
}

/// The custom functions, where templates call one: then code may call all of them.
fn functions(connector: &Connector) -> plan::List<plan::Function> {
    if facts::called_functions(connector, &|_| false).is_empty() {
        return Cow::Borrowed(&[]);
    }
    let functions = connector.functions.iter();
    let functions = functions.map(|function| plan::Function {
        name: Cow::Owned(function.id.value.clone()),
        code: Cow::Owned(function.code.value.to_string()),
    });
    functions.collect()
}

/// JavaScript in place of requests.
fn code(code: &str) -> plan::Code {
    match facts::code_parameter(code) {
        Some(parameter) => plan::Code::Parameter(Cow::Owned(parameter.to_owned())),
        None => plan::Code::Source(Cow::Owned(code.to_owned())),
    }
}

fn phase(kind: PhaseKind) -> (&'static str, plan::PhaseKind) {
    match kind {
        PhaseKind::Preauthorize => ("preauthorize", plan::PhaseKind::Preauthorize),
        PhaseKind::RequestToken => ("requestToken", plan::PhaseKind::RequestToken),
        PhaseKind::Authorize => ("authorize", plan::PhaseKind::Authorize),
        PhaseKind::Token => ("token", plan::PhaseKind::Token),
        PhaseKind::AccessToken => ("accessToken", plan::PhaseKind::AccessToken),
        PhaseKind::Info => ("info", plan::PhaseKind::Info),
        PhaseKind::Refresh => ("refresh", plan::PhaseKind::Refresh),
        PhaseKind::Invalidate => ("invalidate", plan::PhaseKind::Invalidate),
    }
}

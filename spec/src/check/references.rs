//! References between components (connector.md 3, 14.1, 17).

use super::Findings;
use super::place::Owner;
use super::walk;
use crate::diagnostic::{Code, Diagnostic};
use crate::json::Kind;
use crate::model::{Connector, EndpointCall, Field, Installation, Module};
use crate::similar::nearest;
use crate::span::{Span, Spanned};

pub(super) fn check(connector: &Connector, findings: &mut Findings<'_>) {
    rpcs(connector, findings);
    connections(connector, findings);
    webhooks(connector, findings);
    endpoints(connector, findings);
    groups(connector, findings);
}

/// A kind of component that is referred to by its id.
struct Target<'a> {
    code: Code,
    noun: &'static str,
    ids: Vec<&'a str>,
}

impl<'a> Target<'a> {
    fn new(code: Code, noun: &'static str, ids: impl Iterator<Item = &'a Spanned<String>>) -> Self {
        Self { code, noun, ids: ids.map(|id| id.value.as_str()).collect() }
    }

    fn check(&self, id: &Spanned<String>, findings: &mut Findings<'_>) {
        self.check_name(&id.value, id.span, findings);
    }

    fn check_name(&self, name: &str, span: Span, findings: &mut Findings<'_>) {
        if self.ids.contains(&name) {
            return;
        }
        let message = format!("there is no {} `{name}`", self.noun);
        let diagnostic = Diagnostic::new(self.code, message, span);
        findings.push(match nearest(name, self.ids.iter().copied()) {
            Some(found) => diagnostic.help(format!("did you mean `{found}`?")),
            None if self.ids.is_empty() => diagnostic.help(format!("the connector has no {}", self.noun)),
            None => diagnostic.help(format!("there are: {}", listing(&self.ids))),
        });
    }
}

/// The first of many names.
fn listing(ids: &[&str]) -> String {
    const MOST: usize = 8;
    let shown: Vec<_> = ids.iter().take(MOST).map(|id| format!("`{id}`")).collect();
    let more = if ids.len() > MOST { ", .." } else { "" };
    format!("{}{more}", shown.join(", "))
}

fn rpcs(connector: &Connector, findings: &mut Findings<'_>) {
    let target = Target::new(Code::UnknownRpc, "RPC", connector.rpcs.iter().map(|rpc| &rpc.id));
    for fields in forms(connector) {
        walk::references(fields, &mut |reference| {
            target.check_name(&reference.name, reference.span, findings);
        });
    }
    for module in &connector.modules {
        if let Some((name, span)) = sample_rpc(module) {
            target.check_name(name, span, findings);
        }
    }
}

/// Every list of fields of a connector.
fn forms(connector: &Connector) -> impl Iterator<Item = &[Field]> {
    let connections = connector
        .connections
        .iter()
        .flat_map(|connection| [connection.parameters.as_slice(), installation(connection.install.as_ref())]);
    let modules = connector
        .modules
        .iter()
        .flat_map(|module| [module.parameters.as_slice(), module.interface.as_slice()]);
    let endpoints = connector
        .endpoints
        .iter()
        .flat_map(|endpoint| [endpoint.parameters.as_slice(), endpoint.interface.as_slice()]);
    let rpcs = connector.rpcs.iter().map(|rpc| rpc.parameters.as_slice());
    let webhooks = connector.webhooks.iter().map(|webhook| webhook.parameters.as_slice());
    let own = std::iter::once(installation(connector.install.as_ref()));
    own.chain(connections).chain(modules).chain(endpoints).chain(rpcs).chain(webhooks)
}

fn installation(install: Option<&Installation>) -> &[Field] {
    install.map_or(&[], |install| &install.form)
}

/// The RPC that supplies a module's samples (connector.md 3.12).
fn sample_rpc(module: &Module) -> Option<(&str, Span)> {
    let node = module.samples.as_ref()?;
    let Kind::String(text) = &node.kind else { return None };
    let name = text.value.strip_prefix("rpc://")?.split(['@', '?']).next()?;
    Some((name, node.span))
}

fn connections(connector: &Connector, findings: &mut Findings<'_>) {
    let ids = connector.connections.iter().map(|connection| &connection.id);
    let target = Target::new(Code::UnknownConnection, "connection", ids);
    let modules = connector.modules.iter().map(|module| (&module.connection, &module.alt_connection));
    let rpcs = connector.rpcs.iter().map(|rpc| (&rpc.connection, &rpc.alt_connection));
    let webhooks = connector.webhooks.iter().map(|webhook| (&webhook.connection, &webhook.alt_connection));
    for (connection, alternative) in modules.chain(rpcs).chain(webhooks) {
        connection.iter().chain(alternative).for_each(|id| target.check(id, findings));
    }
    for endpoint in &connector.endpoints {
        endpoint
            .connection
            .iter()
            .chain(&endpoint.attached_accounts)
            .for_each(|id| target.check(id, findings));
    }
}

fn webhooks(connector: &Connector, findings: &mut Findings<'_>) {
    let target =
        Target::new(Code::UnknownWebhook, "webhook", connector.webhooks.iter().map(|webhook| &webhook.id));
    for module in &connector.modules {
        module.webhook.iter().for_each(|id| target.check(id, findings));
    }
}

fn endpoints(connector: &Connector, findings: &mut Findings<'_>) {
    let ids = connector.endpoints.iter().map(|endpoint| &endpoint.id);
    let target = Target::new(Code::UnknownEndpoint, "endpoint", ids);
    walk::requests(connector, &mut |request, owner, _| {
        let paged = request.pagination.as_ref().and_then(|pagination| pagination.endpoint.as_ref());
        for EndpointCall { name, .. } in request.endpoint.iter().chain(paged) {
            target.check(name, findings);
            if matches!(owner, Owner::Endpoint(_)) {
                let message = "an endpoint cannot call an endpoint";
                findings.push(Diagnostic::new(Code::MisplacedDirective, message, name.span));
            }
        }
    });
}

fn groups(connector: &Connector, findings: &mut Findings<'_>) {
    let ids = connector.modules.iter().map(|module| &module.id);
    let target = Target::new(Code::UnknownGroupModule, "module", ids);
    for group in &connector.groups {
        group.modules.iter().for_each(|id| target.check(id, findings));
    }
}

//! What is kept: the modules that are asked for, and what they reach.

use std::collections::BTreeSet;

use linchpin_spec::check::walk;
use linchpin_spec::diagnostic::{Code, Diagnostic};
use linchpin_spec::model::{Connector, Endpoint, Field, Module, Request};
use linchpin_spec::similar;

use super::{forms, names};

/// Which modules are asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Selection {
    /// These; `None` is all.
    pub(crate) only: Option<Vec<String>>,
    /// All but these.
    pub(crate) except: Vec<String>,
}

impl Selection {
    fn is_everything(&self) -> bool {
        self.only.is_none() && self.except.is_empty()
    }

    fn wants(&self, id: &str) -> bool {
        let named = |names: &[String]| names.iter().any(|name| is_named(id, name));
        self.only.as_deref().is_none_or(named) && !named(&self.except)
    }

    /// Names that no module has.
    pub(crate) fn unknown(&self, connector: &Connector) -> Vec<Diagnostic> {
        let asked = self.only.iter().flatten().chain(&self.except);
        let unknown = asked.filter(|name| !ids(connector).any(|id| is_named(id, name)));
        let report = |name: &String| {
            let diagnostic =
                Diagnostic::new(Code::UnknownModule, format!("the connector has no module `{name}`"), None);
            match similar::nearest(name, ids(connector)) {
                Some(similar) => diagnostic.help(format!("did you mean `{similar}`?")),
                None => diagnostic,
            }
        };
        unknown.map(report).collect()
    }
}

/// What can be named: modules and data sources.
fn ids(connector: &Connector) -> impl Iterator<Item = &str> {
    let modules = connector.modules.iter().map(|module| module.id.value.as_str());
    modules.chain(connector.data_sources.iter().map(|source| source.id.value.as_str()))
}

/// Modules are named by their id or by the name of the client's method.
fn is_named(id: &str, name: &str) -> bool {
    id == name || names::value(id) == name
}

/// Drops from a connector what is not asked for and not reached.
pub(crate) fn keep(connector: &mut Connector, selection: &Selection) {
    if selection.is_everything() {
        return;
    }
    connector.modules.retain(|module| selection.wants(&module.id.value));
    connector.data_sources.retain(|source| selection.wants(&source.id.value));
    let mut reached = Reached::default();
    for source in &connector.data_sources {
        reached.connections.extend(source.connection.iter().map(|connection| connection.value.clone()));
    }
    for module in &connector.modules {
        reached.module(module);
    }
    let installed = connector.install.iter();
    installed.for_each(|install| reached.fields(&install.form));
    reached.follow(connector);
    connector.rpcs.retain(|rpc| reached.rpcs.contains(&rpc.id.value));
    connector.webhooks.retain(|webhook| reached.webhooks.contains(&webhook.id.value));
    connector.endpoints.retain(|endpoint| reached.endpoints.contains(&endpoint.id.value));
    connector.connections.retain(|connection| reached.connections.contains(&connection.id.value));
}

#[derive(Default)]
struct Reached {
    rpcs: BTreeSet<String>,
    webhooks: BTreeSet<String>,
    endpoints: BTreeSet<String>,
    connections: BTreeSet<String>,
}

impl Reached {
    fn module(&mut self, module: &Module) {
        let connections = module.connection.iter().chain(&module.alt_connection);
        self.connections.extend(connections.map(|connection| connection.value.clone()));
        self.webhooks.extend(module.webhook.iter().map(|webhook| webhook.value.clone()));
        self.fields(&module.parameters);
        self.fields(&module.interface);
        forms::samples(module.samples.as_ref(), &mut |name, _| {
            self.rpcs.insert(name.to_owned());
        });
        module.requests.iter().chain(&module.epoch).for_each(|request| self.request(request));
    }

    fn endpoint(&mut self, endpoint: &Endpoint) {
        let connections = endpoint.connection.iter().chain(&endpoint.attached_accounts);
        self.connections.extend(connections.map(|connection| connection.value.clone()));
        self.fields(&endpoint.parameters);
        self.fields(&endpoint.interface);
        self.request(&endpoint.request);
    }

    fn request(&mut self, request: &Request) {
        let of_pages = request.pagination.as_ref().and_then(|pagination| pagination.endpoint.as_ref());
        let calls = request.endpoint.iter().chain(of_pages);
        self.endpoints.extend(calls.map(|call| call.name.value.clone()));
    }

    /// What is reached from what is reached, until nothing new comes.
    fn follow(&mut self, connector: &Connector) {
        loop {
            let before = (self.rpcs.len(), self.webhooks.len(), self.endpoints.len());
            for rpc in
                connector.rpcs.iter().filter(|rpc| self.rpcs.contains(&rpc.id.value)).collect::<Vec<_>>()
            {
                let connections = rpc.connection.iter().chain(&rpc.alt_connection);
                self.connections.extend(connections.map(|connection| connection.value.clone()));
                self.fields(&rpc.parameters);
                forms::in_results(rpc, &mut |name| {
                    self.rpcs.insert(name.to_owned());
                });
                rpc.requests.iter().for_each(|request| self.request(request));
            }
            let webhooks = connector.webhooks.iter();
            for webhook in
                webhooks.filter(|webhook| self.webhooks.contains(&webhook.id.value)).collect::<Vec<_>>()
            {
                let connections = webhook.connection.iter().chain(&webhook.alt_connection);
                self.connections.extend(connections.map(|connection| connection.value.clone()));
                self.fields(&webhook.parameters);
                let requests = webhook.attach.iter().chain(&webhook.update).chain(&webhook.detach);
                requests.for_each(|request| self.request(request));
            }
            let endpoints = connector.endpoints.iter();
            for endpoint in endpoints.filter(|one| self.endpoints.contains(&one.id.value)).collect::<Vec<_>>()
            {
                self.endpoint(endpoint);
            }
            for connection in &connector.connections {
                if self.connections.contains(&connection.id.value) {
                    self.fields(&connection.parameters);
                    connection.install.iter().for_each(|install| self.fields(&install.form));
                }
            }
            if before == (self.rpcs.len(), self.webhooks.len(), self.endpoints.len()) {
                return;
            }
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        walk::references(fields, &mut |reference| {
            self.rpcs.insert(reference.name.clone());
        });
    }
}

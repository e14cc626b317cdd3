//! JSON to model: one file per concept, known directives as tables (connector.md 6 to 17).

mod app;
mod component;
mod connection;
mod directives;
mod error;
mod identifier;
mod keys;
mod metadata;
mod module;
mod options;
mod parameter;
mod path;
mod reader;
mod reference;
mod request;
mod response;
mod tree;
mod types;
mod validate;
mod webhook;

use std::collections::{HashMap, HashSet};

pub(crate) use directives::canonical;
use reader::{Reader, label};

use crate::diagnostic::{Code, Diagnostic};
use crate::json::Node;
use crate::model::{Connector, ModuleKind, PhaseKind, Webhook};
use crate::source::{Component, ComponentKind, Sources};
use crate::span::{FileId, Spanned};

/// Turns what the layouts have in common into the model. Base is merged here, once.
pub(crate) fn connector(sources: &Sources, files: Vec<FileId>, sink: &mut Vec<Diagnostic>) -> Connector {
    let ids =
        sources.components.iter().map(|component| (component.kind, component.id.value.clone())).collect();
    let has_folder_names = sources.components.iter().any(|component| component.is_folder_name);
    let mut reader = Reader { sink, remote_names: &sources.remote_names, ids, has_folder_names };
    for component in sources.components.iter().filter(|_| !sources.has_made_ids) {
        reader.check_identifier(component);
    }
    let (base, base_url) = reader.base(sources.base.as_ref());
    let mut connector = Connector {
        name: sources.name.clone(),
        label: label(sources.label.as_ref()),
        dialect: sources.dialect,
        qs_policy: reader.qs_policy(sources),
        valid_policy: reader.valid_policy(sources),
        retry_after_access_error: false,
        base_url,
        common: reader.common(sources.common.as_ref()),
        install: reader.installation(sources.install_spec.as_ref(), sources.install.as_ref()),
        connections: Vec::new(),
        modules: Vec::new(),
        rpcs: Vec::new(),
        webhooks: Vec::new(),
        functions: Vec::new(),
        endpoints: Vec::new(),
        data_sources: Vec::new(),
        groups: reader.groups(sources.groups.as_ref()),
        files,
    };
    for component in unique(&sources.components, reader.sink) {
        reader.component(component, base, &mut connector);
    }
    alias_functions(sources, &mut connector);
    give_webhooks_connections(&mut connector);
    metadata::keep_what_is_read(&mut connector);
    connector.retry_after_access_error = sources.retries_after_refresh && has_refresh(&connector);
    connector
}

impl Reader<'_> {
    fn component(&mut self, component: &Component, base: Option<&Node>, connector: &mut Connector) {
        match component.kind {
            ComponentKind::Connection => connector.connections.push(self.connection(component)),
            ComponentKind::Webhook => connector.webhooks.push(self.webhook(component, base)),
            ComponentKind::Module => connector.modules.push(self.module(component, base)),
            ComponentKind::Rpc => connector.rpcs.push(self.rpc(component, base)),
            ComponentKind::Function => connector.functions.extend(self.function(component)),
            ComponentKind::Endpoint => connector.endpoints.extend(self.endpoint(component, base)),
            ComponentKind::DataSource => connector.data_sources.extend(self.data_source(component)),
        }
    }
}

/// The components without those whose id comes again, which only lists and folders allow.
fn unique<'c>(components: &'c [Component], sink: &mut Vec<Diagnostic>) -> Vec<&'c Component> {
    let mut seen = HashSet::new();
    let mut kept = Vec::with_capacity(components.len());
    for component in components {
        if seen.insert((component.kind, component.id.value.as_str())) {
            kept.push(component);
            continue;
        }
        let message =
            format!("{} `{}` is there twice; the first counts", component.kind.noun(), component.id.value);
        sink.push(Diagnostic::new(Code::DuplicateKey, message, component.id.span));
    }
    kept
}

/// Templates call functions by the name under which they are deployed (connector.md 2.2).
fn alias_functions(sources: &Sources, connector: &mut Connector) {
    let mut aliases: Vec<_> =
        sources.remote_names.iter().filter(|((kind, _), _)| *kind == ComponentKind::Function).collect();
    aliases.sort_by(|left, right| left.0.1.cmp(&right.0.1));
    for ((_, remote), local) in aliases {
        if connector.functions.iter().any(|function| function.id.value == *remote) {
            continue;
        }
        let own = connector.functions.iter().find(|function| function.id.value == *local).cloned();
        connector.functions.extend(own.map(|mut function| {
            function.id = Spanned::new(remote.clone(), function.id.span);
            function
        }));
    }
}

/// A webhook that names no connection takes that of an instant trigger which uses it (connector.md 2.2).
fn give_webhooks_connections(connector: &mut Connector) {
    let mut of_trigger = HashMap::new();
    for module in connector.modules.iter().filter(|module| module.kind == ModuleKind::InstantTrigger) {
        if let (Some(webhook), Some(connection)) = (&module.webhook, &module.connection) {
            of_trigger
                .entry(webhook.value.clone())
                .or_insert_with(|| (connection.clone(), module.alt_connection.clone()));
        }
    }
    let lacks = |webhook: &&mut Webhook| webhook.connection.is_none();
    for webhook in connector.webhooks.iter_mut().filter(lacks) {
        if let Some((connection, alt_connection)) = of_trigger.remove(&webhook.id.value) {
            webhook.connection = Some(connection);
            webhook.alt_connection = webhook.alt_connection.take().or(alt_connection);
        }
    }
}

fn has_refresh(connector: &Connector) -> bool {
    connector
        .connections
        .iter()
        .any(|connection| connection.phases.iter().any(|phase| phase.kind == PhaseKind::Refresh))
}

/// The tables of known words, for the test that compares them with the schema.
#[cfg(test)]
pub(crate) mod tables {
    pub(crate) use super::app::{QS_POLICIES, VALID_POLICIES};
    pub(crate) use super::component::DATA_SOURCES;
    pub(crate) use super::directives::*;
    pub(crate) use super::error::TYPES as ERROR_TYPES;
    pub(crate) use super::module::KINDS as MODULE_KINDS;
    pub(crate) use super::request::BODY_TYPES;
    pub(crate) use super::response::{ORDERS, PARSE_AS};
    pub(crate) use super::types::{ATTRIBUTES, TYPES};
    pub(crate) use super::validate::RULES;
    pub(crate) use crate::source::tables::SPELLINGS;
}

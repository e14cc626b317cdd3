//! What templates see of the definition of their component (connector.md 9.2).

use std::collections::HashSet;

use crate::check::place::Owner;
use crate::check::walk;
use crate::iml::usage::Usage;
use crate::model::{Connector, Metadata};
use crate::source::{CodeName, Component, ComponentKind};

/// The fields of a component, of which `input` is the code.
pub(super) fn metadata(component: &Component, input: CodeName) -> Metadata {
    let codes = [("expect", input), ("interface", CodeName::Interface)];
    codes.into_iter().filter_map(|(name, code)| Some((name, component.code(code)?.clone()))).collect()
}

/// Forgets what no template reads: it is not worth carrying along.
pub(super) fn keep_what_is_read(connector: &mut Connector) {
    use ComponentKind::{Endpoint, Module, Rpc};
    let mut readers = HashSet::new();
    walk::templates(connector, &mut |template, place| {
        let owner = match place.owner {
            Owner::Module(module) => (Module, &module.id.value),
            Owner::Rpc(rpc) => (Rpc, &rpc.id.value),
            Owner::Endpoint(endpoint) => (Endpoint, &endpoint.id.value),
            Owner::Connector | Owner::Connection(_) | Owner::Webhook(_) => return,
        };
        if Usage::of(template).reads("metadata") {
            readers.insert((owner.0, owner.1.clone()));
        }
    });
    let modules = connector.modules.iter_mut().map(|module| (Module, &module.id, &mut module.metadata));
    let rpcs = connector.rpcs.iter_mut().map(|rpc| (Rpc, &rpc.id, &mut rpc.metadata));
    let endpoints =
        connector.endpoints.iter_mut().map(|endpoint| (Endpoint, &endpoint.id, &mut endpoint.metadata));
    for (kind, id, metadata) in modules.chain(rpcs).chain(endpoints) {
        if !readers.contains(&(kind, id.value.clone())) {
            metadata.clear();
        }
    }
}

//! The exported layout: `metadata.json` and `*.imljson` in folders of components (connector.md 2.3), also where
//! every `metadata.json` is missing.

use std::path::Path;

use super::component::{Component, ComponentKind, Sources};
use super::discover;
use super::files::{Files, Read};
use crate::json::Node;

/// Loads the app in `root`.
pub(crate) fn load(root: &Path, files: &mut Files) -> Option<Sources> {
    files.set_root(root);
    let metadata = match files.json(&root.join("metadata.json"), None) {
        Read::Found(node) => Some(node),
        Read::Blank(_) | Read::Missing | Read::Broken => None,
    };
    let name = metadata.as_ref().and_then(|node| node.get("name")).and_then(Node::as_name);
    let mut sources = Sources::lenient(name.map_or_else(|| super::stem(root), |name| name.value));
    sources.label = metadata.as_ref().and_then(|node| node.get_set("label")).cloned();
    for (name, slot) in sources.general() {
        *slot = discover::general(root, name, files);
    }
    sources.components = discover::components(root, &[], files);
    follow_aliases(&mut sources.components);
    Some(sources)
}

/// Gives every connection that is an alias the codes of the connection it stands for.
fn follow_aliases(components: &mut [Component]) {
    let is_connection = |component: &&Component| component.kind == ComponentKind::Connection;
    let originals: Vec<Component> = components.iter().filter(is_connection).cloned().collect();
    for component in components.iter_mut().filter(|component| component.kind == ComponentKind::Connection) {
        let mut seen = vec![component.id.value.clone()];
        let mut alias = component.metadata.alias_to.clone();
        while let Some(name) = alias.as_ref().and_then(Node::as_str) {
            let source = originals.iter().find(|original| original.id.value == name);
            let Some(source) = source.filter(|source| !seen.contains(&source.id.value)) else { break };
            component.codes.clone_from(&source.codes);
            component.metadata.kind = source.metadata.kind.clone().or(component.metadata.kind.take());
            seen.push(source.id.value.clone());
            alias.clone_from(&source.metadata.alias_to);
        }
    }
}

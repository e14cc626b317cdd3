//! The exported layout: `metadata.json` and `*.imljson` in folders of components (connector.md 2.3), also where
//! every `metadata.json` is missing.

use std::path::Path;

use super::component::{Component, ComponentKind, Sources};
use super::discover;
use super::files::{Files, Read};
use crate::diagnostic::{Code, Diagnostic};
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
    follow_aliases(&mut sources.components, files);
    Some(sources)
}

/// Gives every connection that is an alias the codes of the connection it stands for. One that leads nowhere keeps its
/// own.
fn follow_aliases(components: &mut [Component], files: &mut Files) {
    let is_connection = |component: &&Component| component.kind == ComponentKind::Connection;
    let originals: Vec<Component> = components.iter().filter(is_connection).cloned().collect();
    for component in components.iter_mut().filter(|component| component.kind == ComponentKind::Connection) {
        if component.metadata.alias_to.is_none() {
            continue;
        }
        match source(component, &originals) {
            Ok(source) => {
                component.codes.clone_from(&source.codes);
                component.metadata.kind = source.metadata.kind.clone().or(component.metadata.kind.take());
            }
            Err(why) => {
                let message =
                    format!("`{}` is an alias of {why}; its own codes are used", component.id.value);
                files.report(Diagnostic::new(Code::MissingFile, message, component.id.span));
            }
        }
    }
}

/// The connection at the end of a chain of aliases; in words why there is none.
fn source<'c>(alias: &Component, all: &'c [Component]) -> Result<&'c Component, String> {
    let mut seen = vec![alias.id.value.as_str()];
    let mut next = alias.metadata.alias_to.as_ref();
    loop {
        let name = next.and_then(Node::as_str).unwrap_or_default();
        let found = all.iter().find(|one| one.id.value == name);
        let found = found.ok_or_else(|| format!("the connection `{name}`, which is not there"))?;
        if seen.contains(&found.id.value.as_str()) {
            return Err("itself".to_owned());
        }
        seen.push(&found.id.value);
        next = found.metadata.alias_to.as_ref();
        if next.is_none() {
            return Ok(found);
        }
    }
}

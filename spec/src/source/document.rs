//! A bare connection document: what the OAuth 2 reference shows by itself (connector.md 10).

use std::path::Path;

use super::code::CodeName;
use super::component::{Component, ComponentKind, Metadata, Sources};
use crate::json::Node;
use crate::span::Spanned;

/// The phases that make an object an OAuth connection's communication (connector.md 10.3, 10.5).
pub(crate) const PHASES: &[&str] =
    &["preauthorize", "requestToken", "authorize", "token", "accessToken", "info", "refresh", "invalidate"];

/// Keys that only a request has.
const REQUEST: &[&str] = &[
    "url",
    "method",
    "qs",
    "headers",
    "body",
    "temp",
    "condition",
    "encodeUrl",
    "ca",
    "response",
    "followRedirects",
    "followAllRedirects",
];

/// True for an object of which at least one key is a phase that holds requests.
pub(crate) fn has_phases(node: &Node) -> bool {
    PHASES.iter().any(|phase| node.get(phase).is_some_and(|value| value.is_object() || value.is_array()))
}

/// True for what documentation shows by itself: a request, a list of requests, a list of parameters.
pub(crate) fn is_fragment(node: &Node) -> bool {
    is_request(node) || is_list(node, is_request) || is_list(node, is_parameter)
}

/// The connector that consists of one OAuth connection.
pub(crate) fn phases(node: &Node, path: &Path) -> Sources {
    connection("oauth2", CodeName::Communication, node, path)
}

/// The connector that consists of one basic connection with these requests, or these parameters.
pub(crate) fn fragment(node: &Node, path: &Path) -> Sources {
    let code = if is_list(node, is_parameter) { CodeName::Parameters } else { CodeName::Communication };
    connection("basic", code, node, path)
}

fn connection(id: &str, code: CodeName, node: &Node, path: &Path) -> Sources {
    let name = super::stem(path);
    let mut sources = Sources::strict(name);
    sources.components.push(Component {
        kind: ComponentKind::Connection,
        id: Spanned::new(id.to_owned(), node.span),
        metadata: Metadata::default(),
        codes: vec![(code, node.clone())],
        incomplete: false,
        is_folder_name: false,
    });
    sources
}

fn is_request(node: &Node) -> bool {
    REQUEST.iter().any(|key| node.get(key).is_some())
}

fn is_parameter(node: &Node) -> bool {
    node.get("name").is_some() && !is_request(node)
}

fn is_list(node: &Node, is_item: fn(&Node) -> bool) -> bool {
    let items = node.items();
    !items.is_empty() && items.iter().all(is_item)
}

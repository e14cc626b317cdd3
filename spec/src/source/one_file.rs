//! The one-file connector: Make's codes under their API names, in one JSON object.

use std::path::Path;

use super::block;
use super::code::{CodeName, SPELLINGS};
use super::component::{Component, ComponentKind, KINDS, Metadata, Sources};
use super::files::{Files, Read};
use crate::diagnostic::{Code, Diagnostic};
use crate::json::{Kind, Member, Node};
use crate::span::{Spanned, Text};

/// Keys beside the components that make a document a one-file connector.
pub(crate) const KEYS: &[&str] = &["base", "common", "groups", "qsPolicy", "validPolicy", "configVars"];
/// All other keys at the top.
pub(crate) const PLAIN_KEYS: &[&str] =
    &["$schema", "name", "label", "description", "version", "install", "installSpec"];

/// The keys of a component beside its codes.
pub(crate) fn metadata_keys(kind: ComponentKind) -> &'static [&'static str] {
    match kind {
        ComponentKind::Connection => &["label", "description", "type"],
        ComponentKind::Webhook => &["label", "description", "type", "connection", "altConnection"],
        ComponentKind::Module => &[
            "label",
            "description",
            "type",
            "connection",
            "altConnection",
            "webhook",
            "steps",
            "actionCrud",
            "annotations",
        ],
        ComponentKind::Rpc => &["label", "description", "connection", "altConnection"],
        ComponentKind::Function => &["label", "description"],
        ComponentKind::Endpoint => &[
            "label",
            "description",
            "connection",
            "altConnection",
            "attachedAccounts",
            "annotations",
            "actionCrud",
        ],
        ComponentKind::DataSource => &["label", "description", "type", "connection"],
    }
}

/// Names of codes in Make's API that differ from the keys of this format; they are taken as well.
pub(crate) const API_NAMES: &[&str] = &["api", "input_parameters", "output_parameters"];

/// The code that a key of a component holds.
pub(crate) fn code_of_key(kind: ComponentKind, key: &str) -> Option<CodeName> {
    if API_NAMES.contains(&key) {
        return CodeName::find(kind, key);
    }
    let exact = |row: &&super::code::Spelling| {
        row.key == key && row.kinds.contains(&kind) && row.code != CodeName::Metadata
    };
    SPELLINGS.iter().find(exact).map(|row| row.code)
}

/// Reads a one-file connector that was parsed from `path`. Without a folder, the text stands alone and cannot
/// name files.
pub(crate) fn read(root: &Node, path: &Path, has_folder: bool, files: &mut Files) -> Sources {
    let name = root.get("name").and_then(Node::as_name).map(|name| name.value);
    let mut sources = Sources::strict(name.unwrap_or_else(|| super::stem(path)));
    sources.label = root.get_set("label").cloned();
    sources.qs_policy_set = root.get_set("qsPolicy").cloned();
    sources.valid_policy_set = root.get_set("validPolicy").cloned();
    sources.base = root.get_set("base").cloned();
    sources.common = root.get_set("common").cloned();
    sources.groups = root.get_set("groups").cloned();
    sources.install = root.get_set("install").cloned();
    sources.install_spec = root.get_set("installSpec").cloned();
    sources.config_vars = root.get_set("configVars").cloned();
    let folder = path.parent().filter(|_| has_folder);
    for member in root.members() {
        let key = &*member.key.value;
        match KINDS.iter().find(|(_, plural, _)| *plural == key) {
            Some((kind, ..)) => components(*kind, member, folder, &mut sources, files),
            None if KEYS.contains(&key) || PLAIN_KEYS.contains(&key) => {}
            None => unknown_key(member, files),
        }
    }
    block::declare(&mut sources, files);
    sources
}

fn unknown_key(member: &Member, files: &mut Files) {
    let known = KINDS.iter().map(|(_, key, _)| *key).chain(KEYS.iter().chain(PLAIN_KEYS).copied());
    let message = format!("a connector has no `{}`", member.key.value);
    let diagnostic = Diagnostic::new(Code::UnknownDirective, message, member.key.span);
    files.report(diagnostic.did_you_mean(&member.key.value, known));
}

fn components(
    kind: ComponentKind,
    member: &Member,
    folder: Option<&Path>,
    sources: &mut Sources,
    files: &mut Files,
) {
    if !member.value.is_object() {
        if !member.value.is_empty_value() {
            let message = format!(
                "`{}` must be an object whose keys are ids, not {}",
                member.key.value,
                member.value.describe()
            );
            files.report(Diagnostic::new(Code::WrongType, message, member.value.span));
        }
        return;
    }
    for entry in member.value.members() {
        if entry.value.is_null() {
            continue;
        }
        if !entry.value.is_object() {
            let message = format!(
                "{} `{}` must be an object, not {}",
                kind.noun(),
                entry.key.value,
                entry.value.describe()
            );
            files.report(Diagnostic::new(Code::WrongType, message, entry.value.span));
            continue;
        }
        let id = Spanned::new(entry.key.value.to_string(), entry.key.span);
        sources.components.push(component(kind, id, &entry.value, folder, files));
    }
}

fn component(
    kind: ComponentKind,
    id: Spanned<String>,
    node: &Node,
    folder: Option<&Path>,
    files: &mut Files,
) -> Component {
    let mut codes: Vec<(CodeName, Node)> = Vec::new();
    for member in node.members() {
        let key = &*member.key.value;
        match code_of_key(kind, key) {
            Some(code) if member.value.is_null() || codes.iter().any(|(own, _)| *own == code) => {}
            Some(code) if code.is_ignored() => {}
            Some(CodeName::Script) => {
                // What cannot be read is reported; an empty script keeps it from being missed a second time.
                let script = script(&member.value, folder, files);
                let empty = Text::detached("", member.value.span);
                let script = script.unwrap_or(Node { kind: Kind::String(empty), span: member.value.span });
                codes.push((CodeName::Script, script));
            }
            Some(code) => codes.push((code, member.value.clone())),
            None if metadata_keys(kind).contains(&key) => {}
            None => unknown_code(kind, member, files),
        }
    }
    Component { kind, id, metadata: Metadata::read(node), codes, incomplete: false, is_folder_name: false }
}

/// JavaScript, either in place or in a file of its own.
fn script(value: &Node, folder: Option<&Path>, files: &mut Files) -> Option<Node> {
    if value.as_str().is_some() {
        return Some(value.clone());
    }
    let Some(path) = value.get("file").and_then(Node::as_name) else {
        let message = format!("`code` must be text or `{{\"file\": \"..\"}}`, not {}", value.describe());
        files.report(Diagnostic::new(Code::WrongType, message, value.span));
        return None;
    };
    let Some(folder) = folder else {
        let message =
            format!("`{}` cannot be read: a connector that is given as text has no folder", path.value);
        files.report(Diagnostic::new(Code::MissingFile, message, path.span));
        return None;
    };
    match files.text(&folder.join(&path.value), Some(path.span)) {
        Read::Found(script) => Some(script),
        Read::Missing => {
            let message = format!("there is no file `{}`", path.value);
            let help = format!("the path is relative to `{}`", folder.display());
            files.report(Diagnostic::new(Code::MissingFile, message, Some(path.span)).help(help));
            None
        }
        Read::Blank(_) | Read::Broken => None,
    }
}

fn unknown_code(kind: ComponentKind, member: &Member, files: &mut Files) {
    let key = &*member.key.value;
    let elsewhere = KINDS
        .iter()
        .any(|(other, ..)| code_of_key(*other, key).is_some() || metadata_keys(*other).contains(&key));
    let (code, message) = if elsewhere {
        (Code::MisplacedDirective, format!("`{key}` does not belong to {}; it is ignored", kind.a_noun()))
    } else {
        (Code::UnknownDirective, format!("{} has no `{key}`", kind.a_noun()))
    };
    let known = SPELLINGS
        .iter()
        .filter(|row| row.kinds.contains(&kind) && row.code != CodeName::Metadata)
        .map(|row| row.key)
        .chain(metadata_keys(kind).iter().copied());
    let diagnostic = Diagnostic::new(code, message, member.key.span);
    files.report(if elsewhere { diagnostic } else { diagnostic.did_you_mean(key, known) });
}

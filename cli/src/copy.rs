//! Copies a connector: what the loader read, and no secrets (rulings 36).

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use linchpin_spec::Loaded;
use linchpin_spec::json::{Kind, Member, Node};
use linchpin_spec::model::Common;
use linchpin_spec::span::{FileId, Span};

use crate::commands::krate::write;

/// Keys of `common` that steer the engine: no secrets, and compiled in.
const LIMITS: &[&str] = &["timeout", "maxRequestCount", "maxPaginationRequestCount", "maxPastRecords"];

/// What was copied.
pub(crate) struct Copied {
    /// Path of the copy to include, from the crate's folder on.
    pub(crate) entry: String,
    /// How many files were written.
    pub(crate) count: usize,
    /// Files of constants that were not.
    pub(crate) left_out: Vec<PathBuf>,
}

/// Copies the files of a connector that was loaded from `path` into `target`, which is the folder `connector` of a
/// crate.
pub(crate) fn connector(loaded: &Loaded, path: &Path, target: &Path) -> Result<Copied, String> {
    let absolute = std::path::absolute(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let files: Vec<(FileId, PathBuf)> =
        loaded.sources.files().map(|(id, file)| (id, file.path().to_owned())).collect();
    let root = root(&files, &absolute).ok_or("the connector's files lie in no common folder")?;
    let constants = files_of_constants(loaded);
    let mut copied = Copied { entry: String::new(), count: 0, left_out: Vec::new() };
    let mut entry = absolute.strip_prefix(&root).unwrap_or(Path::new("")).to_owned();
    for (id, file) in &files {
        let inside = file.strip_prefix(&root).map_err(|_| format!("{} is outside of it", file.display()))?;
        if constants.contains(id) && files.len() > 1 {
            if loaded.sources.tree(*id).is_some_and(|constants| !constants.members().is_empty()) {
                copied.left_out.push(inside.to_owned());
            }
            continue;
        }
        if is_hidden(inside) {
            continue;
        }
        write(&target.join(inside), &without_constants(loaded, *id))?;
        copied.count += 1;
        if files.len() == 1 {
            entry = inside.to_owned();
        }
    }
    let entry = entry.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    copied.entry = std::iter::once("connector".to_owned()).chain(entry).collect::<Vec<_>>().join("/");
    Ok(copied)
}

/// The deepest folder that holds all files and, when it is a folder, `path`.
fn root(files: &[(FileId, PathBuf)], path: &Path) -> Option<PathBuf> {
    let start = if path.is_dir() { path } else { path.parent()? };
    start
        .ancestors()
        .find(|folder| files.iter().all(|(_, file)| file.starts_with(folder)))
        .map(Path::to_owned)
}

/// Hidden files hold keys of development tools.
fn is_hidden(inside: &Path) -> bool {
    inside
        .components()
        .any(|part| matches!(part, Component::Normal(name) if name.to_string_lossy().starts_with('.')))
}

/// Files that hold nothing but constants: those from which the keys of `common` came, by their places.
fn files_of_constants(loaded: &Loaded) -> BTreeSet<FileId> {
    let Some(connector) = &loaded.connector else { return BTreeSet::new() };
    let root = connector.files.first();
    let of = |common: &Common| common.names.iter().map(|name| name.span.file).collect::<Vec<_>>();
    let all = connector
        .connections
        .iter()
        .flat_map(|connection| of(&connection.common))
        .chain(of(&connector.common));
    let named = loaded.sources.files().filter(|(_, file)| is_named_common(file.path())).map(|(id, _)| id);
    all.chain(named).filter(|id| Some(id) != root).collect()
}

/// `common.json`, `key.common.json` and the like, also when there is nothing in them that the loader took.
fn is_named_common(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.split('.').any(|part| part == "common")
}

/// The text of a file, with `null` in place of the values of constants that stand in a one-file connector, and of the
/// values that an integration gives to connections and to steps that do not run here.
fn without_constants(loaded: &Loaded, id: FileId) -> String {
    let text = loaded.sources.file(id).text();
    let Some(document) = loaded.sources.tree(id) else { return text.to_string() };
    let connections = document.get("connections").map(Node::members).unwrap_or_default();
    let commons =
        connections.iter().filter_map(|entry| entry.value.get("common")).chain(document.get("common"));
    let values = commons.flat_map(Node::members).filter(|entry| !LIMITS.contains(&&*entry.key.value));
    let mut spans: Vec<Span> = values.map(|entry| entry.value.span).collect();
    if document.get("requiredConfigVars").is_some() || document.get("flows").is_some() {
        add_inputs(&document, &mut spans);
    }
    spans.sort_by_key(|span| span.start);
    spans.dedup();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for span in spans {
        let (start, end) = (span.start as usize, span.end as usize);
        let value = text.get(start..end).unwrap_or_default();
        out.push_str(text.get(from..start).unwrap_or_default());
        out.push_str("null");
        from = start + value.trim_end().len();
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Adds the places of defaults, and of all inputs but code.
fn add_inputs(node: &Node, spans: &mut Vec<Span>) {
    if let Kind::Array(items) = &node.kind {
        items.iter().for_each(|item| add_inputs(item, spans));
    }
    for Member { key, value } in node.members() {
        match &*key.value {
            "defaultValue" => add_leaves(value, spans),
            "requiredConfigVars" if !matches!(value.kind, Kind::Array(_)) => add_leaves(value, spans),
            "inputs" => {
                let given = value.members().iter().filter(|input| &*input.key.value != "code");
                given.for_each(|input| add_leaves(&input.value, spans));
            }
            _ => add_inputs(value, spans),
        }
    }
}

fn add_leaves(node: &Node, spans: &mut Vec<Span>) {
    match &node.kind {
        Kind::Null => {}
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => spans.push(node.span),
        Kind::Array(items) => items.iter().for_each(|item| add_leaves(item, spans)),
        Kind::Object(members) => members.iter().for_each(|member| add_leaves(&member.value, spans)),
    }
}

//! Source files: which layout a path holds, which files were read, and where in them a place is.
//!
//! Every layout has a file of its own and ends in `component::Sources`; nothing behind this module knows
//! which layout it was.

mod block;
mod code;
mod component;
mod discover;
mod document;
mod exported;
mod files;
mod integration;
mod layout;
mod local;
mod map;
mod one_file;

use std::path::Path;

pub(crate) use code::{CodeName, kebab};
pub(crate) use component::{Component, ComponentKind, RemoteNames, Sources};
pub(crate) use document::PHASES;
pub(crate) use files::Files;
pub(crate) use layout::{open, open_inline};
pub use map::{SourceFile, SourceMap};

/// The name of a file without its extensions, or of a folder: how a connector is called that has no name.
fn stem(path: &Path) -> String {
    let path = files::absolute(path);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = name.split('.').find(|part| !part.is_empty()).unwrap_or("connector").to_owned();
    let generic = matches!(stem.as_str(), "connector" | "makecomapp" | "metadata" | "base");
    match path.parent().and_then(Path::file_name) {
        Some(folder) if generic => folder.to_string_lossy().into_owned(),
        _ => stem,
    }
}

/// The tables of known words, for the test that compares them with the schema.
#[cfg(test)]
pub(crate) mod tables {
    pub(crate) use super::code::SPELLINGS;
    pub(crate) use super::component::{ComponentKind, KINDS};
    pub(crate) use super::one_file::{API_NAMES, KEYS, PLAIN_KEYS, code_of_key, metadata_keys};
}

//! Which connectors the arguments name.

use std::path::{Path, PathBuf};

/// Files that make a folder a connector.
const MARKERS: &[&str] = &[
    "connector.json",
    "makecomapp.json",
    "metadata.json",
    "base.imljson",
    "integration.yml",
    "integration.yaml",
];

/// The connectors that `paths` name: each path itself, or, for a folder that is none, those directly in it.
/// A path that is neither stays as it is, so that loading it says what was looked for.
pub(crate) fn connectors(paths: &[PathBuf]) -> Vec<PathBuf> {
    paths.iter().flat_map(|path| one_or_below(path)).collect()
}

fn one_or_below(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() || is_connector(path) {
        return vec![path.to_owned()];
    }
    let Ok(entries) = std::fs::read_dir(path) else { return vec![path.to_owned()] };
    let mut below: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| is_connector(path)).collect();
    below.sort();
    if below.is_empty() { vec![path.to_owned()] } else { below }
}

fn is_connector(path: &Path) -> bool {
    MARKERS.iter().any(|marker| path.join(marker).is_file())
}

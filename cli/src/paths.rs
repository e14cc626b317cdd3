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

/// How deep below a folder connectors are looked for: `<repository>/apps/<app>/src` is deep.
const DEPTH: usize = 4;

/// The connectors that `paths` name: each path itself, or, for a folder that is none, those below it.
/// A path that is neither stays as it is, so that loading it says what was looked for.
pub(crate) fn connectors(paths: &[PathBuf]) -> Vec<PathBuf> {
    paths.iter().flat_map(|path| one_or_below(path)).collect()
}

fn one_or_below(path: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    if path.is_dir() {
        collect(path, DEPTH, &mut found);
    }
    if found.is_empty() { vec![path.to_owned()] } else { found }
}

/// The connectors at or below a folder, in the order of their names. What lies in a connector belongs to it.
fn collect(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    if is_connector(folder) {
        found.push(folder.to_owned());
        return;
    }
    let Some(depth) = depth.checked_sub(1) else { return };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.retain(|path| !is_passed_over(path));
    folders.sort();
    folders.iter().for_each(|folder| collect(folder, depth, found));
}

/// Hidden folders, and those that tools fill.
fn is_passed_over(folder: &Path) -> bool {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.starts_with('.') || matches!(name.as_str(), "node_modules" | "target")
}

fn is_connector(path: &Path) -> bool {
    MARKERS.iter().any(|marker| path.join(marker).is_file())
}

//! Where connectors lie.

use std::path::{Path, PathBuf};

/// Names a connector, or a folder of connectors.
pub const VARIABLE: &str = "LINCHPIN_CORPUS";

/// Files that make a folder a connector.
const MARKERS: &[&str] = &["connector.json", "makecomapp.json", "metadata.json", "base.imljson"];

/// The folder that [`VARIABLE`] names, else the corpus beside the workspace when it is there.
pub fn place() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        return Some(PathBuf::from(named));
    }
    let beside = beside();
    beside.is_dir().then_some(beside)
}

/// The corpus beside the workspace.
pub fn beside() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus")
}

/// Every connector at `place`, sorted by name: `place` itself, or the folders in it.
pub fn connectors(place: &Path) -> Vec<PathBuf> {
    if MARKERS.iter().any(|marker| place.join(marker).is_file()) {
        return vec![place.to_owned()];
    }
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

//! Where vectors lie.

use std::io;
use std::path::{Path, PathBuf};

/// Names a file of vectors, or a folder of such files.
pub const VARIABLE: &str = "LINCHPIN_VECTORS";

/// The file or folder that [`VARIABLE`] names, else the folder beside the workspace when it is there.
pub fn place() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        return Some(PathBuf::from(named));
    }
    let beside = beside();
    beside.is_dir().then_some(beside)
}

/// The folder of this crate's own vectors.
pub fn own() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// The folder beside the workspace.
pub fn beside() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance")
}

/// The files of vectors at `place`, sorted by name.
///
/// # Errors
/// When `place` cannot be read.
pub fn list(place: &Path) -> io::Result<Vec<PathBuf>> {
    if !std::fs::metadata(place)?.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let entries: Vec<PathBuf> =
        std::fs::read_dir(place)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    let mut files: Vec<PathBuf> = entries
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    Ok(files)
}

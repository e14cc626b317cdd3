//! Where a relative path of the macro leads (rulings 11).

use std::path::{Path, PathBuf};

/// Folders in which paths are looked up, in this order.
#[derive(Debug, Clone, Default)]
pub struct Bases {
    /// The folder of the source file that calls the macro.
    pub caller: Option<PathBuf>,
    /// `CARGO_MANIFEST_DIR`.
    pub manifest: Option<PathBuf>,
}

impl Bases {
    /// The first place where `path` exists; if it exists nowhere, the first place where it was looked for.
    pub(super) fn resolve(&self, path: &Path) -> PathBuf {
        if path.is_absolute() {
            return path.to_owned();
        }
        let candidates = self.caller.iter().chain(&self.manifest).map(|base| base.join(path));
        let mut first = None;
        for candidate in candidates {
            if candidate.exists() {
                return candidate;
            }
            first.get_or_insert(candidate);
        }
        first.unwrap_or_else(|| path.to_owned())
    }
}

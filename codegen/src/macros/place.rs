//! Where a relative path of the macro leads (rulings 11).

use std::path::{Component, Path, PathBuf};

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
                return without_detours(candidate);
            }
            first.get_or_insert(candidate);
        }
        first.unwrap_or_else(|| path.to_owned())
    }
}

/// The same place without `folder/..`, which messages would repeat at every mistake. A path through a symbolic link
/// stays as it is, since `..` leads elsewhere there.
fn without_detours(path: PathBuf) -> PathBuf {
    let mut short = PathBuf::new();
    for component in path.components() {
        let leaves_folder = component == Component::ParentDir
            && matches!(short.components().next_back(), Some(Component::Normal(_)));
        if leaves_folder {
            short.pop();
        } else {
            short.push(component);
        }
    }
    match (path.canonicalize(), short.canonicalize()) {
        (Ok(long), Ok(target)) if long == target => short,
        _ => path,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn detours_are_left_out_where_they_lead_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join("src/deep")).unwrap();
        std::fs::write(root.join("a.json"), "{}").unwrap();
        std::fs::write(root.join("src/a.json"), "{}").unwrap();
        assert_eq!(without_detours(root.join("src/../a.json")), root.join("a.json"));
        assert_eq!(without_detours(root.join("src/deep/../../a.json")), root.join("a.json"));
        std::os::unix::fs::symlink(root.join("src/deep"), root.join("link")).unwrap();
        let through_link = root.join("link/../a.json");
        assert_eq!(without_detours(through_link.clone()), through_link);
    }
}

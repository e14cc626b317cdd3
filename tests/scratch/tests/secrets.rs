//! What stands in `common` is compiled into nothing (rulings 12, 13).

use std::path::{Path, PathBuf};

use scratch_crates::{Scratch, workspace};

const LINCHPIN: &str =
    r#"linchpin = { path = "{linchpin}", default-features = false, features = ["macros"] }"#;
/// The value in `general/common.json` of the connector.
const SECRET: &str = "wonderland-7c1d9e40";
/// Text of the connector that the client needs, to know that the search can find something.
const NEEDED: &str = "api.notes.example";

fn contains(path: &Path, text: &str) -> bool {
    let bytes = std::fs::read(path).unwrap_or_default();
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn outputs(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let wanted = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.contains("careful_crate") && name.ends_with(extension)
    };
    entries.map(|entry| entry.path()).filter(wanted).collect()
}

#[test]
fn neither_rlib_nor_rmeta_holds_a_secret() {
    let scratch = Scratch::new("careful-crate", "2024", LINCHPIN, env!("CARGO_TARGET_TMPDIR")).unwrap();
    let connector = workspace().join("tests/scratch/connectors/notes");
    assert!(contains(&connector.join("general/common.json"), SECRET));
    scratch.copy(&connector, "notes").unwrap();
    scratch
        .write("src/lib.rs", "pub mod notes { linchpin::include_connector!(\"../notes/makecomapp.json\"); }")
        .unwrap();

    scratch.cargo(&["build"]).unwrap();
    let folder = scratch.target().join("debug/deps");
    let rlibs = outputs(&folder, ".rlib");
    let all = [rlibs.clone(), outputs(&folder, ".rmeta")].concat();
    assert!(!rlibs.is_empty() && all.len() > rlibs.len(), "{}: {all:?}", folder.display());
    assert!(rlibs.iter().any(|path| contains(path, NEEDED)), "the search finds nothing");
    for path in all {
        assert!(!contains(&path, SECRET), "{} holds a value of `common`", path.display());
    }
}

//! A change of any file of a connector rebuilds the crate that includes it (rulings 12).

use std::fs::File;
use std::time::{Duration, SystemTime};

use scratch_crates::{Scratch, workspace};

const LINCHPIN: &str = r#"linchpin = { path = "{linchpin}" }"#;

#[test]
fn a_touch_of_any_file_rebuilds() {
    let scratch = Scratch::new("touched-crate", "2024", LINCHPIN, env!("CARGO_TARGET_TMPDIR")).unwrap();
    let files = scratch.copy(&workspace().join("tests/scratch/connectors/notes"), "notes").unwrap();
    assert!(files.len() >= 10, "{files:?}");
    scratch
        .write("src/lib.rs", "pub mod notes { linchpin::include_connector!(\"../notes/makecomapp.json\"); }")
        .unwrap();

    let rebuilt = |log: &str| log.contains("Checking touched-crate");
    assert!(rebuilt(&scratch.cargo(&["check"]).unwrap()));
    assert!(!rebuilt(&scratch.cargo(&["check"]).unwrap()), "it rebuilds though nothing changed");

    let mut later = SystemTime::now();
    for file in files {
        // Cargo compares times; a clear step apart also on file systems that keep whole seconds.
        later += Duration::from_secs(2);
        File::options().append(true).open(scratch.path(&file)).unwrap().set_modified(later).unwrap();
        let log = scratch.cargo(&["check"]).unwrap();
        assert!(rebuilt(&log), "a touch of `{file}` was not seen: {log}");
    }
}

//! `linchpin crate`: the crates that it writes pass `cargo check` without a warning.

#![allow(clippy::panic, reason = "helpers of tests may fail loudly")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{BAD, GOOD, folder, linchpin, workspace};

/// Writes a crate for `connector` to `out` and lets cargo check it.
fn make(connector: &Path, out: &Path) -> Result<(), String> {
    let root = workspace();
    let arguments = ["crate", &text(connector), "--out", &text(out), "--linchpin-path", &text(&root)];
    let run = linchpin(&root, &arguments);
    if run.code != Some(0) {
        return Err(format!("{run:?}"));
    }
    // The same versions as in the workspace, so that nothing is looked up.
    std::fs::copy(root.join("Cargo.lock"), out.join("Cargo.lock")).map_err(|error| error.to_string())?;
    let checked = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--target-dir"])
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("scratch"))
        .current_dir(out)
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("RUSTFLAGS")
        .output()
        .map_err(|error| error.to_string())?;
    let words = String::from_utf8_lossy(&checked.stderr).into_owned();
    // Warnings of the runtime itself would come from its own check.
    let quiet = !words.contains("warning");
    if checked.status.success() && quiet { Ok(()) } else { Err(words) }
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn a_connector_with_everything_becomes_a_crate() {
    let place = folder(&[]);
    let out = place.path().join("client");
    make(&workspace().join("examples/connectors/tasks/connector.json"), &out)
        .unwrap_or_else(|words| panic!("{words}"));
    let manifest = std::fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(
        manifest.contains("name = \"tasks\"") && out.join("connector/connector.json").is_file(),
        "{manifest}"
    );

    let again = linchpin(place.path(), &["crate", &text(&out.join("connector")), "--out", "client"]);
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(again.stderr.contains("--force"), "{again:?}");
}

#[test]
fn secrets_stay_where_they_are() {
    let place = folder(&[
        (
            "app/connector.json",
            &GOOD.replace(
                "\"modules\"",
                "\"common\": { \"clientId\": \"id-5b1c\", \"clientSecret\": \"secret-77f0\", \"timeout\": 9000 }, \"modules\"",
            ),
        ),
        ("app/.env", "KEY=secret-77f0"),
    ]);
    let run = linchpin(place.path(), &["crate", "app", "--out", "client"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let copied = std::fs::read_to_string(place.path().join("client/connector/connector.json")).unwrap();
    assert!(copied.contains("\"clientSecret\": null") && copied.contains("\"timeout\": 9000"), "{copied}");
    assert!(!place.path().join("client/connector/.env").exists());

    let notes = workspace().join("tests/scratch/connectors/notes");
    let run = linchpin(place.path(), &["crate", &text(&notes), "--out", "notes"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("left out general/common.json"), "{run:?}");
    assert!(!place.path().join("notes/connector/general/common.json").exists());
    assert!(place.path().join("notes/connector/modules/groups.json").is_file());
}

#[test]
fn constants_that_are_none_are_not_asked_for() {
    let place = folder(&[
        ("app/base.imljson", r#"{ "baseUrl": "https://a.example" }"#),
        ("app/common.imljson", "{}"),
        ("app/modules/sayIt/api.imljson", r#"{ "url": "/say" }"#),
    ]);
    let run = linchpin(place.path(), &["crate", "app", "--out", "client"]);
    assert_eq!((run.code, run.stdout.contains("left out")), (Some(0), false), "{run:?}");
    assert!(!place.path().join("client/connector/common.imljson").exists());
}

#[test]
fn nothing_is_written_for_a_connector_with_mistakes() {
    let place = folder(&[("connector.json", BAD)]);
    let run = linchpin(place.path(), &["crate", "connector.json", "--out", "client"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("error[LP0201]") && !place.path().join("client").exists(), "{run:?}");
}

#[test]
fn allowed_mistakes_are_allowed_in_the_crate() {
    let place = folder(&[("connector.json", BAD)]);
    let levels = ["--allow", "unknown-function", "--warn", "LP0301"];
    let run =
        linchpin(place.path(), &[&["crate", "connector.json", "--out", "client"], &levels[..]].concat());
    assert_eq!(run.code, Some(0), "{run:?}");
    let library = std::fs::read_to_string(place.path().join("client/src/lib.rs")).unwrap();
    assert!(library.contains("allow = [\"unknown-function\"], warn = [\"unknown-directive\"]"), "{library}");
}

#[test]
fn every_connector_of_the_corpus_becomes_a_crate() {
    let Ok(entries) = std::fs::read_dir(workspace().join("../shared/corpus")) else {
        println!("there is no ../shared/corpus; passed over");
        return;
    };
    let mut connectors: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    connectors.sort();
    let place = folder(&[]);
    let failed: Vec<String> = connectors
        .iter()
        .enumerate()
        .filter_map(|(number, path)| {
            let made = make(path, &place.path().join(format!("crate{number}")));
            made.err().map(|words| format!("{}: {words}", path.display()))
        })
        .collect();
    assert!(!connectors.is_empty() && failed.is_empty(), "{}", failed.join("\n"));
}

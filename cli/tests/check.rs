//! `linchpin check`, run as a program.

mod support;

use serde_json::Value;
use support::{BAD, GOOD, folder, linchpin, workspace};

#[test]
fn a_good_connector_gives_a_line_and_zero() {
    let folder = folder(&[("connector.json", GOOD)]);
    let run = linchpin(folder.path(), &["check", "connector.json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.stdout, "ok clock: 1 module, 0 RPCs, 2 templates, 0 warnings\n");
    assert_eq!(run.stderr, "");
}

#[test]
fn a_folder_is_as_good_as_its_file() {
    let folder = folder(&[("clock/connector.json", GOOD)]);
    let run = linchpin(folder.path(), &["check", "clock"]);
    assert_eq!((run.code, run.stdout.starts_with("ok clock: 1 module")), (Some(0), true), "{run:?}");
}

#[test]
fn every_mistake_is_shown_with_its_place_and_help() {
    let folder = folder(&[("connector.json", BAD)]);
    let run = linchpin(folder.path(), &["check", "connector.json"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    for part in [
        "error[LP0201]",
        "--> connector.json:6:",
        "'uper'",
        "`upper`",
        "error[LP0301]",
        "`hedders`",
        "`headers`",
        "= help:",
        "^^^^",
    ] {
        assert!(run.stderr.contains(part), "{part} is not in\n{}", run.stderr);
    }
    assert_eq!(run.stdout, "failed connector.json: 0 warnings, 2 errors\n");
    assert!(!run.stderr.contains('\u{1b}') && !run.stdout.contains('\u{1b}'), "colour in a pipe");
}

#[test]
fn levels_can_be_set() {
    let folder = folder(&[("connector.json", BAD)]);
    let check = |levels: &[&str]| linchpin(folder.path(), &[&["check", "connector.json"], levels].concat());

    let run = check(&["--warn", "unknown-directive", "--allow", "LP0201"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stderr.contains("warning[LP0301]") && !run.stderr.contains("LP0201"), "{run:?}");
    assert!(run.stdout.contains("1 warning"), "{run:?}");

    let run = check(&["--warn", "unknown-directive", "--allow", "LP0201", "--deny", "warnings"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("error[LP0301]"), "{run:?}");

    let run = check(&["--allow", "unknown-direction"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("`unknown-directive`"), "{run:?}");
}

#[test]
fn json_is_one_object_a_connector() {
    let folder = folder(&[("a/connector.json", GOOD), ("b/connector.json", BAD)]);
    let run = linchpin(folder.path(), &["check", "a", "b", "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""), "{run:?}");
    let lines: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (&lines[0]["ok"], &lines[0]["name"], &lines[0]["modules"]),
        (&true.into(), &"clock".into(), &1.into())
    );
    assert_eq!((&lines[1]["ok"], &lines[1]["errors"]), (&false.into(), &2.into()));
    let first = &lines[1]["diagnostics"][0];
    assert_eq!(first["code"], "LP0201");
    assert_eq!(first["start"]["line"], 6);
    assert_eq!(first["pointer"], "/modules/getTime/communication/url");
}

#[test]
fn a_folder_of_connectors_stands_for_all_of_them() {
    let folder =
        folder(&[("apps/a/connector.json", GOOD), ("apps/b/connector.json", GOOD), ("apps/notes.txt", "")]);
    let run = linchpin(folder.path(), &["check", "apps"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.ends_with("2 of 2 connectors compile\n"), "{run:?}");
}

#[test]
fn connectors_are_found_deep_in_a_repository() {
    let manifest = r#"{ "components": { "module": { "sayIt": { "moduleType": "action", "codeFiles": { "communication": "say.json" } } } } }"#;
    let folder = folder(&[
        ("apps/first/src/makecomapp.json", manifest),
        ("apps/first/src/say.json", r#"{ "url": "https://a.example" }"#),
        ("apps/second/connector.json", GOOD),
        ("apps/second/old/connector.json", BAD),
        ("node_modules/third/connector.json", BAD),
    ]);
    let run = linchpin(folder.path(), &["check", "."]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.ends_with("2 of 2 connectors compile\n"), "{run:?}");
}

#[test]
fn a_path_that_leads_nowhere_names_itself() {
    let folder = folder(&[("empty/readme.txt", "")]);
    for path in ["nothing.json", "empty"] {
        let run = linchpin(folder.path(), &["check", path]);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.stderr.contains("LP0001") && run.stderr.contains(path), "{run:?}");
    }
    assert_eq!(linchpin(folder.path(), &["check"]).code, Some(2));
}

#[test]
fn the_examples_have_no_warning() {
    let run = linchpin(
        &workspace(),
        &["check", "examples/connectors/tasks", "tests/scratch/connectors/notes", "--deny", "warnings"],
    );
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
}

#[test]
fn the_corpus_compiles() {
    let corpus = workspace().join("../shared/corpus");
    if !corpus.is_dir() {
        println!("there is no ../shared/corpus; passed over");
        return;
    }
    let run = linchpin(&corpus, &["check", "."]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

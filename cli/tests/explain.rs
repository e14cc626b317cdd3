//! `linchpin explain` and the help, run as a program.

mod support;

use support::{folder, linchpin};

#[test]
fn a_code_is_explained_by_id_and_by_name() {
    let folder = folder(&[]);
    let by_id = linchpin(folder.path(), &["explain", "lp0204"]);
    let by_name = linchpin(folder.path(), &["explain", "unknown-variable"]);
    assert_eq!(by_id.code, Some(0), "{by_id:?}");
    assert_eq!(by_id.stdout, by_name.stdout);
    assert!(by_id.stdout.starts_with("LP0204 unknown-variable\n"), "{by_id:?}");
    assert!(by_id.stdout.contains("one-file connectors and OAuth documents: an error"), "{by_id:?}");
    assert!(by_id.stdout.contains("Make apps: a warning"), "{by_id:?}");
}

#[test]
fn without_a_code_all_are_listed() {
    let run = linchpin(folder(&[]).path(), &["explain"]);
    assert_eq!(run.code, Some(0));
    assert!(run.stdout.lines().count() > 30 && run.stdout.contains("LP0101 template-syntax"), "{run:?}");
}

#[test]
fn an_unknown_code_is_refused() {
    let run = linchpin(folder(&[]).path(), &["explain", "LP9999"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("no such code"), "{run:?}");
}

#[test]
fn the_help_teaches_by_examples() {
    let folder = folder(&[]);
    for arguments in [&["--help"][..], &["check", "--help"], &["expand", "--help"], &["crate", "--help"]] {
        let run = linchpin(folder.path(), arguments);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.stdout.contains("Examples:\n  linchpin "), "{run:?}");
    }
}

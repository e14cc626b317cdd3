//! Each folder of `golden/` is a case: `connector.json` and the client that it becomes, or the errors that it has.
//! `UPDATE_GOLDEN=1` accepts what there is now.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are not seen as tests")]

use std::fs;
use std::path::{Path, PathBuf};

use linchpin_codegen::{Config, Output, Source, generate};

/// Longer ones are not read in reviews.
const MOST_LINES: usize = 300;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

fn run(case: &Path) -> Output {
    let text = fs::read_to_string(case.join("connector.json")).unwrap();
    generate(Source::Inline { name: "connector.json", text: &text }, &Config::default())
}

#[track_caller]
fn compare(path: &Path, actual: &str) {
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == actual {
        return;
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, actual).unwrap();
        return;
    }
    let lines = expected.lines().zip(actual.lines()).enumerate();
    let first = lines
        .filter(|(_, (old, new))| old != new)
        .map(|(at, (old, new))| format!("{}:\n- {old}\n+ {new}", at + 1));
    let first = first.take(5).collect::<Vec<_>>().join("\n");
    panic!("{} differs; `UPDATE_GOLDEN=1` accepts it\n{first}", path.display());
}

#[test]
fn clients_and_errors_are_as_reviewed() {
    let mut clients = 0;
    let mut failures = 0;
    for case in cases() {
        let output = run(&case);
        if output.is_denied() {
            assert!(output.tokens.is_empty());
            compare(&case.join("errors.txt"), &output.rendered(false));
            failures += 1;
        } else {
            let text = output.formatted();
            assert!(text.lines().count() <= MOST_LINES, "{}: {} lines", case.display(), text.lines().count());
            compare(&case.join("expected.rs"), &text);
            clients += 1;
        }
    }
    assert!(clients >= 3 && failures >= 1, "{clients} clients, {failures} failures");
}

#[test]
fn the_same_input_gives_the_same_output() {
    for case in cases() {
        let (first, second) = (run(&case), run(&case));
        assert_eq!(first.tokens.to_string(), second.tokens.to_string());
        assert_eq!(first.rendered(false), second.rendered(false));
    }
}

//! Every connector of the corpus compiles, without settings of its own.

#![allow(clippy::print_stdout, reason = "a test that reports")]

use corpus_clients::{SUBJECTS, folders};

#[test]
fn every_connector_compiles() {
    let Some(place) = folders::place() else {
        println!("{} is not set, and there is no ../shared/corpus; passed over", folders::VARIABLE);
        return;
    };
    let wrong: Vec<String> = SUBJECTS
        .iter()
        .filter_map(|subject| subject.prepare.err().map(|words| format!("{}\n{words}", subject.folder)))
        .collect();
    assert!(!SUBJECTS.is_empty(), "{} holds no connector", place.display());
    assert!(wrong.is_empty(), "{} of {} do not compile:\n{}", wrong.len(), SUBJECTS.len(), wrong.join("\n"));
    println!("{} connectors compile", SUBJECTS.len());
}

//! Generated code of small connectors, reviewed like source. `UPDATE_GOLDEN=1` writes the files anew.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;

use linchpin_codegen::{Config, Source, generate};

/// What the generator makes of a connector: its code, or its mistakes.
fn generated(connector: &str) -> (&'static str, String) {
    let source = Source::Inline { name: "connector.json", text: connector };
    let output = generate(source, &Config::default());
    let again = generate(source, &Config::default());
    assert_eq!(output.formatted(), again.formatted(), "the same connector gives the same code");
    if output.is_denied() {
        ("errors.txt", output.rendered(false))
    } else {
        ("expected.rs", output.formatted())
    }
}

#[test]
fn code_and_mistakes_are_as_they_were_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut count = 0;
    for case in std::fs::read_dir(folder).unwrap() {
        let case = case.unwrap().path();
        let (name, text) = generated(&std::fs::read_to_string(case.join("connector.json")).unwrap());
        let file = case.join(name);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&file, &text).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        let difference = text.lines().zip(expected.lines()).position(|(new, old)| new != old);
        assert!(
            text == expected,
            "{} differs from line {:?}:\n{text}",
            file.display(),
            difference.map(|at| at + 1)
        );
        assert!(text.lines().count() <= 400, "{} is too long to be read", file.display());
        count += 1;
    }
    assert_eq!(count, 4);
}

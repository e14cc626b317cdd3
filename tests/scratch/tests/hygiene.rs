//! Generated code compiles wherever a user may put it (rulings 17).

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use scratch_crates::{Scratch, workspace};

const PLAIN: &str = r#"linchpin = { path = "{linchpin}" }"#;
const RENAMED: &str = r#"connectors = { package = "linchpin", path = "{linchpin}" }"#;

fn checks(name: &str, edition: &str, dependencies: &str, code: &str) {
    let scratch = Scratch::new(name, edition, dependencies, env!("CARGO_TARGET_TMPDIR")).unwrap();
    scratch.copy(&workspace().join("tests/scratch/connectors/notes"), "notes").unwrap();
    scratch.write("src/lib.rs", code).unwrap();
    if let Err(log) = scratch.cargo(&["check"]) {
        panic!("{log}");
    }
}

/// Items with the names of the prelude, and modules with those of the standard crates.
const SHADOWS: &str = "
    pub struct Result; pub struct Option; pub struct String; pub struct Vec; pub struct Some; pub struct Box;
    pub mod core {} pub mod std {} pub mod alloc {} pub mod linchpin_spec {}
";

#[test]
fn beside_items_that_are_called_like_the_preludes_own() {
    for edition in ["2018", "2021", "2024"] {
        let code = format!(
            "#![deny(warnings)]\npub mod notes {{ {SHADOWS}\n\
             ::linchpin::include_connector!(\"../notes/makecomapp.json\"); }}"
        );
        checks(&format!("shadowed-{edition}"), edition, PLAIN, &code);
    }
}

#[test]
fn without_a_prelude() {
    let code = "#![no_implicit_prelude]\n#![deny(warnings)]\n\
        pub mod notes { ::linchpin::include_connector!(\"../notes/makecomapp.json\"); }";
    checks("without-prelude", "2021", PLAIN, code);
}

#[test]
fn with_the_crate_renamed() {
    let code = "#![deny(warnings)]\npub mod notes { \
        ::connectors::include_connector!(path = \"../notes/makecomapp.json\", crate = ::connectors); }";
    checks("renamed", "2024", RENAMED, code);
}

#[test]
fn in_a_private_module_of_which_little_is_used() {
    let code = "#![deny(warnings)]\nmod notes { ::linchpin::include_connector!(\"../notes/makecomapp.json\"); }\n\
        pub fn client() -> notes::Client { notes::Client::new(notes::ApiKey::new(\"t\")) }";
    checks("private", "2024", PLAIN, code);
}

//! The conformance vectors, where they are at hand: what evaluates to a value also parses, calls functions that exist,
//! and prints back to the same tree.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests may fail loudly"
)]

use std::path::{Path, PathBuf};

use linchpin_spec::diagnostic::{Dialect, Level};
use linchpin_spec::iml::{self, functions, usage::Usage};
use linchpin_spec::span::{Span, Text};
use serde_json::Value;

/// Every vector of the folder that the environment names, else of the one beside the workspace.
fn vectors() -> Vec<Value> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance");
    let folder = std::env::var_os("LINCHPIN_VECTORS").map_or(beside, PathBuf::from);
    let file = folder.join("iml.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("no vectors at {}: passed over", file.display());
        return Vec::new();
    };
    let vectors: Vec<Value> = serde_json::from_str(&text).expect("a list of vectors");
    assert!(!vectors.is_empty(), "{} is empty", file.display());
    vectors
}

fn denied(found: &[linchpin_spec::diagnostic::Diagnostic]) -> bool {
    found.iter().any(|one| one.code.default_level(Dialect::Lenient) == Level::Deny)
}

#[test]
fn what_has_a_value_is_sound() {
    for vector in vectors() {
        let id = vector["id"].as_str().expect("an id");
        let source = vector["template"].as_str().expect("a template");
        let text = Text::detached(source, Span::default());
        let mut found = Vec::new();
        let template = iml::parse_template(&text, &mut found);
        let usage = Usage::of(&template);
        let fails = vector["expected"].get("$error").is_some();
        if fails {
            continue;
        }
        assert!(!denied(&found), "{id}: {source}: {found:?}");
        let unknown = usage.calls.iter().find(|call| functions::find(call.name).is_none());
        assert_eq!(unknown.map(|call| call.name), None, "{id} calls what does not exist");
        let printed = iml::print_template(&template);
        let again = iml::parse_template(&Text::detached(printed.as_str(), Span::default()), &mut Vec::new());
        assert_eq!(again.pieces, template.pieces, "{id}: {source} printed as {printed}");
    }
}

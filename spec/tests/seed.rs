//! The examples of the OAuth 2 reference, read where it is at hand: each that is JSON checks without an error
//! (rulings 8).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests may fail loudly"
)]

mod support;

use std::path::Path;

use linchpin_spec::diagnostic::Level;
use linchpin_spec::json;
use linchpin_spec::span::FileId;
use support::{lines, load_text};

/// The blocks of the page that start with a bracket at the left margin and end with its partner there.
fn blocks(page: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let end = match line.trim_end() {
            "{" => "}",
            "[" => "]",
            _ => continue,
        };
        let mut block = line.to_owned();
        for line in lines.by_ref() {
            block.push('\n');
            block.push_str(line);
            if line.trim_end() == end {
                break;
            }
        }
        blocks.push(block);
    }
    blocks
}

fn is_json(text: &str) -> bool {
    let mut found = Vec::new();
    json::parse(FileId::default(), text, &mut found).is_some() && found.is_empty()
}

/// What a response looks like after parsing; the page shows it, but it is no directive.
fn is_parsed_xml(text: &str) -> bool {
    text.split_whitespace().collect::<String>().starts_with(r#"{"data":{"text":["#)
}

#[test]
fn every_example_that_is_json_checks_without_an_error() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/seeds/oauth2-connection.txt");
    let path = std::env::var_os("LINCHPIN_SEED").map_or(path, std::path::PathBuf::from);
    let Ok(page) = std::fs::read_to_string(&path) else {
        println!("no page at {}: passed over", path.display());
        return;
    };
    let examples: Vec<String> =
        blocks(&page).into_iter().filter(|block| is_json(block) && !is_parsed_xml(block)).collect();
    assert!(examples.len() > 15, "{} examples", examples.len());
    for example in &examples {
        let loaded = load_text(example);
        let denied = loaded.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Deny);
        assert!(!denied && loaded.connector.is_some(), "{example}\n{:#?}", lines(&loaded));
    }
}

#[test]
fn requests_and_parameters_load_by_themselves() {
    for text in [
        r#"{ "url": "https://a.example", "method": "{{if(parameters.new, 'POST', 'PUT')}}" }"#,
        r#"{ "response": { "error": { "message": "{{body.why}}", "429": { "type": "RateLimitError" } } } }"#,
        r#"[{ "temp": { "a": 1 } }, { "url": "https://a.example", "response": { "iterate": "body.rows[].row" } }]"#,
        r#"[{ "name": "key", "type": "password" }, { "name": "who", "type": "text", "required": true }]"#,
    ] {
        let loaded = load_text(text);
        assert!(!loaded.is_denied(), "{text}: {:#?}", lines(&loaded));
        assert_eq!(loaded.connector.unwrap().connections.len(), 1, "{text}");
    }
    assert_eq!(support::codes(&load_text("[1, 2]")), ["LP0001"]);
}

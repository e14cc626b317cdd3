//! What the pages show works: every connector in them checks without an error.

#![allow(clippy::panic, reason = "helpers of tests may fail loudly")]

use house_rules::workspace;
use linchpin_spec::Options;
use linchpin_spec::diagnostic::render_text;

/// The fenced blocks of a language in a page, with the line at which each starts.
fn blocks(page: &str, language: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (number, line) in page.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some("")) => found.extend(open.take()),
            (Some((_, text)), _) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, Some(tag)) if tag == language => open = Some((number + 2, String::new())),
            (None, _) => {}
        }
    }
    found
}

#[test]
fn connectors_in_the_pages_check_without_a_word() {
    let mut count = 0;
    for page in ["README.md", "docs/connector-format.md", "docs/code-connector.md"] {
        let text =
            std::fs::read_to_string(workspace().join(page)).unwrap_or_else(|error| panic!("{page}: {error}"));
        for (line, connector) in blocks(&text, "json") {
            count += 1;
            let loaded = linchpin_spec::load_inline("snippet", &connector, &Options::default());
            let words = render_text(&loaded.diagnostics, &loaded.sources, false);
            assert!(loaded.diagnostics.is_empty() && loaded.connector.is_some(), "{page}:{line}\n{words}");
        }
    }
    assert!(count > 3, "the pages show no connector");
}

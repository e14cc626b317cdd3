//! Any text into the JSON reader: no panic, places inside the text, and diagnostics that can be shown.

#![no_main]

use libfuzzer_sys::fuzz_target;
use linchpin_spec::diagnostic::{render_json, render_text};
use linchpin_spec::json;
use linchpin_spec::source::SourceMap;

fuzz_target!(|source: &str| {
    let mut sources = SourceMap::new();
    let file = sources.add("any.json", source);
    let mut found = Vec::new();
    json::parse(file, source, &mut found);
    for span in found.iter().filter_map(|one| one.span) {
        assert!(source.get(span.start as usize..span.end as usize).is_some(), "{span:?} is no part of the text");
    }
    json::add_pointers(&mut found, &sources);
    render_text(&found, &sources, true);
    assert_eq!(render_json(&found, &sources).lines().count(), found.len());
});

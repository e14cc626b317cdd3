//! Any text into the template parser: no panic, and what parses is printed as something that parses to the same tree.

#![no_main]

use libfuzzer_sys::fuzz_target;
use linchpin_spec::iml::{self, usage::Usage};
use linchpin_spec::span::{Span, Text};

fuzz_target!(|source: &str| {
    let parse = |source: &str| {
        let mut found = Vec::new();
        let template = iml::parse_template(&Text::detached(source, Span::default()), &mut found);
        (template, found)
    };
    iml::parse_expression(&Text::detached(source, Span::default()), &mut Vec::new());
    let (first, found) = parse(source);
    let usage = Usage::of(&first);
    assert!(usage.paths.iter().all(|path| source.get(path.range.start as usize..path.range.end as usize).is_some()));
    if first.broken.is_some() {
        assert!(!found.is_empty(), "a broken template says why");
        return;
    }
    let printed = iml::print_template(&first);
    let (second, _) = parse(&printed);
    assert_eq!(first.pieces, second.pieces, "printed as {printed}");
});

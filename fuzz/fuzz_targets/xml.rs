//! Any text as XML: no panic, and what was read is written as XML that is read as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use linchpin::{Scope, Value, functions};

fuzz_target!(|input: &str| {
    // Elements of these names hide the text or the attributes of their parents.
    if input.contains("_value") || input.contains("_attributes") {
        return;
    }
    let scope = Scope::new();
    let site = scope.at("place");
    let Ok(document) = functions::parse_xml(site, &[&Value::from(input)]) else { return };
    // Text may hold characters that XML does not have: they are read, but not written.
    let Ok(written) = functions::create_xml(site, &[&document]) else { return };
    let read = functions::parse_xml(site, &[&written]);
    assert_eq!(read.ok(), Some(document), "{written:?}");
});

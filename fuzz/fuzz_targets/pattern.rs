//! Any text as the search of `replace`: no panic and no hang. The first line is the search, the second the
//! replacement, the rest the text.

#![no_main]

use std::time::{Duration, Instant};

use libfuzzer_sys::fuzz_target;
use linchpin::{Scope, Value, functions};

fuzz_target!(|input: &str| {
    let mut parts = input.splitn(3, '\n');
    let [search, replacement, text] = [parts.next(), parts.next(), parts.next()].map(Value::from);
    let scope = Scope::new();
    let start = Instant::now();
    let _ = functions::replace(scope.at("place"), &[&text, &search, &replacement]);
    assert!(start.elapsed() < Duration::from_secs(20), "{search:?}");
});

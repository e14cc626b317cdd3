//! Any bytes are either refused with a place inside them, or read into a value whose JSON reads back as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use linchpin::Value;

fuzz_target!(|bytes: &[u8]| {
    match Value::parse_json(bytes) {
        Ok(value) => {
            // A number such as 1e400 is infinite, and JSON writes null for it; from there on nothing changes.
            let text = value.to_json().expect("JSON has no undefined");
            let again = Value::parse_json(text.as_bytes()).expect("what is written reads back");
            assert_eq!(again.to_json(), Some(text));
            let _ = (value.to_text(), value.to_number(), value.is_truthy(), value.clone().merge(again));
        }
        Err(error) => {
            assert!(error.line() <= bytes.iter().filter(|byte| **byte == b'\n').count() + 1);
            assert!(error.column() <= bytes.len() + 1);
        }
    }
});

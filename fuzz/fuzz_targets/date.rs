//! Any text in any format as a date: no panic, and what is written in full is read back as the same instant.
//!
//! The first line is the format, the second a time zone, the rest the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use linchpin::{Scope, Value, functions};

fuzz_target!(|input: &str| {
    let mut parts = input.splitn(3, '\n');
    let [format, zone, text] = [parts.next(), parts.next(), parts.next()].map(Value::from);
    let scope = Scope::new();
    let site = scope.at("place");
    let _ = functions::format_date(site, &[&text, &format, &zone]);
    let _ = functions::parse_date(site, &[&text]);
    let Ok(date) = functions::parse_date(site, &[&text, &format, &zone]) else { return };
    let full = Value::from("x");
    if let Ok(written) = functions::format_date(site, &[&date, &full, &zone]) {
        let read = functions::parse_date(site, &[&written, &full, &zone]);
        assert_eq!(read.ok(), Some(date), "{written:?}");
    }
});

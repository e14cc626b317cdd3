//! JSON text and values.

use linchpin::Value;
use linchpin::value::Number;
use proptest::prelude::*;

use crate::values;

/// Text that looks like JSON, most of it broken somewhere.
fn almost_json() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\"a\"",
        "\"\\u00e9\"",
        "\"\\n\"",
        "0",
        "-",
        "1",
        "1.5",
        "e3",
        "2E-1",
        "00",
        ".5",
        "true",
        "false",
        "null",
        "nul",
        " ",
        "\n",
        "\t",
        "\u{b}",
        "é",
        "/",
        "'",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn text_and_value_lead_to_each_other(value in values::json_value()) {
        let text = value.to_json().unwrap();
        let again = Value::parse_json(text.as_bytes()).unwrap();
        prop_assert_eq!(&again, &value);
        // Equality compares doubles; the text shows that integers kept all their digits.
        prop_assert_eq!(again.to_json().unwrap(), text);
    }

    #[test]
    fn every_value_has_text_that_reads_back(value in values::value()) {
        for text in [value.to_json(), value.to_json_body()].into_iter().flatten() {
            let read = Value::parse_json(text.as_bytes()).unwrap();
            prop_assert_eq!(read.to_json().unwrap(), text);
        }
    }

    #[test]
    fn the_same_texts_are_json_as_for_serde_json(text in almost_json()) {
        let ours = Value::parse_json(text.as_bytes());
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{}: {:?} and {:?}", text, ours, theirs);
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            let ours: serde_json::Value = serde_json::from_str(&ours.to_json().unwrap()).unwrap();
            let as_numbers = |value: &serde_json::Value| Value::parse_json(value.to_string().as_bytes()).unwrap();
            prop_assert_eq!(as_numbers(&ours), as_numbers(&theirs));
        }
    }

    #[test]
    fn errors_point_into_the_text(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Err(error) = Value::parse_json(&bytes) {
            let lines = bytes.split(|byte| *byte == b'\n').count();
            prop_assert!((1..=lines).contains(&error.line()));
            prop_assert!((1..=bytes.len() + 1).contains(&error.column()));
        }
    }

    // serde_json reads long numbers with a small error, so whole ones must do.
    #[test]
    fn serde_reads_what_it_writes(value in values::json_value_with(any::<i64>().prop_map(Number::from))) {
        let text = serde_json::to_string(&value).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}

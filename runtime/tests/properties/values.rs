//! Random values.

use linchpin::value::{Date, Number, Object, Value};
use proptest::prelude::*;

/// Texts that mean something to some function, and any others.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let telling = prop::sample::select(vec![
        "",
        " ",
        "0",
        "-1",
        "1.5",
        "1e400",
        "1e-400",
        "0x1F",
        "NaN",
        "Infinity",
        "true",
        "null",
        "asc",
        "desc ci",
        "json",
        "hex",
        "base64",
        "utf8",
        ",",
        ".",
        "a.b",
        "a[2].b",
        "[-1]",
        "`",
        "a.`b.c`[]",
        "[",
        "/a+/gi",
        "/(/",
        "/(a+)+$/",
        "$1$&$$",
        "2024-02-30",
        "2024-02-29T10:30:00Z",
        "31.12.1999",
        "YYYY-MM-DD HH:mm:ss.SSS Z",
        "Europe/Prague",
        "D",
        "monday",
        "HS256",
        "sha256",
        "<a b=\"c\">d</a>",
        "<a><b></a>",
        "{\"a\":[1,{}]}",
        "%zz",
        "a%20b",
        "😀",
        "e\u{301}",
        "\u{FEFF}",
        "ﬀ",
        "ß",
        "file.PNG",
        "-----BEGIN PRIVATE KEY-----",
    ]);
    prop_oneof![3 => telling.prop_map(str::to_owned), 2 => ".{0,12}", 1 => "[0-9.,eE+ -]{0,12}", 1 => "[ -~]{0,40}"]
}

/// Numbers of every size, also those that are none.
pub(crate) fn number() -> impl Strategy<Value = Number> {
    prop_oneof![
        (-20_i64..20).prop_map(Number::from),
        any::<i64>().prop_map(Number::from),
        any::<i128>().prop_map(Number::from),
        any::<f64>().prop_map(Number::from),
        (-2_000.0..2_000.0).prop_map(|number: f64| Number::from((number * 100.0).round() / 100.0)),
        prop::sample::select(vec![
            f64::NAN,
            f64::INFINITY,
            -0.0,
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
            8.64e15
        ])
        .prop_map(Number::from),
    ]
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec!["a", "b", "key", "value", "name", "0", "7"]).prop_map(str::to_owned),
        text()
    ]
}

fn nested(leaf: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::array),
            prop::collection::vec((key(), inner), 0..6)
                .prop_map(|entries| Value::from(entries.into_iter().collect::<Object>())),
        ]
    })
}

/// Values that JSON can hold.
pub(crate) fn json_value() -> impl Strategy<Value = Value> {
    json_value_with(number().prop_filter("JSON has no such number", |number| number.as_f64().is_finite()))
}

/// Values that JSON can hold, with these numbers.
pub(crate) fn json_value_with(
    numbers: impl Strategy<Value = Number> + 'static,
) -> impl Strategy<Value = Value> {
    nested(prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        numbers.prop_map(Value::from),
        text().prop_map(Value::from),
    ])
}

/// Values of every kind.
pub(crate) fn value() -> impl Strategy<Value = Value> {
    nested(prop_oneof![
        1 => Just(Value::Undefined),
        1 => Just(Value::Null),
        1 => Just(Value::EmptyText),
        1 => any::<bool>().prop_map(Value::from),
        3 => number().prop_map(Value::from),
        4 => text().prop_map(Value::from),
        1 => any::<i64>().prop_map(|millis| Value::from(Date::from_millis(millis))),
        1 => (-4_000_000_000_000_i64..8_000_000_000_000).prop_map(|millis| Value::from(Date::from_millis(millis))),
        1 => prop::collection::vec(any::<u8>(), 0..12).prop_map(Value::from),
    ])
}

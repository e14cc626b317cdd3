//! JavaScript and Rust give the same on random input (connector.md 16, rulings 39).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are not seen as tests")]

use function_tests::{javascript, rust};
use linchpin::{Date, Error, Object, Value};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any};
use proptest::{prop_assert_eq, prop_oneof, proptest};

fn run<T>(call: impl IntoFuture<Output = Result<T, Error>>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(call.into_future()).unwrap_or_else(|error| panic!("{error}"))
}

/// Calls the module of a function in both connectors.
macro_rules! same {
    ($connector:ident.$method:ident($input:ident { $($field:ident: $value:expr),* })) => {{
        let js = javascript::$connector::$input::new()$(.$field($value.clone()))*;
        let rs = rust::$connector::$input::new()$(.$field($value.clone()))*;
        let js = run(javascript::$connector::Client::new().$method(js).raw());
        let rs = run(rust::$connector::Client::new().$method(rs).raw());
        prop_assert_eq!(&js, &rs);
    }};
}

fn text() -> BoxedStrategy<String> {
    prop_oneof!["[a-z_]{0,6}", "[ -~]{0,8}", "\\PC{0,4}"].boxed()
}

fn number() -> BoxedStrategy<f64> {
    prop_oneof![(-1000_i32..1000).prop_map(f64::from), (-1.0e6..1.0e6_f64)].boxed()
}

fn leaf() -> BoxedStrategy<Value> {
    prop_oneof![
        Just(Value::Null),
        Just(Value::from("")),
        any::<bool>().prop_map(Value::from),
        number().prop_map(Value::number),
        text().prop_map(Value::from),
        (0_i64..4_000_000_000_000).prop_map(|millis| Value::Date(Date::from_millis(millis))),
        vec(any::<u8>(), 0..6).prop_map(|bytes| Value::from(linchpin_bytes(bytes))),
    ]
    .boxed()
}

fn linchpin_bytes(bytes: Vec<u8>) -> linchpin::value::Buffer {
    linchpin::value::Buffer::from(bytes)
}

fn object_of(members: impl Strategy<Value = Vec<(String, Value)>> + 'static) -> BoxedStrategy<Value> {
    members.prop_map(|members| members.into_iter().collect::<Object>().into()).boxed()
}

/// Any value; keys that look like indexes would move to the front in JavaScript (rulings 2).
fn tree() -> BoxedStrategy<Value> {
    leaf()
        .prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Value::array),
                object_of(vec(("[a-z]{1,4}", inner), 0..4)),
            ]
        })
        .boxed()
}

fn members(entries: Vec<(&'static str, Option<Value>)>) -> Value {
    let set = entries.into_iter().filter_map(|(name, value)| Some((name, value?)));
    set.collect::<Object>().into()
}

fn plain() -> BoxedStrategy<Value> {
    prop_oneof![Just(Value::Null), number().prop_map(Value::number), text().prop_map(Value::from)].boxed()
}

fn filter() -> BoxedStrategy<Value> {
    let operator = prop_oneof!["equal", "more", "atLeast", "less", "contains", "other"];
    let field = prop_oneof!["[a-z]{0,3}".prop_map(Value::from), Just(Value::Null)];
    (option::of(field), operator, option::of(plain()))
        .prop_map(|(field, operator, value)| {
            members(vec![("field", field), ("operator", Some(operator.into())), ("value", value)])
        })
        .boxed()
}

fn failure() -> BoxedStrategy<Value> {
    let one = prop_oneof![
        Just(Value::Null),
        (option::of(plain()), option::of(plain()))
            .prop_map(|(field, message)| members(vec![("field", field), ("message", message)])),
    ];
    let body = (option::of(vec(one, 0..4).prop_map(Value::array)), option::of(plain()))
        .prop_map(|(errors, message)| members(vec![("errors", errors), ("message", message)]));
    prop_oneof![body, Just(Value::Null), text().prop_map(Value::from)].boxed()
}

fn property() -> BoxedStrategy<Value> {
    let ty = || {
        prop_oneof!["integer", "number", "boolean", "array", "object", "string", "null"].prop_map(Value::from)
    };
    let types = prop_oneof![ty(), vec(ty(), 0..3).prop_map(Value::array)];
    let words = || vec(text().prop_map(Value::from), 0..3).prop_map(Value::array);
    let format = prop_oneof!["date", "date-time", "email"].prop_map(Value::from);
    let title = text().prop_map(Value::from);
    let leaf =
        (option::of(types), option::of(format), option::of(title), option::of(words()), option::of(words()))
            .prop_map(|(ty, format, title, choices, names)| {
                members(vec![
                    ("type", ty),
                    ("format", format),
                    ("title", title),
                    ("enum", choices),
                    ("enumNames", names),
                ])
            });
    let leaf = prop_oneof![4 => leaf, 1 => Just(Value::Null)];
    leaf.prop_recursive(2, 12, 4, |inner| {
        (
            object_of(vec(("[a-z]{1,3}|[0-9]{1,2}", inner), 0..4)),
            option::of(vec("[a-z]{1,3}".prop_map(Value::from), 0..3)),
        )
            .prop_map(|(properties, required)| {
                let ty = Value::from("object");
                members(vec![
                    ("type", Some(ty)),
                    ("properties", Some(properties)),
                    ("required", required.map(Value::array)),
                ])
            })
    })
    .boxed()
}

fn line() -> BoxedStrategy<Value> {
    let rate = prop_oneof![Just(0.0), Just(5.0), Just(19.0)].prop_map(Value::number);
    let price =
        prop_oneof![number().prop_map(Value::number), "-?[0-9]{1,5}(\\.[0-9]{1,3})?".prop_map(Value::from)];
    let quantity = (0_u8..20).prop_map(Value::from);
    (price, option::of(quantity), option::of(rate))
        .prop_map(|(price, quantity, rate)| {
            members(vec![("price", Some(price)), ("quantity", quantity), ("rate", rate)])
        })
        .boxed()
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 96, ..Default::default() })]

    #[test]
    fn map_filters(value in prop_oneof![vec(filter(), 0..5).prop_map(Value::array), leaf()]) {
        same!(sales.map_filters(MapFilters { value: value }));
    }

    #[test]
    fn remove_empty(value in tree()) {
        same!(sales.remove_empty(RemoveEmpty { value: value }));
    }

    #[test]
    fn error_text(value in failure()) {
        same!(sales.error_text(ErrorText { value: value }));
    }

    #[test]
    fn custom_fields(value in object_of(vec(("cf_[0-9]{1,9}|cf_[a-z0-9]{0,4}|[a-z]{1,4}", leaf()), 0..6))) {
        same!(sales.custom_fields(CustomFields { value: value }));
    }

    #[test]
    fn field_type(value in property()) {
        same!(forms.field_type(FieldType { value: value }));
    }

    #[test]
    fn fields_of(value in property()) {
        same!(forms.fields_of(FieldsOf { value: value }));
    }

    #[test]
    fn options_of(values in vec(text(), 0..4), labels in vec(text(), 0..4)) {
        let (values, labels) = (
            Value::array(values.into_iter().map(Value::from).collect()),
            Value::array(labels.into_iter().map(Value::from).collect()),
        );
        same!(forms.options_of(OptionsOf { value: values, labels: labels }));
    }

    #[test]
    fn to_cents(value in prop_oneof![plain(), any::<bool>().prop_map(Value::from), "-?[0-9]{1,5}(\\.[0-9]{1,3})?".prop_map(Value::from)]) {
        same!(billing.to_cents(ToCents { value: value }));
    }

    #[test]
    fn totals(lines in vec(line(), 0..6)) {
        let lines = Value::array(lines);
        same!(billing.totals(Totals { value: lines }));
    }

    #[test]
    fn period(millis in 0_i64..4_000_000_000_000, months in 0_i32..40) {
        let (date, months) = (Date::from_millis(millis), f64::from(months));
        same!(billing.period(Period { value: date, months: months }));
    }
}

#[test]
fn code_calls_its_own_functions_where_only_some_are_given_in_rust() {
    let lines = Value::parse_json(br#"[{ "price": "2.5", "quantity": 2, "rate": 19 }]"#).unwrap();
    let input = javascript::mixed::Totals::new().value(lines);
    let result = run(javascript::mixed::Client::new().totals(input).raw());
    assert_eq!(result.key("result").key("net"), &Value::from(500));
    let cents =
        run(javascript::mixed::Client::new().to_cents(javascript::mixed::ToCents::new().value(1.25)).raw());
    assert_eq!(cents.key("result"), &Value::from(125));
}

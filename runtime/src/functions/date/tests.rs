//! The functions of dates as templates call them.

use proptest::prelude::*;

use super::*;
use crate::clock::ManualClock;
use crate::functions::Function;
use crate::scope::{Root, Scope};
use std::sync::Arc;

fn scope(zone: &str) -> Scope {
    let mut scope = Scope::new();
    let environment = format!("{{\"timezone\":\"{zone}\"}}");
    scope.set(Root::Environment, Value::parse_json(environment.as_bytes()).unwrap());
    scope.set_clock(Arc::new(ManualClock::new(Date::from_millis(1_779_273_000_000))));
    scope
}

fn call(zone: &str, function: Function, args: &[Value]) -> Result<Value, Error> {
    let args: Vec<&Value> = args.iter().collect();
    function(scope(zone).at("test"), &args)
}

fn text(zone: &str, function: Function, args: &[Value]) -> String {
    call(zone, function, args).unwrap().to_text().to_string()
}

fn t(text: &str) -> Value {
    Value::from(text)
}

fn d(text: &str) -> Value {
    Value::from(text.parse::<Date>().unwrap())
}

const ALL: [(Function, usize); 16] = [
    (format_date, 3),
    (parse_date, 3),
    (add_seconds, 2),
    (add_minutes, 2),
    (add_hours, 2),
    (add_days, 2),
    (add_months, 2),
    (add_years, 2),
    (set_second, 2),
    (set_minute, 2),
    (set_hour, 2),
    (set_date, 2),
    (set_day, 2),
    (set_month, 2),
    (set_year, 2),
    (date_diff, 3),
];

#[test]
fn blank_dates_give_null() {
    for (function, _) in ALL {
        for blank in [Value::Undefined, Value::Null, t("")] {
            let args = [blank, Value::from(1), t("D")];
            assert!(matches!(call("UTC", function, &args), Ok(Value::Null)));
        }
    }
    assert!(matches!(
        call("UTC", date_diff, &[d("2024-01-01T00:00:00Z"), Value::Null, t("D")]),
        Ok(Value::Null)
    ));
}

#[test]
fn what_is_no_date_is_an_error_that_says_so() {
    for (function, _) in ALL {
        for wrong in [
            t("soon"),
            Value::TRUE,
            Value::empty_array(),
            Value::EmptyText,
            Value::from(f64::NAN),
            Value::from(1e300),
        ] {
            let error = call("UTC", function, &[wrong.clone(), Value::from(1)]).unwrap_err();
            assert!(format!("{error:?}").contains("is not a valid date"), "{wrong:?} {error:?}");
        }
    }
    let error = call("UTC", parse_date, &[t("2024-13-01"), t("YYYY-MM-DD")]).unwrap_err();
    assert!(format!("{error:?}").contains("is not a valid date"), "{error:?}");
}

#[test]
fn dates_come_as_dates_text_and_milliseconds() {
    let format = t("YYYY-MM-DD HH:mm");
    for date in [
        d("2024-05-17T10:00:00Z"),
        t("2024-05-17T10:00:00.000Z"),
        t("5/17/2024").clone(),
        Value::from(1_715_940_000_000.9),
    ] {
        let result = call("UTC", format_date, &[date.clone(), format.clone()]);
        match date.as_text() {
            Some("5/17/2024") => assert!(result.is_err()),
            _ => assert_eq!(result.unwrap(), t("2024-05-17 10:00")),
        }
    }
}

#[test]
fn the_zone_is_the_argument_or_the_default() {
    let date = d("2024-05-17T22:30:00Z");
    let show = |default: &str, zone: Value| text(default, format_date, &[date.clone(), t("D HH:mm"), zone]);
    assert_eq!(show("Asia/Tokyo", Value::Undefined), "18 07:30");
    assert_eq!(show("Asia/Tokyo", t("america/new_york")), "17 18:30");
    assert_eq!(show("Asia/Tokyo", t("Nowhere/Land")), "18 07:30");
    assert_eq!(show("Asia/Tokyo", t("")), "18 07:30");
    assert_eq!(show("Nowhere/Land", Value::Null), "17 22:30");
    let read = |default: &str, zone: Value| text(default, parse_date, &[t("2024-05-17"), Value::Null, zone]);
    assert_eq!(read("Asia/Tokyo", Value::Undefined), "2024-05-16T15:00:00.000Z");
    assert_eq!(read("Asia/Tokyo", t("UTC")), "2024-05-17T00:00:00.000Z");
}

#[test]
fn formats_default_and_are_text() {
    let date = d("2024-05-17T10:00:00.007Z");
    for blank in [Value::Undefined, Value::Null, t(""), Value::EmptyText] {
        let shown = text("Asia/Tokyo", format_date, &[date.clone(), blank]);
        assert_eq!(shown, "2024-05-17T19:00:00.007+09:00");
    }
    assert_eq!(call("UTC", format_date, &[date.clone(), t("x")]).unwrap(), t("1715940000007"));
    assert_eq!(call("UTC", parse_date, &[date.clone(), t("YYYY")]).unwrap(), date);
    assert_eq!(
        text("UTC", parse_date, &[Value::from(20_240_517), t("YYYYMMDD")]),
        "2024-05-17T00:00:00.000Z"
    );
    assert_eq!(
        text("UTC", parse_date, &[Value::from(1_410_715_640.579), t("X")]),
        "2014-09-14T17:27:20.579Z"
    );
    assert_eq!(text("Asia/Tokyo", parse_date, &[t("07:15"), t("HH:mm")]), "2026-05-19T22:15:00.000Z");
}

#[test]
fn compiled_formats_give_the_same() {
    static FORMAT: DateFormat = DateFormat::new("DD.MM.YY HH:mm");
    static BLANK: DateFormat = DateFormat::new("");
    let scope = scope("Asia/Tokyo");
    let (date, zone) = (d("2024-05-17T10:00:00Z"), t("UTC"));
    let site = scope.at("test");
    let args = [&date, &Value::Null, &zone];
    assert_eq!(format_date_with(site, &FORMAT, &args).unwrap(), t("17.05.24 10:00"));
    assert_eq!(format_date_with(site, &BLANK, &args).unwrap(), t("2024-05-17T10:00:00.000+00:00"));
    let written = t("17.05.24 10:00");
    assert_eq!(parse_date_with(site, &FORMAT, &[&written, &Value::Null, &zone]).unwrap(), date);
    let iso = t("2024-05-17T10:00Z");
    assert_eq!(parse_date_with(site, &BLANK, &[&iso]).unwrap(), date);
}

#[test]
fn numbers_are_read_leniently() {
    let date = d("2024-05-17T10:00:00Z");
    assert_eq!(text("UTC", add_days, &[date.clone(), t("-2")]), "2024-05-15T10:00:00.000Z");
    assert_eq!(call("UTC", add_days, std::slice::from_ref(&date)).unwrap(), date);
    assert_eq!(call("UTC", add_seconds, &[date.clone(), t("")]).unwrap(), date);
    assert_eq!(text("UTC", set_hour, &[date.clone(), t("3")]), "2024-05-17T03:00:00.000Z");
    for function in [add_days, add_hours, set_second, set_year, set_day, set_month] {
        let error = call("UTC", function, &[date.clone(), t("many")]).unwrap_err();
        assert!(format!("{error:?}").contains("argument 2"), "{error:?}");
    }
    for function in [set_second, set_minute, set_hour, set_date, set_day, set_month, set_year] {
        assert!(call("UTC", function, &[date.clone(), Value::Null]).is_err());
    }
}

#[test]
fn days_and_months_have_names() {
    let date = d("2024-05-15T10:00:00Z");
    for (name, expected) in [("Sunday", 12), ("mon", 13), ("SATURDAY", 18), ("7", 18), ("1", 12)] {
        let shown = text("UTC", set_day, &[date.clone(), t(name)]);
        assert_eq!(shown, format!("2024-05-{expected}T10:00:00.000Z"), "{name}");
    }
    for (name, expected) in [("january", "01"), ("Sep", "09"), ("DECEMBER", "12"), ("4", "04")] {
        let shown = text("UTC", set_month, &[date.clone(), t(name)]);
        assert_eq!(shown, format!("2024-{expected}-15T10:00:00.000Z"), "{name}");
    }
    for wrong in ["su", "sund", "janu", "ja", "may day"] {
        assert!(call("UTC", set_day, &[date.clone(), t(wrong)]).is_err(), "{wrong}");
        assert!(call("UTC", set_month, &[date.clone(), t(wrong)]).is_err(), "{wrong}");
    }
}

#[test]
fn fields_are_those_of_the_default_zone() {
    let date = d("2024-05-17T22:30:00Z");
    assert_eq!(text("Asia/Tokyo", set_hour, &[date.clone(), Value::from(0)]), "2024-05-17T15:30:00.000Z");
    assert_eq!(text("Asia/Tokyo", set_date, &[date.clone(), Value::from(1)]), "2024-04-30T22:30:00.000Z");
    let spring = d("2024-03-30T12:00:00Z");
    assert_eq!(
        text("Europe/Vienna", add_days, &[spring.clone(), Value::from(1)]),
        "2024-03-31T11:00:00.000Z"
    );
    assert_eq!(text("Europe/Vienna", add_hours, &[spring, Value::from(24)]), "2024-03-31T12:00:00.000Z");
}

#[test]
fn differences_need_order_and_a_unit() {
    let (start, end) = (d("2024-05-10T00:00:00Z"), d("2024-05-17T06:00:00Z"));
    assert_eq!(call("UTC", date_diff, &[end.clone(), start.clone(), t("D")]).unwrap(), Value::from(7));
    assert!(call("UTC", date_diff, &[start.clone(), end.clone(), t("D")]).is_err());
    for unit in [t("d"), t("days"), Value::Undefined] {
        assert!(call("UTC", date_diff, &[end.clone(), start.clone(), unit]).is_err());
    }
}

proptest! {
    /// Any format and any text end, without a panic, whatever they give.
    #[test]
    fn nothing_panics(text in ".{0,40}", format in "[YyMDdQwWgGeEHhkaAmsSZzXxLlTN\\[\\]\\\\ :./-]{0,24}", millis in any::<i64>(), zone in "(Europe/Vienna|Asia/Kathmandu|UTC|x)") {
        for args in [[t(&text), t(&format), t(&zone)], [Value::from(Date::from_millis(millis)), t(&format), t(&zone)]] {
            let _ = call(&zone, format_date, &args);
            let _ = call(&zone, parse_date, &args);
        }
        let _ = call(&zone, parse_date, &[t(&text)]);
    }

    /// Random numbers move dates to dates or to errors.
    #[test]
    fn moving_never_panics(millis in -LIMIT..=LIMIT, number in any::<f64>(), zone in "(America/Chicago|UTC)") {
        for (function, _) in ALL {
            let _ = call(&zone, function, &[Value::from(Date::from_millis(millis)), Value::from(number)]);
        }
    }

    /// What is written in full comes back as the same instant.
    #[test]
    fn parsing_undoes_formatting(millis in -62_135_000_000_000_i64..253_402_000_000_000, zone in "(America/Caracas|Asia/Tokyo|Pacific/Apia|UTC)") {
        let date = Value::from(Date::from_millis(millis));
        // Offsets with seconds, which clocks had before time zones, are not written in full.
        let formats = if millis > 0 { &["YYYY-MM-DDTHH:mm:ss.SSSZ", "D MMMM YYYY, h:mm:ss.SSS a ZZ", "GGGG-[W]WW-E HH:mm:ss.SSS Z", "YYYY DDDD HHmmss.SSS Z", "x"][..] } else { &["x"] };
        for format in formats {
            let written = call(&zone, format_date, &[date.clone(), t(format)]).unwrap();
            let read = call(&zone, parse_date, &[written.clone(), t(format)]);
            prop_assert_eq!(read.unwrap(), date.clone(), "{} {:?}", format, written);
        }
    }
}

//! `sort` (iml.md 9.5).

use std::borrow::Cow;
use std::cmp::Ordering;

use super::args::Call;
use super::general::at_path;
use crate::error::Error;
use crate::scope::Site;
use crate::value::{Value, parse_number, utf16};

/// How the second argument of `sort` says to sort.
#[derive(Clone, Copy, Default)]
struct Order {
    descending: bool,
    ignore_case: bool,
}

impl Order {
    fn find(name: &str) -> Option<Self> {
        let (descending, ignore_case) = match name {
            "asc" => (false, false),
            "desc" => (true, false),
            "asc ci" => (false, true),
            "desc ci" => (true, true),
            _ => return None,
        };
        Some(Self { descending, ignore_case })
    }
}

/// `sort(array, [order], [key]) → array`: sorted by the items, or by what stands at a path into each. `order` is `asc`
/// (the default), `desc`, `asc ci` or `desc ci`; a second argument that is none of them, with no third one, is the key.
/// Numbers are sorted by size, dates by instant, text by code units; equal ones keep their order, nullish ones come
/// last. Where numbers and text meet, all count as numbers if they can, else as text (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::from_iter(["b", "A", "c"].map(Value::from));
/// let sorted = functions::sort(scope.at("doc"), &[&list, &Value::from("desc ci")])?;
/// assert_eq!(sorted.to_text(), "c,b,A");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// There is a key, and the order is not one of the four.
pub fn sort(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "sort", args);
    let (second, third) = (call.value(1), call.value(2));
    let (order, key) = match Order::find(&second.text_form()) {
        Some(order) => (order, third),
        None if second.is_blank() => (Order::default(), third),
        None if third.is_blank() => (Order::default(), second),
        None => return Err(call.invalid(1, "the order must be asc, desc, asc ci or desc ci")),
    };
    let items = call.value(0).items();
    let criterion = |item| if key.is_blank() { item } else { at_path(item, key) };
    let criteria: Vec<&Value> = items.iter().map(criterion).collect();
    let sorted = positions(&criteria, order).into_iter().filter_map(|at| items.get(at)).cloned();
    Ok(Value::array(sorted.collect()))
}

/// Where the values stand in sorted order.
fn positions(values: &[&Value], order: Order) -> Vec<usize> {
    let ranks = Ranks::of(values, order.ignore_case);
    let mut positions: Vec<usize> = (0..values.len()).collect();
    positions.sort_by(|a, b| ranks.compare(*a, *b, order.descending));
    positions
}

/// What values are compared by. One form for all makes the order total, whatever kinds meet.
enum Ranks<'a> {
    Numbers(Vec<Option<f64>>),
    Texts(Vec<Option<Cow<'a, str>>>),
}

impl<'a> Ranks<'a> {
    fn of(values: &[&'a Value], ignore_case: bool) -> Self {
        let mut present = values.iter().filter(|value| !value.is_nullish());
        let is_text = |value: &&&Value| matches!(value, Value::Text(_) | Value::EmptyText);
        let all_texts = present.clone().all(|value| is_text(&value));
        let all_numbers = present.all(|value| number(value).is_some());
        if all_numbers && !all_texts {
            return Self::Numbers(values.iter().map(|value| number(value)).collect());
        }
        let text = |value: &&'a Value| match (value.is_nullish(), ignore_case) {
            (true, _) => None,
            (false, true) => Some(Cow::Owned(value.text_form().to_lowercase())),
            (false, false) => Some(value.text_form()),
        };
        Self::Texts(values.iter().map(text).collect())
    }

    fn compare(&self, a: usize, b: usize, descending: bool) -> Ordering {
        match self {
            Self::Numbers(ranks) => nullish_last(ranks.get(a), ranks.get(b), descending, f64::total_cmp),
            Self::Texts(ranks) => {
                nullish_last(ranks.get(a), ranks.get(b), descending, |a, b| utf16::compare(a, b))
            }
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(_) | Value::Bool(_) | Value::Date(_) => Some(value.to_number()),
        Value::Text(text) => parse_number(text),
        _ => None,
    }
}

fn nullish_last<T>(
    a: Option<&Option<T>>,
    b: Option<&Option<T>>,
    descending: bool,
    compare: impl Fn(&T, &T) -> Ordering,
) -> Ordering {
    match (a.and_then(Option::as_ref), b.and_then(Option::as_ref)) {
        (Some(a), Some(b)) if descending => compare(b, a),
        (Some(a), Some(b)) => compare(a, b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::args::{run, run_json};
    use crate::value::Date;

    fn sorted(args: &str) -> String {
        run_json(sort, args).to_json().unwrap()
    }

    #[test]
    fn orders() {
        assert_eq!(sorted("[[3, 20, 1]]"), "[1,3,20]");
        assert_eq!(sorted(r#"[[3, 20, 1], "desc"]"#), "[20,3,1]");
        assert_eq!(sorted(r#"[["3", "20", "1"]]"#), r#"["1","20","3"]"#);
        assert_eq!(sorted(r#"[["b", "a", "B", "A"], "asc ci"]"#), r#"["a","A","b","B"]"#);
        assert_eq!(sorted(r#"[["b", "a", "B", "A"], "desc ci"]"#), r#"["b","B","a","A"]"#);
        assert_eq!(sorted(r#"["one"]"#), r#"["one"]"#);
        assert_eq!(sorted("[null]"), "[]");
    }

    #[test]
    fn keys_and_nullish_values() {
        let list = r#"[{"k": 2, "i": 1}, {"i": 2}, {"k": 1, "i": 3}, {"k": null, "i": 4}]"#;
        let ids = |args: &str| {
            let sorted = run_json(sort, &args.replace("LIST", list));
            sorted.items().iter().map(|item| item.key("i").to_text().to_string()).collect::<String>()
        };
        assert_eq!(ids(r#"[LIST, "k"]"#), "3124");
        assert_eq!(ids(r#"[LIST, "asc", "k"]"#), "3124");
        assert_eq!(ids(r#"[LIST, "desc", "k"]"#), "1324");
        assert_eq!(ids(r#"[LIST, null, "k"]"#), "3124");
        let args = Value::parse_json(br#"[[], "upwards", "k"]"#).unwrap();
        assert!(run(sort, args.items()).is_err());
    }

    #[test]
    fn kinds_that_meet_have_one_order() {
        assert_eq!(sorted(r#"[[10, "9", true, "08"]]"#), r#"[true,"08","9",10]"#);
        assert_eq!(sorted(r#"[[10, "9", "x", {}, [2]]]"#), r#"[10,[2],"9","x",{}]"#);
        let dates = [5, 1, 3].map(|millis| Value::from(Date::from_millis(millis)));
        let result = run(sort, &[Value::from_iter(dates)]).unwrap();
        assert_eq!(result.index(1), &Value::from(Date::from_millis(1)));
        let odd = [Value::number(f64::NAN), Value::from(1), Value::number(f64::INFINITY)];
        assert_eq!(run(sort, &[Value::from_iter(odd)]).unwrap().index(1), &Value::from(1));
    }
}

//! Operators (iml.md 6). `&`, `|`, `!` and the functions that are lazy need no code here: they are control flow.

use smol_str::SmolStrBuilder;
use subtle::ConstantTimeEq as _;

use crate::decimal::{self, Operand};
use crate::error::Error;
use crate::scope::Site;
use crate::value::Value;

/// `a + b`: decimal addition of numbers, text of anything else; nullish adds nothing (iml.md 6.1).
///
/// ```
/// use linchpin::{ops, value::Value};
///
/// assert_eq!(ops::add(&Value::from(0.1), &Value::from(0.2)), Value::from(0.3));
/// assert_eq!(ops::add(&Value::from(1), &Value::from("2")), Value::from("12"));
/// assert_eq!(ops::add(&Value::Undefined, &Value::TRUE), Value::TRUE);
/// ```
#[must_use]
pub fn add(a: &Value, b: &Value) -> Value {
    match (a, b) {
        (Value::Text(_), Value::Text(_)) => concat(&[a, b]),
        (Value::Number(x), Value::Number(y)) => {
            Value::number(decimal::add(&Operand::from_f64(x.as_f64()), &Operand::from_f64(y.as_f64())))
        }
        (Value::Undefined | Value::Null, Value::Undefined | Value::Null) => Value::Null,
        (Value::Undefined | Value::Null, kept) | (kept, Value::Undefined | Value::Null) => kept.clone(),
        (Value::Bool(_), Value::Bool(_) | Value::Number(_)) | (Value::Number(_), Value::Bool(_)) => {
            number_add(a, b)
        }
        _ => concat(&[a, b]),
    }
}

/// `a ++ b`: the sum of both as numbers, as plain doubles (iml.md 6.3).
#[must_use]
pub fn number_add(a: &Value, b: &Value) -> Value {
    Value::number(a.to_number() + b.to_number())
}

/// `a - b`: the difference of both as numbers, as plain doubles; dates give milliseconds (iml.md 6.3).
#[must_use]
pub fn subtract(a: &Value, b: &Value) -> Value {
    Value::number(a.to_number() - b.to_number())
}

/// `-a` (iml.md 6).
#[must_use]
pub fn negate(a: &Value) -> Value {
    Value::number(-a.to_number())
}

/// `a * b`, in decimal arithmetic (iml.md 6.2).
///
/// # Errors
/// A side is neither a number nor numeric text.
pub fn multiply(site: Site<'_>, a: &Value, b: &Value) -> Result<Value, Error> {
    arithmetic(site, "*", a, b, decimal::multiply)
}

/// `a / b`, in decimal arithmetic. Division by zero gives an infinity or NaN (iml.md 6.2).
///
/// # Errors
/// A side is neither a number nor numeric text.
pub fn divide(site: Site<'_>, a: &Value, b: &Value) -> Result<Value, Error> {
    arithmetic(site, "/", a, b, decimal::divide)
}

/// `a % b`, in decimal arithmetic, with the sign of `a` (iml.md 6.2).
///
/// # Errors
/// A side is neither a number nor numeric text.
pub fn remainder(site: Site<'_>, a: &Value, b: &Value) -> Result<Value, Error> {
    arithmetic(site, "%", a, b, decimal::remainder)
}

fn arithmetic(
    site: Site<'_>,
    operator: &str,
    a: &Value,
    b: &Value,
    operation: fn(&Operand, &Operand) -> f64,
) -> Result<Value, Error> {
    let side = |value: &Value, side: &str| {
        Operand::from_value(value).ok_or_else(|| {
            let kind = value.type_name();
            Error::template(
                site.place,
                format_args!("operator {operator}: Invalid argument: {kind} on the {side}"),
            )
        })
    };
    Ok(Value::number(operation(&side(a, "left")?, &side(b, "right")?)))
}

/// `a = b`: the loose equality of JavaScript (iml.md 6.4).
///
/// ```
/// use linchpin::{ops, value::Value};
///
/// assert!(ops::equal(&Value::from("1.0"), &Value::from(1)));
/// assert!(ops::equal(&Value::Null, &Value::Undefined));
/// assert!(!ops::equal(&Value::Null, &Value::from("")));
/// ```
#[must_use]
#[inline]
pub fn equal(a: &Value, b: &Value) -> bool {
    a.loosely_equals(b)
}

/// `a = b` as [`equal`], but comparing texts in constant time: for webhooks, where one side may be a signature and the
/// other what a stranger sent (rulings 30).
///
/// ```
/// use linchpin::{ops, value::Value};
///
/// assert!(ops::equal_secret(&Value::from("5f2b"), &Value::from("5f2b")));
/// assert!(!ops::equal_secret(&Value::from("5f2b"), &Value::from("5f2c")));
/// assert!(ops::equal_secret(&Value::from("1.0"), &Value::from(1)));
/// ```
#[must_use]
pub fn equal_secret(a: &Value, b: &Value) -> bool {
    a.secretly_equals(b)
}

/// `a < b` (iml.md 6.4).
#[must_use]
pub fn less(a: &Value, b: &Value) -> bool {
    a.relation(b).is_some_and(std::cmp::Ordering::is_lt)
}

/// `a <= b` (iml.md 6.4).
#[must_use]
pub fn less_equal(a: &Value, b: &Value) -> bool {
    a.relation(b).is_some_and(std::cmp::Ordering::is_le)
}

/// `a > b` (iml.md 6.4).
#[must_use]
pub fn greater(a: &Value, b: &Value) -> bool {
    a.relation(b).is_some_and(std::cmp::Ordering::is_gt)
}

/// `a >= b` (iml.md 6.4).
#[must_use]
pub fn greater_equal(a: &Value, b: &Value) -> bool {
    a.relation(b).is_some_and(std::cmp::Ordering::is_ge)
}

/// Values next to each other: their texts, one behind the other (iml.md 3.3).
///
/// ```
/// use linchpin::{ops, value::Value};
///
/// let name = [&Value::from("task-"), &Value::from(7), &Value::Null];
/// assert_eq!(ops::concat(&name), Value::from("task-7"));
/// ```
#[must_use]
pub fn concat(pieces: &[&Value]) -> Value {
    let mut text = SmolStrBuilder::new();
    for piece in pieces {
        text.push_str(&piece.text_form());
    }
    Value::Text(text.finish())
}

/// Whether a value of `switch` matches: both as JavaScript's `String()` gives them (iml.md 9.1).
///
/// ```
/// use linchpin::{ops, value::Value};
///
/// assert!(ops::switch_matches(&Value::from(1), &Value::from("1")));
/// assert!(ops::switch_matches(&Value::Null, &Value::from("null")));
/// ```
#[must_use]
pub fn switch_matches(a: &Value, b: &Value) -> bool {
    a.string_form() == b.string_form()
}

/// As [`switch_matches`], but in constant time: for webhooks (rulings 30).
#[must_use]
pub fn switch_matches_secret(a: &Value, b: &Value) -> bool {
    a.string_form().as_bytes().ct_eq(b.string_form().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scope::Scope;
    use crate::value::{Date, Object};

    #[test]
    fn plus_follows_its_table() {
        let cases = [
            (Value::Null, Value::Undefined, Value::Null),
            (Value::from(5), Value::Null, Value::from(5)),
            (Value::Undefined, Value::empty_array(), Value::empty_array()),
            (Value::TRUE, Value::TRUE, Value::from(2)),
            (Value::from(2), Value::TRUE, Value::from(3)),
            (Value::TRUE, Value::from("x"), Value::from("truex")),
            (Value::from(1.1), Value::from(2.2), Value::from(3.3)),
            (Value::from("x"), Value::from(Object::new()), Value::from("x{object}")),
            (Value::EmptyText, Value::from(1), Value::from("1")),
            (Value::from(Date::from_millis(0)), Value::from(1), Value::from("1970-01-01T00:00:00.000Z1")),
        ];
        for (a, b, sum) in cases {
            assert_eq!(add(&a, &b), sum, "{a:?} + {b:?}");
        }
    }

    #[test]
    fn plain_arithmetic_uses_numbers_of_everything() {
        assert_eq!(subtract(&Value::from(0.3), &Value::from(0.1)), Value::from(0.3 - 0.1));
        assert_eq!(subtract(&Value::from("7"), &Value::Null), Value::from(7));
        assert_eq!(number_add(&Value::from("2"), &Value::TRUE), Value::from(3));
        assert_eq!(negate(&Value::from("4")), Value::from(-4));
        let (a, b) = (Value::from(Date::from_millis(90_000)), Value::from(Date::from_millis(30_000)));
        assert_eq!(subtract(&a, &b), Value::from(60_000));
        assert!(subtract(&Value::Undefined, &Value::from(1)).to_number().is_nan());
    }

    #[test]
    fn decimal_arithmetic_refuses_what_is_no_number() {
        let scope = Scope::new();
        let site = scope.at("t.json:3:9 response.output.total");
        assert_eq!(multiply(site, &Value::from("6"), &Value::from(7)).unwrap(), Value::from(42));
        assert_eq!(divide(site, &Value::from(1), &Value::from(0)).unwrap(), Value::number(f64::INFINITY));
        assert_eq!(remainder(site, &Value::from("10"), &Value::from("4")).unwrap(), Value::from(2));
        for wrong in [Value::Null, Value::Undefined, Value::TRUE, Value::from(""), Value::EmptyText] {
            let error = format!("{:?}", multiply(site, &Value::from(2), &wrong).unwrap_err());
            assert!(error.contains("Invalid argument") && error.contains("t.json:3:9"), "{error}");
        }
    }

    #[test]
    fn comparisons_agree_with_each_other() {
        let (one, two) = (Value::from(1), Value::from("2"));
        assert!(
            less(&one, &two) && less_equal(&one, &two) && !greater(&one, &two) && !greater_equal(&one, &two)
        );
        assert!(less_equal(&one, &one) && greater_equal(&one, &one) && !less(&one, &one));
        let nothing = Value::Undefined;
        assert!(!less(&one, &nothing) && !greater_equal(&one, &nothing) && !less_equal(&nothing, &nothing));
    }

    #[test]
    fn switch_compares_strings() {
        let object = Value::from(Object::new());
        assert!(switch_matches(&Value::TRUE, &Value::from("true")));
        assert!(switch_matches(&Value::Undefined, &Value::from("undefined")));
        assert!(switch_matches(&object, &Value::from("[object Object]")));
        assert!(switch_matches(&Value::EmptyText, &Value::from("")));
        assert!(!switch_matches(&Value::from("a"), &Value::from("A")));
        assert!(!switch_matches(&Value::Null, &Value::Undefined));
    }
}

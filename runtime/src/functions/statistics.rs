//! Functions of many numbers (iml.md 9.3).
//!
//! They take one array or separate values; arrays among the values count by their items. Numbers and numeric text
//! count, anything else is passed over.

use super::args::Call;
use crate::decimal::{self, Operand};
use crate::error::Error;
use crate::scope::Site;
use crate::value::{Value, parse_number};

fn numbers(call: Call<'_>) -> Vec<f64> {
    let number = |value: &Value| match value {
        Value::Number(number) => Some(number.as_f64()).filter(|number| !number.is_nan()),
        Value::Text(text) => parse_number(text),
        _ => None,
    };
    call.rest(0).iter().flat_map(|value| value.items()).filter_map(number).collect()
}

fn or_null(number: Option<f64>) -> Result<Value, Error> {
    Ok(number.map_or(Value::Null, Value::number))
}

/// `min(array)` or `min(value1, value2, ..) → number`: the least number; null when there is none (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::min(scope.at("doc"), &[&Value::from(20), &Value::from("7"), &Value::Null])?, Value::from(7));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn min(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    or_null(numbers(Call::new(site, "min", args)).into_iter().reduce(f64::min))
}

/// `max(array)` or `max(value1, value2, ..) → number`: the greatest number; null when there is none (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::max(scope.at("doc"), &[&Value::from(20), &Value::from("700")])?, Value::from(700));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn max(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    or_null(numbers(Call::new(site, "max", args)).into_iter().reduce(f64::max))
}

/// `sum(array)` or `sum(value1, value2, ..) → number`: the sum, in decimal arithmetic; 0 when there is no number
/// (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::sum(scope.at("doc"), &[&Value::from(0.7), &Value::from(0.1)])?, Value::from(0.8));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn sum(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(Value::number(decimal::sum(&numbers(Call::new(site, "sum", args))).as_f64()))
}

/// `average(array)` or `average(value1, value2, ..) → number`: the mean, in decimal arithmetic; null when there is no
/// number (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::average(scope.at("doc"), &[&Value::from(1), &Value::from(4)])?, Value::from(2.5));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn average(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    or_null(mean(&numbers(Call::new(site, "average", args))))
}

#[allow(clippy::cast_precision_loss, reason = "no list has 2^53 items")]
fn mean(numbers: &[f64]) -> Option<f64> {
    let count = Operand::from_f64(numbers.len() as f64);
    (!numbers.is_empty()).then(|| decimal::divide(&decimal::sum(numbers), &count))
}

/// `median(array)` or `median(value1, value2, ..) → number`: the middle number, or the mean of the two in the middle;
/// null when there is no number (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let numbers = Value::from_iter([9, 1, 4, 2].map(Value::from));
/// assert_eq!(functions::median(scope.at("doc"), &[&numbers])?, Value::from(3));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn median(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let mut numbers = numbers(Call::new(site, "median", args));
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    let from = if numbers.len().is_multiple_of(2) { middle.saturating_sub(1) } else { middle };
    or_null(numbers.get(from..=middle).and_then(mean))
}

/// `stdevS(array)` or `stdevS(value1, value2, ..) → number`: the standard deviation of a sample, by N - 1; null for
/// fewer than two numbers (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::stdev_s(scope.at("doc"), &[&Value::from(1), &Value::from(3)])?, Value::from(2_f64.sqrt()));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn stdev_s(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    or_null(deviation(&numbers(Call::new(site, "stdevS", args)), 1))
}

/// `stdevP(array)` or `stdevP(value1, value2, ..) → number`: the standard deviation of a whole population, by N; null
/// when there is no number (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::stdev_p(scope.at("doc"), &[&Value::from(1), &Value::from(3)])?, Value::from(1));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn stdev_p(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    or_null(deviation(&numbers(Call::new(site, "stdevP", args)), 0))
}

#[allow(clippy::cast_precision_loss, reason = "no list has 2^53 items")]
fn deviation(numbers: &[f64], correction: usize) -> Option<f64> {
    let mean = mean(numbers)?;
    let divisor = numbers.len().checked_sub(correction).filter(|divisor| *divisor > 0)?;
    let squares: f64 = numbers.iter().map(|number| (number - mean) * (number - mean)).sum();
    Some((squares / divisor as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::Function;
    use crate::functions::args::run_json;

    const MIXED: &str = r#"[[6, "2", null, "x", true, {"a": 9}, [100]], " 4 ", ""]"#;

    #[test]
    fn only_numbers_and_numeric_text_count() {
        let cases: [(Function, f64); 6] =
            [(min, 2.0), (max, 6.0), (sum, 12.0), (average, 4.0), (median, 4.0), (stdev_s, 2.0)];
        for (at, (function, expected)) in cases.into_iter().enumerate() {
            assert_eq!(run_json(function, MIXED), Value::from(expected), "case {at}");
        }
        assert_eq!(run_json(stdev_p, MIXED), Value::from((8.0_f64 / 3.0).sqrt()));
    }

    #[test]
    fn nothing_to_work_on() {
        for nothing in ["[]", "[null]", "[[]]", r#"["x", true]"#] {
            assert_eq!(run_json(sum, nothing), Value::from(0), "{nothing}");
            for function in [min, max, average, median, stdev_s, stdev_p] {
                assert_eq!(run_json(function, nothing), Value::Null, "{nothing}");
            }
        }
        assert_eq!(run_json(stdev_s, "[5]"), Value::Null);
        assert_eq!(run_json(stdev_p, "[5]"), Value::from(0));
    }

    #[test]
    fn sums_have_no_binary_artefacts() {
        assert_eq!(run_json(sum, "[0.1, 0.2, 0.3]"), Value::from(0.6));
        assert_eq!(run_json(average, "[0.1, 0.2]"), Value::from(0.15));
        assert_eq!(run_json(median, "[0.1, 0.2, 7, -7]"), Value::from(0.15));
        assert_eq!(run_json(median, "[8, -1, 3]"), Value::from(3));
    }
}

//! Decimal arithmetic: 20 significant digits, half up (iml.md 6.2).
//!
//! Operands are doubles, taken by the digits that JavaScript prints, or numeric text. Where the double result is
//! provably the decimal one, the decimal is not computed at all.

use std::str::FromStr;

use bigdecimal::{BigDecimal, RoundingMode, Zero as _};

use crate::value::Value;

/// Significant digits of a result.
const PRECISION: u64 = 20;
/// Doubles hold every integer up to this one.
const MAX_SAFE: f64 = 9_007_199_254_740_992.0;
/// Texts with more characters than this, and exponents beyond it, count by their nearest double: digits that far out
/// do not reach a result of 20 digits, and computing with them would take the machine's time.
const MAX_DIGITS: i64 = 1_000;

/// A number to compute with.
pub(crate) struct Operand {
    double: f64,
    /// The exact value, when it differs from what the double prints.
    exact: Option<BigDecimal>,
}

impl Operand {
    /// A double.
    pub(crate) fn from_f64(double: f64) -> Self {
        Self { double, exact: None }
    }

    /// A number or numeric text; `None` for anything else.
    pub(crate) fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(Self::from_f64(number.as_f64())),
            Value::Text(text) => {
                let double = crate::value::parse_number(text)?;
                let exact = decimal_of_text(text).filter(|exact| decimal(double).as_ref() != Some(exact));
                Some(Self { double, exact })
            }
            _ => None,
        }
    }

    /// The nearest double.
    pub(crate) fn as_f64(&self) -> f64 {
        self.double
    }

    fn decimal(&self) -> Option<BigDecimal> {
        self.exact.clone().or_else(|| decimal(self.double))
    }

    /// Whether the double is the value, and a whole number that doubles count without gaps.
    fn is_safe_integer(&self) -> bool {
        self.exact.is_none() && is_safe_integer(self.double)
    }
}

fn is_safe_integer(double: f64) -> bool {
    double.abs() <= MAX_SAFE && double.trunc() == double
}

/// The decimal that a double prints; `None` for infinities and NaN.
fn decimal(double: f64) -> Option<BigDecimal> {
    if !double.is_finite() {
        return None;
    }
    BigDecimal::from_str(ryu_js::Buffer::new().format_finite(double)).ok()
}

fn decimal_of_text(text: &str) -> Option<BigDecimal> {
    let text = crate::value::utf16::trim(text);
    if i64::try_from(text.len()).is_ok_and(|length| length > MAX_DIGITS) {
        return None;
    }
    BigDecimal::from_str(text).ok().filter(|decimal| decimal.fractional_digit_count().abs() <= MAX_DIGITS)
}

/// Rounds to the digits of a result.
fn rounded(decimal: &BigDecimal) -> Option<BigDecimal> {
    let precision = std::num::NonZeroU64::new(PRECISION)?;
    Some(decimal.with_precision_round(precision, RoundingMode::HalfUp))
}

/// The nearest double. Parsing text rounds correctly, which the crate's own conversion does not promise.
fn nearest(decimal: &BigDecimal) -> f64 {
    decimal.to_scientific_notation().parse().unwrap_or(f64::NAN)
}

/// Rounds to 20 digits and then to the nearest double, as the engine's numbers come back.
fn to_f64(decimal: &BigDecimal) -> f64 {
    rounded(decimal).map_or(f64::NAN, |rounded| nearest(&rounded))
}

/// Computes with decimals when both operands are finite, else with doubles.
fn compute(a: &Operand, b: &Operand, exact: fn(&BigDecimal, &BigDecimal) -> BigDecimal, double: f64) -> f64 {
    match (a.decimal(), b.decimal()) {
        (Some(a), Some(b)) => to_f64(&exact(&a, &b)),
        _ => double,
    }
}

pub(crate) fn add(a: &Operand, b: &Operand) -> f64 {
    let double = a.double + b.double;
    if a.is_safe_integer() && b.is_safe_integer() && is_safe_integer(double) {
        return double;
    }
    compute(a, b, |a, b| a + b, double)
}

pub(crate) fn multiply(a: &Operand, b: &Operand) -> f64 {
    let double = a.double * b.double;
    if a.is_safe_integer() && b.is_safe_integer() && is_safe_integer(double) {
        return double;
    }
    compute(a, b, |a, b| a * b, double)
}

pub(crate) fn divide(a: &Operand, b: &Operand) -> f64 {
    let double = a.double / b.double;
    if b.double == 0.0 || (a.is_safe_integer() && b.is_safe_integer() && divides_alike(a.double, b.double)) {
        return double;
    }
    compute(a, b, |a, b| a / b, double)
}

/// Whether rounding the quotient of two integers first to 20 digits cannot change the double.
///
/// It cannot when the quotient is whole. It cannot either when the divisor is below 2^10: a fraction that is not
/// halfway between two doubles is then off any halfway point by more than 2^-64 of itself, which is more than half
/// a unit of the twentieth digit; and it cannot be halfway, since that takes 54 bits and the dividend has 53.
fn divides_alike(a: f64, b: f64) -> bool {
    b.abs() < 1_024.0 || a % b == 0.0
}

pub(crate) fn remainder(a: &Operand, b: &Operand) -> f64 {
    let double = a.double % b.double;
    if b.double == 0.0 || (a.is_safe_integer() && b.is_safe_integer()) {
        return double;
    }
    compute(a, b, |a, b| if b.is_zero() { BigDecimal::zero() } else { a % b }, double)
}

/// The sum of many doubles. It stays a decimal up to the end, rounded to 20 digits at each step.
pub(crate) fn sum(numbers: &[f64]) -> Operand {
    numbers.iter().fold(Operand::from_f64(0.0), |sum, number| {
        let number = Operand::from_f64(*number);
        let double = sum.double + number.double;
        if sum.is_safe_integer() && number.is_safe_integer() && is_safe_integer(double) {
            return Operand::from_f64(double);
        }
        let exact = sum.decimal().zip(number.decimal()).and_then(|(a, b)| rounded(&(a + b)));
        Operand { double: exact.as_ref().map_or(double, nearest), exact }
    })
}

/// Cuts off everything behind `decimals` places, towards zero; negative `decimals` count places left of the point.
pub(crate) fn truncate(double: f64, decimals: i64) -> f64 {
    match decimal(double) {
        Some(decimal) => nearest(&decimal.with_scale_round(decimals.clamp(-400, 400), RoundingMode::Down)),
        None => double,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Operation = fn(&Operand, &Operand) -> f64;

    fn run(operation: Operation, a: f64, b: f64) -> f64 {
        operation(&Operand::from_f64(a), &Operand::from_f64(b))
    }

    #[test]
    fn results_are_those_of_decimals() {
        let cases: &[(Operation, f64, f64, f64)] = &[
            (add, 0.1, 0.2, 0.3),
            (add, 1e308, 1e-308, 1e308),
            (add, 9_007_199_254_740_992.0, 1.0, 9_007_199_254_740_992.0),
            (multiply, 0.1, 3.0, 0.3),
            (multiply, 1.1, 1.1, 1.21),
            (multiply, 1e200, 1e200, f64::INFINITY),
            (multiply, -5e-324, 0.1, -0.0),
            (divide, 1.0, 3.0, 1.0 / 3.0),
            (divide, 0.3, 0.1, 3.0),
            (divide, 7.0, 1.0, 7.0),
            (divide, 0.7, 1.0, 0.7),
            (divide, 1e-300, 1e300, 0.0),
            (remainder, -7.0, 3.0, -1.0),
            (remainder, 0.3, 0.1, 0.0),
            (remainder, 5.5, 2.0, 1.5),
        ];
        for (at, (operation, a, b, result)) in cases.iter().enumerate() {
            assert_eq!(run(*operation, *a, *b), *result, "case {at}: {a} and {b}");
        }
    }

    #[test]
    fn what_is_not_finite_follows_doubles() {
        assert_eq!(run(divide, 1.0, 0.0), f64::INFINITY);
        assert_eq!(run(divide, -1.5, 0.0), f64::NEG_INFINITY);
        assert!(run(divide, 0.0, 0.0).is_nan());
        assert!(run(remainder, 1.5, 0.0).is_nan());
        assert_eq!(run(remainder, 1.5, f64::INFINITY), 1.5);
        assert!(run(add, f64::INFINITY, f64::NEG_INFINITY).is_nan());
    }

    #[test]
    fn texts_count_with_all_their_digits() {
        let text = |text: &str| Operand::from_value(&Value::from(text)).unwrap();
        assert_eq!(multiply(&text(" 1e400 "), &text("1e-400")), 1.0);
        assert_eq!(add(&text("0.10000000000000000001"), &text("-0.1")), 1e-20);
        assert_eq!(multiply(&text("0x10"), &text("2")), 32.0);
        // Beyond the bounds the nearest double counts, and no time is spent.
        assert!(remainder(&text("1e999999999"), &text("7")).is_nan());
        assert_eq!(divide(&text(&"9".repeat(100_000)), &text("3")), f64::INFINITY);
        for no_number in ["", " ", "abc", "1px"] {
            assert!(Operand::from_value(&Value::from(no_number)).is_none());
        }
        for no_number in [Value::Null, Value::Undefined, Value::TRUE, Value::EmptyText, Value::empty_array()]
        {
            assert!(Operand::from_value(&no_number).is_none());
        }
    }

    #[test]
    fn the_short_way_of_division_gives_what_decimals_give() {
        let mut bits = 1_u64;
        for round in 0..20_000_u64 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let a = (bits >> (11 + round % 40)) as f64;
            let b = (1 + round % 1_023) as f64;
            let exact = compute(&Operand::from_f64(a), &Operand::from_f64(b), |a, b| a / b, 0.0);
            assert_eq!(a / b, exact, "{a} / {b}");
        }
    }

    #[test]
    fn truncation_has_no_artefacts() {
        assert_eq!(truncate(3.789, 0), 3.0);
        assert_eq!(truncate(3.789, 2), 3.78);
        assert_eq!(truncate(-3.789, 1), -3.7);
        assert_eq!(truncate(1.005, 2), 1.0);
        assert_eq!(truncate(0.29, 2), 0.29);
        assert_eq!(truncate(123.456, -2), 100.0);
        assert_eq!(truncate(123.0, -9), 0.0);
        assert_eq!(truncate(1e300, 400), 1e300);
        assert_eq!(truncate(5e-324, i64::MAX), 5e-324);
        assert_eq!(truncate(1e300, i64::MIN), 0.0);
    }

    #[test]
    fn sums_are_decimal() {
        let total = |numbers: &[f64]| sum(numbers).as_f64();
        assert_eq!(total(&[0.1, 0.2, 0.3]), 0.6);
        assert_eq!(total(&[]), 0.0);
        // A double in between would lose the last digits.
        assert_eq!(total(&[221.055, 71_573_989.446_067_57, 0.1]), 71_574_210.601_067_57);
        assert_eq!(total(&[1e300, 1.0, -1e300]), 0.0);
        assert_eq!(total(&[f64::INFINITY, 0.1]), f64::INFINITY);
    }
}

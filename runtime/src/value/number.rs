//! Numbers.

use std::fmt;
use std::sync::Arc;

/// A number: a double, or an exact integer that prints unchanged (rulings 2).
///
/// Arithmetic and comparison use the double. An integer that a service sends, such as an id of 19 digits, keeps
/// its digits for as long as nothing is computed with it.
///
/// ```
/// use linchpin::value::Number;
///
/// assert_eq!(Number::from(1.5).to_string(), "1.5");
/// assert_eq!(Number::from(1e21).to_string(), "1e+21");
/// assert_eq!(Number::from(9_007_199_254_740_993_i64).to_string(), "9007199254740993");
/// ```
#[derive(Clone)]
pub struct Number(Repr);

#[derive(Clone)]
enum Repr {
    Double(f64),
    Signed(i64),
    Unsigned(u64),
    Large(Arc<Large>),
}

/// An integer beyond 64 bits: its digits, and the double next to it.
struct Large {
    digits: Box<str>,
    double: f64,
}

/// Beyond this, a double does not hold every integer.
const MAX_SAFE: f64 = 9_007_199_254_740_992.0;

impl Number {
    /// A double.
    #[must_use]
    pub const fn from_f64(double: f64) -> Self {
        Self(Repr::Double(double))
    }

    /// The nearest double.
    #[must_use]
    #[inline]
    #[allow(clippy::cast_precision_loss, reason = "IML computes with doubles")]
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Repr::Double(double) => *double,
            Repr::Signed(integer) => *integer as f64,
            Repr::Unsigned(integer) => *integer as f64,
            Repr::Large(large) => large.double,
        }
    }

    /// The integer, if the number is whole and fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        i64::try_from(self.as_i128()?).ok()
    }

    /// The integer, if the number is whole, fits and is not negative.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        u64::try_from(self.as_i128()?).ok()
    }

    /// The integer, if the number is whole and fits.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "the bounds are tested before")]
    pub fn as_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Double(double) => {
                (double.trunc() == *double && double.abs() < 1e38).then_some(*double as i128)
            }
            Repr::Signed(integer) => Some(i128::from(*integer)),
            Repr::Unsigned(integer) => Some(i128::from(*integer)),
            Repr::Large(large) => large.digits.parse().ok(),
        }
    }

    /// Whether the digits are kept, so that they print unchanged.
    pub(crate) fn is_exact(&self) -> bool {
        !matches!(self.0, Repr::Double(_))
    }

    /// Reads a number as JSON writes it. The grammar has been checked before.
    pub(crate) fn from_json(text: &str, is_integer: bool) -> Self {
        if !is_integer {
            return Self::from_f64(text.parse().unwrap_or(f64::NAN));
        }
        if text == "-0" {
            return Self::from_f64(-0.0);
        }
        Self::from_digits(text)
    }

    /// Reads an integer: an optional minus and decimal digits without leading zeros.
    fn from_digits(text: &str) -> Self {
        if let Ok(integer) = text.parse::<i64>() {
            return Self(Repr::Signed(integer));
        }
        if let Ok(integer) = text.parse::<u64>() {
            return Self(Repr::Unsigned(integer));
        }
        let double = text.parse().unwrap_or(f64::NAN);
        Self(Repr::Large(Arc::new(Large { digits: text.into(), double })))
    }

    /// Appends the number as JavaScript prints it (iml.md 7.1).
    pub fn write(&self, out: &mut String) {
        match &self.0 {
            Repr::Double(double) => write_double(*double, out),
            Repr::Signed(integer) => out.push_str(itoa::Buffer::new().format(*integer)),
            Repr::Unsigned(integer) => out.push_str(itoa::Buffer::new().format(*integer)),
            Repr::Large(large) => out.push_str(&large.digits),
        }
    }
}

/// Appends a double as JavaScript prints it. Most doubles are small integers, which have a shorter way.
#[allow(clippy::cast_possible_truncation, reason = "the bounds are tested before")]
fn write_double(double: f64, out: &mut String) {
    if double.abs() < MAX_SAFE && double.trunc() == double {
        out.push_str(itoa::Buffer::new().format(double as i64));
    } else {
        out.push_str(ryu_js::Buffer::new().format(double));
    }
}

impl PartialEq for Number {
    /// Numbers are equal when their doubles are: NaN equals nothing, and `1` equals `1.0`.
    fn eq(&self, other: &Self) -> bool {
        self.as_f64() == other.as_f64()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        Self::from_f64(number)
    }
}

impl From<f32> for Number {
    fn from(number: f32) -> Self {
        Self::from_f64(f64::from(number))
    }
}

macro_rules! from_small_integer {
    ($($ty:ty),*) => {$(
        impl From<$ty> for Number {
            fn from(number: $ty) -> Self {
                Self(Repr::Signed(i64::from(number)))
            }
        }
    )*};
}
from_small_integer!(i8, i16, i32, i64, u8, u16, u32);

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or(Self(Repr::Unsigned(number)), Self::from)
    }
}

impl From<usize> for Number {
    fn from(number: usize) -> Self {
        Self::from(number as u64)
    }
}

impl From<isize> for Number {
    fn from(number: isize) -> Self {
        Self::from(number as i64)
    }
}

impl From<i128> for Number {
    fn from(number: i128) -> Self {
        i64::try_from(number).map_or_else(|_| Self::from_digits(&number.to_string()), Self::from)
    }
}

impl From<u128> for Number {
    fn from(number: u128) -> Self {
        u64::try_from(number).map_or_else(|_| Self::from_digits(&number.to_string()), Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_javascript_does() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-7.25, "-7.25"),
            (1e-7, "1e-7"),
            (0.000_001, "0.000001"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (1e21, "1e+21"),
            (9_007_199_254_740_992.0, "9007199254740992"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
            (f64::NAN, "NaN"),
        ];
        for (double, text) in cases {
            assert_eq!(Number::from(double).to_string(), text);
        }
    }

    #[test]
    fn integers_keep_their_digits() {
        for text in ["9223372036854775807", "-9223372036854775808", "18446744073709551615", "1", "-1"] {
            assert_eq!(Number::from_json(text, true).to_string(), text);
        }
        let long = "123456789".repeat(9);
        assert_eq!(Number::from_json(&long, true).to_string(), long);
        assert_eq!(Number::from(u128::MAX).to_string(), u128::MAX.to_string());
        assert_eq!(Number::from(i128::MIN).to_string(), i128::MIN.to_string());
        assert_eq!(Number::from(i128::MIN).as_i128(), Some(i128::MIN));
        assert_eq!(Number::from_json("-0", true).to_string(), "0");
    }

    #[test]
    fn whole_doubles_are_integers() {
        assert_eq!(Number::from(12.0).as_i64(), Some(12));
        assert_eq!(Number::from(12.5).as_i64(), None);
        assert_eq!(Number::from(-1).as_u64(), None);
        assert_eq!(Number::from(f64::NAN).as_i64(), None);
        assert_eq!(Number::from(u64::MAX).as_i64(), None);
        assert_eq!(Number::from(u64::MAX).as_u64(), Some(u64::MAX));
    }

    #[test]
    fn equality_is_that_of_doubles() {
        assert_eq!(Number::from(1), Number::from(1.0));
        assert_eq!(Number::from(9_007_199_254_740_993_i64), Number::from(9_007_199_254_740_992_i64));
        assert_ne!(Number::from(f64::NAN), Number::from(f64::NAN));
    }
}

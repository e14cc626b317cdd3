//! Functions of one number (iml.md 9.3).

use super::args::{Call, to_integer};
use crate::decimal;
use crate::error::Error;
use crate::scope::Site;
use crate::value::Value;

/// Applies a function to the first argument; blank gives null (iml.md 8).
fn apply(call: Call<'_>, function: impl FnOnce(f64) -> f64) -> Result<Value, Error> {
    Ok(call.number(0)?.map_or(Value::Null, |number| Value::number(function(number))))
}

/// `round(number) → number`: the nearest whole number, halves up. Blank gives null (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::round(scope.at("doc"), &[&Value::from(-2.5)])?, Value::from(-2));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// The argument is not a number.
pub fn round(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    apply(Call::new(site, "round", args), |number| {
        let floor = number.floor();
        if number - floor >= 0.5 { floor + 1.0 } else { floor }
    })
}

/// `floor(number) → number`: the greatest whole number that is not above. Blank gives null (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::floor(scope.at("doc"), &[&Value::from("-0.5")])?, Value::from(-1));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// The argument is not a number.
pub fn floor(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    apply(Call::new(site, "floor", args), f64::floor)
}

/// `ceil(number) → number`: the least whole number that is not below. Blank gives null (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::ceil(scope.at("doc"), &[&Value::from(2.1)])?, Value::from(3));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// The argument is not a number.
pub fn ceil(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    apply(Call::new(site, "ceil", args), f64::ceil)
}

/// `abs(number) → number`: without its sign. Blank gives null (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::abs(scope.at("doc"), &[&Value::from(-7)])?, Value::from(7));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// The argument is not a number.
pub fn abs(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    apply(Call::new(site, "abs", args), f64::abs)
}

/// `trunc(number, [decimals]) → number`: cut towards zero behind so many decimals, 0 by default; negative decimals
/// zero that many digits left of the point. Blank gives null (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::trunc(scope.at("doc"), &[&Value::from(9.999), &Value::from(2)])?, Value::from(9.99));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// An argument is not a number.
pub fn trunc(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "trunc", args);
    match to_integer(call.number(1)?.unwrap_or(0.0)) {
        0 => apply(call, f64::trunc),
        decimals => apply(call, |number| decimal::truncate(number, decimals)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::args::{run, run_json};

    #[test]
    fn rounding() {
        for (number, rounded) in
            [(0.5, 1.0), (-0.5, 0.0), (1.4, 1.0), (-1.5, -1.0), (-1.6, -2.0), (1e300, 1e300)]
        {
            assert_eq!(run(round, &[Value::from(number)]).unwrap(), Value::from(rounded), "{number}");
        }
        // The sum with a half would round up here.
        assert_eq!(run(round, &[Value::from(0.499_999_999_999_999_94)]).unwrap(), Value::from(0));
        assert_eq!(run(round, &[Value::from(f64::INFINITY)]).unwrap(), Value::from(f64::INFINITY));
    }

    #[test]
    fn arguments_are_coerced_alike() {
        for function in [round, floor, ceil, abs, trunc] {
            assert_eq!(run_json(function, "[null]"), Value::Null);
            assert_eq!(run_json(function, r#"[""]"#), Value::Null);
            assert_eq!(run_json(function, r#"[" 3 "]"#), Value::from(3));
            assert_eq!(run_json(function, "[true]"), Value::from(1));
            assert!(run(function, &[Value::from("3 apples")]).is_err());
            assert!(run(function, &[Value::empty_array()]).is_err());
        }
    }

    #[test]
    fn truncation() {
        assert_eq!(run_json(trunc, "[-7.89, 1]"), Value::from(-7.8));
        assert_eq!(run_json(trunc, "[-7.89]"), Value::from(-7));
        assert_eq!(run_json(trunc, r#"[4567.8, "-2"]"#), Value::from(4500));
        assert_eq!(run_json(trunc, "[4.567, 1.9]"), Value::from(4.5));
        assert!(run(trunc, &[Value::from(1), Value::from("x")]).is_err());
    }
}

//! The functions of the connector `billing`, in Rust.

use linchpin::{Date, Error, Scope, Value, functions};

use crate::{argument, object};

/// An amount in cents; null for what is no number.
///
/// # Errors
/// Never.
pub fn to_cents(_: &Scope, args: &[Value]) -> Result<Value, Error> {
    Ok(cents(argument(args, 0)).map_or(Value::Null, Value::number))
}

fn cents(amount: &Value) -> Option<f64> {
    let number = match amount {
        Value::Null => 0.0,
        Value::Bool(truth) => f64::from(u8::from(*truth)),
        Value::Number(number) => number.as_f64(),
        Value::Text(text) if text.trim().is_empty() => 0.0,
        Value::Text(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then(|| rounded(number * 100.0))
}

/// As `Math.round`: halves go up.
fn rounded(number: f64) -> f64 {
    let down = number.floor();
    if number - down >= 0.5 { down + 1.0 } else { down }
}

/// The sums of an invoice, by rate of tax.
///
/// # Errors
/// Never.
pub fn totals(_: &Scope, args: &[Value]) -> Result<Value, Error> {
    let mut by_rate: Vec<(f64, f64)> = Vec::new();
    for line in argument(args, 0).items() {
        // In sums and products, JavaScript takes null for 0.
        let number = |value: &Value, absent: f64| value.as_f64().unwrap_or(absent);
        let net = cents(line.key("price")).unwrap_or(0.0) * number(line.key("quantity"), 1.0);
        let rate = number(line.key("rate"), 0.0);
        match by_rate.iter_mut().find(|(known, _)| *known == rate) {
            Some((_, sum)) => *sum += net,
            None => by_rate.push((rate, net)),
        }
    }
    by_rate.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let net = by_rate.iter().fold(0.0, |sum, (_, net)| sum + net);
    let taxes = by_rate.iter().map(|(rate, net)| {
        let tax = rounded(net * rate / 100.0);
        object([("rate", Value::number(*rate)), ("net", Value::number(*net)), ("tax", Value::number(tax))])
    });
    Ok(object([("net", Value::number(net)), ("taxes", Value::array(taxes.collect()))]))
}

/// From a day to the same day some months later.
///
/// # Errors
/// Those of `addMonths`.
pub fn period(scope: &Scope, args: &[Value]) -> Result<Value, Error> {
    let (start, months) = (argument(args, 0), argument(args, 1));
    let end = functions::add_months(scope.at("period"), &[start, months])?;
    let (Value::Date(from), Value::Date(until)) = (start, &end) else { return Ok(Value::Null) };
    let span = until.as_millis() - from.as_millis();
    let days = (span + 43_200_000).div_euclid(86_400_000);
    let to = Date::from_millis(until.as_millis() - 1);
    Ok(object([("from", start.clone()), ("to", Value::Date(to)), ("days", Value::from(days))]))
}

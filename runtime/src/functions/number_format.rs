//! Numbers as people write them (iml.md 9.3).

use std::borrow::Cow;

use super::args::{Call, to_integer};
use crate::error::Error;
use crate::scope::Site;
use crate::value::{Value, parse_number as parse_literal, utf16};

/// `parseNumber(text, [decimalSeparator]) → number`: reads a number with `.` (the default) or `,` before the decimals.
/// Whitespace and the other of the two characters are grouping. Numbers stay; blank gives null (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let price = functions::parse_number(scope.at("doc"), &[&Value::from("1.299,50"), &Value::from(",")])?;
/// assert_eq!(price, Value::from(1299.5));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// The text is not a number, or the separator is neither `.` nor `,`.
pub fn parse_number(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "parseNumber", args);
    let text = match call.value(0) {
        blank if blank.is_blank() => return Ok(Value::Null),
        number @ Value::Number(_) => return Ok(number.clone()),
        other => other.text_form(),
    };
    let separator = match &*call.value(1).text_form() {
        "" | "." => '.',
        "," => ',',
        _ => return Err(call.invalid(1, "the separator must be '.' or ','")),
    };
    let mut literal = String::with_capacity(text.len());
    for char in text.chars().filter(|char| !utf16::is_space(*char)) {
        match char {
            '.' | ',' if char == separator => literal.push('.'),
            '.' | ',' => {}
            other => literal.push(other),
        }
    }
    let is_decimal =
        literal.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'+' | b'-' | b'e' | b'E'));
    let number = parse_literal(&literal).filter(|_| is_decimal);
    number.map(Value::number).ok_or_else(|| call.invalid(0, "the text is not a valid number"))
}

/// `formatNumber(number, decimals, [decimalSeparator], [thousandsSeparator]) → text`: with so many decimals (0 when
/// blank, 100 at most), `,` before them and `.` between groups of three by default. Blank gives null (iml.md 9.3).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [&Value::from(-65536.125), &Value::from(2), &Value::from("."), &Value::from("'")];
/// assert_eq!(functions::format_number(scope.at("doc"), &args)?, Value::from("-65'536.13"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// An argument is not a number, or there are more than 100 decimals or fewer than none.
pub fn format_number(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "formatNumber", args);
    let Some(number) = call.number(0)? else { return Ok(Value::Null) };
    let decimals =
        usize::try_from(to_integer(call.number(1)?.unwrap_or(0.0))).ok().filter(|count| *count <= 100);
    let decimals = decimals.ok_or_else(|| call.invalid(1, "the decimals must be between 0 and 100"))?;
    let point = call.text(2).unwrap_or(Cow::Borrowed(","));
    let thousands = call.text(3).unwrap_or(Cow::Borrowed("."));

    let digits = to_fixed(number.abs(), decimals);
    let is_zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let mut text = String::with_capacity(digits.len() * 2);
    if number < 0.0 && !is_zero {
        text.push('-');
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    push_grouped(whole, &thousands, &mut text);
    if !fraction.is_empty() {
        text.push_str(&point);
        text.push_str(fraction);
    }
    Ok(Value::from(text))
}

/// JavaScript's `toFixed` of a number that is not negative: by the exact value of the double, halves up. From 1e21 on
/// it prints the number itself.
fn to_fixed(number: f64, decimals: usize) -> String {
    if !number.is_finite() || number >= 1e21 {
        return ryu_js::Buffer::new().format(number).to_owned();
    }
    // Rust rounds halves to even. A double lies exactly between two results only if its lowest bit stands right
    // behind the last decimal; the next double above rounds up.
    let scaled = i32::try_from(decimals + 1).map_or(0.0, |places| number * 2_f64.powi(places));
    let is_half = scaled.trunc() == scaled && scaled % 2.0 == 1.0;
    let number = if is_half { number.next_up() } else { number };
    format!("{number:.decimals$}")
}

/// Appends digits in groups of three.
fn push_grouped(digits: &str, separator: &str, out: &mut String) {
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    for (at, digit) in digits.char_indices() {
        if is_plain && at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::args::{run, run_json};

    #[test]
    fn reads_both_notations() {
        for (args, number) in [
            (r#"["2.400,25", ","]"#, 2400.25),
            (r#"["2,400.25"]"#, 2400.25),
            (r#"["-2\u00a0400.25", "."]"#, -2400.25),
            (r#"["1e3"]"#, 1000.0),
            (r#"["12", ""]"#, 12.0),
            (r#"[12.5, ","]"#, 12.5),
            (r#"[",5", ","]"#, 0.5),
        ] {
            assert_eq!(run_json(parse_number, args), Value::from(number), "{args}");
        }
        assert_eq!(run_json(parse_number, r#"["", ","]"#), Value::Null);
        for wrong in ["12 EUR", "1.2.3", "0x10", "Infinity", " ", "-", "true"] {
            assert!(run(parse_number, &[Value::from(wrong)]).is_err(), "{wrong}");
        }
        assert!(run(parse_number, &[Value::from("1"), Value::from(";")]).is_err());
        assert!(run(parse_number, &[Value::TRUE]).is_err());
    }

    #[test]
    fn writes_with_separators() {
        for (args, text) in [
            ("[1234567.891, 2]", "1.234.567,89"),
            (r#"[1234567.891, 2, ".", ""]"#, "1234567.89"),
            (r#"[1234567, 0, ".", " "]"#, "1 234 567"),
            ("[-0.4, 0]", "0"),
            ("[-1234, 1]", "-1.234,0"),
            ("[999999.99, 1]", "1.000.000,0"),
            (r#"["12.345", 2]"#, "12,35"),
            ("[1000]", "1.000"),
            ("[1e21, 2]", "1e+21"),
            ("[123456789012345680000, 0]", "123.456.789.012.345.683.968"),
        ] {
            assert_eq!(run_json(format_number, args), Value::from(text), "{args}");
        }
        assert_eq!(run_json(format_number, r#"["", 2]"#), Value::Null);
        for wrong in ["[\"x\", 2]", "[1, \"x\"]", "[1, 101]", "[1, -1]"] {
            let args = Value::parse_json(wrong.as_bytes()).unwrap();
            assert!(run(format_number, args.items()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn halves_go_up_by_the_exact_value() {
        for (number, decimals, text) in [
            (2.5, 0, "3"),
            (0.5, 0, "1"),
            (1.5, 0, "2"),
            (1.005, 2, "1.00"),
            (0.125, 2, "0.13"),
            (0.375, 2, "0.38"),
            (1.45, 1, "1.4"),
            (8.345, 2, "8.35"),
            (1e-10, 2, "0.00"),
            (0.0, 3, "0.000"),
        ] {
            assert_eq!(to_fixed(number, decimals), text, "{number} to {decimals}");
        }
    }
}

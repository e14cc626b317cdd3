//! Percent-encoding in templates (iml.md 9.2).

use super::args::Call;
use crate::codec::percent;
use crate::error::Error;
use crate::scope::Site;
use crate::value::Value;

/// `encodeURL(text) → text`: what `encodeURIComponent` gives: letters, digits and `- _ . ! ~ * ' ( )` stay. Nullish
/// gives null (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let text = functions::encode_url(scope.at("doc"), &[&Value::from("tea & milk?")])?;
/// assert_eq!(text, Value::from("tea%20%26%20milk%3F"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn encode_url(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let text = Call::new(site, "encodeURL", args).text(0);
    Ok(text.map_or(Value::Null, |text| Value::from(percent::encode_component(&text))))
}

/// `decodeURL(text) → text`: what `decodeURIComponent` gives: a plus sign stays. Nullish gives null (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let text = functions::decode_url(scope.at("doc"), &[&Value::from("tea%20%26+milk")])?;
/// assert_eq!(text, Value::from("tea &+milk"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// A `%` without two hexadecimal digits; bytes that are not UTF-8.
pub fn decode_url(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "decodeURL", args);
    let Some(text) = call.text(0) else { return Ok(Value::Null) };
    let decoded = percent::decode_component(&text);
    decoded.map(Value::from).ok_or_else(|| call.invalid(0, "the text is not percent-encoded"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::args::run;

    #[test]
    fn arguments_are_coerced() {
        assert!(matches!(run(encode_url, &[Value::Null]), Ok(Value::Null)));
        assert!(matches!(run(decode_url, &[Value::Undefined]), Ok(Value::Null)));
        assert_eq!(
            run(encode_url, &[Value::array(vec![Value::from(1), Value::from("ž")])]).unwrap(),
            Value::from("1%2C%C5%BE")
        );
        assert_eq!(run(decode_url, &[Value::EmptyText]).unwrap(), Value::from(""));
        assert!(run(decode_url, &[Value::from("100%")]).is_err());
    }
}

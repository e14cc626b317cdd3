//! What JSON counts as a number.

/// Tells whether `text` is a number of JSON: no leading zeros, no plus sign, digits around the point.
pub(super) fn is_number(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits(rest);
    if whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
        return false;
    }
    let rest = match rest.strip_prefix('.').map(digits) {
        Some(("", _)) => return false,
        Some((_, rest)) => rest,
        None => rest,
    };
    match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => {
            let (exponent, rest) = digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
            !exponent.is_empty() && rest.is_empty()
        }
        None => rest.is_empty(),
    }
}

fn digits(text: &str) -> (&str, &str) {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Says what is wrong with something that begins like a number, and what to write.
pub(super) fn advice(text: &str) -> &'static str {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if text.starts_with('+') {
        "leave the plus sign out"
    } else if unsigned.starts_with("0x") || unsigned.starts_with("0X") {
        "JSON has decimal numbers only; write other forms as text"
    } else if unsigned.len() > 1 && unsigned.starts_with('0') {
        "leave leading zeros out, or put the number in quotes if it is text"
    } else if unsigned.starts_with('.') || unsigned.ends_with('.') {
        "write digits on both sides of the point"
    } else {
        "put it in quotes if it is text"
    }
}

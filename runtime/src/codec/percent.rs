//! Percent-encoding as JavaScript does it (iml.md 9.2).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but what `encodeURIComponent` leaves as it is.
pub(crate) const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// What `encodeURIComponent` makes of a text.
pub(crate) fn encode_component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// What `decodeURIComponent` makes of a text. `None` where a `%` stands without two digits, or the bytes are not
/// UTF-8.
pub(crate) fn decode_component(text: &str) -> Option<String> {
    let is_escape =
        |rest: &str| rest.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
    if !text.split('%').skip(1).all(is_escape) {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_leaves_what_javascript_leaves() {
        assert_eq!(encode_component("AZaz09-_.!~*'()"), "AZaz09-_.!~*'()");
        assert_eq!(encode_component("a b+c/ž%[]"), "a%20b%2Bc%2F%C5%BE%25%5B%5D");
    }

    #[test]
    fn decoding_is_strict() {
        assert_eq!(decode_component("a%20b+c%C5%BE").as_deref(), Some("a b+cž"));
        for wrong in ["%", "%4", "%zz", "a%", "%C5", "%FF", "100%ž"] {
            assert_eq!(decode_component(wrong), None, "{wrong}");
        }
    }
}

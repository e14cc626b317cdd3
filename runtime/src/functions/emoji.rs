//! Emoji in text (iml.md 9.2).

use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation as _;

use super::args::Call;
use super::pattern::Set;
use crate::error::Error;
use crate::scope::Site;
use crate::value::Value;

/// `replaceEmojiCharacters(text, replacement) → text`: something else in place of each emoji.
///
/// A sequence is one emoji: with a skin tone, joined from several, a flag, a key cap. What is shown as text unless it
/// is asked to be an emoji, such as `©` or a digit, is one only when it is asked. Nullish text gives null
/// (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("5 👍🏿 from 🇨🇿"), Value::from("*")];
/// let text = functions::replace_emoji_characters(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(text, Value::from("5 * from *"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// A nullish replacement.
pub fn replace_emoji_characters(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "replaceEmojiCharacters", args);
    let Some(text) = call.text(0) else { return Ok(Value::Null) };
    let Some(replacement) = call.text(1) else { return Err(call.invalid(1, "a replacement is needed")) };
    if let (true, same @ Value::Text(_)) = (text.is_ascii(), call.value(0)) {
        return Ok(same.clone());
    }
    let mut out = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        out.push_str(if is_emoji(cluster) { &replacement } else { cluster });
    }
    Ok(Value::from(out))
}

/// Asks for the look of an emoji.
const EMOJI_STYLE: char = '\u{FE0F}';

/// Asks for the look of text.
const TEXT_STYLE: char = '\u{FE0E}';

/// Makes a key cap of the character before.
const KEY_CAP: char = '\u{20E3}';

/// Whether what is shown as one character is an emoji.
fn is_emoji(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else { return false };
    let second = chars.next();
    if first.is_ascii() {
        return may_be_emoji(first) && cluster.ends_with(KEY_CAP);
    }
    if is_regional(first) {
        return second.is_some_and(is_regional);
    }
    if second == Some(TEXT_STYLE) {
        return false;
    }
    let is_asked = may_be_emoji(first) && cluster.contains(EMOJI_STYLE);
    is_asked || cluster.chars().any(is_shown_as_emoji)
}

/// Half of a flag.
fn is_regional(char: char) -> bool {
    ('\u{1F1E6}'..='\u{1F1FF}').contains(&char)
}

/// What may be shown as an emoji.
fn may_be_emoji(char: char) -> bool {
    static SET: OnceLock<Option<Set>> = OnceLock::new();
    is_in(&SET, "Emoji", char)
}

/// What is shown as an emoji unless it is asked to be text.
fn is_shown_as_emoji(char: char) -> bool {
    static SET: OnceLock<Option<Set>> = OnceLock::new();
    is_in(&SET, "Emoji_Presentation", char)
}

/// Whether a character has a property of Unicode.
fn is_in(set: &OnceLock<Option<Set>>, property: &str, char: char) -> bool {
    set.get_or_init(|| Set::property(property)).as_ref().is_some_and(|set| set.contains(char))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::args::run;

    fn replaced(text: &str) -> String {
        let args = [text, "*"].map(Value::from);
        run(replace_emoji_characters, &args).unwrap().to_text().to_string()
    }

    #[test]
    fn a_sequence_is_one_emoji() {
        let cases = [
            ("a🐝b", "a*b"),
            ("🐝🐝", "**"),
            ("👩🏽‍🚀!", "*!"),
            ("👨‍👩‍👧‍👦", "*"),
            ("🇨🇿🇸🇰", "**"),
            ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", "*"),
            ("1️⃣#⃣*️⃣", "***"),
            ("❤️ ☎️ ©️", "* * *"),
            ("✌🏿", "*"),
            ("⌚", "*"),
            ("🏳️‍🌈", "*"),
        ];
        for (text, expected) in cases {
            assert_eq!(replaced(text), expected, "{text}");
        }
    }

    #[test]
    fn text_stays_text() {
        for text in [
            "",
            "plain 0123 #*",
            "ěšč ﷽ ก็ 漢字",
            "© ™ ❤ ↔",
            "⌚\u{FE0E}",
            "🇨",
            "e\u{301}",
            "1\u{FE0F}",
            "\u{200D}\u{FE0F}",
        ] {
            assert_eq!(replaced(text), text);
        }
    }

    #[test]
    fn arguments_are_coerced_and_a_replacement_is_needed() {
        assert!(matches!(run(replace_emoji_characters, &[Value::Null, Value::from("x")]), Ok(Value::Null)));
        assert_eq!(
            run(replace_emoji_characters, &[Value::from(12), Value::from("x")]).unwrap(),
            Value::from("12")
        );
        assert_eq!(
            run(replace_emoji_characters, &[Value::from("🐝"), Value::from("")]).unwrap(),
            Value::from("")
        );
        assert!(run(replace_emoji_characters, &[Value::from("🐝"), Value::Null]).is_err());
        assert!(run(replace_emoji_characters, &[Value::from("🐝")]).is_err());
    }
}

//! Functions of text, without those that need tables or engines of their own (iml.md 9.2).

use smol_str::SmolStr;

use super::args::{Call, to_integer};
use crate::error::Error;
use crate::scope::Site;
use crate::value::{Value, coerce, utf16};

/// Applies a change to the text of the first argument; nullish gives null (iml.md 8).
fn change(call: Call<'_>, change: impl FnOnce(&str) -> SmolStr) -> Result<Value, Error> {
    Ok(call.text(0).map_or(Value::Null, |text| Value::Text(change(&text))))
}

/// `length(text | buffer | array) → integer`: UTF-16 code units, bytes or items; keys of a collection; 0 for nullish
/// (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::length(scope.at("doc"), &[&Value::from("naïve 😀")])?, Value::from(8));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn length(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let length = match Call::new(site, "length", args).value(0) {
        Value::Undefined | Value::Null => 0,
        Value::Buffer(buffer) => buffer.len(),
        Value::Array(items) => items.len(),
        Value::Object(object) => object.len(),
        other => utf16::length(&other.text_form()),
    };
    Ok(Value::from(length))
}

/// `lower(text) → text`: lower case, by Unicode's full mappings. Nullish gives null (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::lower(scope.at("doc"), &[&Value::from("ÀB")])?, Value::from("àb"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn lower(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    change(Call::new(site, "lower", args), |text| text.to_lowercase().into())
}

/// `upper(text) → text`: upper case, by Unicode's full mappings. Nullish gives null (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::upper(scope.at("doc"), &[&Value::from("groß")])?, Value::from("GROSS"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn upper(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    change(Call::new(site, "upper", args), |text| text.to_uppercase().into())
}

/// `capitalize(text) → text`: the first character in upper case, the rest as it is. Nullish gives null (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::capitalize(scope.at("doc"), &[&Value::from("élan VITAL")])?, Value::from("Élan VITAL"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn capitalize(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    change(Call::new(site, "capitalize", args), |text| {
        let mut out = String::with_capacity(text.len());
        let mut chars = text.chars();
        if let Some(first) = chars.next() {
            push_upper(first, &mut out);
        }
        out.push_str(chars.as_str());
        out.into()
    })
}

/// Appends a character in upper case. JavaScript takes the first code unit, so that a character of two units stays.
fn push_upper(char: char, out: &mut String) {
    if char.len_utf16() == 1 { out.extend(char.to_uppercase()) } else { out.push(char) }
}

/// `startcase(text) → text`: lower case, with the first character of each word in upper case; words are what stands
/// between whitespace. Nullish gives null (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::startcase(scope.at("doc"), &[&Value::from("oPEN  task")])?, Value::from("Open  Task"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn startcase(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    change(Call::new(site, "startcase", args), |text| {
        let mut out = String::with_capacity(text.len());
        let mut begins_word = true;
        for char in text.to_lowercase().chars() {
            if begins_word {
                push_upper(char, &mut out);
            } else {
                out.push(char);
            }
            begins_word = utf16::is_space(char);
        }
        out.into()
    })
}

/// `trim(text) → text`: without whitespace at both ends, as JavaScript sees whitespace. Nullish gives null (iml.md
/// 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::trim(scope.at("doc"), &[&Value::from("\u{a0} a b\n")])?, Value::from("a b"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn trim(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    change(Call::new(site, "trim", args), |text| utf16::trim(text).into())
}

/// `substring(text, start, [end]) → text`: the UTF-16 code units from `start` up to `end`, counted from 0. What is
/// negative or no number is 0, what is too large is the length, and `start` and `end` change places when `start` is
/// greater. Nullish gives null (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let part = functions::substring(scope.at("doc"), &[&Value::from("task-42"), &Value::from(5)])?;
/// assert_eq!(part, Value::from("42"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn substring(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "substring", args);
    let at = |value: &Value| usize::try_from(to_integer(value.to_number()).max(0)).unwrap_or(usize::MAX);
    let start = at(call.value(1));
    let end = if matches!(call.value(2), Value::Undefined) { usize::MAX } else { at(call.value(2)) };
    change(call, |text| utf16::slice(text, start.min(end), start.max(end)))
}

/// `indexOf(text | array, value, [start]) → integer`: the first position at or after `start`, counted from 0; -1 when
/// there is none, and for nullish. Items of an array are compared without conversion (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let at = functions::index_of(scope.at("doc"), &[&Value::from("a-b-c"), &Value::from("-"), &Value::from(2)])?;
/// assert_eq!(at, Value::from(3));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// `start` is not a number.
pub fn index_of(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "indexOf", args);
    let start = to_integer(call.number(2)?.unwrap_or(0.0));
    let found = match call.value(0) {
        Value::Undefined | Value::Null => None,
        Value::Array(items) => {
            let from = offset_from(start, items.len());
            items.iter().skip(from).position(|item| item == call.value(1)).map(|at| at + from)
        }
        text => {
            let start = usize::try_from(start.max(0)).unwrap_or(usize::MAX);
            utf16::find(&text.text_form(), &call.value(1).text_form(), start)
        }
    };
    Ok(found.map_or_else(|| Value::from(-1), Value::from))
}

/// A position in a list of `length` items; negative ones count from the end, and both ends are limits.
pub(super) fn offset_from(position: i64, length: usize) -> usize {
    let distance = usize::try_from(position.unsigned_abs()).unwrap_or(usize::MAX);
    if position < 0 { length.saturating_sub(distance) } else { distance.min(length) }
}

/// `contains(text | array, value, [ignoreCase]) → boolean`: whether the text, or an item, is there. Items are compared
/// without conversion. With a truthy third argument the lower-case texts count. Nullish gives false (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [&Value::from("application/JSON"), &Value::from("json"), &Value::TRUE];
/// assert_eq!(functions::contains(scope.at("doc"), &args)?, Value::TRUE);
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn contains(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "contains", args);
    let (subject, wanted) = (call.value(0), call.value(1));
    let lower = |value: &Value| value.text_form().to_lowercase();
    let is_there = match (subject, call.value(2).is_truthy()) {
        (Value::Undefined | Value::Null, _) => false,
        (Value::Array(items), false) => items.contains(wanted),
        (Value::Array(items), true) => {
            let wanted = lower(wanted);
            items.iter().any(|item| lower(item) == wanted)
        }
        (text, false) => text.text_form().contains(&*wanted.text_form()),
        (text, true) => lower(text).contains(&lower(wanted)),
    };
    Ok(Value::from(is_there))
}

/// `split(text, separator, [keepEmpty]) → array of text`: the pieces between the separators, trimmed; empty ones are
/// dropped unless the third argument is truthy. Without a separator the text is one piece, and an empty one splits into
/// characters. Nullish gives `[]` (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let tags = functions::split(scope.at("doc"), &[&Value::from("red, , blue"), &Value::from(",")])?;
/// assert_eq!(tags, Value::from_iter([Value::from("red"), Value::from("blue")]));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn split(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "split", args);
    let Some(text) = call.text(0) else { return Ok(Value::empty_array()) };
    let keep_empty = call.value(2).is_truthy();
    let piece = |piece: &str| {
        let piece = utf16::trim(piece);
        (keep_empty || !piece.is_empty()).then(|| Value::from(piece))
    };
    let pieces = match call.text(1).as_deref() {
        None => piece(&text).into_iter().collect(),
        Some("") => text.chars().filter_map(|char| piece(char.encode_utf8(&mut [0; 4]))).collect(),
        Some(separator) => text.split(separator).filter_map(piece).collect(),
    };
    Ok(Value::array(pieces))
}

/// `join(array, [separator]) → text`: the texts of the items with the separator, `,` by default, between them. Nullish
/// gives null (iml.md 9.2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::from_iter([Value::from(1), Value::Null, Value::from("x")]);
/// assert_eq!(functions::join(scope.at("doc"), &[&list, &Value::from("; ")])?, Value::from("1; ; x"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn join(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "join", args);
    if call.value(0).is_nullish() {
        return Ok(Value::Null);
    }
    let mut text = String::new();
    coerce::write_joined(call.value(0).items(), call.text(1).as_deref().unwrap_or(","), &mut text);
    Ok(Value::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::args::{run, run_json};

    #[test]
    fn lengths() {
        for (args, expected) in
            [(r#"["a😀é"]"#, 4), ("[[1, 2]]", 2), (r#"[{"a": 1}]"#, 1), ("[null]", 0), ("[123.5]", 5)]
        {
            assert_eq!(run_json(length, args), Value::from(expected), "{args}");
        }
        assert_eq!(run(length, &[Value::from(vec![1_u8, 2])]).unwrap(), Value::from(2));
        assert_eq!(run(length, &[Value::EmptyText]).unwrap(), Value::from(0));
        assert_eq!(run(length, &[]).unwrap(), Value::from(0));
    }

    #[test]
    fn changes_of_case() {
        assert_eq!(run_json(lower, r#"["ÀÉ I"]"#), Value::from("àé i"));
        assert_eq!(run_json(upper, "[12.50]"), Value::from("12.5"));
        assert_eq!(run_json(capitalize, r#"["ßx"]"#), Value::from("SSx"));
        assert_eq!(run_json(capitalize, r#"[" x"]"#), Value::from(" x"));
        assert_eq!(run_json(startcase, r#"["ONE\ttwo\u00a0ÉT"]"#), Value::from("One\tTwo\u{a0}Ét"));
        for function in [lower, upper, capitalize, startcase, trim, substring] {
            assert_eq!(run_json(function, "[null]"), Value::Null);
            assert_eq!(run_json(function, r#"[""]"#), Value::from(""));
        }
    }

    #[test]
    fn substrings_follow_javascript() {
        for (args, part) in [
            (r#"["Lisbon", 1, 3]"#, "is"),
            (r#"["Lisbon", 3, 1]"#, "is"),
            (r#"["Lisbon", -5, 2]"#, "Li"),
            (r#"["Lisbon", "x", "2"]"#, "Li"),
            (r#"["Lisbon", 4.9]"#, "on"),
            (r#"["Lisbon", 2, null]"#, "Li"),
            (r#"["Lisbon", 99]"#, ""),
            (r#"["a😀b", 1, 3]"#, "😀"),
            (r#"["a😀b", 2]"#, "\u{FFFD}b"),
        ] {
            assert_eq!(run_json(substring, args), Value::from(part), "{args}");
        }
    }

    #[test]
    fn positions() {
        for (args, at) in [
            (r#"["banana", "an"]"#, 1),
            (r#"["banana", "an", 2]"#, 3),
            (r#"["banana", "an", -3]"#, 1),
            (r#"["banana", "x"]"#, -1),
            (r#"["😀b", "b"]"#, 2),
            (r#"["abc", "", 9]"#, 3),
            (r#"[["a", 1, "1"], "1"]"#, 2),
            (r#"[["a", "b", "a"], "a", -1]"#, 2),
            (r#"[null, "a"]"#, -1),
            (r#"[2024, 24]"#, 2),
        ] {
            assert_eq!(run_json(index_of, args), Value::from(at), "{args}");
        }
        assert!(run(index_of, &[Value::from("a"), Value::from("a"), Value::from("x")]).is_err());
    }

    #[test]
    fn containment() {
        for (args, is_there) in [
            (r#"["Hedgehog", "hog"]"#, true),
            (r#"["Hedgehog", "HOG"]"#, false),
            (r#"["Hedgehog", "HOG", 1]"#, true),
            (r#"[[1, "2"], 2]"#, false),
            (r#"[[1, "2"], "2"]"#, true),
            (r#"[["Ab"], "aB", true]"#, true),
            (r#"[["Abc"], "aB", true]"#, false),
            (r#"[null, "a"]"#, false),
            (r#"[12345, 34]"#, true),
        ] {
            assert_eq!(run_json(contains, args), Value::from(is_there), "{args}");
        }
    }

    #[test]
    fn splitting_and_joining() {
        for (args, pieces) in [
            (r#"[" a ; b;;c ", ";"]"#, r#"["a","b","c"]"#),
            (r#"["a;;b", ";", true]"#, r#"["a","","b"]"#),
            (r#"["a.b", "."]"#, r#"["a","b"]"#),
            (r#"["a b", ""]"#, r#"["a","b"]"#),
            (r#"[" all "]"#, r#"["all"]"#),
            (r#"["", ",", true]"#, r#"[""]"#),
            (r#"[""]"#, "[]"),
            (r#"[null, ","]"#, "[]"),
            (r#"[102, 0]"#, r#"["1","2"]"#),
        ] {
            assert_eq!(run_json(split, args).to_json().unwrap(), pieces, "{args}");
        }
        assert_eq!(run_json(join, r#"[["a", null, [1, 2]], "-"]"#), Value::from("a--1,2"));
        assert_eq!(run_json(join, r#"[["a", "b"], null]"#), Value::from("a,b"));
        assert_eq!(run_json(join, r#"["solo", "-"]"#), Value::from("solo"));
        assert_eq!(run_json(join, "[null]"), Value::Null);
        assert_eq!(run_json(join, "[[]]"), Value::from(""));
    }
}

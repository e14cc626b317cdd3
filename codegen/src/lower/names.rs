//! Names: from what a connector calls things to Rust identifiers.
//!
//! The rules, in order. They are part of the public interface: a new version of this crate gives the same names.
//!
//! 1. Words are found as usual (`getTopic`, `get_topic` and `get-topic` are two words each) and joined in upper camel
//!    case for types and variants, in snake case for everything else. Between two digits a `_` stays, so that `16:9`
//!    is `N16_9` and not `N169`.
//! 2. Latin letters with marks lose them (`é` is `e`, `ß` is `ss`); any other letter that is not ASCII becomes `u` and
//!    its code point in hexadecimal. A name of nothing but punctuation is spelled that way too.
//! 3. A name that begins with a digit gets `n` (`N` for types) in front: `2fa` is `n2fa`.
//! 4. Keywords of any edition, and names that the generated code uses itself, get `_` behind: `type` is `type_`.
//! 5. Of several names that would be the same, the first one of the connector keeps it; the others count up from 2 to
//!    the first number that is free: `id`, `id2`. A connection, a webhook or an endpoint that is called like something
//!    of another kind gets its kind behind it first: `Desk` is the connection, `DeskWebhook` the form of the webhook.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToSnakeCase, ToUpperCamelCase};
use linchpin_spec::span::Spanned;

/// Keywords of all editions, strict and reserved.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield", "Self", "_",
];

/// Latin letters with marks, by what they become.
const FOLDED: &[(&str, &str)] = &[
    ("a", "àáâãäåāăą"),
    ("c", "çćĉċč"),
    ("d", "ðďđ"),
    ("e", "èéêëēĕėęě"),
    ("g", "ĝğġģ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįı"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŋ"),
    ("o", "òóôõöøōŏő"),
    ("r", "ŕŗř"),
    ("s", "śŝşšș"),
    ("t", "ţťŧț"),
    ("u", "ùúûüũūŭůűų"),
    ("w", "ŵ"),
    ("y", "ýÿŷ"),
    ("z", "źżž"),
    ("ss", "ß"),
    ("ae", "æ"),
    ("oe", "œ"),
    ("th", "þ"),
];

/// A name in snake case: fields, methods, functions.
pub(crate) fn value(name: &str) -> String {
    finish(ascii(name).to_snake_case(), 'n')
}

/// A name in upper camel case: types and variants.
pub(crate) fn ty(name: &str) -> String {
    let words = ascii(name).to_snake_case();
    let mut out = String::with_capacity(words.len());
    for word in words.split('_').filter(|word| !word.is_empty()) {
        if is_digit(out.chars().next_back()) && is_digit(word.chars().next()) {
            out.push('_');
        }
        out.push_str(&word.to_upper_camel_case());
    }
    finish(out, 'N')
}

fn is_digit(char: Option<char>) -> bool {
    char.is_some_and(|char| char.is_ascii_digit())
}

fn finish(mut name: String, digit_prefix: char) -> String {
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert(0, digit_prefix);
    }
    if KEYWORDS.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// ASCII letters, digits and separators; never without a letter or digit.
fn ascii(name: &str) -> String {
    let is_word = name.chars().any(char::is_alphanumeric);
    let mut out = String::with_capacity(name.len());
    for char in name.chars() {
        if char.is_ascii_alphanumeric() {
            out.push(char);
        } else if let Some(folded) = fold(char) {
            out.push_str(&folded);
        } else if char.is_alphanumeric() || !is_word {
            out.push_str(&format!(" u{:x} ", u32::from(char)));
        } else {
            out.push(' ');
        }
    }
    if out.is_empty() { "empty".to_owned() } else { out }
}

fn fold(char: char) -> Option<String> {
    let lower = char.to_lowercase().next()?;
    let (plain, _) = FOLDED.iter().find(|(_, marked)| marked.contains(lower))?;
    if lower == char {
        return Some((*plain).to_owned());
    }
    // `Éa` is one word like `Ea`: only the first letter is upper case.
    let mut letters = plain.chars();
    let first = letters.next()?.to_ascii_uppercase();
    Some(std::iter::once(first).chain(letters).collect())
}

/// Names of one namespace, each given once.
#[derive(Debug, Default, Clone)]
pub(crate) struct Namespace {
    taken: BTreeSet<String>,
    /// The number from which on a name may be free.
    next: BTreeMap<String, usize>,
}

impl Namespace {
    /// A namespace in which `reserved` are used by the generated code itself.
    pub(crate) fn reserving(reserved: &[&str]) -> Self {
        Self { taken: reserved.iter().map(|name| (*name).to_owned()).collect(), next: BTreeMap::new() }
    }

    /// Gives each of `natural` a name of its own. Names that are the first of their kind are given before any is
    /// changed, so that a change never takes another one's name.
    pub(crate) fn claim_all(&mut self, natural: Vec<String>) -> Vec<String> {
        let reserved = self.taken.clone();
        let natural: Vec<String> = natural
            .into_iter()
            .map(|name| if reserved.contains(&name) { format!("{name}_") } else { name })
            .collect();
        let is_first: Vec<bool> = natural.iter().map(|name| self.taken.insert(name.clone())).collect();
        let pairs = natural.into_iter().zip(is_first);
        pairs.map(|(name, is_first)| if is_first { name } else { self.count_up(&name) }).collect()
    }

    /// Gives the types of components of one kind their names. Exports call a connection and its webhook alike: what
    /// another kind has already gets its kind behind it.
    pub(crate) fn claim_for<'i>(
        &mut self,
        kind: &str,
        ids: impl Iterator<Item = &'i Spanned<String>>,
    ) -> Vec<String> {
        let natural = ids.map(|id| ty(&id.value));
        let natural = natural.map(|name| if self.taken.contains(&name) { name + kind } else { name });
        let natural = natural.collect();
        self.claim_all(natural)
    }

    /// Gives one name.
    pub(crate) fn claim(&mut self, natural: &str) -> String {
        if self.taken.insert(natural.to_owned()) { natural.to_owned() } else { self.count_up(natural) }
    }

    fn count_up(&mut self, name: &str) -> String {
        let mut number = self.next.get(name).copied().unwrap_or(2);
        loop {
            let candidate = format!("{name}{number}");
            number += 1;
            if self.taken.insert(candidate.clone()) {
                self.next.insert(name.to_owned(), number);
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_in_the_case_of_rust() {
        for (name, snake, camel) in [
            ("getTopic", "get_topic", "GetTopic"),
            ("get-topic", "get_topic", "GetTopic"),
            ("GET /topic", "get_topic", "GetTopic"),
            ("HTTPStatus", "http_status", "HttpStatus"),
            ("osdi:people", "osdi_people", "OsdiPeople"),
            ("ASPECT_16_9", "aspect_16_9", "Aspect16_9"),
            ("gpt-3.5-turbo", "gpt_3_5_turbo", "Gpt3_5Turbo"),
            ("1.10", "n1_10", "N1_10"),
        ] {
            assert_eq!((value(name).as_str(), ty(name).as_str()), (snake, camel));
        }
    }

    #[test]
    fn what_rust_refuses_gets_a_stable_change() {
        for (name, snake, camel) in [
            ("2fa", "n2fa", "N2fa"),
            ("type", "type_", "Type"),
            ("self", "self_", "Self_"),
            ("gen", "gen_", "Gen"),
            ("größe", "grosse", "Grosse"),
            ("Éclair", "eclair", "Eclair"),
            ("名前", "u540d_u524d", "U540dU524d"),
            (">=", "u3e_u3d", "U3eU3d"),
            ("", "empty", "Empty"),
            ("_", "u5f", "U5f"),
            ("__proto__", "proto", "Proto"),
        ] {
            assert_eq!((value(name).as_str(), ty(name).as_str()), (snake, camel), "{name}");
        }
    }

    #[test]
    fn the_first_of_the_same_name_keeps_it() {
        let mut names = Namespace::reserving(&["new"]);
        let natural = ["id", "id", "id2", "new", "id"].map(str::to_owned).to_vec();
        assert_eq!(names.claim_all(natural), ["id", "id3", "id2", "new_", "id4"]);
        assert_eq!(names.claim("id5"), "id5");
        assert_eq!(names.claim("id"), "id6");
    }

    #[test]
    fn thousands_of_one_name_are_counted_once() {
        let mut names = Namespace::default();
        let given = names.claim_all(vec!["a".to_owned(); 20_000]);
        assert_eq!(given.last().map(String::as_str), Some("a20000"));
    }
}

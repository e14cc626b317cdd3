//! `docs/COMPATIBILITY.md`: its tables of functions say what the compiler and the runtime really have.
//!
//! The text around them is `pages/compatibility.md`. After a change:
//! `UPDATE_DOCS=1 cargo test -p house-rules --test compatibility_page`.

use std::fmt::Write as _;

use house_rules::{kept, workspace};
use linchpin_spec::iml::functions::{BUILTINS, Builtin};

const HEAD: &str = include_str!("../pages/compatibility.md");

/// Groups of functions, in the order of the page.
const GROUPS: &[(&str, &[&str])] = &[
    ("General", &["equal", "get", "if", "ifempty", "omit", "pick", "switch"]),
    (
        "Text and binary",
        &[
            "ascii",
            "base64",
            "capitalize",
            "contains",
            "decodeURL",
            "encodeURL",
            "escapeHTML",
            "escapeMarkdown",
            "indexOf",
            "length",
            "lower",
            "md5",
            "replace",
            "replaceEmojiCharacters",
            "sha1",
            "sha256",
            "sha512",
            "split",
            "startcase",
            "stripHTML",
            "substring",
            "toBinary",
            "toString",
            "trim",
            "upper",
        ],
    ),
    (
        "Math",
        &[
            "abs",
            "average",
            "ceil",
            "floor",
            "formatNumber",
            "max",
            "median",
            "min",
            "parseNumber",
            "round",
            "stdevP",
            "stdevS",
            "sum",
            "trunc",
        ],
    ),
    (
        "Date and time",
        &[
            "addDays",
            "addHours",
            "addMinutes",
            "addMonths",
            "addSeconds",
            "addYears",
            "dateDiff",
            "formatDate",
            "parseDate",
            "setDate",
            "setDay",
            "setHour",
            "setMinute",
            "setMonth",
            "setSecond",
            "setYear",
        ],
    ),
    (
        "Arrays",
        &[
            "add",
            "arrayDiff",
            "arrayIntersect",
            "deduplicate",
            "distinct",
            "first",
            "flatten",
            "join",
            "keys",
            "last",
            "map",
            "merge",
            "remove",
            "reverse",
            "shuffle",
            "slice",
            "sort",
            "toArray",
            "toCollection",
        ],
    ),
    (
        "Of the app runtime",
        &[
            "createJSON",
            "createXML",
            "cryptoSign",
            "errorFactory",
            "generateJwtWithKeyId",
            "isArray",
            "jwt",
            "mime",
            "parseJSON",
            "parseXML",
            "pop",
            "shift",
            "toDataStructure",
        ],
    ),
];

/// What differs from Make, or was decided because nothing public says it.
const NOTES: &[(&str, &str)] = &[
    (
        "ascii",
        "with the second argument, marks are taken off letters first; which letters Make maps is not public",
    ),
    ("base64", "also takes a buffer, as real apps do"),
    ("contains", "in arrays, items are compared without conversion"),
    ("createJSON", "a buffer becomes what `JSON.stringify` makes of one; in a JSON body it is base64 text"),
    (
        "createXML",
        "the inverse of `parseXML`; Make's own shape is not public; names and characters that XML lacks are an error",
    ),
    (
        "cryptoSign",
        "private RSA keys in PEM with MD5 and SHA; other keys and algorithms of OpenSSL are an error; needs the feature `rsa`",
    ),
    ("dateDiff", "an unknown unit is an error"),
    ("errorFactory", "ends the call with an error of the named kind"),
    ("escapeMarkdown", "which further characters Make escapes is not public"),
    (
        "formatDate",
        "names of months and days are English; line ends in a format are copied, where moment.js drops them",
    ),
    ("formatNumber", "decimals default to 0; never gives `-0`"),
    ("generateJwtWithKeyId", "the key id is the thumbprint of RFC 7638; details are not public"),
    (
        "jwt",
        "options are checked as the package `jsonwebtoken` checks them, but a `header.alg` that contradicts the algorithm and an `encoding` other than UTF-8 are errors; `RS256` needs the feature `rsa`",
    ),
    ("map", "items for which the path leads nowhere are kept; filter values are compared as text"),
    ("median", "numeric text counts, everything else that is no number is skipped"),
    ("mime", "by the tables of npm for usual endings, else by that of the crate `mime_guess`"),
    (
        "parseDate",
        "names of months and days are English; without a format, the forms of the language page; a time without a day is one of today in the zone",
    ),
    ("parseJSON", "large integers stay exact; a byte-order mark is passed over"),
    (
        "parseXML",
        "namespaces keep their prefix; values are always text; entities that a document declares itself are an error",
    ),
    ("pop", "gives the last item and leaves the list as it is"),
    (
        "replace",
        "linear time, or an error after a bounded number of steps; named groups, and properties of texts such as `\\p{RGI_Emoji}`, are an error; half an emoji becomes U+FFFD",
    ),
    (
        "replaceEmojiCharacters",
        "what counts as one emoji follows Unicode's sequences; signs that are shown as text unless asked otherwise, such as `©`, stay",
    ),
    ("sha1", "an unknown encoding is an error"),
    ("sha256", "an unknown encoding is an error"),
    ("sha512", "an unknown encoding is an error"),
    ("shift", "gives the first item and leaves the list as it is"),
    ("shuffle", "with the client's source of randomness"),
    ("sort", "stable; null and undefined come last in both directions"),
    ("startcase", "words are split at white space alone"),
    ("stdevS", "null for fewer than two numbers"),
    ("stripHTML", "comments are removed; entities stay as they are; a `<` that opens no tag is text"),
    ("toDataStructure", "the shape is not public"),
];

fn arguments(function: &Builtin) -> String {
    match function.max {
        Some(max) if max == function.min => max.to_string(),
        Some(max) => format!("{} to {max}", function.min),
        None => format!("{} or more", function.min),
    }
}

fn row(name: &str) -> String {
    let function = BUILTINS.iter().find(|function| function.name == name);
    let arguments = function.map_or_else(String::new, arguments);
    let runs = linchpin::functions::TABLE.iter().any(|(known, _)| *known == name);
    let state = if runs && function.is_some() { "done" } else { "missing" };
    let note = NOTES.iter().find(|(noted, _)| *noted == name).map_or("", |(_, note)| note);
    format!("| `{name}` | {arguments} | {state} | {note} |\n")
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for (title, names) in GROUPS {
        let _ = write!(page, "\n### {title}\n\n| function | arguments | state | known differences |\n");
        page.push_str("| --- | --- | --- | --- |\n");
        page.extend(names.iter().map(|name| row(name)));
    }
    page
}

#[test]
fn the_page_says_what_the_tables_say() {
    kept(&workspace().join("docs/COMPATIBILITY.md"), &page());
}

#[test]
fn every_function_stands_in_one_group() {
    let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    grouped.sort_unstable();
    let mut known: Vec<&str> = BUILTINS.iter().map(|function| function.name).collect();
    known.sort_unstable();
    assert_eq!(grouped, known);
}

#[test]
fn notes_are_about_functions_that_exist() {
    for (name, _) in NOTES {
        assert!(BUILTINS.iter().any(|function| function.name == *name), "{name}");
    }
}

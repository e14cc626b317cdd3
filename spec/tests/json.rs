//! The JSON dialect: what is accepted, what is reported, and where.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests fail the test")]

use linchpin_spec::diagnostic::{Code, Diagnostic};
use linchpin_spec::json::{self, Kind, Node};
use linchpin_spec::span::{FileId, Span};

fn parse(text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    (json::parse(FileId(0), text, &mut found), found)
}

fn good(text: &str) -> Node {
    let (node, found) = parse(text);
    assert_eq!(found, [], "{text}");
    node.expect("a value")
}

/// Each error as `the text at its span: message`.
fn errors(text: &str) -> Vec<String> {
    let (_, found) = parse(text);
    found
        .iter()
        .map(|diagnostic| {
            let Span { start, end, .. } = diagnostic.span.expect("a place");
            format!("{}: {}", &text[start as usize..end as usize], diagnostic.message)
        })
        .collect()
}

fn member<'a>(node: &'a Node, key: &str) -> &'a Node {
    match &node.kind {
        Kind::Object(members) => {
            &members.iter().find(|member| &*member.key.value == key).expect("the key").value
        }
        other => panic!("not an object: {other:?}"),
    }
}

fn text(node: &Node) -> &str {
    match &node.kind {
        Kind::String(text) => &text.value,
        other => panic!("not text: {other:?}"),
    }
}

#[test]
fn comments_commas_and_marks_are_accepted() {
    let node =
        good("\u{feff}// first\n{ /* a */ \"u\": \"https://x.example/*y*/\", // b\n \"n\": [1, 2,], }\n/**/");
    assert_eq!(text(member(&node, "u")), "https://x.example/*y*/");
    assert!(matches!(&member(&node, "n").kind, Kind::Array(items) if items.len() == 2));
}

#[test]
fn empty_files_are_absent() {
    for empty in ["", " \n\t", "\u{feff}", "// nothing\n/* here */"] {
        assert_eq!(parse(empty), (None, vec![]), "{empty:?}");
    }
}

#[test]
fn numbers_stay_as_written() {
    let node = good("[9007199254740993, -0, 1.50, 1e400, 2E-3]");
    let Kind::Array(items) = &node.kind else { panic!() };
    let written: Vec<_> = items.iter().map(|item| &item.kind).collect();
    for (kind, expected) in written.iter().zip(["9007199254740993", "-0", "1.50", "1e400", "2E-3"]) {
        assert_eq!(**kind, Kind::Number(expected.to_owned()));
    }
    for bad in ["01", "+1", ".5", "1.", "1e", "0x1F", "-", "1_000", "--1"] {
        assert_eq!(errors(bad), [format!("{bad}: `{bad}` is not a number of JSON")]);
    }
}

#[test]
fn control_characters_in_strings_are_kept() {
    assert_eq!(text(&good("\"a\tb\nc\u{1}\"")), "a\tb\nc\u{1}");
    assert_eq!(text(member(&good("{\"a\": \"\n\"}"), "a")), "\n");
}

#[test]
fn escapes_are_decoded_and_places_found_behind_them() {
    let source = r#"  "a\"\u00e9\ud83d\ude00\ud800z\/é!" "#;
    let node = good(source);
    let Kind::String(text) = &node.kind else { panic!() };
    assert_eq!(&*text.value, "a\"é😀\u{fffd}z/é!");
    let mut checked = 0;
    for (wanted, raw) in
        [("a", "a"), ("\"", "\\\""), ("😀", r"\ud83d\ude00"), ("\u{fffd}", r"\ud800"), ("z", "z"), ("!", "!")]
    {
        let start = text.value.find(wanted).expect("it") as u32;
        let span = text.span_of(start..start + wanted.len() as u32);
        assert_eq!(&source[span.start as usize..span.end as usize], raw);
        checked += 1;
    }
    assert_eq!(checked, 6);
    assert_eq!(&source[node.span.start as usize..node.span.end as usize], source.trim());
    let whole = text.span_of(0..text.value.len() as u32);
    assert_eq!(&source[whole.start as usize..whole.end as usize], source.trim().trim_matches('"'));
}

#[test]
fn the_last_of_two_equal_keys_wins_at_the_first_ones_place() {
    let (node, found) = parse(r#"{"a": 1, "b": 2, "a": 3}"#);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, Code::DuplicateKey);
    let Some(Node { kind: Kind::Object(members), .. }) = node else { panic!() };
    let kept: Vec<_> = members.iter().map(|member| (&*member.key.value, &member.value.kind)).collect();
    assert_eq!(kept, [("a", &Kind::Number("3".into())), ("b", &Kind::Number("2".into()))]);
}

#[test]
fn every_mistake_of_a_file_is_reported() {
    let broken = "{\n  \"a\": 1\n  \"b\" 2,\n  c: tru,\n  'd': [1,, 2],\n  \"e\": 01\n}";
    assert_eq!(
        errors(broken),
        [
            "\"b\": expected `,` or `}`, found a string",
            "2: expected `:` behind the key, found a number",
            "c: the key `c` is not in quotes",
            "tru: `tru` is not a value of JSON",
            "'d': strings take double quotes, not `'`",
            ",: expected a value or `]`, found `,`",
            "01: `01` is not a number of JSON",
        ]
    );
}

#[test]
fn brackets_that_do_not_match() {
    assert_eq!(errors("{\"a\": [1, 2}"), ["}: expected a value or `]`, found `}`"]);
    assert_eq!(errors("{\"a\": [1, 2]"), ["{: this `{` is never closed"]);
    assert_eq!(errors("{\"a\": 1}}"), ["}: found `}` behind the end of the document"]);
    assert_eq!(errors("{\"a\": 1]"), ["]: expected a key or `}`, found `]`"]);
    assert_eq!(errors("{\"a\": }"), ["}: expected a value, found `}`"]);
    assert_eq!(
        errors("{\"a\" = 1; \"b\": 2}"),
        ["=: expected `:`, found `=`", ";: expected `,` or `}`, found `;`"]
    );
    assert_eq!(errors("]"), ["]: expected a value, found `]`"]);
    assert_eq!(errors("/* x"), ["/*: this comment is never closed with `*/`"]);
    assert_eq!(errors("# x\n{}"), ["#: unexpected `#`"]);
}

#[test]
fn a_missing_quote_is_reported_where_the_string_begins() {
    assert_eq!(errors("{\n \"a\": \"one,\n \"b\": \"two\"\n}"), ["\"one: this string is never closed"]);
    assert_eq!(errors("{ \"a\": \"one }"), ["\"one: this string is never closed"]);
    assert_eq!(errors("\"\\"), ["\"\\: this string is never closed"]);
}

#[test]
fn bad_escapes_say_what_to_write() {
    let (_, found) = parse(r#""\d \' \u12g4""#);
    let help: Vec<_> = found.iter().filter_map(|diagnostic| diagnostic.help.as_deref()).collect();
    assert_eq!(
        help,
        [
            r"write `\\d` for a backslash",
            "write `'` without a backslash",
            r"`\u` takes four hexadecimal digits, such as `\u00e9`",
        ]
    );
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    good(&nested(json::MAX_DEPTH));
    for text in [nested(json::MAX_DEPTH + 1), nested(2_000_000), "[{\"a\":".repeat(500_000)] {
        let (_, found) = parse(&text);
        assert_eq!(found[0].code, Code::TooDeep);
        assert!(found.len() <= 2);
    }
}

#[test]
fn the_number_of_errors_is_bounded() {
    let (_, found) = parse(&"[,".repeat(100_000));
    assert!(found.len() < 1000);
    let (_, found) = parse(&format!("[{}]", "x ".repeat(100_000)));
    assert!(found.len() < 1000);
}

#[test]
fn pointers_name_the_innermost_value() {
    let source = r#"{ "modules": [ { "a/b": { "~": "here" } } ] }"#;
    let node = good(source);
    let at = |needle: &str| json::pointer_at(&node, source.find(needle).expect("it") as u32);
    assert_eq!(at("here"), "/modules/0/a~1b/~0");
    assert_eq!(at("\"a/b\""), "/modules/0/a~1b");
    assert_eq!(at("modules"), "/modules");
    assert_eq!(json::pointer_at(&node, 0), "");
}

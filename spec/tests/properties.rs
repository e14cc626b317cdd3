//! Properties that hold for any text: nothing panics, places are inside the text, and what is printed parses to the
//! same tree.

use linchpin_spec::diagnostic::{Diagnostic, render_json, render_text};
use linchpin_spec::iml::{self, ast::Template};
use linchpin_spec::json::{self, Kind, Node};
use linchpin_spec::source::SourceMap;
use linchpin_spec::span::{FileId, Span, Text};
use linchpin_spec::{Options, load_inline};
use proptest::prelude::*;

fn template(source: &str) -> (Template, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let span = Span::new(FileId(0), 0, source.len() as u32);
    (iml::parse_template(&Text::detached(source, span), &mut found), found)
}

/// Every string of a tree, keys included.
fn strings<'a>(node: &'a Node, found: &mut Vec<&'a Text>) {
    match &node.kind {
        Kind::String(text) => found.push(text),
        Kind::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Kind::Object(members) => members.iter().for_each(|member| {
            found.push(&member.key);
            strings(&member.value, found);
        }),
        _ => {}
    }
}

fn check_json(source: &str) -> Result<(), TestCaseError> {
    let mut sources = SourceMap::new();
    let file = sources.add("any.json", source);
    let mut found = Vec::new();
    let node = json::parse(file, source, &mut found);
    for span in found.iter().filter_map(|one| one.span) {
        prop_assert!(span.start <= span.end && span.end as usize <= source.len());
        prop_assert!(
            source.is_char_boundary(span.start as usize) && source.is_char_boundary(span.end as usize)
        );
    }
    let mut texts = Vec::new();
    node.iter().for_each(|node| strings(node, &mut texts));
    for text in texts {
        for (at, _) in text.value.char_indices() {
            let span = text.span_of(at as u32..text.value.len() as u32);
            prop_assert!(source.get(span.start as usize..span.end as usize).is_some());
            prop_assert!(text.span.start <= span.start && span.end <= text.span.end);
        }
    }
    render_text(&found, &sources, true);
    prop_assert_eq!(render_json(&found, &sources).lines().count(), found.len());
    Ok(())
}

/// JSON as others write it is read in the same way here.
fn check_same_as_serde(value: &serde_json::Value, node: &Node) -> Result<(), TestCaseError> {
    match (value, &node.kind) {
        (serde_json::Value::Null, Kind::Null) => {}
        (serde_json::Value::Bool(a), Kind::Bool(b)) => prop_assert_eq!(a, b),
        (serde_json::Value::Number(a), Kind::Number(b)) => prop_assert_eq!(&a.to_string(), b),
        (serde_json::Value::String(a), Kind::String(b)) => prop_assert_eq!(a.as_str(), &*b.value),
        (serde_json::Value::Array(a), Kind::Array(b)) => {
            prop_assert_eq!(a.len(), b.len());
            for (a, b) in a.iter().zip(b) {
                check_same_as_serde(a, b)?;
            }
        }
        (serde_json::Value::Object(a), Kind::Object(b)) => {
            prop_assert_eq!(a.len(), b.len());
            for member in b {
                check_same_as_serde(&a[&*member.key.value], &member.value)?;
            }
        }
        (a, b) => prop_assert!(false, "{a:?} was read as {b:?}"),
    }
    Ok(())
}

fn check_template(source: &str) -> Result<(), TestCaseError> {
    let (first, found) = template(source);
    for piece in found.iter().filter_map(|one| one.span) {
        prop_assert!(piece.end as usize <= source.len());
    }
    if first.broken.is_some() {
        prop_assert!(!found.is_empty());
        return Ok(());
    }
    let printed = iml::print_template(&first);
    let (second, _) = template(&printed);
    prop_assert_eq!(&second.pieces, &first.pieces, "printed as {}", printed);
    prop_assert_eq!(second.broken, None);
    Ok(())
}

/// Texts that are mostly made of what the grammar knows.
fn iml_like() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        6 => prop::sample::select(vec![
            "a", "body", "item.x", "true", "now", "null", "emptyarray", "f(", "if(", "upper(", "ifempty(", "1", "0.5", "12.", ".5",
            "'it'", "\"x\"", "'", "\"", "\\", "\\'", "`", "`a b`", ".`k`", ".x", ".1", "[", "]", "[1]", "[-1]", "[]", "[0]",
            "(", ")", ",", ";", "{", "}", "{{", "}}", "+", "++", "-", "--", "*", "/", "%", "=", "==", "===", "!", "!=", "!==",
            "<", "<=", ">", ">=", "&", "&&", "|", "||", " ", "\n", "\u{a0}", "x-y", "-y", "2-y", ":", "é", "$",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    prop::collection::vec(token, 0..24).prop_map(|tokens| tokens.concat())
}

/// JSON values as others write them.
fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
        iml_like().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::hash_map(any::<String>(), inner, 0..5)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Texts that are mostly made of what JSON knows.
fn json_like() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        6 => prop::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\":", "'x'", "//", "/*", "*/", "#", "\n", " ", "\\", "\\u00e9", "\\ud83d",
            "\\ude00", "\\x", "true", "nul", "1", "-", "01", "1.5e3", "\u{feff}", "\u{201c}", "é", "\u{0}", "=", ";",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    prop::collection::vec(token, 0..32).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_as_json(source in any::<String>()) {
        check_json(&source)?;
    }

    #[test]
    fn broken_json(source in json_like()) {
        check_json(&source)?;
    }

    #[test]
    fn sound_json(value in value()) {
        let source = value.to_string();
        check_json(&source)?;
        let mut found = Vec::new();
        let node = json::parse(FileId(0), &source, &mut found);
        prop_assert_eq!(found, vec![]);
        match node {
            Some(node) => check_same_as_serde(&value, &node)?,
            None => prop_assert!(false, "{} was read as absent", source),
        }
    }

    #[test]
    fn any_text_as_template(source in any::<String>()) {
        check_template(&source)?;
        check_template(&format!("{{{{{source}}}}}"))?;
    }

    #[test]
    fn text_like_iml_as_template(source in iml_like()) {
        check_template(&source)?;
        check_template(&format!("{{{{{source}}}}}"))?;
    }

    #[test]
    fn text_like_iml_as_expression(source in iml_like()) {
        iml::parse_expression(&Text::detached(source.as_str(), Span::default()), &mut Vec::new());
    }

    #[test]
    fn templates_in_a_connector(source in iml_like()) {
        let text = serde_json::json!({
            "name": "any",
            "base": { "baseUrl": "https://api.any.example" },
            "modules": { "getAny": { "type": "action", "communication": { "url": "/x", "body": source, "response": { "iterate": source } } } }
        });
        let loaded = load_inline("any.json", &text.to_string(), &Options::default());
        render_text(&loaded.diagnostics, &loaded.sources, false);
    }
}

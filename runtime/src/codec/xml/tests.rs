//! Reading and writing XML.

use proptest::prelude::*;

use super::*;
use crate::value::{Object, Value};

fn json(xml: &str) -> String {
    parse(xml).unwrap().to_json().unwrap()
}

fn written(json: &str) -> Result<String, XmlError> {
    let value = Value::parse_json(json.as_bytes()).unwrap();
    let mut out = String::new();
    for (name, value) in value.as_object().unwrap() {
        write(&mut out, name, value)?;
    }
    Ok(out)
}

#[test]
fn elements_are_text_or_collections_of_lists() {
    let cases = [
        ("<a/>", r#"{"a":""}"#),
        ("<a></a>", r#"{"a":""}"#),
        ("<a> x </a>", r#"{"a":" x "}"#),
        ("<a><b>1</b></a>", r#"{"a":{"b":["1"]}}"#),
        ("<a><b>1</b><c/><b>2</b></a>", r#"{"a":{"b":["1","2"],"c":[""]}}"#),
        ("<a k='v'/>", r#"{"a":{"_attributes":{"k":"v"}}}"#),
        ("<a k='v'>x</a>", r#"{"a":{"_value":"x","_attributes":{"k":"v"}}}"#),
        ("<a k='v'><b/></a>", r#"{"a":{"_attributes":{"k":"v"},"b":[""]}}"#),
        ("<a>\n  <b> 1 </b>\n</a>", r#"{"a":{"b":[" 1 "]}}"#),
        ("<a> before <b/> after </a>", r#"{"a":{"_value":"before  after","b":[""]}}"#),
        (
            "<s:a xmlns:s=\"urn:x\"><s:b s:c='1'/></s:a>",
            r#"{"s:a":{"_attributes":{"xmlns:s":"urn:x"},"s:b":[{"_attributes":{"s:c":"1"}}]}}"#,
        ),
    ];
    for (xml, expected) in cases {
        assert_eq!(json(xml), expected, "{xml}");
    }
}

#[test]
fn markup_that_is_no_element_is_text_or_passed_over() {
    let cases = [
        (
            "\u{FEFF}<?xml version=\"1.0\"?>\n<!DOCTYPE a>\n<!-- c --><a>x<!-- y -->z<?p q?></a>\n<!-- end -->",
            r#"{"a":"xz"}"#,
        ),
        ("<a><![CDATA[<b> & ]]>c</a>", r#"{"a":"<b> & c"}"#),
        ("<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F41D;</a>", r#"{"a":"<>&\"'A🐝"}"#),
        ("<a k=\"&lt;&#10;&quot;\n x\"/>", r#"{"a":{"_attributes":{"k":"<\n\"  x"}}}"#),
        ("<a>1\r\n2\r3</a>", r#"{"a":"1\n2\n3"}"#),
        ("<život>č</život>", r#"{"život":"č"}"#),
    ];
    for (xml, expected) in cases {
        assert_eq!(json(xml), expected, "{xml}");
    }
}

#[test]
fn what_is_not_well_formed_is_an_error() {
    let cases = [
        "",
        " ",
        "text",
        "<a>",
        "<a><b></a>",
        "</a>",
        "<a></b>",
        "<a/><b/>",
        "<a/>text",
        "x<a/>",
        "<a/>&amp;",
        "<a>&nope;</a>",
        "<a>&</a>",
        "<a>&#xD800;</a>",
        "<a k=v/>",
        "<a k/>",
        "<a k='1' k='2'/>",
        "<a k='&nope;'/>",
        "<a",
        "<",
        "<a><![CDATA[</a>",
        "<!-- <a/>",
        "<1/>",
        "< a/>",
        "<a></a",
        "{\"a\":1}",
        "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>",
    ];
    for xml in cases {
        assert!(parse(xml).is_err(), "{xml}: {:?}", parse(xml));
    }
}

#[test]
fn hostile_documents_end() {
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><a>&b;</a>";
    assert!(parse(bomb).is_err());
    assert!(parse(&"<a>".repeat(100_000)).is_err());
    let deep = format!("{}{}", "<a>".repeat(DEEPEST), "</a>".repeat(DEEPEST));
    assert!(parse(&deep).is_ok());
    assert!(parse(&format!("<b>{deep}</b>")).is_err());
    let children: String = (0..30_000).map(|number| format!("<c{number}/>")).collect();
    let parsed = parse(&format!("<a>{children}<c0/></a>")).unwrap();
    assert_eq!(parsed.key("a").key("c0").items().len(), 2);
    assert_eq!(parsed.key("a").key("c29999").items().len(), 1);
    let attributes: String = (0..30_000).map(|number| format!(" k{number}=''")).collect();
    assert!(parse(&format!("<a{attributes}/>")).is_ok());
}

#[test]
fn values_are_written_compactly() {
    let cases = [
        (r#"{"a":{"b":["1",{"c":[""]}]}}"#, "<a><b>1</b><b><c/></b></a>"),
        (r#"{"a":null}"#, "<a/>"),
        (r#"{"a":{}}"#, "<a/>"),
        (r#"{"a":[]}"#, ""),
        (r#"{"a":{"b":[],"c":[[1,2]],"d":1.5,"e":false}}"#, "<a><c>1</c><c>2</c><d>1.5</d><e>false</e></a>"),
        (
            r#"{"a":{"_value":"x < y & z > \"q\"","_attributes":{"k":"<\"'&>\n\t"}}}"#,
            "<a k=\"&lt;&quot;'&amp;&gt;&#10;&#9;\">x &lt; y &amp; z &gt; \"q\"</a>",
        ),
        (r#"{"a":{"_attributes":{"k":null,"l":""}}}"#, "<a l=\"\"/>"),
        (r#"{"a":{"b":"1","_value":"text"}}"#, "<a>text<b>1</b></a>"),
        (r#"{"a":1,"b":2}"#, "<a>1</a><b>2</b>"),
    ];
    for (json, expected) in cases {
        assert_eq!(written(json).as_deref(), Ok(expected), "{json}");
    }
    let mut out = String::new();
    let object: Object = [("a", Value::Undefined), ("b", Value::Null)].into_iter().collect();
    write(&mut out, "r", &Value::from(object)).unwrap();
    assert_eq!(out, "<r><b/></r>");
}

#[test]
fn what_xml_cannot_hold_is_an_error() {
    for json in [
        r#"{"a b":1}"#,
        r#"{"":1}"#,
        r#"{"1a":1}"#,
        r#"{"a><b":1}"#,
        r#"{"a":{"_attributes":{"x y":1}}}"#,
        r#"{"a":"\u0000"}"#,
        r#"{"a":{"_attributes":{"k":"\u001f"}}}"#,
    ] {
        assert!(written(json).is_err(), "{json}");
    }
    let deep = (0..300).fold(Value::from("x"), |value, _| Value::from(Object::from_iter([("a", value)])));
    assert!(write(&mut String::new(), "a", &deep).is_err());
}

/// Documents as reading gives them.
fn node() -> impl Strategy<Value = Value> {
    let name = "[a-c_][a-c0-9:.-]{0,2}";
    let text = "[ -~\n\r\u{e9}\u{1F41D}]{0,8}";
    let attributes = prop::collection::btree_map(name, text.prop_map(Value::from), 0..3);
    let leaf =
        (text, attributes.clone()).prop_map(|(text, attributes)| element(&text, attributes, Vec::new()));
    leaf.prop_recursive(4, 24, 3, move |inner| {
        let children = prop::collection::btree_map(name, prop::collection::vec(inner, 1..3), 1..3);
        (text, attributes.clone(), children).prop_map(|(text, attributes, children)| {
            let children = children.into_iter().map(|(name, items)| (name, Value::array(items))).collect();
            element(text.trim_ascii(), attributes, children)
        })
    })
}

fn element(
    text: &str,
    attributes: std::collections::BTreeMap<String, Value>,
    children: Vec<(String, Value)>,
) -> Value {
    if attributes.is_empty() && children.is_empty() {
        return Value::from(text);
    }
    let mut object = Object::new();
    if !text.is_empty() {
        object.insert(VALUE, Value::from(text));
    }
    if !attributes.is_empty() {
        object.insert(ATTRIBUTES, Value::from(Object::from_iter(attributes)));
    }
    object.extend(children);
    Value::from(object)
}

proptest! {
    #[test]
    fn reading_undoes_writing(node in node()) {
        let mut xml = String::new();
        write(&mut xml, "root", &node).unwrap();
        let read = parse(&xml);
        prop_assert_eq!(read, Ok(Value::from(Object::from_iter([("root", node)]))), "{}", xml);
    }

    #[test]
    fn no_text_panics(text in ".{0,60}", markup in "[<>/!?a&;#x\\[\\]\"'= -]{0,60}") {
        let _ = parse(&text);
        let _ = parse(&markup);
        let _ = parse(&format!("<a>{markup}</a>"));
    }
}

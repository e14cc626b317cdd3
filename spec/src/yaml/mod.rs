//! YAML, as the tree that JSON becomes: every key and value keeps its place (connector.md 18.9).
//!
//! Plain scalars follow the core schema, with numbers as JSON writes them; any other is text. An alias stands for
//! what its anchor names. Of several documents in one file the first counts.

mod align;

use std::collections::HashMap;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

use crate::diagnostic::{Code, Diagnostic};
use crate::json::{Kind, MAX_DEPTH, Member, Node};
use crate::span::{FileId, Span, Text};
use align::align;

/// More values are refused: aliases of aliases grow without bound.
const MOST_VALUES: usize = 1 << 20;

/// Reads a YAML document. The first mistake of its syntax is pushed to `sink`, and nothing is read then.
pub(crate) fn parse(file: FileId, text: &str, sink: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut tree =
        Tree { file, text, open: Vec::new(), anchors: HashMap::new(), values: 0, root: None, sink };
    for event in Parser::new_from_str(text) {
        let read = match event {
            Ok((event, span)) => tree.take(event, tree.span(span)),
            Err(error) => {
                tree.syntax(&error);
                return None;
            }
        };
        match read {
            Ok(true) => {}
            Ok(false) => break,
            Err(mistake) => {
                tree.sink.push(*mistake);
                return None;
            }
        }
    }
    tree.root
}

/// A collection that is not closed yet.
struct Open {
    start: u32,
    anchor: usize,
    /// How many values there were before it.
    before: usize,
    /// The height of what is in it.
    height: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Map(Map),
}

#[derive(Default)]
struct Map {
    members: Vec<Member>,
    places: HashMap<Arc<str>, usize>,
    /// The key whose value comes next.
    key: Option<Text>,
}

/// What an anchor names.
#[derive(Clone)]
struct Anchored {
    node: Node,
    values: usize,
    height: usize,
}

struct Tree<'a> {
    file: FileId,
    text: &'a str,
    open: Vec<Open>,
    anchors: HashMap<usize, Anchored>,
    values: usize,
    root: Option<Node>,
    sink: &'a mut Vec<Diagnostic>,
}

type Mistake = Box<Diagnostic>;

impl Tree<'_> {
    fn span(&self, span: granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or_default();
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(self.file, offset(range.start), offset(range.end))
    }

    fn syntax(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(self.text.len()).min(self.text.len());
        let width = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span::new(self.file, offset(at), offset(at + width));
        self.sink.push(Diagnostic::new(Code::YamlSyntax, error.info(), span));
    }

    /// Takes an event; `false` ends the document.
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<bool, Mistake> {
        match event {
            Event::DocumentEnd => return Ok(false),
            Event::Alias(anchor) => {
                let Some(Anchored { node, values, height }) = self.anchors.get(&anchor).cloned() else {
                    return Err(mistake(Code::YamlSyntax, "an alias stands inside of what it names", span));
                };
                self.count(values, span)?;
                self.add(node, height, span)?;
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.count(1, span)?;
                let node = self.scalar(&value, style, tag.as_deref(), span);
                self.keep(anchor, &node, 1, 0);
                self.add(node, 0, span)?;
            }
            Event::SequenceStart(_, anchor, _) => self.open(anchor, span, OpenKind::List(Vec::new()))?,
            Event::MappingStart(_, anchor, _) => self.open(anchor, span, OpenKind::Map(Map::default()))?,
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            _ => {}
        }
        Ok(true)
    }

    fn count(&mut self, values: usize, span: Span) -> Result<(), Mistake> {
        self.values = self.values.saturating_add(values);
        if self.values <= MOST_VALUES {
            return Ok(());
        }
        let message = format!("the document holds more than {MOST_VALUES} values, aliases included");
        Err(mistake(Code::TooDeep, message, span))
    }

    fn keep(&mut self, anchor: usize, node: &Node, values: usize, height: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, Anchored { node: node.clone(), values, height });
        }
    }

    fn open(&mut self, anchor: usize, span: Span, kind: OpenKind) -> Result<(), Mistake> {
        let before = self.values;
        self.count(1, span)?;
        self.open.push(Open { start: span.start, anchor, before, height: 0, kind });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), Mistake> {
        let Some(Open { start, anchor, before, height, kind }) = self.open.pop() else { return Ok(()) };
        let kind = match kind {
            OpenKind::List(items) => Kind::Array(items),
            OpenKind::Map(map) => Kind::Object(map.members),
        };
        let node = Node { kind, span: Span::new(self.file, start, span.end.max(start)) };
        self.keep(anchor, &node, self.values - before, height + 1);
        self.add(node, height + 1, span)
    }

    /// Puts a value where it belongs; `span` is where it is written, be it by an alias.
    fn add(&mut self, node: Node, height: usize, span: Span) -> Result<(), Mistake> {
        if self.open.len() + height > MAX_DEPTH {
            let message = format!("values are nested deeper than {MAX_DEPTH} levels, aliases included");
            return Err(mistake(Code::TooDeep, message, span));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        open.height = open.height.max(height);
        match &mut open.kind {
            OpenKind::List(items) => items.push(node),
            OpenKind::Map(map) => match map.key.take() {
                Some(key) => self.sink.extend(map.put(key, node)),
                None => map.key = Some(key_of(&node, span)?),
            },
        }
        Ok(())
    }

    fn scalar(&self, value: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Node {
        let is_text =
            style != ScalarStyle::Plain || tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
        let kind = if is_text { None } else { plain(value) };
        let kind = kind.unwrap_or_else(|| {
            let raw = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
            let marks = align(raw, span.start, style, value);
            Kind::String(Text { value: Arc::from(value), span, marks: Arc::from(marks) })
        });
        Node { kind, span }
    }
}

/// The value of a plain scalar that is not text.
fn plain(value: &str) -> Option<Kind> {
    match value {
        "" | "~" | "null" | "Null" | "NULL" => Some(Kind::Null),
        "true" | "True" | "TRUE" => Some(Kind::Bool(true)),
        "false" | "False" | "FALSE" => Some(Kind::Bool(false)),
        _ => is_number(value).then(|| Kind::Number(value.to_owned())),
    }
}

/// Whether JSON writes a number like this.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let starts_well = digits.starts_with(|first: char| first.is_ascii_digit());
    let has_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    starts_well && !has_zero && !text.ends_with('.') && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// A scalar as a key.
fn key_of(node: &Node, span: Span) -> Result<Text, Mistake> {
    let text = |value: &str| Text::detached(value, node.span);
    Ok(match &node.kind {
        Kind::String(text) => text.clone(),
        Kind::Number(number) => text(number),
        Kind::Bool(truth) => text(if *truth { "true" } else { "false" }),
        Kind::Null => text("null"),
        Kind::Array(_) | Kind::Object(_) => {
            return Err(mistake(Code::YamlSyntax, "a key must be text, not a list or a map", span));
        }
    })
}

impl Map {
    /// Puts a member in. As in JSON, the last of two with the same key wins at the place of the first.
    fn put(&mut self, key: Text, value: Node) -> Option<Diagnostic> {
        let known = self.places.get(&key.value).and_then(|at| self.members.get_mut(*at));
        let Some(known) = known else {
            self.places.insert(Arc::clone(&key.value), self.members.len());
            self.members.push(Member { key, value });
            return None;
        };
        let message = format!("the key `{}` stands twice in this object", key.value);
        let diagnostic = Diagnostic::new(Code::DuplicateKey, message, key.span);
        *known = Member { key, value };
        Some(diagnostic)
    }
}

fn mistake(code: Code, message: impl Into<String>, span: Span) -> Mistake {
    Box::new(Diagnostic::new(code, message, span))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Node>, Vec<Diagnostic>) {
        let mut sink = Vec::new();
        (parse(FileId(0), text, &mut sink), sink)
    }

    /// The tree as JSON-like text.
    fn show(node: &Node) -> String {
        match &node.kind {
            Kind::Null => "null".to_owned(),
            Kind::Bool(truth) => truth.to_string(),
            Kind::Number(number) => number.clone(),
            Kind::String(text) => format!("{:?}", &*text.value),
            Kind::Array(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(",")),
            Kind::Object(members) => {
                let entry = |member: &Member| format!("{}:{}", member.key.value, show(&member.value));
                format!("{{{}}}", members.iter().map(entry).collect::<Vec<_>>().join(","))
            }
        }
    }

    #[test]
    fn documents_become_trees() {
        let cases = [
            ("a: 1\nb: [x, 'y', \"z\"]\n", r#"{a:1,b:["x","y","z"]}"#),
            (
                "- true\n- ~\n- \n- 1.5e3\n- 007\n- 0x1f\n- .5\n- 1.\n- -0",
                r#"[true,null,null,1.5e3,"007","0x1f",".5","1.",-0]"#,
            ),
            ("a: !!str 1\nb: &x {c: 2}\nd: *x\n", r#"{a:"1",b:{c:2},d:{c:2}}"#),
            ("1: a\ntrue: b\n", r#"{1:"a",true:"b"}"#),
            ("---\na: 1\n---\nb: 2\n", "{a:1}"),
            ("\u{feff}a: 1\n", "{a:1}"),
            ("{\"a\": [1, {\"b\": null}]}", "{a:[1,{b:null}]}"),
            ("a: |\n  x\n   y\n\n  z\nb: >-\n  x\n  y\n\n  z\n", r#"{a:"x\n y\n\nz\n",b:"x y\nz"}"#),
        ];
        for (text, expected) in cases {
            let (node, sink) = read(text);
            assert_eq!(node.as_ref().map(show).as_deref(), Some(expected), "{text} {sink:?}");
            assert!(sink.is_empty(), "{sink:?}");
        }
        assert!(read("").0.is_none() && read("# nothing\n").0.is_none());
    }

    #[test]
    fn mistakes_have_places() {
        let at = |text: &str| {
            let (node, sink) = read(text);
            let found = sink.first().map(|found| (found.code, found.span.map(|span| span.start)));
            (node.is_some(), found)
        };
        assert_eq!(at("a: 1\na: 2\n"), (true, Some((Code::DuplicateKey, Some(5)))));
        assert!(!at("a: [1\nb: 2").0);
        assert_eq!(at("a: *b\n"), (false, Some((Code::YamlSyntax, Some(3)))));
        assert_eq!(at("a: &x [*x]\n"), (false, Some((Code::YamlSyntax, Some(7)))));
        assert!(!at("? [a]\n: b\n").0);
        let bomb = "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n\
            d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e]\n\
            g: [*f,*f,*f,*f,*f,*f,*f,*f]\n";
        assert!(matches!(at(bomb), (false, Some((Code::TooDeep, _)))));
        assert!(matches!(at(&"[".repeat(5000)), (false, Some((Code::YamlSyntax, _)))));
        let deep = format!("a: &a {0}x{1}\nb: {0}*a{1}\n", "[".repeat(200), "]".repeat(200));
        assert!(matches!(at(&deep), (false, Some((Code::TooDeep, _)))));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "([-a:,{}'\"|>&*!#0-9é?%.]|\\[|\\]|\\\\| |\n|\r|\t|: |- |\n  ){0,60}") {
            let (node, sink) = read(&text);
            let mut spans: Vec<Span> = sink.iter().filter_map(|found| found.span).collect();
            if let Some(node) = &node {
                add_places(node, &mut spans);
            }
            for span in spans {
                proptest::prop_assert!(span.start <= span.end && span.end as usize <= text.len(), "{span:?}");
            }
        }
    }

    fn add_places(node: &Node, spans: &mut Vec<Span>) {
        spans.push(node.span);
        if let Kind::String(text) = &node.kind {
            let ends = text.value.char_indices().map(|(at, char)| (at as u32, (at + char.len_utf8()) as u32));
            // A place ends where the next character begins, which may be behind an escape.
            spans.extend(ends.map(|(start, _)| text.span_of(start..start)));
        }
        if let Kind::Array(items) = &node.kind {
            items.iter().for_each(|item| add_places(item, spans));
        }
        node.members().iter().for_each(|member| add_places(&member.value, spans));
    }

    #[test]
    fn every_character_of_text_keeps_its_place() {
        let texts = [
            "a: |\n    one\n      two X\n\n    three X\n",
            "a: |-\r\n  one\r\n  two X\r\n  X\r\n",
            "a: >-\n  one\n  two\n   X\n\n\n  X\n",
            "a: \"one \\u017e \\n two X\\\n   three \\\"X\\t\\ud83d\\ude00X\n   fold X\"\n",
            "a: 'it''s X\n   fold X'\n",
            "a: plain X\n   fold X  and\n\n   X\n",
            "ž: |2 # comment\n   X\n  X\n",
            "- X\n",
        ];
        for text in texts {
            let (node, sink) = read(text);
            let node = node.unwrap_or_else(|| panic!("{text}: {sink:?}"));
            let value =
                node.items().first().or_else(|| node.members().first().map(|member| &member.value)).unwrap();
            let value = value.as_text().unwrap();
            let places = |text: &str| text.match_indices('X').map(|(at, _)| at as u32).collect::<Vec<_>>();
            let found: Vec<u32> =
                places(&value.value).into_iter().map(|at| value.span_of(at..at + 1).start).collect();
            assert_eq!(found, places(text), "{text}");
        }
    }
}

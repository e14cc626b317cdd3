//! JSON pointers (RFC 6901) for places.

use super::{Kind, Member, Node};
use crate::diagnostic::Diagnostic;
use crate::source::SourceMap;
use crate::span::{FileId, Span};

/// The pointer of the innermost value of `root` that holds the byte at `offset`; a key belongs to its value.
///
/// ```
/// # use linchpin_spec::{json, span::FileId};
/// let node = json::parse(FileId(0), r#"{ "a/b": [1, 2] }"#, &mut Vec::new()).unwrap();
/// assert_eq!(json::pointer_at(&node, 13), "/a~1b/1");
/// ```
pub fn pointer_at(root: &Node, offset: u32) -> String {
    let holds = |span: Span| span.start <= offset && offset < span.end;
    let is_in = |member: &Member| holds(member.key.span) || holds(member.value.span);
    let mut pointer = String::new();
    let mut node = root;
    loop {
        let next = match &node.kind {
            Kind::Array(items) => {
                let at = items.partition_point(|item| item.span.end <= offset);
                items.get(at).filter(|item| holds(item.span)).map(|item| (at.to_string(), item))
            }
            Kind::Object(members) => {
                // Members stand in the order of the text, but for the last of a doubled key.
                let at = members.partition_point(|member| member.value.span.end <= offset);
                let found = members.get(at).filter(|member| is_in(member));
                let found = found.or_else(|| members.iter().find(|member| is_in(member)));
                found.map(|member| (member.key.value.replace('~', "~0").replace('/', "~1"), &member.value))
            }
            _ => None,
        };
        let Some((segment, value)) = next else {
            return pointer;
        };
        pointer.push('/');
        pointer.push_str(&segment);
        node = value;
    }
}

/// Gives each diagnostic that has a place but no pointer the pointer of its place.
/// Files in which nothing is wrong are not looked at.
pub fn add_pointers(diagnostics: &mut [Diagnostic], sources: &SourceMap) {
    let mut parsed: Vec<(FileId, Option<Node>)> = Vec::new();
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.pointer.is_none()) {
        let Some(span) = diagnostic.span else { continue };
        let root = match parsed.iter().position(|(file, _)| *file == span.file) {
            Some(at) => parsed.get(at),
            None => {
                parsed.push((span.file, sources.tree(span.file)));
                parsed.last()
            }
        };
        if let Some((_, Some(root))) = root {
            diagnostic.pointer = Some(pointer_at(root, span.start));
        }
    }
}

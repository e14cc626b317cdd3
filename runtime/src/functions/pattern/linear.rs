//! Patterns for the linear engine: which ones it can take, and how they are written for it.

use std::fmt::Write;

use super::set::Set;
use super::syntax::{Flags, Node};

/// Whether only the backtracking engine gives what JavaScript gives.
///
/// These are look-around and back-references; word boundaries that go beyond ASCII; and repetitions whose groups or
/// empty rounds the two kinds of engines treat differently: JavaScript forgets the groups of the round before, and
/// refuses a round that matched nothing.
pub(crate) fn needs_backtracking(node: &Node, flags: Flags) -> bool {
    match node {
        Node::Empty | Node::Set(_) | Node::Start | Node::End => false,
        Node::Look(_) | Node::Backreference(_) => true,
        Node::Boundary(_) => flags.unicode && flags.ignore_case,
        Node::Capture(_, node) => needs_backtracking(node, flags),
        Node::Concat(nodes) | Node::Alternate(nodes) => {
            nodes.iter().any(|node| needs_backtracking(node, flags))
        }
        Node::Repeat(repeat) => {
            let many = repeat.max != Some(1);
            let may_stop_early = repeat.max != Some(repeat.min);
            (may_stop_early && is_nullable(&repeat.node))
                || (many && !repeat.captures.is_empty() && may_skip_group(&repeat.node))
                || needs_backtracking(&repeat.node, flags)
        }
    }
}

/// Whether it can match where it stands.
fn is_nullable(node: &Node) -> bool {
    match node {
        Node::Set(_) => false,
        Node::Empty
        | Node::Start
        | Node::End
        | Node::Boundary(_)
        | Node::Look(_)
        | Node::Backreference(_) => true,
        Node::Concat(nodes) => nodes.iter().all(is_nullable),
        Node::Alternate(nodes) => nodes.iter().any(is_nullable),
        Node::Capture(_, node) => is_nullable(node),
        Node::Repeat(repeat) => repeat.min == 0 || is_nullable(&repeat.node),
    }
}

/// Whether it can match without one of its groups.
fn may_skip_group(node: &Node) -> bool {
    match node {
        Node::Concat(nodes) => nodes.iter().any(may_skip_group),
        Node::Alternate(nodes) => nodes.iter().any(has_group),
        Node::Capture(_, node) => may_skip_group(node),
        Node::Repeat(repeat) => {
            (repeat.min == 0 && !repeat.captures.is_empty()) || may_skip_group(&repeat.node)
        }
        _ => false,
    }
}

fn has_group(node: &Node) -> bool {
    match node {
        Node::Capture(..) => true,
        Node::Concat(nodes) | Node::Alternate(nodes) => nodes.iter().any(has_group),
        Node::Repeat(repeat) => !repeat.captures.is_empty(),
        _ => false,
    }
}

/// Whether `^` or `$` occurs.
pub(crate) fn has_line_assertion(node: &Node) -> bool {
    match node {
        Node::Start | Node::End => true,
        Node::Concat(nodes) | Node::Alternate(nodes) => nodes.iter().any(has_line_assertion),
        Node::Capture(_, node) => has_line_assertion(node),
        Node::Repeat(repeat) => has_line_assertion(&repeat.node),
        _ => false,
    }
}

/// Writes a pattern in the syntax of the `regex` crate. Sets are written out: nothing depends on the crate's own
/// idea of `\w`, of case, or of line ends.
pub(crate) fn write(out: &mut String, node: &Node, flags: Flags) {
    match node {
        Node::Empty | Node::Look(_) | Node::Backreference(_) => {}
        Node::Set(set) => write_set(out, set),
        Node::Concat(nodes) => nodes.iter().for_each(|node| write_part(out, node, flags)),
        Node::Alternate(nodes) => {
            for (at, node) in nodes.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "|" });
                write_part(out, node, flags);
            }
        }
        Node::Capture(_, node) => {
            out.push('(');
            write(out, node, flags);
            out.push(')');
        }
        Node::Repeat(repeat) => {
            out.push_str("(?:");
            write(out, &repeat.node, flags);
            // Writing to a string cannot fail.
            let _ = match repeat.max {
                Some(max) => write!(out, "){{{},{max}}}", repeat.min),
                None => write!(out, "){{{},}}", repeat.min),
            };
            out.push_str(if repeat.greedy { "" } else { "?" });
        }
        Node::Start => out.push_str(if flags.multiline { "(?m:^)" } else { r"\A" }),
        Node::End => out.push_str(if flags.multiline { "(?m:$)" } else { r"\z" }),
        Node::Boundary(negated) => out.push_str(if *negated { r"(?-u:\B)" } else { r"(?-u:\b)" }),
    }
}

/// Alternatives inside of something else need parentheses.
fn write_part(out: &mut String, node: &Node, flags: Flags) {
    if matches!(node, Node::Alternate(_)) {
        out.push_str("(?:");
        write(out, node, flags);
        out.push(')');
    } else {
        write(out, node, flags);
    }
}

fn write_set(out: &mut String, set: &Set) {
    if set.ranges().is_empty() {
        // What is both `a` and `b`.
        out.push_str("[a&&b]");
        return;
    }
    out.push('[');
    for range in set.ranges() {
        let _ = write!(out, r"\x{{{:X}}}-\x{{{:X}}}", u32::from(range.start()), u32::from(range.end()));
    }
    out.push(']');
}

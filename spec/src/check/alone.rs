//! A template that belongs to no connector.

use std::collections::HashSet;

use super::{Findings, calls, names};
use crate::diagnostic::{Code, Diagnostic};
use crate::iml::ast::Template;
use crate::iml::functions;
use crate::iml::usage::Usage;

/// Checks calls and indexes, and the variables where `roots` says which there are (rulings 6).
pub(crate) fn alone(template: &Template, roots: Option<&[String]>, sink: &mut Vec<Diagnostic>) {
    let mut findings = Findings { sink, seen: HashSet::new() };
    let usage = Usage::of(template);
    let functions = calls::Functions::built_in();
    for call in &usage.calls {
        functions.check_call(template, call, &mut findings);
    }
    names::check_all_indexes(template, &mut findings);
    let Some(roots) = roots else { return };
    for path in usage.paths.iter().filter(|path| !roots.iter().any(|root| root == path.root)) {
        let span = template.span_of(path.root_range.clone());
        let message = format!("there is no variable `{}`", path.root);
        let mut diagnostic = Diagnostic::new(Code::UnknownVariable, message, span);
        diagnostic.help = functions::advice(path.root, roots.iter().map(String::as_str));
        findings.push(diagnostic);
    }
}

//! Checks of a connector that was read: names, scopes, arguments, references, likely mistakes.
//!
//! One file for each family of rules; each rule is a small function that pushes diagnostics. Nothing here changes the
//! connector, and nothing behind this stage finds mistakes of an author.

mod alone;
mod calls;
mod likely;
mod names;
mod parameters;
pub mod place;
mod references;
pub mod scope;
pub mod walk;

pub(crate) use alone::alone;

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::iml::usage::Usage;
use crate::model::Connector;
use crate::span::Span;

/// Looks through the whole connector and reports what is wrong with it. Levels are set later, in one place.
pub fn check(connector: &Connector, sink: &mut Vec<Diagnostic>) {
    let mut findings = Findings { sink, seen: HashSet::new() };
    let functions = calls::Functions::new(connector);
    functions.check_names(connector, &mut findings);
    let mut parameters = parameters::Reads::default();
    walk::templates(connector, &mut |template, place| {
        let usage = Usage::of(template);
        for call in &usage.calls {
            functions.check_call(template, call, &mut findings);
        }
        likely::method_calls(template, &functions, &mut findings);
        names::check(template, &usage, &place, &mut findings);
        parameters.collect(template, &usage, &place, connector);
    });
    parameters.report(&mut findings);
    references::check(connector, &mut findings);
    likely::check(connector, &mut findings);
}

/// Where rules report to. What base says stands in every component that inherits it, and is reported once.
struct Findings<'a> {
    sink: &'a mut Vec<Diagnostic>,
    seen: HashSet<(Code, Span)>,
}

impl Findings<'_> {
    fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.span.is_none_or(|span| self.seen.insert((diagnostic.code, span))) {
            self.sink.push(diagnostic);
        }
    }
}

//! What works, but probably not as it was meant (connector.md 6.3, 7.5, 7.6).

use super::Findings;
use super::place::{Context, Owner};
use super::walk;
use crate::diagnostic::{Code, Diagnostic};
use crate::iml::ast::{Piece, Template};
use crate::iml::usage::Usage;
use crate::model::{Connector, Entry, KeyTemplate, ModuleKind, QsPolicy, Request, Tree, ValidPolicy};
use crate::span::Span;

pub(super) fn check(connector: &Connector, findings: &mut Findings<'_>) {
    walk::requests(connector, &mut |request, owner, context| {
        query_dropped(connector, request, findings);
        iterate_in_action(request, owner, context, findings);
        body_only_valid(connector, request, findings);
    });
}

/// Under the policy `replace`, `qs` erases a query that stands in the url. An empty `qs` is there to do just that.
fn query_dropped(connector: &Connector, request: &Request, findings: &mut Findings<'_>) {
    let (Some(url), Some(qs)) = (&request.url, &request.qs) else { return };
    let erases = matches!(qs, Tree::Object(entries) if entries.value.is_empty());
    if connector.qs_policy != QsPolicy::Replace || erases || !has_query(url) {
        return;
    }
    let message = "the query of this url is replaced by `qs`";
    let help = "move the query to `qs`, or set `qsPolicy` to `merge`";
    findings.push(Diagnostic::new(Code::QueryDropped, message, url.source.span).help(help));
}

fn has_query(url: &Template) -> bool {
    url.pieces.iter().any(|piece| matches!(piece, Piece::Literal(text) if text.contains('?')))
}

/// An action gives one object, so a list gives none.
fn iterate_in_action(request: &Request, owner: Owner<'_>, context: Context, findings: &mut Findings<'_>) {
    let Owner::Module(module) = owner else { return };
    if module.kind != ModuleKind::Action || context == Context::Epoch {
        return;
    }
    if let Some(iterate) = &request.response.iterate {
        let message = format!("the action `{}` has `iterate` and yields no bundle", module.id.value);
        let help = "make it a search, or leave `iterate` out";
        findings
            .push(Diagnostic::new(Code::IterateInAction, message, iterate.container.source.span).help(help));
    }
}

/// A test of the body alone lets an error page pass, because it takes the place of the test of the status.
fn body_only_valid(connector: &Connector, request: &Request, findings: &mut Findings<'_>) {
    let sends = request.url.is_some() || request.endpoint.is_some();
    let condition = request.response.valid.as_ref().and_then(|valid| valid.condition.as_ref());
    let Some(condition) = condition.filter(|_| sends && connector.valid_policy == ValidPolicy::Only) else {
        return;
    };
    if reads(condition, "body") && !reads(condition, "statusCode") {
        let message = "`valid` replaces the test of the status, and looks at the body alone";
        let help = "add `& statusCode < 400`, or set `validPolicy` to `and_status`";
        let span: Span = condition.span();
        findings.push(Diagnostic::new(Code::BodyOnlyValid, message, span).help(help));
    }
}

fn reads(tree: &Tree, root: &str) -> bool {
    match tree {
        Tree::Template(template) => Usage::of(template).reads(root),
        Tree::Array(items) => items.value.iter().any(|item| reads(item, root)),
        Tree::Object(entries) => entries.value.iter().any(|entry| match entry {
            Entry::Field { key: KeyTemplate::Template(key), value } => {
                Usage::of(key).reads(root) || reads(value, root)
            }
            Entry::Field { value, .. } | Entry::Spread(value) => reads(value, root),
        }),
        Tree::Null(_) | Tree::Bool(_) | Tree::Number(_) => false,
    }
}

//! What works, but probably not as it was meant (connector.md 6.3, 7.5, 7.6).

use super::Findings;
use super::calls::Functions;
use super::place::{Context, Owner};
use super::walk;
use crate::diagnostic::{Code, Diagnostic};
use crate::iml::ast::{Expr, ExprKind, Piece, Step, StepKind, Template};
use crate::iml::functions::advice;
use crate::iml::usage::{Usage, visit};
use crate::model::{Connector, Entry, KeyTemplate, ModuleKind, QsPolicy, Request, Tree, ValidPolicy};
use crate::span::Span;

pub(super) fn check(connector: &Connector, findings: &mut Findings<'_>) {
    walk::requests(connector, &mut |request, owner, context| {
        query_dropped(connector, request, findings);
        iterate_in_action(request, owner, context, findings);
        body_only_valid(connector, request, findings);
        no_host(request, owner, findings);
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

/// `baseUrl`, and addresses in connections, which inherit none, name scheme and host. What begins with an expression
/// may.
fn no_host(request: &Request, owner: Owner<'_>, findings: &mut Findings<'_>) {
    if let Some(base) = request.base_url.as_ref().filter(|base| is_relative(base)) {
        let message = "`baseUrl` does not begin with `https://`, which is put in front of it";
        findings
            .push(Diagnostic::new(Code::NoHost, message, base.source.span).help("write the whole address"));
    }
    let Owner::Connection(connection) = owner else { return };
    let url = request.url.as_ref().filter(|url| request.base_url.is_none() && is_relative(url));
    if let Some(url) = url {
        let message = format!("the connection `{}` calls an address without a host", connection.id.value);
        let help = "connections inherit nothing from base: write the whole address";
        findings.push(Diagnostic::new(Code::NoHost, message, url.source.span).help(help));
    }
}

fn is_relative(url: &Template) -> bool {
    let Some(Piece::Literal(start)) = url.pieces.first() else { return false };
    let start = start.trim_start().to_ascii_lowercase();
    !start.is_empty() && !start.starts_with("http://") && !start.starts_with("https://")
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

/// `list.map(x)`, written as in JavaScript, is the path `list.map` beside the value `x` (iml.md 3.3).
pub(super) fn method_calls(template: &Template, functions: &Functions<'_>, findings: &mut Findings<'_>) {
    let expressions = template.pieces.iter().filter_map(|piece| match piece {
        Piece::Mustache(expr) => Some(expr),
        Piece::Literal(_) => None,
    });
    for expr in expressions {
        visit(expr, &mut |expr, _| {
            let ExprKind::Concat(pieces) = &expr.kind else { return };
            for step in pieces.iter().filter_map(|piece| method(template, piece)) {
                report_method(template, step, functions, findings);
            }
        });
    }
}

/// The last step of a path with an opening parenthesis right behind it.
fn method<'a>(template: &Template, piece: &'a Expr) -> Option<(&'a str, &'a Step)> {
    let ExprKind::Path { steps, .. } = &piece.kind else { return None };
    let step = steps.last()?;
    let StepKind::Key(name) = &step.kind else { return None };
    let behind = template.source.value.get(piece.range.end as usize..)?;
    behind.starts_with('(').then_some((name, step))
}

fn report_method(
    template: &Template,
    (name, step): (&str, &Step),
    functions: &Functions<'_>,
    findings: &mut Findings<'_>,
) {
    let span = template.span_of(step.range.clone());
    let message = "IML has no methods: this path and the parentheses are joined as text";
    let known =
        functions.knows(name).then(|| format!("call the function with the value: `{name}(value, ..)`"));
    let help = known.or_else(|| advice(name, functions.names()));
    let help = help.unwrap_or_else(|| "put a space between them if that is meant".to_owned());
    findings.push(Diagnostic::new(Code::MethodCall, message, span).help(help));
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

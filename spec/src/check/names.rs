//! Variables: whether they exist, whether they are available here, and literal indexes (connector.md 9; iml.md 5).

use super::Findings;
use super::place::Place;
use super::scope::{ROOTS, Root};
use crate::diagnostic::{Code, Diagnostic};
use crate::iml::ast::{Expr, ExprKind, Piece, StepKind, Template};
use crate::iml::usage::{PathUse, Usage, visit};
use crate::iml::{KEYWORDS, VARIABLES, functions};
use crate::similar::nearest;

pub(super) fn check(template: &Template, usage: &Usage<'_>, place: &Place<'_>, findings: &mut Findings<'_>) {
    let braces = has_braces(template);
    for path in &usage.paths {
        if is_internal(path) {
            report_internal(template, path, findings);
            continue;
        }
        match Root::find(path.root) {
            Some(root) if root.is_in(place) => {}
            Some(root) => report_out_of_scope(template, path, root, place, findings),
            // Keys of what looks like an object literal are reported with its braces.
            None if braces && path.root.ends_with(':') => {}
            None => report_unknown(template, path, place, findings),
        }
    }
    check_all_indexes(template, findings);
}

/// Literal indexes, wherever the template stands.
pub(super) fn check_all_indexes(template: &Template, findings: &mut Findings<'_>) {
    for expr in expressions(template) {
        check_indexes(template, expr, findings);
    }
}

fn expressions(template: &Template) -> impl Iterator<Item = &Expr> {
    template.pieces.iter().filter_map(|piece| match piece {
        Piece::Mustache(expr) => Some(expr),
        Piece::Literal(_) => None,
    })
}

fn has_braces(template: &Template) -> bool {
    let mut found = false;
    for expr in expressions(template) {
        visit(expr, &mut |expr, _| found |= matches!(expr.kind, ExprKind::Brace(_)));
    }
    found
}

/// What only Make's own apps may read (connector.md 6.1).
fn is_internal(path: &PathUse<'_>) -> bool {
    path.root == "internal" || (path.root == "environment" && path.first_key() == Some("system"))
}

fn report_internal(template: &Template, path: &PathUse<'_>, findings: &mut Findings<'_>) {
    let name = if path.root == "internal" { "internal" } else { "environment.system" };
    let message = format!("`{name}` exists in Make's own apps alone");
    let span = template.span_of(path.range.clone());
    findings.push(Diagnostic::new(Code::InternalDirective, message, span));
}

fn report_out_of_scope(
    template: &Template,
    path: &PathUse<'_>,
    root: &Root,
    place: &Place<'_>,
    findings: &mut Findings<'_>,
) {
    // Where no part of this component has the variable, the part is not what is wrong.
    let elsewhere = root.rows.iter().any(|(contexts, _)| contexts.contains(&place.context));
    let of = place.context.describe();
    let message = match elsewhere {
        true => format!("`{}` is not available in {} of {of}", root.name, place.part.describe()),
        false => format!("`{}` is not available in {of}", root.name),
    };
    let span = template.span_of(path.root_range.clone());
    let diagnostic = Diagnostic::new(Code::VariableOutOfScope, message, span).label("always undefined here");
    findings.push(if root.help.is_empty() { diagnostic } else { diagnostic.help(root.help) });
}

fn report_unknown(template: &Template, path: &PathUse<'_>, place: &Place<'_>, findings: &mut Findings<'_>) {
    let span = template.span_of(path.root_range.clone());
    let message = format!("there is no variable `{}`", path.root);
    let mut diagnostic = Diagnostic::new(Code::UnknownVariable, message, span).label("always undefined");
    diagnostic.help = Some(advice(path, place));
    findings.push(diagnostic);
}

/// Words that people write and that mean nothing in IML (iml.md 4.3, 13, 14), with what to write.
const HABITS: &[(&str, &str)] = &[
    ("and", "write `&`"),
    ("or", "write `|`"),
    ("not", "write `!`"),
    ("mod", "write `%`"),
    ("omit", "write `ignore` for a value that is left out"),
    ("none", "write `null`"),
    ("nil", "write `null`"),
    (
        "emptyobject",
        "IML has no word for an empty object; `omit(parameters)` style calls or JSON in `temp` give one",
    ),
    ("?", "IML has no `?:`; write `if(condition, then, else)`"),
    (":", "IML has no `?:`; write `if(condition, then, else)`"),
    ("today", "write `now`"),
    ("bundle", "in a connector the items of a response are `item`"),
    ("response", "the response is in `body`, `headers` and `statusCode`"),
    ("status", "write `statusCode`"),
    ("params", "write `parameters`"),
    ("input", "write `parameters`"),
    ("account", "write `connection`"),
    ("auth", "write `connection`"),
];

fn advice(path: &PathUse<'_>, place: &Place<'_>) -> String {
    let name = path.root;
    if let Some((_, help)) = HABITS.iter().find(|(habit, _)| habit.eq_ignore_ascii_case(name)) {
        return (*help).to_owned();
    }
    if name.starts_with(['\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{201e}']) {
        return "text stands between straight quotes, `'` or `\"`".to_owned();
    }
    if path.steps.is_empty() && functions::find(name).is_some() {
        return format!(
            "`{name}` is a function: call it with parentheses, or put it in quotes if it is text"
        );
    }
    let words = KEYWORDS.iter().map(|(word, _)| *word).chain(VARIABLES.iter().map(|(word, _)| *word));
    let words = words.filter(|_| path.steps.is_empty());
    let roots = ROOTS.iter().filter(|root| root.is_in(place)).map(|root| root.name);
    match nearest(name, roots.chain(words)) {
        Some(found) => format!("did you mean `{found}`?"),
        None if path.steps.is_empty() => "put it in quotes if it is text".to_owned(),
        None => {
            let known: Vec<_> = ROOTS.iter().filter(|root| root.is_in(place)).map(|root| root.name).collect();
            format!("available here: {}", known.join(", "))
        }
    }
}

/// `[0]` is the item in front of the first (iml.md 5).
fn check_indexes(template: &Template, expr: &Expr, findings: &mut Findings<'_>) {
    visit(expr, &mut |expr, _| {
        let ExprKind::Path { steps, .. } = &expr.kind else { return };
        for step in steps {
            if matches!(step.kind, StepKind::Index(0)) {
                let span = template.span_of(step.range.clone());
                let diagnostic = Diagnostic::new(Code::ZeroIndex, "indexes start at 1", span);
                findings.push(
                    diagnostic.label("always undefined").help("write `[1]`, or `[]`, for the first item"),
                );
            }
        }
    });
}

//! Calls: functions that exist, and how many arguments they take (iml.md 3.2, 8).

use std::collections::BTreeSet;

use super::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::iml::ast::{Expr, ExprKind, Template};
use crate::iml::functions::{self, BUILTINS, Builtin};
use crate::iml::usage::{CallUse, visit};
use crate::model::Connector;

/// The functions that templates of a connector can call.
pub(super) struct Functions<'a> {
    // Sorted, so that the same mistake gets the same help in every run.
    custom: BTreeSet<&'a str>,
}

impl<'a> Functions<'a> {
    pub(super) fn new(connector: &'a Connector) -> Self {
        let custom = connector.functions.iter().map(|function| function.id.value.as_str()).collect();
        Self { custom }
    }

    /// The built-in functions alone.
    pub(super) fn built_in() -> Functions<'static> {
        Functions { custom: BTreeSet::new() }
    }

    /// A custom function wins over a built-in one of the same name.
    pub(super) fn check_names(&self, connector: &Connector, findings: &mut Findings<'_>) {
        for function in &connector.functions {
            let name = &function.id.value;
            if functions::find(name).is_some() {
                let message = format!("the custom function `{name}` replaces the built-in one");
                let help = "give it another name unless that is meant";
                findings.push(Diagnostic::new(Code::ShadowedFunction, message, function.id.span).help(help));
            }
        }
    }

    pub(super) fn check_call(&self, template: &Template, call: &CallUse<'_>, findings: &mut Findings<'_>) {
        if self.custom.contains(call.name) {
            // Its author alone knows what it takes.
        } else if let Some(builtin) = functions::find(call.name) {
            check_count(template, call, builtin, findings);
        } else {
            self.report_unknown(template, call, findings);
        }
    }

    fn report_unknown(&self, template: &Template, call: &CallUse<'_>, findings: &mut Findings<'_>) {
        let span = template.span_of(call.name_range.clone());
        // The wording of iml.md 3.2: with this message the template fails when the error is allowed.
        let mut diagnostic =
            Diagnostic::new(Code::UnknownFunction, format!("Function '{}' not found!", call.name), span);
        diagnostic.help = functions::advice(call.name, self.names());
        findings.push(diagnostic);
    }

    /// Whether anything of this name can be called.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.custom.contains(name) || functions::find(name).is_some()
    }

    /// The names of everything that can be called.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        BUILTINS.iter().map(|builtin| builtin.name).chain(self.custom.iter().copied())
    }
}

fn check_count(template: &Template, call: &CallUse<'_>, builtin: &Builtin, findings: &mut Findings<'_>) {
    let count = call.args.len();
    let takes = describe_count(builtin);
    if count < builtin.min {
        let span = template.span_of(call.range.clone());
        let message = format!("`{}` takes {takes}, but gets {count}", call.name);
        findings
            .push(Diagnostic::new(Code::WrongArity, message, span).help("missing arguments are undefined"));
    } else if builtin.max.is_some_and(|max| count > max) && !call.args.iter().flatten().any(has_brace) {
        let extra = builtin.max.and_then(|max| call.args.get(max)).and_then(Option::as_ref);
        let range = extra.map_or(call.range.clone(), |extra| extra.range.start..call.range.end);
        let message = format!("`{}` takes {takes}, but gets {count}", call.name);
        let help = "it ignores the others; remove them";
        findings.push(Diagnostic::new(Code::TooManyArguments, message, template.span_of(range)).help(help));
    }
}

/// A comma in what looks like an object separates arguments. Then there are not too many of them: the braces are wrong,
/// which is reported.
fn has_brace(argument: &Expr) -> bool {
    let mut found = false;
    visit(argument, &mut |expr, _| found |= matches!(expr.kind, ExprKind::Brace(_)));
    found
}

fn describe_count(builtin: &Builtin) -> String {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    match (builtin.min, builtin.max) {
        (min, Some(max)) if min == max => format!("{min} argument{}", plural(min)),
        (min, Some(max)) => format!("{min} to {max} arguments"),
        (min, None) => format!("at least {min} argument{}", plural(min)),
    }
}

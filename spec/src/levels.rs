//! Levels of diagnostics: dialect, settings, and what an error that is let pass does to its template.

use crate::diagnostic::{Code, Diagnostic, Dialect, Level};
use crate::model::Connector;
use crate::span::Span;
use crate::visit::for_each_template;

/// Codes without which there is nothing to compile, so that no setting lowers them.
const FATAL: &[Code] = &[Code::FileNotFound, Code::NotUtf8, Code::JsonSyntax, Code::TooDeep];

/// Gives each diagnostic the level of its code: of the last setting for it, else of the dialect.
pub(crate) fn set(diagnostics: &mut [Diagnostic], dialect: Dialect, settings: &[(Code, Level)]) {
    for diagnostic in diagnostics {
        let setting = settings.iter().rev().find(|(code, _)| *code == diagnostic.code);
        diagnostic.level = match setting {
            Some((code, level)) if !FATAL.contains(code) => *level,
            _ => diagnostic.code.default_level(dialect),
        };
    }
}

/// Sorts by file and place and drops repetitions: what base says is read once for each component that inherits it.
pub(crate) fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|left, right| {
        left.span
            .cmp(&right.span)
            .then(left.code.cmp(&right.code))
            .then_with(|| left.message.cmp(&right.message))
    });
    diagnostics.dedup_by(|left, right| {
        left.span == right.span && left.code == right.code && left.message == right.message
    });
}

/// Marks the templates whose own error was let pass: they fail with its message when they run.
pub(crate) fn mark_broken(connector: &mut Connector, diagnostics: &[Diagnostic]) {
    let passed = diagnostics.iter().filter(|diagnostic| diagnostic.code.info().template);
    // Sorted by place, as the diagnostics are.
    let places: Vec<(Span, &str)> =
        passed.filter_map(|diagnostic| Some((diagnostic.span?, diagnostic.message.as_str()))).collect();
    if places.is_empty() {
        return;
    }
    for_each_template(connector, &mut |template| {
        let whole = template.source.span;
        let first = places.partition_point(|(span, _)| (span.file, span.start) < (whole.file, whole.start));
        let inside = places.get(first).filter(|(span, _)| span.file == whole.file && span.start < whole.end);
        if let Some((_, message)) = inside {
            template.broken.get_or_insert_with(|| (*message).to_owned());
        }
    });
}

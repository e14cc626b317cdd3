//! Templates on their own, as `iml!` takes them.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Dialect, Level};
use crate::iml::ast::Template;
use crate::source::SourceMap;
use crate::span::{Span, Text};
use crate::{check, iml, levels};

/// What loading a template gave.
#[derive(Debug, Clone)]
pub struct LoadedTemplate {
    /// The template; absent when anything is denied.
    pub template: Option<Template>,
    /// What is to be told to the author, in the order of the text; nothing that is allowed.
    pub diagnostics: Vec<Diagnostic>,
    /// The template as the only file.
    pub sources: SourceMap,
}

/// Parses and checks a template that belongs to no connector. `name` stands for its file in diagnostics.
///
/// Without `roots` it may read any variable and is held to the lenient dialect; with `roots` it may read these, and is
/// held to the strict one (rulings 6).
///
/// ```
/// let loaded = linchpin_spec::load_template("template", "{{upper(name)}}", Some(&["nam".to_owned()]));
/// assert!(loaded.template.is_none());
/// assert_eq!(loaded.diagnostics[0].message, "there is no variable `name`");
/// ```
pub fn load_template(name: &str, text: &str, roots: Option<&[String]>) -> LoadedTemplate {
    let mut sources = SourceMap::new();
    let text: Arc<str> = Arc::from(text);
    let file = sources.add(name, Arc::clone(&text));
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let mut diagnostics = Vec::new();
    let template = iml::parse_template(&Text::verbatim(text, Span::new(file, 0, end)), &mut diagnostics);
    check::alone(&template, roots, &mut diagnostics);
    let dialect = if roots.is_some() { Dialect::Strict } else { Dialect::Lenient };
    levels::set(&mut diagnostics, dialect, &[]);
    levels::sort(&mut diagnostics);
    diagnostics.retain(|diagnostic| diagnostic.level != Level::Allow);
    let is_denied = diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Deny);
    LoadedTemplate { template: (!is_denied).then_some(template), diagnostics, sources }
}

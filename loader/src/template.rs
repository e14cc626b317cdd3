//! Templates and directive values as callables (rulings 14).

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use linchpin::plan::{TextTemplate, ValueTemplate};
use linchpin::{Error, Scope, Value};
use linchpin_spec::LoadedTemplate;
use linchpin_spec::iml::ast;
use linchpin_spec::model::{Entry as SpecEntry, KeyTemplate, Tree};
use linchpin_spec::span::Span;

use crate::expression::{Code, Entry, Expressions};
use crate::literal;
use crate::maker::Maker;

impl Maker<'_> {
    /// A template whose result is text.
    pub(crate) fn text_template(&self, template: &ast::Template) -> TextTemplate {
        if let (None, Some(text)) = (&template.broken, template.literal()) {
            return TextTemplate::Const(Cow::Owned(text.to_owned()));
        }
        let code = match &template.broken {
            Some(message) => self.failure(template, message),
            None => Expressions::new(self, template).pieces(),
        };
        TextTemplate::Dynamic(Arc::new(move |scope, out| code.write(scope, out)))
    }

    /// A directive's value.
    pub(crate) fn value_template(&self, tree: &Tree) -> ValueTemplate {
        if let Some(literal) = literal::constant(tree) {
            return ValueTemplate::Const(literal);
        }
        let code = self.tree(tree);
        ValueTemplate::Dynamic(Arc::new(move |scope| code.owned(scope)))
    }

    /// One template that keeps its type.
    pub(crate) fn single_template(&self, template: &ast::Template) -> ValueTemplate {
        self.value_template(&Tree::Template(template.clone()))
    }

    /// An optional directive that is text.
    pub(crate) fn text(&self, key: &str, template: Option<&ast::Template>) -> Option<TextTemplate> {
        template.map(|template| self.under(key, || self.text_template(template)))
    }

    /// An optional directive that is a value.
    pub(crate) fn value(&self, key: &str, tree: Option<&Tree>) -> Option<ValueTemplate> {
        tree.map(|tree| self.under(key, || self.value_template(tree)))
    }

    /// An optional directive that is one template and keeps its type.
    pub(crate) fn single(&self, key: &str, template: Option<&ast::Template>) -> Option<ValueTemplate> {
        template.map(|template| self.under(key, || self.single_template(template)))
    }

    /// The value of one template (iml.md 2).
    fn template(&self, template: &ast::Template) -> Code {
        if let Some(message) = &template.broken {
            return self.failure(template, message);
        }
        let expressions = Expressions::new(self, template);
        template.single().map_or_else(|| expressions.pieces(), |expr| expressions.value(expr))
    }

    fn failure(&self, template: &ast::Template, message: &str) -> Code {
        Code::Fail { place: self.place(template.source.span), message: message.to_owned() }
    }

    /// The value of JSON whose strings are templates (iml.md 12).
    fn tree(&self, tree: &Tree) -> Code {
        match tree {
            Tree::Null(_) => Code::Value(Value::Null),
            Tree::Bool(bool) => Code::Value(Value::Bool(bool.value)),
            Tree::Number(written) => Code::Value(literal::number_value(&written.value)),
            Tree::Template(template) => self.template(template),
            Tree::Array(items) => {
                let items = items.value.iter().enumerate();
                Code::Array(items.map(|(at, item)| self.under(&at.to_string(), || self.tree(item))).collect())
            }
            Tree::Object(entries) => {
                Code::Object(entries.value.iter().map(|entry| self.entry(entry)).collect())
            }
        }
    }

    fn entry(&self, entry: &SpecEntry) -> Entry {
        match entry {
            SpecEntry::Spread(tree) => Entry::Spread(self.under("{{}}", || self.tree(tree))),
            SpecEntry::Field { key: KeyTemplate::Literal(key), value } => {
                let key = &*key.value;
                Entry::Field(key.into(), self.under(key, || self.tree(value)))
            }
            SpecEntry::Field { key: KeyTemplate::Template(template), value } => {
                self.under(&template.source.value, || Entry::Keyed(self.template(template), self.tree(value)))
            }
        }
    }
}

/// A template on its own, ready to run: what `iml!` gives, made at run time.
pub struct Template(Code);

impl Template {
    /// The value of the template.
    ///
    /// # Errors
    /// A function refused its arguments, or failed.
    pub fn eval(&self, scope: &Scope) -> Result<Value, Error> {
        self.0.owned(scope)
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Template").finish_non_exhaustive()
    }
}

/// Makes a template that belongs to no connector. It may read any variable and is held to the lenient dialect, as by
/// `iml!` (rulings 6).
///
/// # Errors
/// Every mistake in the template, with the text that [`linchpin_spec::diagnostic::render_text`] makes of it.
///
/// ```
/// use linchpin::{Scope, Value};
///
/// let template = linchpin_loader::load_template("{{number + 1}} tasks")?;
/// let mut scope = Scope::new();
/// scope.insert("number", 2);
/// assert_eq!(template.eval(&scope)?, Value::from("3 tasks"));
/// assert!(linchpin_loader::load_template("{{1 +}}").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn load_template(text: &str) -> Result<Template, String> {
    let LoadedTemplate { template, diagnostics, sources } =
        linchpin_spec::load_template("template", text, None);
    let Some(template) = template else {
        return Err(linchpin_spec::diagnostic::render_text(&diagnostics, &sources, false));
    };
    let locate = |span: Span| {
        let (line, column) = sources.position(span);
        format!("template:{line}:{column}")
    };
    Ok(Template(Maker::new(&locate, BTreeSet::new()).template(&template)))
}

//! What all readers share: the sink, and how scalars are taken.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::iml::ast::Template;
use crate::iml::parse_template;
use crate::json::{Kind, Node};
use crate::source::{ComponentKind, RemoteNames, kebab};
use crate::span::{Span, Spanned, Text};

/// Turns JSON into the model and collects what is wrong with it. It never stops at a mistake: what cannot be
/// read is left out.
pub(crate) struct Reader<'a> {
    pub(super) sink: &'a mut Vec<Diagnostic>,
    pub(super) remote_names: &'a RemoteNames,
    /// The components that exist, to tell local ids from deployed names.
    pub(super) ids: HashSet<(ComponentKind, String)>,
    /// Ids are names of folders, in kebab case, while others name components as Make does.
    pub(super) has_folder_names: bool,
}

impl Reader<'_> {
    pub(super) fn report(&mut self, code: Code, message: impl Into<String>, span: Span) {
        self.sink.push(Diagnostic::new(code, message, span));
    }

    /// Reports that `what` cannot hold this kind of value. Some tools write `[]` for an empty object, which means nothing.
    pub(super) fn wrong_type(&mut self, what: &str, expected: &str, node: &Node) {
        let is_nothing = matches!(&node.kind, Kind::Array(items) if items.is_empty());
        let code = if is_nothing { Code::WrongValue } else { Code::WrongType };
        let message = format!("`{what}` must be {expected}, not {}", node.describe());
        self.report(code, message, node.span);
    }

    /// Reports a value that is passed over because its default can stand in for it: worth no more than a
    /// warning where the platform is lenient.
    pub(super) fn passed_over(&mut self, what: &str, expected: &str, node: &Node) {
        let found = match node.as_str() {
            Some(text) => format!("`{text}`"),
            None => node.describe().to_owned(),
        };
        self.report(Code::WrongValue, format!("`{what}` must be {expected}, not {found}"), node.span);
    }

    /// A string as a template. Numbers and booleans stand for their text; `null` is absent.
    pub(super) fn template(&mut self, what: &str, node: &Node) -> Option<Template> {
        match &node.kind {
            Kind::String(text) => Some(parse_template(text, self.sink)),
            Kind::Number(number) => Some(self.literal(number, node.span)),
            Kind::Bool(value) => Some(self.literal(if *value { "true" } else { "false" }, node.span)),
            Kind::Null => None,
            Kind::Array(_) | Kind::Object(_) => {
                self.wrong_type(what, "a string", node);
                None
            }
        }
    }

    fn literal(&mut self, text: &str, span: Span) -> Template {
        parse_template(&Text::detached(text, span), self.sink)
    }

    /// A literal boolean; its text is taken as well.
    pub(super) fn flag(&mut self, what: &str, node: &Node) -> Option<bool> {
        match &node.kind {
            Kind::Bool(value) => Some(*value),
            Kind::String(text) if matches!(&*text.value, "true" | "false") => Some(&*text.value == "true"),
            Kind::Null => None,
            _ => {
                self.passed_over(what, "true or false", node);
                None
            }
        }
    }

    /// A literal whole number from 0 on; its text is taken as well.
    pub(super) fn count(&mut self, what: &str, node: &Node) -> Option<u64> {
        if node.is_null() {
            return None;
        }
        let value = number(node).filter(|value| *value >= 0.0 && value.is_finite());
        if value.is_none() {
            self.passed_over(what, "a whole number that is not negative", node);
        }
        // Beyond 2^64 the cast saturates, which is as good as any bound of this size.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        value.map(|value| value as u64)
    }

    /// Names in a list. One string is a list of one; `{}` is how some tools write an empty list.
    pub(super) fn names(&mut self, what: &str, node: &Node) -> Vec<Spanned<String>> {
        if node.is_empty_value() {
            return Vec::new();
        }
        if let Some(name) = node.as_name() {
            return vec![name];
        }
        if !node.is_array() {
            self.wrong_type(what, "an array of strings", node);
        }
        let mut names = Vec::with_capacity(node.items().len());
        for item in node.items() {
            match item.as_name() {
                Some(name) => names.push(name),
                None if item.is_empty_value() => {}
                None => self.wrong_type(what, "an array of strings", item),
            }
        }
        names
    }

    /// Checks that a literal is one of the values that a directive knows.
    pub(super) fn wrong_value(&mut self, what: &str, node: &Node, known: &[&str]) {
        let message = match node.as_str() {
            Some(value) => format!("`{what}` cannot be `{value}`"),
            None => format!("`{what}` cannot be {}", node.describe()),
        };
        let list = known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
        let closest = node.as_str().and_then(|value| crate::similar::nearest(value, known.iter().copied()));
        let help = match closest {
            Some(closest) => format!("did you mean `{closest}`?"),
            None => format!("known values: {list}"),
        };
        self.sink.push(Diagnostic::new(Code::WrongValue, message, node.span).help(help));
    }

    /// The id of the component that `name` means: a local id, else the one deployed under this name
    /// (connector.md 2.2).
    pub(super) fn resolve(&self, kind: ComponentKind, name: Spanned<String>) -> Spanned<String> {
        if self.ids.contains(&(kind, name.value.clone())) {
            return name;
        }
        let folder = kebab(&name.value);
        match self.remote_names.get(&(kind, name.value.clone())) {
            Some(local) => Spanned::new(local.clone(), name.span),
            None if self.has_folder_names && self.ids.contains(&(kind, folder.clone())) => {
                Spanned::new(folder, name.span)
            }
            None => name,
        }
    }

    /// The component that is meant where none is named: the only one of its kind.
    pub(super) fn only(&self, kind: ComponentKind, at: Span) -> Option<Spanned<String>> {
        let mut of_kind = self.ids.iter().filter(|(of, _)| *of == kind);
        match (of_kind.next(), of_kind.next()) {
            (Some((_, only)), None) => Some(Spanned::new(only.clone(), at)),
            _ => None,
        }
    }

    /// A reference to another component; blank and `null` mean none.
    pub(super) fn reference(
        &mut self,
        kind: ComponentKind,
        what: &str,
        node: Option<&Node>,
    ) -> Option<Spanned<String>> {
        let node = node.filter(|node| !node.is_empty_value())?;
        match node.as_name() {
            Some(name) => Some(self.resolve(kind, name)),
            None => {
                self.wrong_type(what, "the id of a component", node);
                None
            }
        }
    }
}

/// True for a literal true, also as text.
pub(super) fn is_true(node: Option<&Node>) -> bool {
    match node.map(|node| &node.kind) {
        Some(Kind::Bool(value)) => *value,
        Some(Kind::String(text)) => text.value.trim() == "true",
        _ => false,
    }
}

/// A number, or text that is one.
pub(super) fn number(node: &Node) -> Option<f64> {
    match &node.kind {
        Kind::Number(number) => number.parse().ok(),
        Kind::String(text) => text.value.trim().parse().ok(),
        _ => None,
    }
}

/// Text for people; anything else than text or a number is passed over.
pub(super) fn label(node: Option<&Node>) -> Option<String> {
    match &node?.kind {
        Kind::String(text) => Some(text.value.trim().to_owned()).filter(|text| !text.is_empty()),
        Kind::Number(number) => Some(number.clone()),
        _ => None,
    }
}

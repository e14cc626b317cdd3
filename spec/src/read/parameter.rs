//! Parameters and interfaces (connector.md 15).

use super::reader::{Reader, is_true, label};
use super::types::{ATTRIBUTES, Base, TYPES, base_type};
use crate::diagnostic::{Code, Diagnostic};
use crate::json::{Kind, Node};
use crate::model::{
    Button, Convert, Field, Item, Options, Parameter, ParameterType, RpcReference, Validation,
};
use crate::similar;
use crate::span::Spanned;

/// Rules that published apps write beside a parameter's `validate`, where nobody looks (connector.md 15.2).
const BOUNDS: &[&str] = &["min", "max", "minimum", "maximum"];

/// What a list of parameters is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A form: what the user fills in.
    Input,
    /// An interface: what a bundle holds.
    Output,
}

impl Purpose {
    /// Items of an array without `spec`: forms take text, bundles may hold anything (connector.md 15.3).
    fn untyped_item(self) -> ParameterType {
        match self {
            Self::Input => ParameterType::Text,
            Self::Output => ParameterType::Any,
        }
    }
}

impl Reader<'_> {
    /// A list of parameters in any of its forms: an array, whose strings are RPC references; a lone RPC
    /// reference; `{"store": ..}`; a lone parameter.
    pub(super) fn fields(&mut self, what: &str, node: &Node, purpose: Purpose) -> Vec<Field> {
        match &node.kind {
            _ if node.is_empty_value() => Vec::new(),
            Kind::Array(items) => self.field_list(what, items, purpose),
            Kind::String(text) => self.rpc_reference(what, text).map(Field::Rpc).into_iter().collect(),
            Kind::Object(_) if node.get("store").is_some() => match node.get_set("store") {
                Some(store) => self.fields(what, store, purpose),
                None => Vec::new(),
            },
            Kind::Object(_) if node.get("name").is_some() => {
                self.field_list(what, std::slice::from_ref(node), purpose)
            }
            _ => {
                self.passed_over(what, "an array of parameters", node);
                Vec::new()
            }
        }
    }

    fn field_list(&mut self, what: &str, items: &[Node], purpose: Purpose) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::with_capacity(items.len());
        let mut names = std::collections::HashSet::new();
        for item in items {
            match &item.kind {
                Kind::String(text) => fields.extend(self.rpc_reference(what, text).map(Field::Rpc)),
                Kind::Object(_) => {
                    let Some(parameter) = self.parameter(item, purpose) else { continue };
                    if names.insert(parameter.name.value.clone()) {
                        fields.push(Field::Parameter(Box::new(parameter)));
                    } else {
                        let message =
                            format!("there are two parameters `{}`; the first counts", parameter.name.value);
                        self.report(Code::DuplicateParameter, message, parameter.name.span);
                    }
                }
                // Some tools nest lists of fields; they belong to the same level.
                Kind::Array(nested) => fields.extend(self.field_list(what, nested, purpose)),
                Kind::Null => {}
                Kind::Bool(_) | Kind::Number(_) => {
                    self.passed_over(what, "an array of parameters and RPC references", item);
                }
            }
        }
        fields
    }

    /// One parameter. `None` where it has no name, and so no value.
    fn parameter(&mut self, node: &Node, purpose: Purpose) -> Option<Parameter> {
        self.check_attributes(node);
        let ty = self.parameter_type(node, purpose);
        let Some(name) = node.get("name").and_then(parameter_name) else {
            // Without a name `html` is a text in the form, and `hidden` nothing at all (connector.md 15.3, 15.5).
            let is_empty = matches!(node.get("type").and_then(Node::as_str), Some("html" | "hidden"));
            if !is_empty && !matches!(ty, ParameterType::Visual) {
                let message = "a parameter without `name` is ignored";
                self.report(Code::UnnamedParameter, message, node.span);
            }
            return None;
        };
        let (nested, nested_false) = self.nested(node, purpose);
        let item = self.item(&ty, node.get_set("spec"));
        Some(Parameter {
            name,
            ty,
            label: label(node.get("label")),
            help: label(node.get("help")),
            required: is_true(node.get("required")),
            default: node.get_set("default").cloned(),
            multiple: is_true(node.get("multiple")),
            validate: node.get("validate").map(|node| self.validation(node)).unwrap_or_default(),
            item,
            nested,
            nested_false,
            button: node.get_set("rpc").and_then(|button| self.button(button)),
            convert: node.get("convert").and_then(|convert| date_text(node, convert)),
            offers: self.offers(node),
            span: node.span,
        })
    }

    /// A button: an RPC gives the field's value, and may ask for more (connector.md 14.2).
    fn button(&mut self, node: &Node) -> Option<Button> {
        let rpc = self.rpc_reference("rpc.url", node.get("url")?.as_text()?)?;
        let form = node.get_set("parameters").map(|form| self.fields("rpc.parameters", form, Purpose::Input));
        Some(Button { rpc, form: form.unwrap_or_default() })
    }

    /// Unknown attributes are tolerated (connector.md 15.5), unless they look like a slip of the pen.
    fn check_attributes(&mut self, node: &Node) {
        for member in node.members() {
            let key = &*member.key.value;
            if BOUNDS.contains(&key) {
                let message = format!("`{key}` means nothing here; it is ignored");
                let diagnostic = Diagnostic::new(Code::MisplacedDirective, message, member.key.span);
                self.sink.push(diagnostic.help("write `min` and `max` into `validate`"));
            }
            if ATTRIBUTES.contains(&key) || key.len() < 4 {
                continue;
            }
            if let Some(closest) = similar::nearest(key, ATTRIBUTES.iter().copied()) {
                let message = format!("a parameter has no `{key}`");
                let diagnostic = Diagnostic::new(Code::UnknownDirective, message, member.key.span);
                self.sink.push(diagnostic.help(format!("did you mean `{closest}`?")));
            }
        }
    }

    fn parameter_type(&mut self, node: &Node, purpose: Purpose) -> ParameterType {
        let base = match node.get_set("type") {
            None => Base::Any,
            Some(ty) => self.named_type(ty),
        };
        match base {
            Base::Any => ParameterType::Any,
            Base::Text => ParameterType::Text,
            Base::Secret => ParameterType::Secret,
            Base::Number => ParameterType::Number,
            Base::Integer => ParameterType::Integer,
            Base::Unsigned => ParameterType::Unsigned,
            Base::Port => ParameterType::Port,
            Base::Boolean => ParameterType::Boolean,
            Base::Date => ParameterType::Date,
            Base::Buffer => ParameterType::Buffer,
            Base::Visual => ParameterType::Visual,
            Base::List => ParameterType::Array(Box::new(ParameterType::Any)),
            // What a service gives for one is nobody's promise.
            Base::Filter if purpose == Purpose::Output => ParameterType::Any,
            Base::Filter => filter(node),
            Base::Array => ParameterType::Array(Box::new(self.item_type(node.get_set("spec"), purpose))),
            Base::Collection => {
                let fields = node.get_set("spec").map(|spec| self.fields("spec", spec, purpose));
                ParameterType::Collection(fields.unwrap_or_default())
            }
            Base::Select => ParameterType::Select(self.select(node, purpose)),
        }
    }

    fn named_type(&mut self, ty: &Node) -> Base {
        let Some(name) = ty.as_str() else {
            self.passed_over("type", "the name of a type", ty);
            return Base::Any;
        };
        // A template is decided by the platform's form, so that any value may come.
        if name.contains("{{") || name.trim().is_empty() {
            return Base::Any;
        }
        base_type(name).unwrap_or_else(|| {
            let message = format!("there is no parameter type `{name}`; any value is taken");
            let diagnostic = Diagnostic::new(Code::UnknownParameterType, message, ty.span);
            self.sink.push(diagnostic.did_you_mean(name, TYPES.iter().map(|row| row.0)));
            Base::Any
        })
    }

    /// The type of an array's items: an object is the spec of a simple item, a list makes each a collection.
    fn item_type(&mut self, spec: Option<&Node>, purpose: Purpose) -> ParameterType {
        let Some(spec) = spec.filter(|spec| !spec.is_empty_value()) else { return purpose.untyped_item() };
        match &spec.kind {
            Kind::Object(_) if spec.get("store").is_none() => self.parameter_type(spec, purpose),
            Kind::Array(items) => match items.as_slice() {
                [only] if only.is_object() && only.get("name").is_none() => {
                    self.parameter_type(only, purpose)
                }
                _ => ParameterType::Collection(self.fields("spec", spec, purpose)),
            },
            // The name of a type in place of a spec, which two published apps write.
            Kind::String(text) if !text.value.starts_with("rpc://") && base_type(&text.value).is_some() => {
                self.parameter_type(&type_only(spec), purpose)
            }
            _ => ParameterType::Collection(self.fields("spec", spec, purpose)),
        }
    }

    /// Rules of an array's items, which are simple where `spec` defines one field without a name.
    fn item(&mut self, ty: &ParameterType, spec: Option<&Node>) -> Item {
        let spec = match spec.map(|spec| (spec, &spec.kind)) {
            Some((_, Kind::Array(items))) => {
                items.first().filter(|only| items.len() == 1 && only.get("name").is_none())
            }
            Some((spec, Kind::Object(_))) => Some(spec),
            _ => None,
        };
        let Some(spec) = spec.filter(|_| matches!(ty, ParameterType::Array(_))) else {
            return Item::default();
        };
        let validate = spec.get("validate").map(|node| self.validation(node)).unwrap_or_default();
        Item { required: is_true(spec.get("required")), validate }
    }

    fn select(&mut self, node: &Node, purpose: Purpose) -> Options {
        let dynamic = is_true(node.get("dynamic"));
        let mut options = match node.get_set("options") {
            Some(options) => self.options(options, purpose),
            // Nothing says what may be chosen, so anything may.
            None => Options { open: true, ..Options::default() },
        };
        options.open |= dynamic;
        options
    }

    /// The RPC of `options` where the type is no select.
    fn offers(&mut self, node: &Node) -> Option<RpcReference> {
        if node.get("type").and_then(Node::as_str).and_then(base_type) == Some(Base::Select) {
            return None;
        }
        let options = node.get("options")?;
        let text = options.get("store").unwrap_or(options).as_text()?;
        text.value.trim_start().starts_with("rpc://").then(|| self.rpc_reference("options", text)).flatten()
    }

    /// `nested`, also split by the value of a boolean, and `reversedNested` (connector.md 15.2).
    fn nested(&mut self, node: &Node, purpose: Purpose) -> (Vec<Field>, Vec<Field>) {
        let mut list =
            |node: Option<&Node>| node.map(|node| self.fields("nested", node, purpose)).unwrap_or_default();
        let nested = node.get_set("nested");
        if let Some(split) = nested.filter(|split| split.get("true").or(split.get("false")).is_some()) {
            return (list(split.get_set("true")), list(split.get_set("false")));
        }
        // A switch turns `nested` round; fields may also stand in its place.
        match node.get_set("reversedNested") {
            Some(Node { kind: Kind::Bool(true), .. }) => (Vec::new(), list(nested)),
            Some(Node { kind: Kind::Bool(false), .. }) | None => (list(nested), Vec::new()),
            reversed => (list(nested), list(reversed)),
        }
    }
}

/// How a date is written before it is used; other conversions are for the platform's form (connector.md 15.1).
fn date_text(parameter: &Node, convert: &Node) -> Option<Convert> {
    let is = |node: &Node, name: &str| node.get("type").and_then(Node::as_str) == Some(name);
    if !is(parameter, "date") || !(is(convert, "text") || convert.get_set("type").is_none()) {
        return None;
    }
    let text = |key: &str| label(convert.get(key));
    Some(Convert { format: text("format")?, timezone: text("timezone") })
}

/// `[[{a, o, b}]]`: any of several lists of terms that must all hold; one list where the field says by which logic
/// its terms are joined (connector.md 15.3).
fn filter(node: &Node) -> ParameterType {
    let said = node.get("options").and_then(|options| options.get("logic")).or(node.get("logic"));
    let is_flat = said.and_then(Node::as_str).is_some_and(|logic| matches!(logic, "and" | "or"));
    let terms = [
        ("a", ParameterType::Any, true, "What is looked at"),
        ("o", ParameterType::Text, true, "The operator, such as `text:equal`"),
        ("b", ParameterType::Any, false, "What it is compared with; nothing for `exist` and `notexist`"),
    ];
    let term = terms.map(|(name, ty, required, label)| {
        Field::Parameter(Box::new(Parameter {
            name: Spanned::new(name.to_owned(), node.span),
            ty,
            label: Some(label.to_owned()),
            help: None,
            required,
            default: None,
            multiple: false,
            validate: Validation::default(),
            item: Item::default(),
            nested: Vec::new(),
            nested_false: Vec::new(),
            offers: None,
            button: None,
            convert: None,
            span: node.span,
        }))
    });
    let list = |item| ParameterType::Array(Box::new(item));
    let terms = list(ParameterType::Collection(term.into()));
    if is_flat { terms } else { list(terms) }
}

fn parameter_name(node: &Node) -> Option<Spanned<String>> {
    match &node.kind {
        Kind::String(text) if !text.value.is_empty() => Some(Spanned::new(text.value.to_string(), node.span)),
        Kind::Number(number) => Some(Spanned::new(number.clone(), node.span)),
        _ => None,
    }
}

/// `{"type": <node>}`
fn type_only(ty: &Node) -> Node {
    let key = crate::span::Text::detached("type", ty.span);
    let member = crate::json::Member { key, value: ty.clone() };
    Node { kind: Kind::Object(vec![member]), span: ty.span }
}

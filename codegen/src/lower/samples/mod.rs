//! What a service answers, so that a module's output is its sample (connector.md 3.12).
//!
//! A sample says what comes out of a module, a mock must say what goes in: `output` is read backwards. Where it takes a
//! value from a path of the body or item, the sample's value is put there; what it computes cannot be turned round, and
//! is left out. A module without a sample gets one from its interface.

use linchpin_spec::facts::flatten;
use linchpin_spec::iml::ast::{Expr, ExprKind, StepKind, Template};
use linchpin_spec::json::Kind;
use linchpin_spec::model::{
    Connector, Entry, Field, KeyTemplate, Module, ParameterType, ParseAs, Request, ResponseType, Tree,
};

use super::json::Json;

/// Nesting of interfaces beyond this is left out of samples.
const DEEPEST: usize = 8;

/// The answer to one request of a module.
pub(crate) struct Sample {
    /// The module's id.
    pub(crate) module: String,
    /// The request, by its position.
    pub(crate) request: usize,
    /// The body, as JSON.
    pub(crate) body: String,
    /// The same for pages after the first one.
    pub(crate) last_page: String,
}

/// Samples of all modules whose last request asks a server for JSON.
pub(crate) fn samples(connector: &Connector) -> Vec<Sample> {
    connector.modules.iter().filter_map(of_module).collect()
}

fn of_module(module: &Module) -> Option<Sample> {
    let request = module.requests.len().checked_sub(1)?;
    let last = module.requests.last().filter(|last| last.url.is_some() && reads_json(last))?;
    let bundle = match &module.samples {
        Some(node) if matches!(node.kind, Kind::Object(_)) => Json::of(node),
        Some(node) => match &node.kind {
            Kind::Array(items) => items.first().map(Json::of)?,
            _ => from_interface(&module.interface, DEEPEST),
        },
        None => from_interface(&module.interface, DEEPEST),
    };
    let (body, last_page) = body(last, &bundle)?;
    Some(Sample { module: module.id.value.clone(), request, body: body.text(), last_page: last_page.text() })
}

fn reads_json(request: &Request) -> bool {
    matches!(
        request.response.parse_as,
        ResponseType::One(ParseAs::Automatic | ParseAs::Json) | ResponseType::Ranges(_)
    )
}

/// The body of the first page, and of later ones. `None` where the list cannot be put into a body.
fn body(request: &Request, bundle: &Json) -> Option<(Json, Json)> {
    let response = &request.response;
    let turned = |root: &str| match &response.output {
        Some(output) => turn(output, bundle, root),
        None => Some(bundle.clone()),
    };
    let Some(iterate) = &response.iterate else {
        return Some((turned("body").unwrap_or(Json::EMPTY), Json::EMPTY));
    };
    let path = iterate.container.single().and_then(|expression| path(expression, "body"))?;
    let item = turned("item").unwrap_or(Json::EMPTY);
    Some((Json::at(&path, Json::Array(vec![item])), Json::at(&path, Json::Array(Vec::new()))))
}

/// What `root` must be, so that `output` gives `wanted`; `None` when `output` says nothing about it.
fn turn(output: &Tree, wanted: &Json, root: &str) -> Option<Json> {
    match output {
        Tree::Template(template) => Some(Json::at(&root_path(template, root)?, wanted.clone())),
        Tree::Object(entries) => {
            let parts = entries.value.iter().filter_map(|entry| match entry {
                Entry::Field { key: KeyTemplate::Literal(key), value } => {
                    turn(value, wanted.member(&key.value)?, root)
                }
                Entry::Field { .. } => None,
                Entry::Spread(tree) => turn(tree, wanted, root),
            });
            parts.reduce(|mut all, part| {
                all.merge(part);
                all
            })
        }
        _ => None,
    }
}

fn root_path<'a>(template: &'a Template, root: &str) -> Option<Vec<&'a str>> {
    path(template.single()?, root)
}

/// The keys behind `root`, where an expression is a path of nothing but keys.
fn path<'a>(expression: &'a Expr, root: &str) -> Option<Vec<&'a str>> {
    match &expression.kind {
        ExprKind::Name(name) if **name == *root => Some(Vec::new()),
        ExprKind::Path { base, steps } if path(base, root).is_some_and(|keys| keys.is_empty()) => {
            let keys = steps.iter().map(|step| match &step.kind {
                StepKind::Key(key) => Some(&**key),
                _ => None,
            });
            keys.collect()
        }
        _ => None,
    }
}

/// An example of what an interface describes.
fn from_interface(fields: &[Field], depth: usize) -> Json {
    let members = flatten(fields).into_iter().filter_map(|flat| {
        let name = &flat.parameter.name.value;
        Some((name.clone(), example(name, &flat.parameter.ty, depth)?))
    });
    Json::Object(members.collect())
}

fn example(name: &str, ty: &ParameterType, depth: usize) -> Option<Json> {
    let bare = |text: &str| Some(Json::Bare(text.to_owned()));
    match ty {
        ParameterType::Text | ParameterType::Any | ParameterType::Secret | ParameterType::Buffer => {
            Some(Json::Text(format!("a {name}")))
        }
        ParameterType::Number => bare("1.5"),
        ParameterType::Integer | ParameterType::Unsigned | ParameterType::Port => bare("1"),
        ParameterType::Boolean => bare("true"),
        ParameterType::Date => Some(Json::Text("2024-02-29T10:30:00.000Z".to_owned())),
        ParameterType::Select(options) => options
            .choices
            .first()
            .map_or_else(|| Some(Json::Text(format!("a {name}"))), |choice| Some(Json::of(&choice.value))),
        ParameterType::Array(item) if depth > 0 => {
            Some(Json::Array(example(name, item, depth - 1).into_iter().collect()))
        }
        ParameterType::Collection(fields) if depth > 0 => Some(from_interface(fields, depth - 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use linchpin_spec::{Options, load_inline};

    use super::*;

    fn body_of(module: &str) -> String {
        let text = format!(r#"{{"name":"tasks","modules":{{"it":{module}}}}}"#);
        let loaded = load_inline("tasks.json", &text, &Options::default());
        let connector = loaded.connector.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
        samples(&connector).pop().map_or_else(|| "none".to_owned(), |sample| sample.body)
    }

    #[test]
    fn paths_are_turned_round_and_what_is_computed_is_left_out() {
        let module = r#"{"type":"action","samples":{"id":7,"owner":"Ada","title":"TEA"},
            "communication":{"url":"https://api.tasks.example/","response":{"output":
            {"id":"{{body.data.id}}","owner":"{{body.data.owner.name}}","title":"{{upper(body.title)}}"}}}}"#;
        assert_eq!(body_of(module), r#"{"data":{"id":7,"owner":{"name":"Ada"}}}"#);
    }

    #[test]
    fn a_list_holds_one_item() {
        let module = r#"{"type":"search","samples":{"id":7},"communication":{"url":"https://api.tasks.example/",
            "response":{"iterate":"{{body.page.items}}","output":"{{item}}"}}}"#;
        assert_eq!(body_of(module), r#"{"page":{"items":[{"id":7}]}}"#);
    }

    #[test]
    fn without_a_sample_the_interface_serves() {
        let module = r#"{"type":"action","interface":[{"name":"id","type":"uinteger"},{"name":"who","type":"collection",
            "spec":[{"name":"name","type":"text"}]},{"name":"tags","type":"array","spec":{"type":"text"}}],
            "communication":{"url":"https://api.tasks.example/"}}"#;
        assert_eq!(body_of(module), r#"{"id":1,"who":{"name":"a name"},"tags":["a tags"]}"#);
    }
}

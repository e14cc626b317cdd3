//! Code blocks among steps and config variables: what they name becomes their input (connector.md 18.3, 18.5).
//!
//! A layout says which steps come before a block and which config variables there are. A block that names some of
//! them gets a parameter `stepResults`, and one `configVars`, with a field for each of the named ones.

use std::collections::HashSet;
use std::sync::Arc;

use super::code::CodeName;
use super::component::{Component, ComponentKind, Sources};
use super::files::Files;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{code_parameter, step_key};
use crate::json::{Kind, Member, Node};
use crate::script::{Names, uses};
use crate::span::{Span, Text};

/// Members that every object of JavaScript has.
const OF_EVERY_OBJECT: &[&str] = &["constructor", "hasOwnProperty", "toString", "toLocaleString", "valueOf"];

/// The steps of a block that come from a layout's `steps`: names, or objects with `name` and `loop`.
struct Step<'a> {
    key: String,
    name: &'a Text,
    is_loop: bool,
}

/// Gives every block the parameters that it needs, and reports names that stand for nothing.
pub(super) fn declare(sources: &mut Sources, files: &mut Files) {
    let config_vars = sources.config_vars.clone();
    // Blocks of one flow share their steps: what is wrong with one of these is said once.
    let mut said = HashSet::new();
    if let Some(node) = config_vars.as_ref().filter(|node| !node.is_object()) {
        let message = format!("`configVars` must be an object of names and types, not {}", node.describe());
        files.report(Diagnostic::new(Code::WrongType, message, node.span));
    }
    for component in &mut sources.components {
        let code = component.code(CodeName::Script).and_then(Node::as_text).cloned();
        let Some(code) = code.filter(|code| code_parameter(&code.value).is_none()) else { continue };
        let fields = declared(component, &code, config_vars.as_ref(), &mut said, files);
        if !fields.is_empty() {
            add_parameters(component, fields);
        }
    }
}

fn declared(
    component: &Component,
    code: &Text,
    config_vars: Option<&Node>,
    said: &mut HashSet<Span>,
    files: &mut Files,
) -> Vec<Node> {
    let steps = component.metadata.steps.as_ref().map(|steps| read_steps(steps, said, files));
    let found = uses(&code.value, steps.is_some());
    let mut parameters = Vec::new();
    if let Some(vars) = config_vars {
        let known: Vec<&Member> = vars.members().iter().collect();
        let names: Vec<&str> = known.iter().map(|var| &*var.key.value).collect();
        unknown(code, &found.config_vars, &names, &CONFIG_VARS, files);
        let named = known.into_iter().filter(|var| is_named(&found.config_vars, &var.key.value));
        let fields: Vec<Node> = named.map(|var| config_var(&var.key, &var.value)).collect();
        // The input of a data source is the same for all.
        if component.kind == ComponentKind::Module && !fields.is_empty() {
            parameters.push(collection(
                "configVars",
                "Config variables that the code names",
                fields,
                code.span,
            ));
        }
    }
    if let Some(steps) = steps {
        let names: Vec<&str> = steps.iter().map(|step| step.key.as_str()).collect();
        unknown(code, &found.steps, &names, &STEPS, files);
        let fields: Vec<Node> =
            steps.iter().filter(|step| is_named(&found.steps, &step.key)).map(step_field).collect();
        if !fields.is_empty() || found.steps.is_open {
            parameters.push(collection("stepResults", "Results of earlier steps", fields, code.span));
        }
    }
    parameters
}

fn is_named(names: &Names, name: &str) -> bool {
    names.is_open || names.named.iter().any(|(own, _)| own == name)
}

/// What differs between steps and config variables in messages.
struct Words {
    code: Code,
    noun: &'static str,
    object: &'static str,
}

const CONFIG_VARS: Words =
    Words { code: Code::UnknownConfigVariable, noun: "config variable", object: "configVars" };
const STEPS: Words = Words { code: Code::UnknownStep, noun: "step", object: "stepResults" };

/// Reports names that code reads and that are nowhere declared, each of them once.
fn unknown(code: &Text, found: &Names, known: &[&str], words: &Words, files: &mut Files) {
    let mut seen: Vec<&str> = Vec::new();
    for (name, range) in &found.named {
        let is_fine = known.contains(&name.as_str())
            || OF_EVERY_OBJECT.contains(&name.as_str())
            || seen.contains(&name.as_str());
        if is_fine {
            continue;
        }
        seen.push(name);
        let Words { code: kind, noun, object } = words;
        let message = format!("there is no {noun} `{name}`: `{object}` has no such member");
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let span = code.span_of(offset(range.start)..offset(range.end));
        let diagnostic = Diagnostic::new(*kind, message, span);
        // `appBaseUrl` is probably meant to be `App Base URL`, and the other way round.
        let same = known.iter().find(|known| step_key(known) == *name || step_key(name) == **known);
        files.report(match same {
            Some(known) => diagnostic.help(format!("did you mean `{known}`?")),
            None => diagnostic.did_you_mean(name, known.iter().copied()),
        });
    }
}

/// Reads the steps of a block; of two with the same key the later one counts.
fn read_steps<'a>(node: &'a Node, said: &mut HashSet<Span>, files: &mut Files) -> Vec<Step<'a>> {
    if !node.is_array() {
        let message = format!("`steps` must be a list of names, not {}", node.describe());
        files.report(Diagnostic::new(Code::WrongType, message, node.span));
    }
    let mut steps: Vec<Step<'a>> = Vec::new();
    for item in node.items() {
        let named = item.as_text().or_else(|| item.get("name").and_then(Node::as_text));
        let Some(name) = named.filter(|name| !step_key(&name.value).is_empty()) else {
            if said.insert(item.span) {
                let message = "a step is its name, which has an ASCII letter or digit, or an object with `name` and `loop`";
                files.report(Diagnostic::new(Code::WrongValue, message, item.span));
            }
            continue;
        };
        let is_loop = item.get("loop").is_some_and(|node| node.kind == Kind::Bool(true));
        let step = Step { key: step_key(&name.value), name, is_loop };
        match steps.iter_mut().find(|known| known.key == step.key) {
            Some(known) => {
                if said.insert(step.name.span) {
                    files.report(collision(known, &step));
                }
                *known = step;
            }
            None => steps.push(step),
        }
    }
    steps
}

fn collision(known: &Step<'_>, step: &Step<'_>) -> Diagnostic {
    let (first, second, key) = (&known.name.value, &step.name.value, &step.key);
    let message = format!(
        "the steps `{first}` and `{second}` are both `{key}` in `stepResults`; code sees the later one"
    );
    let help = format!(
        "rename one of them, for example to `{second} 2`, which is `{}`",
        step_key(&format!("{second} 2"))
    );
    Diagnostic::new(Code::StepCollision, message, step.name.span).help(help)
}

fn step_field(step: &Step<'_>) -> Node {
    let span = step.name.span;
    let field =
        |name: &str, kind: &str| object(span, [("name", text(name, span)), ("type", text(kind, span))]);
    let mut fields = vec![field("results", "any")];
    if step.is_loop {
        fields.extend([field("currentItem", "any"), field("index", "uinteger")]);
    }
    collection(&step.key, &step.name.value, fields, span)
}

fn config_var(name: &Text, value: &Node) -> Node {
    let kind = match value.as_str().unwrap_or_default() {
        "string" | "text" | "date" | "timestamp" | "picklist" | "code" => "text",
        "number" => "number",
        "boolean" => "boolean",
        _ => "any",
    };
    let span = name.span;
    object(span, [("name", text(&name.value, span)), ("type", text(kind, span))])
}

fn collection(name: &str, label: &str, fields: Vec<Node>, span: Span) -> Node {
    let spec = Node { kind: Kind::Array(fields), span };
    let members =
        [("name", text(name, span)), ("type", text("collection", span)), ("label", text(label, span))];
    object(span, members.into_iter().chain([("spec", spec)]))
}

fn object<'a>(span: Span, members: impl IntoIterator<Item = (&'a str, Node)>) -> Node {
    let member = |(key, value): (&str, Node)| Member { key: Text::detached(key, span), value };
    Node { kind: Kind::Object(members.into_iter().map(member).collect()), span }
}

/// A string of the loader's own.
pub(super) fn text(value: &str, span: Span) -> Node {
    Node { kind: Kind::String(Text { value: Arc::from(value), span, marks: Arc::new([]) }), span }
}

fn add_parameters(component: &mut Component, fields: Vec<Node>) {
    let own = component.codes.iter_mut().find(|(code, _)| *code == CodeName::Parameters);
    match own {
        Some((_, Node { kind: Kind::Array(items), .. })) => items.extend(fields),
        Some(_) => {}
        None => {
            let span = component.id.span;
            component.codes.push((CodeName::Parameters, Node { kind: Kind::Array(fields), span }));
        }
    }
}

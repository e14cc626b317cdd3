//! An integration: flows of steps, of which the code blocks run here, and config variables (connector.md 18.9).
//!
//! Both forms are read: `flows` of definition version 7, and the older one with `trigger` and `steps` at the root.

use std::collections::HashMap;
use std::path::Path;

use super::block::{self, text};
use super::code::CodeName;
use super::component::{Component, ComponentKind, Metadata, Sources};
use super::files::Files;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::step_key;
use crate::json::{Kind, Member, Node};
use crate::span::{Span, Spanned, Text};

/// The component whose steps are code.
const CODE: &str = "code";
/// Its actions, with the types of the modules that they become.
const BLOCKS: &[(&str, &str)] = &[("runCode", "action"), ("runCodeTrigger", "trigger")];
/// Its data sources, with their types here (connector.md 18.4).
const DATA_SOURCES: &[(&str, &str)] = &[
    ("runCodeJsonForm", "jsonForm"),
    ("runCodeObjectSelection", "objectSelection"),
    ("runCodePicklist", "picklist"),
    ("runCodeString", "string"),
];

/// True for what only the definition of an integration has.
pub(super) fn is_integration(node: &Node) -> bool {
    let has_list = |key: &str| node.get(key).is_some_and(Node::is_array);
    node.get("definitionVersion").is_some()
        || has_list("flows")
        || (has_list("steps") && node.get("name").is_some())
}

/// Reads the definition of an integration.
pub(super) fn read(root: &Node, path: &Path, files: &mut Files) -> Sources {
    let name = root.get("name").and_then(Node::as_name).map(|name| name.value);
    let mut sources = Sources::lenient(name.unwrap_or_else(|| super::stem(path)));
    sources.has_made_ids = true;
    sources.label = root.get_set("name").cloned();
    let flows = flows(root, files);
    sources.config_vars = Some(config_vars(root));
    add_blocks(&flows, &mut sources, files);
    add_data_sources(root, &mut sources, files);
    if sources.components.is_empty() {
        let message = "the integration has no code block: there is nothing in it that could run here";
        let help = "steps whose component is `code` run here, and data sources that are code";
        let steps = root.members().iter().find(|member| matches!(&*member.key.value, "flows" | "steps"));
        let place = steps.map_or(root.span, |member| member.key.span);
        files.report(Diagnostic::new(Code::FileNotFound, message, place).help(help));
    } else {
        report_others(&flows, files);
    }
    block::declare(&mut sources, files);
    sources
}

/// A flow with all its steps, those in loops and branches included, in the author's order.
struct Flow<'a> {
    name: &'a str,
    steps: Vec<Step<'a>>,
}

struct Step<'a> {
    name: &'a Text,
    description: Option<&'a Node>,
    component: &'a str,
    action: Option<&'a Node>,
    inputs: Option<&'a Node>,
    is_loop: bool,
}

fn flows<'a>(root: &'a Node, files: &mut Files) -> Vec<Flow<'a>> {
    let listed = root.get("flows").map(Node::items).unwrap_or_default();
    // The older form is one flow, whose trigger stands beside its steps.
    let all = listed.iter().chain(listed.is_empty().then_some(root));
    all.map(|node| {
        let name = node.get("name").and_then(Node::as_str).unwrap_or_default();
        let mut flow = Flow { name, steps: Vec::new() };
        flow.steps.extend(node.get("trigger").and_then(|trigger| step(trigger, files)));
        add_steps(node, &mut flow, files);
        flow
    })
    .collect()
}

/// Adds the steps of a flow, a loop or a branch.
fn add_steps<'a>(node: &'a Node, flow: &mut Flow<'a>, files: &mut Files) {
    for item in node.get("steps").map(Node::items).unwrap_or_default() {
        flow.steps.extend(step(item, files));
        add_steps(item, flow, files);
        for branch in item.get("branches").map(Node::items).unwrap_or_default() {
            add_steps(branch, flow, files);
        }
    }
}

fn step<'a>(node: &'a Node, files: &mut Files) -> Option<Step<'a>> {
    let Some(name) = node.get("name").and_then(Node::as_text) else {
        files.report(Diagnostic::new(Code::WrongValue, "a step has no `name`; it is passed over", node.span));
        return None;
    };
    let action = node.get_set("action");
    let of_action = |key: &str| action.and_then(|action| action.get(key));
    let component = of_action("component").map(|component| component.get("key").unwrap_or(component));
    let component = component.or(of_action("componentKey")).and_then(Node::as_str);
    Some(Step {
        name,
        description: node.get_set("description"),
        component: component.unwrap_or_default(),
        action: of_action("key"),
        inputs: node.get("inputs"),
        is_loop: node.get("steps").is_some_and(Node::is_array),
    })
}

fn add_blocks(flows: &[Flow<'_>], sources: &mut Sources, files: &mut Files) {
    let mut ids = Ids::new(flows);
    for flow in flows {
        for step in flow.steps.iter().filter(|step| step.component == CODE) {
            let kind = step.action.and_then(Node::as_str);
            let Some((_, kind)) = BLOCKS.iter().find(|(action, _)| kind == Some(*action)) else {
                let message =
                    format!("step `{}`: the component `{CODE}` has no such action", step.name.value);
                let known = BLOCKS.iter().map(|(action, _)| *action);
                let place = step.action.map_or(step.name.span, |action| action.span);
                let diagnostic = Diagnostic::new(Code::WrongValue, message, place);
                files.report(diagnostic.did_you_mean(kind.unwrap_or_default(), known));
                continue;
            };
            let Some(code) =
                code_of(step.inputs, &format!("step `{}`", step.name.value), step.name.span, files)
            else {
                continue;
            };
            let span = step.name.span;
            let others = flow.steps.iter().filter(|other| !std::ptr::eq(other.name, step.name));
            let steps = Node { kind: Kind::Array(others.map(step_name).collect()), span };
            let metadata = Metadata {
                label: Some(text(&step.name.value, span)),
                description: step.description.cloned(),
                kind: Some(text(kind, span)),
                // What arrives at a trigger comes before all steps.
                steps: (*kind == "action").then_some(steps),
                ..Metadata::default()
            };
            let id = Spanned::new(ids.next(flow.name, &step.name.value), span);
            sources.components.push(component(ComponentKind::Module, id, metadata, code));
        }
    }
}

/// A step as the one-file format names it.
fn step_name(step: &Step<'_>) -> Node {
    let span = step.name.span;
    let name = Node { kind: Kind::String(step.name.clone()), span };
    if !step.is_loop {
        return name;
    }
    let member = |key: &str, value| Member { key: Text::detached(key, span), value };
    let looping = Node { kind: Kind::Bool(true), span };
    Node { kind: Kind::Object(vec![member("name", name), member("loop", looping)]), span }
}

fn component(kind: ComponentKind, id: Spanned<String>, metadata: Metadata, code: &Text) -> Component {
    let script = Node { kind: Kind::String(code.clone()), span: code.span };
    Component {
        kind,
        id,
        metadata,
        codes: vec![(CodeName::Script, script)],
        incomplete: false,
        is_folder_name: false,
    }
}

/// The ids of blocks: the keys of their steps, with the flow's name before those that several flows have.
struct Ids {
    flows: HashMap<String, usize>,
    taken: Vec<String>,
}

impl Ids {
    fn new(flows: &[Flow<'_>]) -> Self {
        let mut counts = HashMap::new();
        for flow in flows {
            let mut keys: Vec<String> = flow
                .steps
                .iter()
                .filter(|step| step.component == CODE)
                .map(|step| step_key(&step.name.value))
                .collect();
            keys.sort();
            keys.dedup();
            keys.into_iter().for_each(|key| *counts.entry(key).or_insert(0) += 1);
        }
        Self { flows: counts, taken: Vec::new() }
    }

    fn next(&mut self, flow: &str, step: &str) -> String {
        let key = step_key(step);
        let is_shared = self.flows.get(&key).is_some_and(|flows| *flows > 1);
        let name = if is_shared { step_key(&format!("{flow} {step}")) } else { key };
        let name = if name.is_empty() { "block".to_owned() } else { name };
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let id = std::iter::once(name.clone()).chain(numbered).find(|id| !self.taken.contains(id));
        let id = id.unwrap_or(name);
        self.taken.push(id.clone());
        id
    }
}

/// The code of a block, when it stands in the document.
fn code_of<'a>(inputs: Option<&'a Node>, what: &str, place: Span, files: &mut Files) -> Option<&'a Text> {
    let input = inputs.and_then(|inputs| inputs.get("code"));
    let kind = input.and_then(|input| input.get("type")).and_then(Node::as_str).unwrap_or("value");
    let value = input.map(|input| input.get("value").unwrap_or(input));
    let code = value.and_then(Node::as_text).filter(|code| !code.value.trim().is_empty());
    let is_filled_in = |code: &&Text| code.value.contains("{{$") || code.value.contains("{{#");
    let (reason, place) = match (kind, code) {
        ("value", Some(code)) => return Some(code),
        ("template", Some(code)) if !is_filled_in(&code) => return Some(code),
        ("value" | "template", None) => ("has no code", place),
        ("template", Some(code)) => ("has code with parts that the platform fills in", code.span),
        (_, _) => ("has code that does not stand in this document", value.map_or(place, |value| value.span)),
    };
    let diagnostic = Diagnostic::new(Code::WrongValue, format!("{what} {reason}; it is left out"), place);
    files.report(diagnostic.help("give it as `code: { type: value, value: .. }`"));
    None
}

/// The config variables by their display names, in the form that the one-file format has.
fn config_vars(root: &Node) -> Node {
    let Some(vars) = root.get("requiredConfigVars") else { return Node::empty_object(root.span) };
    let entry = |name: &Text, kind: Option<&Node>| {
        let kind = kind.cloned().unwrap_or_else(|| text("string", name.span));
        Member { key: name.clone(), value: kind }
    };
    let listed = vars.items().iter().filter_map(|var| {
        let name = var.get("key").or(var.get("name")).and_then(Node::as_text)?;
        // A list or a map of values is no text, whatever its values are.
        Some(entry(name, var.get_set("collectionType").or(var.get("dataType"))))
    });
    // The older form is an object of names and defaults.
    let named = vars.members().iter().map(|member| entry(&member.key, None));
    Node { kind: Kind::Object(listed.chain(named).collect()), span: vars.span }
}

fn add_data_sources(root: &Node, sources: &mut Sources, files: &mut Files) {
    for var in root.get("requiredConfigVars").map(Node::items).unwrap_or_default() {
        let Some(source) = var.get("dataSource") else { continue };
        let component_key =
            source.get("component").map(|component| component.get("key").unwrap_or(component));
        let is_code = component_key.or(source.get("componentKey")).and_then(Node::as_str) == Some(CODE);
        let Some(name) = var.get("key").or(var.get("name")).filter(|_| is_code).and_then(Node::as_text)
        else {
            continue;
        };
        let action = source.get("key");
        let kind = DATA_SOURCES.iter().find(|(key, _)| action.and_then(Node::as_str) == Some(*key));
        let Some((_, kind)) = kind else {
            let message =
                format!("config variable `{}`: the component `{CODE}` has no such data source", name.value);
            let diagnostic =
                Diagnostic::new(Code::WrongValue, message, action.map_or(name.span, |node| node.span));
            let known = DATA_SOURCES.iter().map(|(key, _)| *key);
            files.report(diagnostic.did_you_mean(action.and_then(Node::as_str).unwrap_or_default(), known));
            continue;
        };
        let what = format!("config variable `{}`", name.value);
        let Some(code) = code_of(var.get("inputs"), &what, name.span, files) else { continue };
        let metadata = Metadata {
            label: Some(text(&name.value, name.span)),
            kind: Some(text(kind, name.span)),
            ..Metadata::default()
        };
        let id =
            Some(step_key(&name.value)).filter(|id| !id.is_empty()).unwrap_or_else(|| "source".to_owned());
        let id = Spanned::new(id, name.span);
        sources.components.push(component(ComponentKind::DataSource, id, metadata, code));
    }
}

/// Says once which steps do not run here.
fn report_others(flows: &[Flow<'_>], files: &mut Files) {
    let others: Vec<&Step<'_>> =
        flows.iter().flat_map(|flow| &flow.steps).filter(|step| step.component != CODE).collect();
    let Some(first) = others.first() else { return };
    let count = others.len() - 1;
    let more = if count == 0 { String::new() } else { format!(" and {count} more") };
    let message =
        format!("the step `{}`{more} of other components: only code blocks run here", first.name.value);
    let help = "their results are inputs of the blocks: `stepResults` holds those that the code names";
    files.report(Diagnostic::new(Code::StepNotRun, message, first.name.span).help(help));
}

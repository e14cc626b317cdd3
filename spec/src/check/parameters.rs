//! Parameters that templates read and no form declares (connector.md 15).

use std::collections::{BTreeMap, HashSet};

use super::Findings;
use super::place::{Context, Owner, Place};
use crate::diagnostic::{Code, Diagnostic};
use crate::iml::ast::Template;
use crate::iml::usage::Usage;
use crate::model::{Connection, Connector, Entry, Field, KeyTemplate, ParameterType, Request, Tree};
use crate::similar::nearest;
use crate::span::Span;

/// What the templates read of `parameters`. A template of base counts as right when any of the components that inherit it
/// declares the parameter.
#[derive(Default)]
pub(super) struct Reads {
    by_place: BTreeMap<Span, Option<Diagnostic>>,
}

impl Reads {
    pub(super) fn collect<'a>(
        &mut self,
        template: &'a Template,
        usage: &Usage<'a>,
        place: &Place<'a>,
        connector: &'a Connector,
    ) {
        if !usage.reads("parameters") {
            return;
        }
        let Some(form) = Form::of(place, connector) else { return };
        for path in usage.paths.iter().filter(|path| path.root == "parameters") {
            let Some(name) = path.first_key() else { continue };
            let span = template.span_of(path.range.clone());
            if form.open || form.names.contains(name) {
                self.by_place.insert(span, None);
            } else {
                self.by_place.entry(span).or_insert_with(|| Some(unknown(name, span, &form)));
            }
        }
    }

    pub(super) fn report(self, findings: &mut Findings<'_>) {
        self.by_place.into_values().flatten().for_each(|diagnostic| findings.push(diagnostic));
    }
}

fn unknown(name: &str, span: Span, form: &Form<'_>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::UnknownParameter, format!("no parameter is called `{name}`"), span);
    match nearest(name, form.order.iter().copied()) {
        Some(found) => diagnostic.help(format!("did you mean `{found}`?")),
        None => diagnostic.help("declare it, or it is always undefined"),
    }
}

/// What a form declares on its first level.
#[derive(Default)]
struct Form<'a> {
    names: HashSet<&'a str>,
    /// The names in the order of the form, so that help is the same in every run.
    order: Vec<&'a str>,
    /// More may come at run time.
    open: bool,
}

impl<'a> Form<'a> {
    /// `None` where nobody can tell: an RPC gets the parameters of whoever asks (connector.md 14.1).
    fn of(place: &Place<'a>, connector: &'a Connector) -> Option<Self> {
        if place.context == Context::Form {
            return None;
        }
        let mut form = Self::default();
        match place.owner {
            Owner::Rpc(_) => return None,
            Owner::Connector => connector.install.iter().for_each(|install| form.add(&install.form)),
            Owner::Connection(connection) if place.context == Context::Install => {
                connection.install.iter().for_each(|install| form.add(&install.form));
            }
            Owner::Connection(connection) => form.connection(connection),
            Owner::Module(module) => {
                form.add(&module.parameters);
                let webhook = module.webhook.as_ref();
                let webhook =
                    connector.webhooks.iter().find(|one| webhook.is_some_and(|id| one.id.value == id.value));
                webhook.into_iter().for_each(|webhook| form.add(&webhook.parameters));
            }
            Owner::Webhook(webhook) => form.add(&webhook.parameters),
            Owner::Endpoint(endpoint) => form.add(&endpoint.parameters),
        }
        Some(form)
    }

    fn name(&mut self, name: &'a str) {
        if self.names.insert(name) {
            self.order.push(name);
        }
    }

    /// Nested fields belong to the level of their parent (connector.md 14.2).
    fn add(&mut self, fields: &'a [Field]) {
        for field in fields {
            let Field::Parameter(parameter) = field else {
                self.open = true;
                continue;
            };
            self.name(&parameter.name.value);
            self.add(&parameter.nested);
            self.add(&parameter.nested_false);
            if let ParameterType::Select(options) = &parameter.ty {
                options.choices.iter().for_each(|choice| self.add(&choice.nested));
                self.add(&options.nested);
                self.add(&options.placeholder_nested);
            }
        }
    }

    /// Inside a connection `parameters` also holds what its requests stored (connector.md 10.1).
    fn connection(&mut self, connection: &'a Connection) {
        // A bare OAuth 2 document has no place for a form (connector.md 10.3).
        self.open |= connection.parameters.is_empty();
        self.add(&connection.parameters);
        let phases = connection.phases.iter().flat_map(|phase| &phase.requests);
        for request in connection.verify.iter().chain(phases) {
            self.stored(request);
        }
    }

    fn stored(&mut self, request: &'a Request) {
        match &request.response.data {
            None => {}
            Some(Tree::Object(entries)) => {
                for entry in &entries.value {
                    match entry {
                        Entry::Field { key: KeyTemplate::Literal(key), .. } => self.name(&key.value),
                        Entry::Field { .. } | Entry::Spread(_) => self.open = true,
                    }
                }
            }
            Some(_) => self.open = true,
        }
    }
}

//! Modules (connector.md 11).

use super::directives::{Place, REQUEST, RESPONSE};
use super::metadata::metadata;
use super::parameter::Purpose;
use super::reader::{Reader, label};
use crate::base;
use crate::diagnostic::{Code, Diagnostic};
use crate::json::{Kind, Node};
use crate::model::{Field, Module, ModuleKind, Request, Responder};
use crate::source::{CodeName, Component, ComponentKind};
use crate::span::Spanned;

/// The kinds of modules with their numbers in exports (connector.md 2.3).
pub(crate) const KINDS: &[(&str, u8, ModuleKind)] = &[
    ("trigger", 1, ModuleKind::Trigger),
    ("action", 4, ModuleKind::Action),
    ("search", 9, ModuleKind::Search),
    ("instant_trigger", 10, ModuleKind::InstantTrigger),
    ("responder", 11, ModuleKind::Responder),
    ("universal", 12, ModuleKind::Universal),
];

impl Reader<'_> {
    /// One module; its requests inherit from `base`.
    pub(super) fn module(&mut self, component: &Component, base: Option<&Node>) -> Module {
        let kind = self.module_kind(component);
        let communication = self.module_communication(component, kind);
        let requests = match communication {
            Some(node) => self.module_requests(kind, node, base),
            None => Vec::new(),
        };
        if kind == ModuleKind::Trigger && requests.last().is_none_or(|last| last.response.trigger.is_none()) {
            self.missing_trigger(component);
        }
        let responder = match kind {
            ModuleKind::Responder => communication.map(|node| self.responder_module(node)),
            _ => None,
        };
        let epoch = component.code(CodeName::Epoch).filter(|epoch| !epoch.is_empty_value());
        Module {
            id: component.id.clone(),
            label: label(component.metadata.label.as_ref()),
            description: label(component.metadata.description.as_ref()),
            kind,
            connection: self.connection_of(component),
            alt_connection: self.alt_connection_of(component),
            webhook: self.webhook_of(component, kind),
            parameters: self.module_parameters(component),
            interface: self.fields_of(component, CodeName::Interface, Purpose::Output),
            metadata: metadata(component, CodeName::Expect),
            samples: component.code(CodeName::Samples).filter(|node| !node.is_empty_value()).cloned(),
            requests,
            responder,
            epoch: epoch.and_then(|epoch| self.epoch(epoch, communication, base)),
            code: self.script_of(component),
            scope: self.scope_of(component),
        }
    }

    /// The webhook that a module names; an instant trigger that names none has the only one.
    fn webhook_of(&mut self, component: &Component, kind: ModuleKind) -> Option<Spanned<String>> {
        match &component.metadata.webhook {
            None if kind == ModuleKind::InstantTrigger => {
                self.only(ComponentKind::Webhook, component.id.span)
            }
            node => self.reference(ComponentKind::Webhook, "webhook", node.as_ref()),
        }
    }

    fn module_kind(&mut self, component: &Component) -> ModuleKind {
        let said = component.metadata.kind.as_ref();
        let known = said.and_then(|node| {
            let text = match &node.kind {
                Kind::String(text) => text.value.trim().to_ascii_lowercase().replace(['-', ' '], "_"),
                Kind::Number(number) => number.clone(),
                _ => return None,
            };
            KINDS.iter().find(|(name, number, _)| *name == text || number.to_string() == text)
        });
        if let Some((.., kind)) = known {
            return *kind;
        }
        if let Some(node) = said {
            self.wrong_value("type", node, &KINDS.iter().map(|row| row.0).collect::<Vec<_>>());
        }
        let (name, kind) = self.inferred_kind(component);
        if said.is_none() && !component.incomplete {
            let message = format!("module `{}` does not say its type; taken as `{name}`", component.id.value);
            let diagnostic = Diagnostic::new(Code::MissingKind, message, component.id.span);
            let help = format!(
                "add `\"type\": \"{name}\"`; an app has it in its manifest or in the module's `metadata.json`"
            );
            self.sink.push(diagnostic.help(help));
        }
        kind
    }

    /// The communication, where the module has one. JavaScript stands in its place (rulings 41), and an instant
    /// trigger passes the webhook's items on without one.
    fn module_communication<'c>(&mut self, component: &'c Component, kind: ModuleKind) -> Option<&'c Node> {
        let communication = component.code(CodeName::Communication);
        let script = component.code(CodeName::Script);
        match (communication, script) {
            (Some(node), Some(_)) => {
                let message = "a module has either `code` or `communication`; the code is used";
                self.report(Code::MisplacedDirective, message, node.span);
                None
            }
            (None, None) if kind != ModuleKind::InstantTrigger && !component.incomplete => {
                let message = format!("module `{}` has no communication", component.id.value);
                let diagnostic = Diagnostic::new(Code::MissingCommunication, message, component.id.span);
                self.sink.push(diagnostic.help("give it a `communication`, `{}` if it sends nothing"));
                None
            }
            (communication, _) => communication,
        }
    }

    fn module_requests(&mut self, kind: ModuleKind, node: &Node, base: Option<&Node>) -> Vec<Request> {
        match kind {
            ModuleKind::Action | ModuleKind::Search | ModuleKind::Universal => {
                self.requests(node, base, Place::Module)
            }
            ModuleKind::Trigger => self.requests(node, base, Place::Trigger),
            // An empty one hands the webhook's items through: nothing to inherit, nothing to send.
            ModuleKind::InstantTrigger if node.is_empty_value() => Vec::new(),
            ModuleKind::InstantTrigger => self.requests(node, base, Place::InstantTrigger),
            ModuleKind::Responder => Vec::new(),
        }
    }

    fn missing_trigger(&mut self, component: &Component) {
        let has_requests =
            component.code(CodeName::Communication).is_some() && component.code(CodeName::Script).is_none();
        if component.incomplete || !has_requests {
            return;
        }
        let message = format!("polling trigger `{}` has no `response.trigger`", component.id.value);
        let diagnostic = Diagnostic::new(Code::MissingTrigger, message, component.id.span);
        self.sink.push(diagnostic.help("its last request says by `trigger` which items are new"));
    }

    /// A responder: only `response` with status, headers and body (connector.md 11.6).
    fn responder_module(&mut self, node: &Node) -> Responder {
        self.check_directives(node, REQUEST, Place::Responder);
        let response = node.get_set("response");
        if let Some(response) = response {
            self.check_directives(response, RESPONSE, Place::Responder);
        }
        self.responder(response.unwrap_or(&Node::empty_object(node.span)))
    }

    /// The epoch over the last request, which inherits from base itself (connector.md 3.15).
    fn epoch(&mut self, epoch: &Node, communication: Option<&Node>, base: Option<&Node>) -> Option<Request> {
        if !epoch.is_object() {
            self.wrong_type("epoch", "an object", epoch);
            return None;
        }
        self.check_request(epoch, Place::Epoch);
        let last =
            communication.and_then(|node| if node.is_array() { node.items().last() } else { Some(node) });
        let last = last.filter(|last| last.is_object());
        let inherited = match (base, last) {
            (Some(base), Some(last)) => Some(base::merge(base, last)),
            (base, last) => last.or(base).cloned(),
        };
        let merged = inherited.map_or_else(|| epoch.clone(), |inherited| base::overlay(&inherited, epoch));
        Some(self.request(&merged, Place::Epoch))
    }

    /// What the codes of a module say about its kind (connector.md 2.4, step 4).
    fn inferred_kind(&self, component: &Component) -> (&'static str, ModuleKind) {
        let communication = component.code(CodeName::Communication);
        let requests = communication.map_or(&[][..], |node| match &node.kind {
            Kind::Array(items) => items,
            _ => std::slice::from_ref(node),
        });
        let responds_with = |name: &str| {
            requests
                .iter()
                .any(|request| request.get("response").is_some_and(|node| node.get_set(name).is_some()))
        };
        let names_webhook =
            component.metadata.webhook.as_ref().is_some_and(|webhook| !webhook.is_empty_value());
        // Where there are webhooks, what sends nothing passes their items on.
        let passes_on = communication.is_none_or(Node::is_empty_value)
            && component.code(CodeName::Script).is_none()
            && self.ids.iter().any(|(kind, _)| *kind == ComponentKind::Webhook);
        let has_epoch = component.code(CodeName::Epoch).is_some_and(|epoch| !epoch.is_empty_value());
        if has_epoch || responds_with("trigger") {
            ("trigger", ModuleKind::Trigger)
        } else if names_webhook || passes_on {
            ("instant_trigger", ModuleKind::InstantTrigger)
        } else if responds_with("iterate") {
            ("search", ModuleKind::Search)
        } else {
            ("action", ModuleKind::Action)
        }
    }

    /// Static parameters, then mappable ones, which win where names collide (connector.md 3.14).
    fn module_parameters(&mut self, component: &Component) -> Vec<Field> {
        let mut fields = self.fields_of(component, CodeName::Parameters, Purpose::Input);
        let expect = self.fields_of(component, CodeName::Expect, Purpose::Input);
        let mappable: std::collections::HashSet<&str> = expect.iter().filter_map(field_name).collect();
        fields.retain(|field| !field_name(field).is_some_and(|name| mappable.contains(name)));
        fields.extend(expect);
        fields
    }
}

fn field_name(field: &Field) -> Option<&str> {
    match field {
        Field::Parameter(parameter) => Some(&parameter.name.value),
        Field::Rpc(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::directives::{RESPOND, find};

    #[test]
    fn a_responder_takes_the_keys_of_respond() {
        for key in RESPOND.iter().filter(|key| **key != "type") {
            assert!(find(RESPONSE, key).is_some_and(|row| row.belongs(Place::Responder)), "{key}");
        }
    }
}

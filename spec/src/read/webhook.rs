//! Webhooks (connector.md 13).

use super::directives::{Place, REQUEST, RESPOND, VERIFICATION};
use super::keys::Directives;
use super::parameter::Purpose;
use super::reader::{Reader, label};
use crate::diagnostic::{Code, Diagnostic};
use crate::json::{Kind, Node};
use crate::model::{Request, Responder, Verification, Webhook, WebhookKind};
use crate::source::{CodeName, Component};

impl Reader<'_> {
    /// One webhook. Registration inherits from `base`, the handling of incoming requests does not
    /// (connector.md 5).
    pub(super) fn webhook(&mut self, component: &Component, base: Option<&Node>) -> Webhook {
        let empty = Node::empty_object(component.id.span);
        let node = component.code(CodeName::Communication).unwrap_or(&empty);
        if !node.is_object() && !node.is_empty_value() {
            self.wrong_type("communication", "an object", node);
        }
        self.check_directives(node, REQUEST, Place::Incoming);
        let keys = Directives { node, table: REQUEST, place: Place::Incoming };
        Webhook {
            id: component.id.clone(),
            label: label(component.metadata.label.as_ref()),
            kind: self.webhook_kind(component.metadata.kind.as_ref()),
            connection: self.connection_of(component),
            alt_connection: self.alt_connection_of(component),
            parameters: self.fields_of(component, CodeName::Parameters, Purpose::Input),
            attach: self.registration(component.code(CodeName::Attach), base),
            update: self.registration(component.code(CodeName::Update), base),
            detach: self.registration(component.code(CodeName::Detach), base),
            verification: keys.get("verification").and_then(|node| self.verification(node)),
            condition: keys.get("condition").and_then(|condition| self.condition(condition)),
            iterate: keys.get("iterate").and_then(|iterate| self.iterate(iterate)),
            output: keys.get_or_null("output").map(|output| self.output(output)),
            uid: keys.get("uid").and_then(|uid| self.template("uid", uid)),
            respond: self.respond(keys),
            scope: self.scope_of(component),
        }
    }

    fn webhook_kind(&mut self, node: Option<&Node>) -> WebhookKind {
        match node.map(|node| (node, node.as_str())) {
            None | Some((_, Some("web"))) => WebhookKind::Dedicated,
            Some((_, Some("web-shared"))) => WebhookKind::Shared,
            Some((node, _)) => {
                self.wrong_value("type", node, &["web", "web-shared"]);
                WebhookKind::Dedicated
            }
        }
    }

    /// `attach`, `update` or `detach`; an empty one sends nothing.
    fn registration(&mut self, node: Option<&Node>, base: Option<&Node>) -> Vec<Request> {
        match node.filter(|node| !node.is_empty_value()) {
            Some(node) => self.requests(node, base, Place::Hook),
            None => Vec::new(),
        }
    }

    fn verification(&mut self, node: &Node) -> Option<Verification> {
        if !node.is_object() {
            self.wrong_type("verification", "an object", node);
            return None;
        }
        if node.is_empty_value() {
            return None;
        }
        self.check_keys("verification", node, VERIFICATION);
        Some(Verification {
            condition: node.get_set("condition").map(|condition| self.tree(condition)),
            respond: node.get_set("respond").and_then(|respond| self.checked_respond("respond", respond)),
        })
    }

    /// `respond`. One published app writes `response` in its place (connector.md 13.3).
    fn respond(&mut self, keys: Directives<'_>) -> Option<Responder> {
        if let Some(respond) = keys.get("respond") {
            return self.checked_respond("respond", respond);
        }
        let response = keys.get("response").filter(|response| !response.is_empty_value())?;
        let message = "a webhook answers with `respond`; this `response` is taken for it";
        let diagnostic = Diagnostic::new(Code::MisplacedDirective, message, response.span);
        self.sink.push(diagnostic.help("rename it to `respond`"));
        self.checked_respond("response", response)
    }

    fn checked_respond(&mut self, what: &str, node: &Node) -> Option<Responder> {
        if !matches!(node.kind, Kind::Object(_)) {
            self.wrong_type(what, "an object", node);
            return None;
        }
        self.check_keys(what, node, RESPOND);
        Some(self.responder(node))
    }

    /// The answer in `node`: of a webhook, a verification or a responder.
    pub(super) fn responder(&mut self, node: &Node) -> Responder {
        Responder {
            body_type: node.get_set("type").and_then(|ty| self.template("respond.type", ty)),
            status: node.get_set("status").map(|status| self.tree(status)),
            headers: node.get_set("headers").and_then(|headers| self.collection("respond.headers", headers)),
            body: node.get_set("body").map(|body| self.tree(body)),
        }
    }
}

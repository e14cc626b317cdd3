//! Connections (connector.md 10).

use super::directives::{Place, REQUEST, find};
use super::parameter::Purpose;
use super::reader::{Reader, label};
use crate::base;
use crate::diagnostic::{Code, Diagnostic};
use crate::json::{Kind, Member, Node};
use crate::model::{Connection, ConnectionKind, Field, Phase, PhaseKind, Request};
use crate::source::{CodeName, Component, PHASES};

/// The phases, in the order of [`PhaseKind`], with the place that each of them is.
const ROWS: &[(&str, PhaseKind, Place)] = &[
    ("preauthorize", PhaseKind::Preauthorize, Place::Preauthorize),
    ("requestToken", PhaseKind::RequestToken, Place::RequestToken),
    ("authorize", PhaseKind::Authorize, Place::Authorize),
    ("token", PhaseKind::Token, Place::Token),
    ("accessToken", PhaseKind::AccessToken, Place::Token),
    ("info", PhaseKind::Info, Place::Info),
    ("refresh", PhaseKind::Refresh, Place::Refresh),
    ("invalidate", PhaseKind::Invalidate, Place::Invalidate),
];

/// Names that no parameter of a connection may have.
const RESERVED: &[&str] = &["accountName", "teamID"];

/// What may be written for the kind of a connection.
const KINDS: &[&str] = &["basic", "oauth"];

impl Reader<'_> {
    /// One connection. Nothing is inherited here: urls are absolute (connector.md 5).
    pub(super) fn connection(&mut self, component: &Component) -> Connection {
        let communication = component.code(CodeName::Communication);
        let kind = self.connection_kind(component, communication);
        let is_oauth = kind != ConnectionKind::Basic;
        if is_oauth && communication.is_none() && !component.incomplete {
            let message = format!("connection `{}` has no communication", component.id.value);
            self.report(Code::MissingCommunication, message, component.id.span);
        }
        let verify = communication.filter(|_| !is_oauth).map(|node| self.verify(node));
        let phases = communication.filter(|_| is_oauth).map(|node| self.phases(node));
        let code = |name| component.code(name).filter(|node| !node.is_empty_value());
        let parameters = self.fields_of(component, CodeName::Parameters, Purpose::Input);
        self.check_reserved(&parameters);
        Connection {
            id: component.id.clone(),
            label: label(component.metadata.label.as_ref()),
            kind,
            parameters,
            verify: verify.unwrap_or_default(),
            phases: phases.unwrap_or_default(),
            common: self.common(code(CodeName::Common)),
            scope: self.scope_of(component),
            scopes: self.scopes(code(CodeName::Scopes)),
            install: self.installation(code(CodeName::InstallSpec), code(CodeName::Install)),
        }
    }

    /// Names that the platform's own form of a connection uses (connector.md 3.4).
    fn check_reserved(&mut self, parameters: &[Field]) {
        for field in parameters {
            if let Field::Parameter(parameter) = field
                && RESERVED.contains(&parameter.name.value.as_str())
            {
                let message = format!("Make keeps the name `{}` for itself", parameter.name.value);
                self.report(Code::BadIdentifier, message, parameter.name.span);
            }
        }
    }

    /// What the component says, unless its communication has phases, which settle it (connector.md 2.2).
    fn connection_kind(&mut self, component: &Component, communication: Option<&Node>) -> ConnectionKind {
        let phases = |names: &[&str]| {
            communication.is_some_and(|node| names.iter().any(|name| node.get(name).is_some()))
        };
        let said = component.metadata.kind.as_ref();
        let name = said.and_then(Node::as_str).map(str::to_ascii_lowercase);
        if let (Some(node), false) = (said, name.as_deref().is_some_and(is_known_kind)) {
            self.wrong_value("type", node, KINDS);
        }
        let says_oauth = name.as_deref().is_some_and(|name| name.starts_with("oauth"));
        if phases(&["requestToken", "accessToken"]) || name.as_deref() == Some("oauth1") {
            ConnectionKind::OAuth1
        } else if says_oauth || phases(PHASES) {
            ConnectionKind::OAuth2
        } else {
            ConnectionKind::Basic
        }
    }

    /// The requests that verify a basic connection; `{}` is always valid (connector.md 10.2).
    fn verify(&mut self, node: &Node) -> Vec<Request> {
        if node.is_empty_value() { Vec::new() } else { self.requests(node, None, Place::Basic) }
    }

    fn phases(&mut self, node: &Node) -> Vec<Phase> {
        if !node.is_object() {
            if !node.is_empty_value() {
                self.wrong_type("communication", "an object of phases", node);
            }
            return Vec::new();
        }
        for member in node.members() {
            self.check_phase_key(member);
        }
        let signing = node.get_set("oauth");
        let mut phases = Vec::new();
        for (name, kind, place) in ROWS {
            let Some(phase) = node.get_set(name) else { continue };
            if phase.is_empty_value() {
                let message = format!("the phase `{name}` is empty and left out");
                self.report(Code::MissingUrl, message, phase.span);
                continue;
            }
            let signed = signing.map(|signing| with_signing(phase, signing));
            let requests = self.phase(name, signed.as_ref().unwrap_or(phase), *place);
            phases.push(Phase { kind: *kind, requests });
        }
        phases
    }

    fn phase(&mut self, name: &str, node: &Node, place: Place) -> Vec<Request> {
        if !node.is_object() && !node.is_array() {
            self.wrong_type(name, "a request or an array of requests", node);
            return Vec::new();
        }
        self.requests(node, None, place)
    }

    fn check_phase_key(&mut self, member: &Member) {
        let key = &*member.key.value;
        if PHASES.contains(&key) || matches!(key, "oauth" | "$schema") {
            return;
        }
        if find(REQUEST, key).is_some() {
            let message = format!("`{key}` means nothing beside the phases of a connection; it is ignored");
            let diagnostic = Diagnostic::new(Code::MisplacedDirective, message, member.key.span);
            self.sink.push(diagnostic.help("write it inside of a phase"));
            return;
        }
        let message = format!("an OAuth connection has no phase `{key}`");
        let diagnostic = Diagnostic::new(Code::UnknownDirective, message, member.key.span);
        self.sink.push(diagnostic.did_you_mean(key, PHASES.iter().copied()));
    }

    /// The catalogue of scopes: scope and meaning (connector.md 3.11).
    fn scopes(&mut self, node: Option<&Node>) -> Vec<(String, String)> {
        let Some(node) = node else { return Vec::new() };
        match &node.kind {
            Kind::Object(members) => {
                let text = |member: &Member| label(Some(&member.value)).unwrap_or_default();
                members.iter().map(|member| (member.key.value.to_string(), text(member))).collect()
            }
            // A plain list has the scopes without their meaning.
            _ => self.names("scopes", node).into_iter().map(|scope| (scope.value, String::new())).collect(),
        }
    }
}

fn is_known_kind(name: &str) -> bool {
    KINDS.contains(&name) || matches!(name, "oauth1" | "oauth2" | "oauth-1" | "oauth-2")
}

/// Each request of a phase with the connection's signing options under its own (connector.md 10.5).
fn with_signing(phase: &Node, signing: &Node) -> Node {
    match &phase.kind {
        Kind::Array(items) => {
            let items = items.iter().map(|item| with_signing(item, signing)).collect();
            Node { kind: Kind::Array(items), span: phase.span }
        }
        Kind::Object(members) => {
            let mut members = members.clone();
            match members.iter_mut().find(|member| &*member.key.value == "oauth") {
                Some(own) => own.value = base::merge_options(signing, &own.value),
                None => {
                    let key = crate::span::Text::detached("oauth", signing.span);
                    members.push(Member { key, value: signing.clone() });
                }
            }
            Node { kind: Kind::Object(members), span: phase.span }
        }
        _ => phase.clone(),
    }
}

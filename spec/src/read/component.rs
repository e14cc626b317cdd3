//! RPCs, functions, endpoints and data sources, and what all components share.

use super::directives::Place;
use super::metadata::metadata;
use super::parameter::Purpose;
use super::reader::{Reader, label};
use crate::diagnostic::{Code, Diagnostic};
use crate::json::Node;
use crate::model::{DataSource, DataSourceKind, Endpoint, Field, Function, Rpc};
use crate::source::{CodeName, Component, ComponentKind};
use crate::span::{Spanned, Text};

/// The kinds of data sources (connector.md 18.4).
pub(crate) const DATA_SOURCES: &[(&str, DataSourceKind)] = &[
    ("jsonForm", DataSourceKind::JsonForm),
    ("objectSelection", DataSourceKind::ObjectSelection),
    ("picklist", DataSourceKind::Picklist),
    ("string", DataSourceKind::String),
];

impl Reader<'_> {
    /// One RPC (connector.md 14).
    pub(super) fn rpc(&mut self, component: &Component, base: Option<&Node>) -> Rpc {
        let communication = self.needed_communication(component);
        Rpc {
            id: component.id.clone(),
            label: label(component.metadata.label.as_ref()),
            connection: self.connection_of(component),
            alt_connection: self.alt_connection_of(component),
            parameters: self.fields_of(component, CodeName::Parameters, Purpose::Input),
            metadata: metadata(component, CodeName::Parameters),
            requests: communication.map(|node| self.requests(node, base, Place::Rpc)).unwrap_or_default(),
            scope: self.scope_of(component),
        }
    }

    /// One endpoint: exactly one request (connector.md 17).
    pub(super) fn endpoint(&mut self, component: &Component, base: Option<&Node>) -> Option<Endpoint> {
        let communication = self.needed_communication(component)?;
        let own = match communication.items() {
            [only] => only,
            _ => communication,
        };
        let request = self.inheriting_request(own, base, Place::Endpoint)?;
        let accounts = component.metadata.attached_accounts.as_ref();
        let accounts = accounts.map(|node| self.names("attachedAccounts", node)).unwrap_or_default();
        let accounts =
            accounts.into_iter().map(|name| self.resolve(ComponentKind::Connection, name)).collect();
        Some(Endpoint {
            id: component.id.clone(),
            label: label(component.metadata.label.as_ref()),
            description: label(component.metadata.description.as_ref()),
            connection: self.connection_of(component),
            attached_accounts: accounts,
            parameters: self.fields_of(component, CodeName::Parameters, Purpose::Input),
            interface: self.fields_of(component, CodeName::Interface, Purpose::Output),
            metadata: metadata(component, CodeName::Parameters),
            request,
            scope: self.scope_of(component),
        })
    }

    /// One custom function (connector.md 16).
    pub(super) fn function(&mut self, component: &Component) -> Option<Function> {
        let Some(code) = self.script_of(component) else {
            // A blank file is an absent code; whatever calls the function is reported where it does.
            let message = format!("function `{}` has no code", component.id.value);
            self.report(Code::MissingFile, message, component.id.span);
            return None;
        };
        Some(Function { id: component.id.clone(), code })
    }

    /// One data source of the code connector (rulings 41).
    pub(super) fn data_source(&mut self, component: &Component) -> Option<DataSource> {
        let said = component.metadata.kind.as_ref();
        let known =
            said.and_then(Node::as_str).and_then(|name| DATA_SOURCES.iter().find(|row| row.0 == name));
        let Some((_, kind)) = known else {
            let names: Vec<&str> = DATA_SOURCES.iter().map(|row| row.0).collect();
            match said {
                Some(node) => self.wrong_value("type", node, &names),
                None => {
                    let message = format!("data source `{}` does not say its type", component.id.value);
                    let diagnostic = Diagnostic::new(Code::WrongValue, message, component.id.span);
                    self.sink.push(diagnostic.help(format!("it is one of {}", names.join(", "))));
                }
            }
            return None;
        };
        let Some(code) = self.script_of(component) else {
            self.no_code(component);
            return None;
        };
        Some(DataSource {
            id: component.id.clone(),
            label: label(component.metadata.label.as_ref()),
            kind: *kind,
            connection: self.connection_of(component),
            code,
        })
    }

    fn no_code(&mut self, component: &Component) {
        let message = format!("{} `{}` has no code", component.kind.noun(), component.id.value);
        let diagnostic = Diagnostic::new(Code::MissingCommunication, message, component.id.span);
        self.sink.push(diagnostic.help("give it a `code`: JavaScript, or `{\"file\": \"..\"}`"));
    }

    fn needed_communication<'c>(&mut self, component: &'c Component) -> Option<&'c Node> {
        let communication = component.code(CodeName::Communication);
        if communication.is_none() && !component.incomplete {
            let message = format!("{} `{}` has no communication", component.kind.noun(), component.id.value);
            self.report(Code::MissingCommunication, message, component.id.span);
        }
        communication
    }

    /// The parameters in one of a component's codes.
    pub(super) fn fields_of(
        &mut self,
        component: &Component,
        code: CodeName,
        purpose: Purpose,
    ) -> Vec<Field> {
        component.code(code).map(|node| self.fields(code.key(), node, purpose)).unwrap_or_default()
    }

    /// The scopes that a component needs.
    pub(super) fn scope_of(&mut self, component: &Component) -> Vec<Spanned<String>> {
        component.code(CodeName::Scope).map(|node| self.names("scope", node)).unwrap_or_default()
    }

    /// The JavaScript of a component.
    pub(super) fn script_of(&self, component: &Component) -> Option<Text> {
        component.code(CodeName::Script)?.as_text().cloned()
    }

    /// The connection that a component names, or the only one.
    pub(super) fn connection_of(&mut self, component: &Component) -> Option<Spanned<String>> {
        match &component.metadata.connection {
            None => self.only(ComponentKind::Connection, component.id.span),
            node => self.reference(ComponentKind::Connection, "connection", node.as_ref()),
        }
    }

    /// The alternative connection that a component names.
    pub(super) fn alt_connection_of(&mut self, component: &Component) -> Option<Spanned<String>> {
        self.reference(ComponentKind::Connection, "altConnection", component.metadata.alt_connection.as_ref())
    }
}

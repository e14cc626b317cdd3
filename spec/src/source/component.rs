//! The intermediate form in which all layouts end: components with their codes as JSON.

use std::collections::HashMap;

use super::code::CodeName;
use crate::diagnostic::Dialect;
use crate::json::Node;
use crate::model::QsPolicy;
use crate::span::Spanned;

/// The kinds of components (connector.md 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum ComponentKind {
    Connection,
    Webhook,
    Module,
    Rpc,
    Function,
    Endpoint,
    DataSource,
}

impl ComponentKind {
    /// The word for people, with its article.
    pub(crate) fn a_noun(self) -> String {
        let article = if matches!(self, Self::Endpoint | Self::Rpc) { "an" } else { "a" };
        format!("{article} {}", self.noun())
    }

    /// The word for people.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::Webhook => "webhook",
            Self::Module => "module",
            Self::Rpc => "RPC",
            Self::Function => "function",
            Self::Endpoint => "endpoint",
            Self::DataSource => "data source",
        }
    }
}

/// Every kind with its key in a one-file connector, which is also the usual folder name, and its key in a
/// manifest, which is also the folder name of some projects (connector.md 2.2, 2.4).
pub(crate) const KINDS: &[(ComponentKind, &str, &str)] = &[
    (ComponentKind::Connection, "connections", "connection"),
    (ComponentKind::Webhook, "webhooks", "webhook"),
    (ComponentKind::Module, "modules", "module"),
    (ComponentKind::Rpc, "rpcs", "rpc"),
    (ComponentKind::Function, "functions", "function"),
    (ComponentKind::Endpoint, "endpoints", "endpoint"),
    (ComponentKind::DataSource, "dataSources", "dataSource"),
];

/// What a component is besides its codes. Values keep the form in which the layout had them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Metadata {
    pub(crate) label: Option<Node>,
    pub(crate) description: Option<Node>,
    /// `type`: of a module, connection, webhook or data source.
    pub(crate) kind: Option<Node>,
    /// A `null` is kept here: it says that there is none, where nothing at all may mean the only one.
    pub(crate) connection: Option<Node>,
    pub(crate) alt_connection: Option<Node>,
    /// As with the connection, `null` says that there is none.
    pub(crate) webhook: Option<Node>,
    pub(crate) attached_accounts: Option<Node>,
    /// `steps`: the names of the steps whose results a code block can read (connector.md 18.3).
    pub(crate) steps: Option<Node>,
    /// `aliasTo`: the connection whose codes are used in place of the own ones (connector.md 2.3).
    pub(crate) alias_to: Option<Node>,
}

/// The keys under which the layouts write the kind of a component (connector.md 2.2, 2.3).
pub(crate) const KIND_KEYS: &[&str] =
    &["type", "typeId", "moduleType", "moduleSubtype", "connectionType", "webhookType"];

impl Metadata {
    /// Reads the metadata in `node`, whichever layout it comes from.
    pub(crate) fn read(node: &Node) -> Self {
        let get = |key: &str| node.get_set(key).cloned();
        Self {
            label: get("label"),
            description: get("description"),
            kind: KIND_KEYS.iter().find_map(|key| get(key)),
            connection: node.get("connection").cloned(),
            alt_connection: get("altConnection"),
            webhook: node.get("webhook").cloned(),
            attached_accounts: get("attachedAccounts"),
            steps: get("steps"),
            alias_to: get("aliasTo"),
        }
    }

    /// Fills what is absent here from `other`.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            label: self.label.or(other.label),
            description: self.description.or(other.description),
            kind: self.kind.or(other.kind),
            connection: self.connection.or(other.connection),
            alt_connection: self.alt_connection.or(other.alt_connection),
            webhook: self.webhook.or(other.webhook),
            attached_accounts: self.attached_accounts.or(other.attached_accounts),
            steps: self.steps.or(other.steps),
            alias_to: self.alias_to.or(other.alias_to),
        }
    }
}

/// One component with its codes.
#[derive(Debug, Clone)]
pub(crate) struct Component {
    pub(crate) kind: ComponentKind,
    pub(crate) id: Spanned<String>,
    pub(crate) metadata: Metadata,
    pub(crate) codes: Vec<(CodeName, Node)>,
    /// Its codes are not all there, and nothing more is to be said of it: they belong to another app
    /// (connector.md 2.2, `nonOwnedByApp`), or could not be read, which is reported.
    pub(crate) incomplete: bool,
    /// Its id is the name of a folder, where Make's id stands in kebab case (connector.md 2.2).
    pub(crate) is_folder_name: bool,
}

impl Component {
    /// The code of that name.
    pub(crate) fn code(&self, name: CodeName) -> Option<&Node> {
        self.codes.iter().find(|(own, _)| *own == name).map(|(_, node)| node)
    }
}

/// Names that the deployed app uses for components whose local id differs.
pub(crate) type RemoteNames = HashMap<(ComponentKind, String), String>;

/// A connector's files, read: what all layouts have in common.
#[derive(Debug, Clone)]
pub(crate) struct Sources {
    pub(crate) name: String,
    pub(crate) label: Option<Node>,
    pub(crate) dialect: Dialect,
    pub(crate) qs_policy: QsPolicy,
    pub(crate) qs_policy_set: Option<Node>,
    pub(crate) valid_policy_set: Option<Node>,
    /// A one-file connector whose connections have `refresh` retries after an access error (rulings 31).
    pub(crate) retries_after_refresh: bool,
    pub(crate) base: Option<Node>,
    pub(crate) common: Option<Node>,
    pub(crate) groups: Option<Node>,
    pub(crate) install: Option<Node>,
    pub(crate) install_spec: Option<Node>,
    /// `configVars`: the config variables that code can read, with their types (connector.md 18.5).
    pub(crate) config_vars: Option<Node>,
    /// Ids are made of names for people, not chosen for Make.
    pub(crate) has_made_ids: bool,
    pub(crate) components: Vec<Component>,
    /// From the deployed name to the local id.
    pub(crate) remote_names: RemoteNames,
}

impl Sources {
    /// A connector without anything in it, in the strict dialect of one-file connectors.
    pub(crate) fn strict(name: String) -> Self {
        Self {
            name,
            label: None,
            dialect: Dialect::Strict,
            qs_policy: QsPolicy::Replace,
            qs_policy_set: None,
            valid_policy_set: None,
            retries_after_refresh: true,
            base: None,
            common: None,
            groups: None,
            install: None,
            install_spec: None,
            config_vars: None,
            has_made_ids: false,
            components: Vec::new(),
            remote_names: RemoteNames::new(),
        }
    }

    /// The app-wide codes with their names.
    pub(super) fn general(&mut self) -> [(&'static str, &mut Option<Node>); 5] {
        [
            ("base", &mut self.base),
            ("common", &mut self.common),
            ("groups", &mut self.groups),
            ("install", &mut self.install),
            ("installSpec", &mut self.install_spec),
        ]
    }

    /// A connector without anything in it, in the lenient dialect of Make layouts.
    pub(crate) fn lenient(name: String) -> Self {
        Self {
            dialect: Dialect::Lenient,
            qs_policy: QsPolicy::Merge,
            retries_after_refresh: false,
            ..Self::strict(name)
        }
    }
}

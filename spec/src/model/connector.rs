//! The whole connector.

use std::fmt;

use super::{Connection, DataSource, Endpoint, Field, Function, Module, Rpc, Tree, Webhook};
use crate::diagnostic::Dialect;
use crate::json::{Member, Node};
use crate::span::{FileId, Spanned};

/// One service's definition.
#[derive(Debug, Clone)]
pub struct Connector {
    /// Name for logs and errors: of the metadata or the manifest, else of the folder or file.
    pub name: String,
    /// Name for people.
    pub label: Option<String>,
    /// Default levels of diagnostics.
    pub dialect: Dialect,
    /// What `qs` does to a query in the url (connector.md 6.3).
    pub qs_policy: QsPolicy,
    /// What `valid` does to the status test (connector.md 7.5).
    pub valid_policy: ValidPolicy,
    /// Refresh once and try again when the service refuses the access token, unless the builder says otherwise
    /// (rulings 31).
    pub retry_after_access_error: bool,
    /// The literal text with which base's `baseUrl` starts, for the list of hosts (rulings 35).
    pub base_url: Option<crate::iml::ast::Template>,
    /// App-wide constants.
    pub common: Common,
    /// What whoever installs the connector supplies.
    pub install: Option<Installation>,
    /// Ways to log in.
    pub connections: Vec<Connection>,
    /// What the connector can do.
    pub modules: Vec<Module>,
    /// Calls that fill forms.
    pub rpcs: Vec<Rpc>,
    /// Receivers of events.
    pub webhooks: Vec<Webhook>,
    /// Custom IML functions.
    pub functions: Vec<Function>,
    /// Reusable requests.
    pub endpoints: Vec<Endpoint>,
    /// Data sources of the code connector (rulings 41).
    pub data_sources: Vec<DataSource>,
    /// Groups of modules, in the order of the form.
    pub groups: Vec<Group>,
    /// Every file that was read, the root file first.
    pub files: Vec<FileId>,
}

/// What `qs` does to a query that stands in the url (connector.md 6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QsPolicy {
    /// `qs` replaces it; an empty `qs` erases it.
    Replace,
    /// Both are sent; `qs` wins for each key.
    Merge,
}

/// What a `valid` directive does to the test of the status (connector.md 7.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ValidPolicy {
    /// `valid` alone decides.
    #[default]
    Only,
    /// A status of 400 or more stays an error unless `valid` mentions `statusCode`.
    AndStatus,
}

/// App-wide constants: names only, except what steers the engine (rulings 13).
#[derive(Debug, Clone, Default)]
pub struct Common {
    /// Names of the keys; their values come from the builder.
    pub names: Vec<Spanned<String>>,
    /// What the file says of each key, for programs that run a connector from its files. Never for generated code.
    pub values: Constants,
    /// `timeout`, in milliseconds.
    pub timeout: Option<u64>,
    /// `maxRequestCount`
    pub max_requests: Option<u64>,
    /// `maxPaginationRequestCount`
    pub max_pages: Option<u64>,
    /// `maxPastRecords`
    pub max_past_records: Option<u64>,
}

/// Values of constants. They may be secret, so `Debug` shows their names alone.
#[derive(Clone, Default)]
pub struct Constants(Vec<Member>);

impl Constants {
    /// These members of an object.
    pub fn new(members: &[Member]) -> Self {
        Self(members.to_vec())
    }

    /// Names and values, in the author's order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.0.iter().map(|member| (&*member.key.value, &member.value))
    }
}

impl fmt::Debug for Constants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

/// Constants that are not in the files: an organisation supplies them once (connector.md 3.16).
#[derive(Debug, Clone)]
pub struct Installation {
    /// `installSpec`: the form.
    pub form: Vec<Field>,
    /// `install.common`: what the form's values become in `common`.
    pub common: Option<Tree>,
}

/// A named list of modules (connector.md 3.10).
#[derive(Debug, Clone)]
pub struct Group {
    /// Name for people.
    pub label: String,
    /// Ids of its modules.
    pub modules: Vec<Spanned<String>>,
}

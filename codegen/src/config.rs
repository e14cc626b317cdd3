//! Settings of one generated client.

use linchpin_spec::Options;

use crate::lower::Selection;
use crate::path::RustPath;

/// What is generated, and how. The default is the whole connector.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Config {
    /// Modules to keep, by id or by the name of the client's method, with what they reach; `None` keeps all.
    pub only: Option<Vec<String>>,
    /// Modules to leave out, and what only they reach.
    pub except: Vec<String>,
    /// Traits that the types have beside `Clone` and `Debug`: `Serialize` and `Deserialize` (of serde) and `PartialEq`
    /// go through the runtime; any other is a derive of the structs, by its path.
    pub derives: Vec<RustPath>,
    /// Where the runtime is found; `::linchpin` if absent.
    pub crate_path: Option<RustPath>,
    /// Rust functions in place of the connector's JavaScript ones (rulings 39).
    pub functions: Option<Functions>,
    /// How the connector is read: levels of diagnostics and policies.
    pub options: Options,
    /// Emits samples for mocks: the constant `SAMPLES`.
    pub samples: bool,
    /// Emits an uncalled function that includes the connector's files, so that a change of them rebuilds the crate.
    /// Macros need it; build scripts name the files to cargo instead.
    pub track_files: bool,
}

/// Rust functions in place of a connector's custom functions: `fn(&Scope, &[Value]) -> Result<Value, Error>`, named
/// like the custom function in snake case.
#[derive(Debug, Clone)]
pub struct Functions {
    /// The module that holds them.
    pub path: RustPath,
    /// Which are given; `None` is all.
    pub only: Option<Vec<String>>,
}

impl Config {
    pub(crate) fn selection(&self) -> Selection {
        Selection { only: self.only.clone(), except: self.except.clone() }
    }
}

impl Functions {
    /// Whether the custom function `name` is given in Rust. Names are compared in snake case, because that is how Rust
    /// functions are named (rulings 39).
    pub(crate) fn covers(&self, name: &str) -> bool {
        let plain = |name: &str| name.replace('_', "").to_lowercase();
        self.only.as_deref().is_none_or(|only| only.iter().any(|only| plain(only) == plain(name)))
    }
}

//! From a path to a checked connector.

use std::path::{Path, PathBuf};

use crate::check;
use crate::diagnostic::{Code, Diagnostic, Dialect, Level};
use crate::levels;
use crate::model::{Connector, QsPolicy, ValidPolicy};
use crate::read;
use crate::source::{Files, SourceMap, Sources, open, open_inline};

/// Settings for loading a connector. The default takes everything from the layout and the files.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Default levels of diagnostics; the layout's own if absent (rulings 7).
    pub dialect: Option<Dialect>,
    /// Levels of single codes on top of the dialect; of several for one code the last counts.
    pub levels: Vec<(Code, Level)>,
    /// What `qs` does to a query in the url; of the file or the layout if absent.
    pub qs_policy: Option<QsPolicy>,
    /// What `valid` does to the test of the status; of the file, else `Only`, if absent.
    pub valid_policy: Option<ValidPolicy>,
}

/// What loading gave.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The connector; absent when anything is denied.
    pub connector: Option<Connector>,
    /// What is to be told to the author, by file and place; nothing that is allowed.
    pub diagnostics: Vec<Diagnostic>,
    /// Every file that was read.
    pub sources: SourceMap,
    /// Folders whose content decided what was loaded: a new file in them changes the connector.
    pub folders: Vec<PathBuf>,
}

impl Loaded {
    /// True when a diagnostic is denied.
    pub fn is_denied(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Deny)
    }
}

/// Loads the connector at `path`: a file or a folder, in any layout (connector.md 2).
///
/// Mistakes are never returned as an error: all of them are in [`Loaded::diagnostics`].
pub fn load(path: &Path, options: &Options) -> Loaded {
    let mut files = Files::new();
    let sources = open(path, &mut files);
    finish(sources, files, options)
}

/// Loads a one-file connector, or a bare OAuth 2 document, from text. `name` stands for the file in diagnostics.
pub fn load_inline(name: &str, text: &str, options: &Options) -> Loaded {
    let mut files = Files::new();
    let sources = open_inline(name, text, &mut files);
    finish(sources, files, options)
}

fn finish(sources: Option<Sources>, files: Files, options: &Options) -> Loaded {
    let ids = files.ids();
    let (map, mut sink, folders) = files.finish();
    let layout_dialect = sources.as_ref().map_or(Dialect::Strict, |sources| sources.dialect);
    let dialect = options.dialect.unwrap_or(layout_dialect);
    let mut connector = sources.map(|sources| read::connector(&sources, ids, &mut sink));
    if let Some(connector) = &mut connector {
        connector.dialect = dialect;
        connector.qs_policy = options.qs_policy.unwrap_or(connector.qs_policy);
        connector.valid_policy = options.valid_policy.unwrap_or(connector.valid_policy);
        check::check(connector, &mut sink);
    }
    levels::set(&mut sink, dialect, &options.levels);
    levels::sort(&mut sink);
    if sink.iter().any(|diagnostic| diagnostic.level == Level::Deny) {
        connector = None;
    }
    if let Some(connector) = &mut connector {
        levels::mark_broken(connector, &sink);
    }
    sink.retain(|diagnostic| diagnostic.level != Level::Allow);
    crate::json::add_pointers(&mut sink, &map);
    Loaded { connector, diagnostics: sink, sources: map, folders }
}

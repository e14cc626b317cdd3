//! What the tests of the loader share: folders of small files, and diagnostics as short lines.

#![allow(dead_code, reason = "every test file uses a part of this")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

use std::path::Path;

use linchpin_spec::diagnostic::Level;
use linchpin_spec::model::{Connector, Module, Request};
use linchpin_spec::{Loaded, Options, load, load_inline};

/// A folder with these files, removed when it is dropped.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    // The search for an app's root ends at a crate.
    std::fs::write(folder.path().join("Cargo.toml"), "").unwrap();
    for (name, text) in files {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// Loads with the defaults.
pub(crate) fn load_path(path: &Path) -> Loaded {
    load(path, &Options::default())
}

/// Loads a one-file connector from text with the defaults.
pub(crate) fn load_text(text: &str) -> Loaded {
    load_inline("connector.json", text, &Options::default())
}

/// The connector, which must be there.
#[track_caller]
pub(crate) fn connector(loaded: &Loaded) -> &Connector {
    match &loaded.connector {
        Some(connector) => connector,
        None => panic!("not loaded: {:#?}", lines(loaded)),
    }
}

/// `LP0001 deny 3:14 connector.json: message` of each diagnostic.
pub(crate) fn lines(loaded: &Loaded) -> Vec<String> {
    let line = |diagnostic: &linchpin_spec::diagnostic::Diagnostic| {
        let level = match diagnostic.level {
            Level::Allow => "allow",
            Level::Warn => "warn",
            Level::Deny => "deny",
        };
        let place = diagnostic.span.map(|span| {
            let (line, column) = loaded.sources.position(span);
            format!(" {}:{line}:{column}", loaded.sources.file(span.file).name())
        });
        format!("{} {level}{}: {}", diagnostic.code.info().id, place.unwrap_or_default(), diagnostic.message)
    };
    loaded.diagnostics.iter().map(line).collect()
}

/// Ids of the codes that were reported, in order.
pub(crate) fn codes(loaded: &Loaded) -> Vec<&'static str> {
    loaded.diagnostics.iter().map(|diagnostic| diagnostic.code.info().id).collect()
}

#[track_caller]
pub(crate) fn module<'c>(connector: &'c Connector, id: &str) -> &'c Module {
    match connector.modules.iter().find(|module| module.id.value == id) {
        Some(module) => module,
        None => panic!("no module `{id}`"),
    }
}

#[track_caller]
pub(crate) fn only(requests: &[Request]) -> &Request {
    match requests {
        [only] => only,
        _ => panic!("{} requests", requests.len()),
    }
}

/// The text of a template as its author wrote it.
pub(crate) fn source(template: &Option<linchpin_spec::iml::ast::Template>) -> Option<&str> {
    template.as_ref().map(|template| &*template.source.value)
}

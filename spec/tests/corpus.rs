//! Real connectors, where they are at hand: every one of them loads, with as many modules as it has.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests may fail loudly"
)]

use std::path::{Path, PathBuf};

use linchpin_spec::diagnostic::{Diagnostic, Level};
use linchpin_spec::model::{Connector, Field, ParameterType};
use linchpin_spec::source::SourceMap;
use linchpin_spec::{Options, load};

/// The folder of connectors: of the environment, else beside the workspace.
fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = std::env::var_os("LINCHPIN_CORPUS").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("no corpus at {}: passed over", folder.display());
    None
}

fn connectors(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} holds no connector", folder.display());
    paths
}

fn describe(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let place = diagnostic.span.map(|span| {
        let (line, column) = sources.position(span);
        format!("{}:{line}:{column}", sources.file(span.file).path().display())
    });
    let info = diagnostic.code.info();
    format!("{} {:?} {}: {}", place.unwrap_or_default(), diagnostic.level, info.id, diagnostic.message)
}

/// How many modules the manifest declares, or the folder `modules` has where there is none.
fn declared_modules(folder: &Path) -> usize {
    let manifest = std::fs::read_to_string(folder.join("makecomapp.json"));
    let Ok(text) = manifest else {
        let entries = std::fs::read_dir(folder.join("modules")).unwrap();
        return entries.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
    };
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    match &manifest["components"]["module"] {
        serde_json::Value::Object(modules) => modules.values().filter(|module| !module.is_null()).count(),
        serde_json::Value::Array(modules) => modules.len(),
        other => panic!("no modules in {}: {other}", folder.display()),
    }
}

#[test]
fn every_connector_loads_with_all_its_modules() {
    let Some(folder) = corpus() else { return };
    for path in connectors(&folder) {
        let loaded = load(&path, &Options::default());
        let lines: Vec<String> =
            loaded.diagnostics.iter().map(|diagnostic| describe(diagnostic, &loaded.sources)).collect();
        let denied = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Deny).count();
        assert_eq!(denied, 0, "{}:\n{}", path.display(), lines.join("\n"));
        println!("{}: {} diagnostics", path.display(), lines.len());
        lines.iter().for_each(|line| println!("  {line}"));
        let connector = loaded.connector.unwrap();
        assert_eq!(connector.modules.len(), declared_modules(&path), "{}", path.display());
        plausible(&connector, &path);
    }
}

fn plausible(connector: &Connector, path: &Path) {
    let name = path.display();
    assert!(!connector.connections.is_empty(), "{name}");
    assert!(connector.base_url.is_some(), "{name}");
    assert!(connector.files.len() > connector.modules.len(), "{name}");
    for module in &connector.modules {
        let id = &module.id.value;
        let sends = module.requests.iter().any(|request| request.url.is_some());
        assert!(sends || module.webhook.is_some(), "{name} {id}");
        // Base reaches every request: its headers or its error map are there.
        for request in module.requests.iter().filter(|request| request.url.is_some()) {
            assert!(request.base_url.is_some(), "{name} {id}");
            assert!(request.headers.is_some() || request.response.error.is_some(), "{name} {id}");
        }
        for field in &module.parameters {
            if let Field::Parameter(parameter) = field
                && let ParameterType::Select(options) = &parameter.ty
            {
                assert!(options.rpc.is_some() || options.open || !options.choices.is_empty(), "{name} {id}");
            }
        }
    }
}

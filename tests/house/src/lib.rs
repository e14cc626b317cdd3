//! What the tests of the house share: the workspace's folder, its files, and cargo's view of its crates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The root folder of the workspace.
pub fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Every file below `folder` that has one of `extensions`, sorted. Build output and hidden folders are left out,
/// except `.ci`.
pub fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(folder, extensions, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, extensions: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            let hidden = name.starts_with('.') && name != ".ci";
            if !hidden && name != "target" {
                collect(&path, extensions, found);
            }
            continue;
        }
        let extension = path.extension().map(|text| text.to_string_lossy().into_owned()).unwrap_or_default();
        if extensions.contains(&extension.as_str()) {
            found.push(path);
        }
    }
}

/// The crates that a build of this workspace uses, as cargo resolved them.
pub struct Graph {
    names: BTreeMap<String, String>,
    licences: BTreeMap<String, String>,
    edges: BTreeMap<String, Vec<Edge>>,
}

struct Edge {
    to: String,
    /// True unless it is a dependency of tests alone.
    ships: bool,
}

impl Graph {
    /// Asks cargo for the graph of the platform that runs the test.
    ///
    /// # Errors
    /// What cargo said, when it could not resolve the workspace.
    pub fn load() -> Result<Self, String> {
        let host = host()?;
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--offline", "--filter-platform", &host])
            .current_dir(workspace())
            .output()
            .map_err(|error| error.to_string())?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
        Ok(Self::read(&metadata))
    }

    fn read(metadata: &Value) -> Self {
        let mut graph = Self { names: BTreeMap::new(), licences: BTreeMap::new(), edges: BTreeMap::new() };
        for package in list(&metadata["packages"]) {
            let id = text(&package["id"]);
            graph.licences.insert(id.clone(), text(&package["license"]));
            graph.names.insert(id, text(&package["name"]));
        }
        for node in list(&metadata["resolve"]["nodes"]) {
            let edges = list(&node["deps"]).iter().map(edge).collect();
            graph.edges.insert(text(&node["id"]), edges);
        }
        graph
    }

    /// Names of the crates that ship with `package`: its dependencies and theirs, without those of tests.
    /// The search does not look behind the crates in `closed`, nor name them.
    pub fn reach(&self, package: &str, closed: &[&str]) -> BTreeSet<String> {
        let mut open: Vec<&String> =
            self.names.iter().filter(|(_, name)| *name == package).map(|(id, _)| id).collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            for edge in self.edges.get(id).into_iter().flatten().filter(|edge| edge.ships) {
                let name = self.name(&edge.to);
                if !closed.contains(&name) && seen.insert(&edge.to) {
                    open.push(&edge.to);
                }
            }
        }
        seen.into_iter().map(|id| self.name(id).to_owned()).collect()
    }

    /// Name and licence of every crate, tests' own included.
    pub fn licences(&self) -> impl Iterator<Item = (&str, &str)> {
        self.licences.iter().map(|(id, licence)| (self.name(id), licence.as_str()))
    }

    fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.names.get(id).map_or(id, String::as_str)
    }
}

fn edge(dependency: &Value) -> Edge {
    let ships = list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev");
    Edge { to: text(&dependency["pkg"]), ships }
}

fn host() -> Result<String, String> {
    let output = Command::new("rustc").arg("-vV").output().map_err(|error| error.to_string())?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = lines.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not name its host".to_owned())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Compares a page that is made from the code with the file that people read; `UPDATE_DOCS=1` writes the file.
///
/// # Panics
/// When they differ.
#[track_caller]
pub fn kept(path: &Path, page: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let written = std::fs::write(path, page);
        assert!(written.is_ok(), "{}: {written:?}", path.display());
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    let differs = found.lines().zip(page.lines()).position(|(left, right)| left != right);
    let line = differs.unwrap_or_else(|| found.lines().count().min(page.lines().count())) + 1;
    assert!(
        found == page,
        "{}:{line} is not what the code says; `UPDATE_DOCS=1 cargo test -p house-rules` writes it anew",
        path.display()
    );
}

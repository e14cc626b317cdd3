//! Which layout a path holds (connector.md 2.2 to 2.4).

use std::path::{Path, PathBuf};

use super::component::{KINDS, Sources};
use super::files::{Files, Read, is_yaml};
use super::{discover, document, exported, integration, local, one_file};
use crate::diagnostic::{Code, Diagnostic};
use crate::json::Node;
use crate::span::{FileId, Span};

/// The file that marks a Make app under development.
pub(crate) const MANIFEST: &str = "makecomapp.json";
/// Files that mark a one-file connector in a folder.
const ONE_FILE: &[&str] = &["connector.json", "connector.jsonc"];
/// Files that mark the definition of an integration in a folder.
const INTEGRATION: &[&str] = &["integration.yml", "integration.yaml"];
/// Files that mark an exported app.
const EXPORTED: &[&str] = &["base.imljson", "metadata.json"];
/// How far above a file or folder its app's root is looked for: `src/modules/<id>/<file>` is the deepest layout.
const CLIMB: usize = 4;

/// What a JSON document is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Manifest,
    OneFile,
    /// The definition of an integration.
    Integration,
    /// An OAuth connection's communication: an object of phases.
    Phases,
    /// A request or a list of requests, or a list of parameters, as documentation shows them.
    Fragment,
    Unknown,
}

/// Loads the connector at `path`, a file or a folder.
pub(crate) fn open(path: &Path, files: &mut Files) -> Option<Sources> {
    if path.is_dir() {
        return folder(path, files);
    }
    if path.is_file() {
        return file(path, files);
    }
    let message = format!("there is no file or folder `{}`", path.display());
    files.report(Diagnostic::new(Code::FileNotFound, message, None).help(looked_for()));
    None
}

/// Loads a connector from text that is in no file.
pub(crate) fn open_inline(name: &str, text: &str, files: &mut Files) -> Option<Sources> {
    let file = files.inline(name, text);
    match files.parse(file) {
        Read::Found(node) => by_content(&node, Path::new(name), Given::Inline, files),
        Read::Blank(_) | Read::Missing => {
            let message = format!("`{name}` is empty");
            let diagnostic = Diagnostic::new(Code::FileNotFound, message, Some(Span::new(file, 0, 0)));
            files.report(diagnostic.help("a connector is a JSON object with `modules`, `connections`, ..."));
            None
        }
        Read::Broken => None,
    }
}

fn folder(path: &Path, files: &mut Files) -> Option<Sources> {
    if let Some(name) = ONE_FILE.iter().find(|name| path.join(name).is_file()) {
        return file(&path.join(name), files);
    }
    if let Some(name) = INTEGRATION.iter().find(|name| path.join(name).is_file()) {
        return file(&path.join(name), files);
    }
    if let Some(root) = nearest_root(path) {
        return app(&root, files);
    }
    if discover::looks_like_app(path) {
        return exported::load(path, files);
    }
    let message = format!("`{}` holds no connector", path.display());
    files.report(Diagnostic::new(Code::FileNotFound, message, None).help(looked_for()));
    None
}

fn file(path: &Path, files: &mut Files) -> Option<Sources> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let parent = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    if name == MANIFEST {
        return local::load(path, files);
    }
    if EXPORTED.contains(&name.as_str())
        && let Some(root) = nearest_root(&parent)
    {
        return app(&root, files);
    }
    files.set_root(&parent);
    let given = if ONE_FILE.contains(&name.as_str()) { Given::ByName } else { Given::File };
    match files.json(path, None) {
        Read::Found(node) => by_content(&node, path, given, files),
        Read::Blank(file) => {
            empty(path, file, files);
            None
        }
        Read::Missing => {
            let message = format!("there is no file `{}`", path.display());
            files.report(Diagnostic::new(Code::FileNotFound, message, None).help(looked_for()));
            None
        }
        Read::Broken => None,
    }
}

/// How a document came here, which settles what it is where its content does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Given {
    /// In a file of any name.
    File,
    /// In a file whose name says that it is a one-file connector.
    ByName,
    /// As text, with no files around it.
    Inline,
}

/// Loads a document by what is in it.
fn by_content(node: &Node, path: &Path, given: Given, files: &mut Files) -> Option<Sources> {
    let root = match given {
        Given::File if is_yaml(path) && shape(node) != Shape::Integration => {
            return no_connector(node, path, files);
        }
        Given::File => path.parent().and_then(nearest_root),
        Given::ByName | Given::Inline => None,
    };
    match (shape(node), root) {
        (Shape::Integration, _) => Some(integration::read(node, path, files)),
        (Shape::Manifest, _) if given == Given::File => local::load(path, files),
        (Shape::OneFile, _) => Some(one_file::read(node, path, given != Given::Inline, files)),
        (Shape::Phases, _) => Some(document::phases(node, path)),
        (_, Some(root)) => app(&root, files),
        (Shape::Fragment, None) if !one_file::PLAIN_KEYS.iter().any(|key| node.get(key).is_some()) => {
            Some(document::fragment(node, path))
        }
        _ if given != Given::File && node.is_object() => {
            Some(one_file::read(node, path, given != Given::Inline, files))
        }
        _ => no_connector(node, path, files),
    }
}

fn no_connector(node: &Node, path: &Path, files: &mut Files) -> Option<Sources> {
    let message = format!("`{}` is no connector", path.display());
    files.report(Diagnostic::new(Code::FileNotFound, message, Some(node.span)).help(looked_for()));
    None
}

fn shape(node: &Node) -> Shape {
    let has = |keys: &[&str]| keys.iter().any(|key| node.get(key).is_some());
    if integration::is_integration(node) {
        return Shape::Integration;
    }
    if has(&["generalCodeFiles", "components", "origins"]) {
        return Shape::Manifest;
    }
    if KINDS.iter().any(|(_, key, _)| node.get(key).is_some()) {
        return Shape::OneFile;
    }
    if document::has_phases(node) {
        return Shape::Phases;
    }
    if has(one_file::KEYS) {
        return Shape::OneFile;
    }
    if document::is_fragment(node) { Shape::Fragment } else { Shape::Unknown }
}

/// Loads the Make app whose root folder is known.
fn app(root: &Path, files: &mut Files) -> Option<Sources> {
    let manifest = root.join(MANIFEST);
    if manifest.is_file() { local::load(&manifest, files) } else { exported::load(root, files) }
}

/// The nearest folder at or above `folder` that holds an app (connector.md 2.4, step 1). A manifest further up
/// wins over the `metadata.json` of a component; the search does not leave the crate or repository.
fn nearest_root(folder: &Path) -> Option<PathBuf> {
    let folder = super::files::absolute(folder);
    let mut exported = None;
    for above in folder.ancestors().take(CLIMB) {
        if above.join(MANIFEST).is_file() {
            return Some(above.to_path_buf());
        }
        if exported.is_none() && is_exported_root(above) {
            exported = Some(above.to_path_buf());
        }
        if above.join("Cargo.toml").is_file() || above.join(".git").exists() {
            break;
        }
    }
    exported
}

/// A `base.imljson` is the app's; a `metadata.json` is, if there are components beside it.
fn is_exported_root(folder: &Path) -> bool {
    folder.join("base.imljson").is_file()
        || (folder.join("metadata.json").is_file() && discover::looks_like_app(folder))
}

fn empty(path: &Path, file: FileId, files: &mut Files) {
    let message = format!("`{}` is empty", path.display());
    let diagnostic = Diagnostic::new(Code::FileNotFound, message, Some(Span::new(file, 0, 0)));
    files.report(diagnostic.help(looked_for()));
}

fn looked_for() -> String {
    format!(
        "looked for a one-file connector ({}), a Make app (`{MANIFEST}`, or `base.imljson` or `metadata.json` \
         beside folders such as `modules`), an OAuth 2 document (`authorize`, `token`, ...), and an integration \
         (`flows`, in YAML)",
        ONE_FILE.map_quoted()
    )
}

/// Puts names into backticks, for messages.
trait Quoted {
    fn map_quoted(&self) -> String;
}

impl Quoted for [&str] {
    fn map_quoted(&self) -> String {
        self.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    }
}

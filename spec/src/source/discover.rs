//! Finds the codes of components by the names of folders and files (connector.md 2.4, step 3).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::code::{CodeName, kebab};
use super::component::{Component, ComponentKind, KINDS, Metadata};
use super::files::{Files, Read};
use crate::diagnostic::{Code, Diagnostic};
use crate::json::{Member, Node};
use crate::span::{Span, Spanned};

/// Extensions of code files, longest first (connector.md 2.1).
const EXTENSIONS: &[&str] = &[".iml.json", ".imljson", ".jsonc", ".json", ".js", ".md"];
/// Folders between the root and the folders of components.
const SHELVES: &[&str] = &["", "src"];
/// How deep below a component's folder its codes may lie.
const DEPTH: usize = 3;

/// True when the folder has folders of components with at least one code in them.
pub(crate) fn looks_like_app(root: &Path) -> bool {
    kind_folders(root).iter().any(|(kind, folder)| !found(*kind, folder).is_empty())
}

/// Loads every component below `root`. `ids` are the local ids that are known from elsewhere: a folder that has
/// the kebab-case form of one stands for it.
pub(crate) fn components(root: &Path, ids: &[(ComponentKind, String)], files: &mut Files) -> Vec<Component> {
    let mut places: Vec<(ComponentKind, BTreeMap<String, Codes>)> = Vec::new();
    for (kind, folder) in kind_folders(root) {
        files.watch(&folder);
        let found = found(kind, &folder);
        places.push((kind, if found.is_empty() { whole(&folder) } else { found }));
    }
    for shelf in SHELVES {
        places.extend(flat(&root.join(shelf)));
    }
    let mut components = Vec::new();
    for (kind, found) in places {
        for (id, codes) in found {
            let known = ids.iter().find(|(of, known)| *of == kind && kebab(known) == id);
            let id = known.map_or(id, |(_, known)| known.clone());
            components.extend(component(kind, id, &codes, files));
        }
    }
    if components.is_empty() {
        let message = format!("there are no components below `{}`", root.display());
        files.report(Diagnostic::new(Code::MissingFile, message, None).help(
            "looked for folders such as `modules/<id>` with `api.imljson` or `<id>.communication.iml.json` in them",
        ));
    }
    components
}

/// The app-wide file called `name`: in the root, in `general`, or beside the modules.
pub(crate) fn general(root: &Path, name: &str, files: &mut Files) -> Option<Node> {
    for shelf in SHELVES {
        for folder in ["", "general", "modules"] {
            for extension in EXTENSIONS.iter().filter(|extension| extension.contains("json")) {
                let path = root.join(shelf).join(folder).join(format!("{name}{extension}"));
                if !path.is_file() {
                    continue;
                }
                return match files.json(&path, None) {
                    Read::Found(node) => Some(node),
                    Read::Blank(_) | Read::Missing | Read::Broken => None,
                };
            }
        }
    }
    None
}

/// Codes of one component: where each of them is.
type Codes = BTreeMap<CodeName, PathBuf>;

fn kind_folders(root: &Path) -> Vec<(ComponentKind, PathBuf)> {
    let mut folders = Vec::new();
    for shelf in SHELVES {
        for (kind, plural, singular) in KINDS {
            if *kind == ComponentKind::DataSource {
                continue;
            }
            let named = [plural, singular].map(|name| root.join(shelf).join(name));
            folders.extend(named.into_iter().filter(|folder| folder.is_dir()).map(|folder| (*kind, folder)));
        }
    }
    folders
}

/// The components in a folder, by id: those in folders of their own, and `<id>.<code>.<extension>` beside them.
fn found(kind: ComponentKind, folder: &Path) -> BTreeMap<String, Codes> {
    let mut components: BTreeMap<String, Codes> = BTreeMap::new();
    for path in entries(folder) {
        let Some(name) = file_name(&path) else { continue };
        if path.is_dir() {
            let mut codes = Codes::new();
            collect(kind, &path, DEPTH, &mut codes);
            if codes.keys().any(|code| *code != CodeName::Metadata) {
                components.entry(name).or_default().extend(codes);
            }
        } else if let Some((id, _)) = stem_of(&name).and_then(|stem| stem.rsplit_once('.'))
            && let Some(code) = code_of_file(kind, &name)
        {
            components.entry(id.to_owned()).or_default().insert(code, path);
        }
    }
    components
}

/// Components in one file each, `modules/<id>.imljson`: what is none is passed over when it is read.
fn whole(folder: &Path) -> BTreeMap<String, Codes> {
    let files = entries(folder).into_iter().filter(|path| path.is_file());
    let named = files.filter_map(|path| Some((stem_of(&file_name(&path)?)?.to_owned(), path)));
    named.map(|(id, path)| (id, Codes::from([(CodeName::Metadata, path)]))).collect()
}

/// Components whose codes lie in the root: `module.<id>.<code>.imljson`, and `connection.<code>.imljson` for the
/// only one of its kind.
fn flat(root: &Path) -> Vec<(ComponentKind, BTreeMap<String, Codes>)> {
    let mut found: BTreeMap<ComponentKind, BTreeMap<String, Codes>> = BTreeMap::new();
    for path in entries(root).into_iter().filter(|path| path.is_file()) {
        let Some(name) = file_name(&path) else { continue };
        let mut parts = stem_of(&name).unwrap_or_default().splitn(3, '.');
        let (Some(first), Some(second)) = (parts.next(), parts.next()) else { continue };
        let kind = KINDS.iter().find(|(_, plural, singular)| first == *plural || first == *singular);
        let Some((kind, ..)) = kind else { continue };
        let id = if parts.next().is_some() { second } else { first };
        if let Some(code) = code_of_file(*kind, &name) {
            found.entry(*kind).or_default().entry(id.to_owned()).or_default().insert(code, path);
        }
    }
    found.into_iter().collect()
}

fn collect(kind: ComponentKind, folder: &Path, depth: usize, codes: &mut Codes) {
    for path in entries(folder) {
        if path.is_dir() {
            if depth > 1 {
                collect(kind, &path, depth - 1, codes);
            }
        } else if let Some(code) = file_name(&path).and_then(|name| code_of_file(kind, &name)) {
            codes.entry(code).or_insert(path);
        }
    }
}

/// The code that a file holds: by the last part of its name before the extension.
fn code_of_file(kind: ComponentKind, name: &str) -> Option<CodeName> {
    let suffix = stem_of(name)?.rsplit('.').next()?;
    let code = CodeName::find(kind, suffix)?;
    // A module's JavaScript belongs to the one-file format; here a `.js` file is a function's.
    let fits = name.ends_with(".js") == matches!(code, CodeName::Script | CodeName::Test);
    (fits && !code.is_ignored() && (code != CodeName::Script || kind == ComponentKind::Function))
        .then_some(code)
}

fn stem_of(name: &str) -> Option<&str> {
    EXTENSIONS.iter().find_map(|extension| name.strip_suffix(extension))
}

fn component(kind: ComponentKind, id: String, paths: &Codes, files: &mut Files) -> Option<Component> {
    let mut codes = Vec::new();
    let mut metadata = Metadata::default();
    let mut place = None;
    let mut incomplete = false;
    for (code, path) in paths {
        let read = if code.is_text() { files.text(path, None) } else { files.json(path, None) };
        let node = match read {
            Read::Found(node) => node,
            Read::Blank(file) => Node::empty_object(Span::new(file, 0, 0)),
            Read::Missing => continue,
            // What is wrong is reported; the rest of the component is still looked at.
            Read::Broken => {
                incomplete = true;
                Node::empty_object(Span::default())
            }
        };
        let start = Span::new(node.span.file, node.span.start, node.span.start);
        if *code == CodeName::Metadata {
            metadata = Metadata::read(&node);
            place = node.get("name").map(|name| name.span).or(place);
            for (code, node) in inside(kind, &node) {
                place = place.or(Some(start));
                codes.push((code, node));
            }
        } else {
            place = place.or(Some(start));
            codes.push((*code, node));
        }
    }
    if codes.is_empty() {
        return None;
    }
    let id = Spanned::new(id, place?);
    Some(Component { kind, id, metadata, codes, incomplete, is_folder_name: false })
}

/// Codes that stand in the metadata of a component, under their names.
fn inside(kind: ComponentKind, metadata: &Node) -> Vec<(CodeName, Node)> {
    let code = |member: &Member| {
        let code = CodeName::find(kind, &member.key.value)?;
        let is_json = !code.is_text() && code != CodeName::Metadata;
        (is_json && !member.value.is_null()).then(|| (code, member.value.clone()))
    };
    metadata.members().iter().filter_map(code).collect()
}

/// What a folder holds, sorted by name so that every machine loads the same; dot files left out.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.retain(|path| file_name(path).is_some_and(|name| !name.starts_with('.') && name != "node_modules"));
    paths.sort();
    paths
}

fn file_name(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().into_owned())
}

//! The development layout of Make apps: a `makecomapp.json` that names every file (connector.md 2.2).

use std::path::{Path, PathBuf};

use super::code::{CodeName, kebab};
use super::component::{Component, ComponentKind, KINDS, Metadata, Sources};
use super::discover;
use super::files::{Files, Read};
use crate::diagnostic::{Code, Diagnostic};
use crate::json::{Member, Node};
use crate::span::{Span, Spanned};

/// Loads the app whose manifest is at `path`.
pub(crate) fn load(path: &Path, files: &mut Files) -> Option<Sources> {
    let manifest = match files.json(path, None) {
        Read::Found(node) => node,
        Read::Blank(file) => {
            let message = format!("`{}` is empty", path.display());
            let diagnostic = Diagnostic::new(Code::FileNotFound, message, Some(Span::new(file, 0, 0)));
            files.report(diagnostic.help("a manifest has `generalCodeFiles` and `components`"));
            return None;
        }
        Read::Missing => {
            files.report(Diagnostic::new(
                Code::FileNotFound,
                format!("there is no file `{}`", path.display()),
                None,
            ));
            return None;
        }
        Read::Broken => return None,
    };
    if !manifest.is_object() {
        let message = format!("a manifest must be an object, not {}", manifest.describe());
        files.report(Diagnostic::new(Code::WrongType, message, manifest.span));
        return None;
    }
    let root = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    files.set_root(&root);
    files.set_first(manifest.span.file);
    let origins = Origins::read(&manifest);
    let mut sources = Sources::lenient(origins.app.clone().unwrap_or_else(|| super::stem(&root)));
    let mut loader = Loader { root: &root, origins: &origins, files, incomplete: false };
    loader.general(&manifest, &mut sources);
    match manifest.get_set("components").filter(|components| !components.is_empty_value()) {
        Some(components) => loader.components(components, &mut sources),
        None => {
            sources.components = discover::components(&root, &origins.ids, files);
            for component in &mut sources.components {
                component.is_folder_name = component.id.value == kebab(&component.id.value);
            }
        }
    }
    sources.remote_names = origins.remote_names();
    Some(sources)
}

/// What to say when a file is not there (connector.md 2.4, step 5).
enum Missing {
    /// Nothing: secrets are not checked in.
    Silent,
    /// That it is missing; its empty default is used.
    Reported,
    /// An error that starts with these words.
    Error(String),
}

struct Loader<'a> {
    root: &'a Path,
    origins: &'a Origins,
    files: &'a mut Files,
    /// A file of the component at hand could not be read.
    incomplete: bool,
}

impl Loader<'_> {
    /// Reads the app-wide files that the manifest names. What it does not mention is looked for by name; what it
    /// sets to null is left out on purpose.
    fn general(&mut self, manifest: &Node, sources: &mut Sources) {
        let named = manifest.get("generalCodeFiles");
        for (name, slot) in sources.general() {
            *slot = match named.and_then(|named| named.get(name)) {
                None => discover::general(self.root, name, self.files),
                Some(value) if value.is_null() => None,
                Some(value) if name == "common" => self.named(value, &Missing::Silent),
                Some(value) => self.named(value, &Missing::Reported),
            };
        }
    }

    fn components(&mut self, components: &Node, sources: &mut Sources) {
        if !components.is_object() {
            let message = format!("`components` must be an object, not {}", components.describe());
            self.files.report(Diagnostic::new(Code::WrongType, message, components.span));
            return;
        }
        for member in components.members() {
            let key = &*member.key.value;
            let Some((kind, ..)) =
                KINDS.iter().find(|(_, plural, singular)| key == *plural || key == *singular)
            else {
                continue;
            };
            for (id, entry) in entries(&member.value) {
                let component = self.component(*kind, id, entry);
                sources.components.push(component);
            }
        }
    }

    fn component(&mut self, kind: ComponentKind, id: Spanned<String>, entry: &Node) -> Component {
        self.incomplete = self.origins.foreign.contains(&(kind, id.value.clone()));
        let mut component = Component {
            kind,
            id,
            metadata: Metadata::read(entry),
            codes: Vec::new(),
            incomplete: false,
            is_folder_name: false,
        };
        let code_files = entry.get_set("codeFiles");
        for member in code_files.map(Node::members).unwrap_or_default() {
            self.code(member, &mut component);
        }
        component.incomplete = self.incomplete;
        component
    }

    fn code(&mut self, member: &Member, component: &mut Component) {
        let Some(code) = CodeName::find(component.kind, &member.key.value) else { return };
        if code.is_ignored() || component.code(code).is_some() {
            return;
        }
        if member.value.is_null() {
            self.left_out(code, member, component);
            return;
        }
        match self.named_code(code, &member.value, component) {
            Some(node) if code == CodeName::Metadata => {
                let own = std::mem::take(&mut component.metadata);
                component.metadata = own.or(Metadata::read(&node));
            }
            Some(node) => component.codes.push((code, node)),
            None => {}
        }
    }

    /// `null` in place of a path: the file is not tracked, on purpose.
    fn left_out(&mut self, code: CodeName, member: &Member, component: &mut Component) {
        let needed = matches!(component.kind, ComponentKind::Module | ComponentKind::Rpc);
        if code != CodeName::Communication || !needed {
            return;
        }
        let passes_on = component.metadata.kind.as_ref().and_then(Node::as_str) == Some("instant_trigger");
        if passes_on {
            return;
        }
        let message = format!(
            "the communication of {} `{}` is set to null and taken as empty",
            component.kind.noun(),
            component.id.value
        );
        self.files.report(Diagnostic::new(Code::MissingFile, message, member.value.span));
        component.codes.push((code, Node::empty_object(member.value.span)));
    }

    /// Reads the file of one code. A missing one is an error for the communication of a connection, a module or
    /// an RPC, since nothing can stand in for it (connector.md 2.4, step 5).
    fn named_code(&mut self, code: CodeName, value: &Node, component: &Component) -> Option<Node> {
        if code.is_text() {
            return self.named_text(value);
        }
        let needed =
            matches!(component.kind, ComponentKind::Connection | ComponentKind::Module | ComponentKind::Rpc);
        let missing = match code {
            CodeName::Common => Missing::Silent,
            CodeName::Communication if needed => Missing::Error(format!(
                "{} `{}` has no communication: ",
                component.kind.noun(),
                component.id.value
            )),
            _ => Missing::Reported,
        };
        self.named(value, &missing)
    }

    fn named_text(&mut self, value: &Node) -> Option<Node> {
        let path = self.path(value)?;
        match self.files.text(&self.root.join(&path), Some(value.span)) {
            Read::Found(node) => Some(node),
            Read::Missing => {
                self.missing(&path, value.span, &Missing::Reported);
                None
            }
            Read::Blank(_) | Read::Broken => None,
        }
    }

    /// The JSON in the file that `value` names. A blank file is an empty object, and so is one that is reported
    /// as missing or broken.
    fn named(&mut self, value: &Node, missing: &Missing) -> Option<Node> {
        let path = self.path(value)?;
        match self.files.json(&self.root.join(&path), Some(value.span)) {
            Read::Found(node) => Some(node),
            Read::Blank(file) => Some(Node::empty_object(Span::new(file, 0, 0))),
            Read::Broken => {
                self.incomplete = true;
                Some(Node::empty_object(value.span))
            }
            Read::Missing => {
                self.missing(&path, value.span, missing);
                (!matches!(missing, Missing::Silent)).then(|| Node::empty_object(value.span))
            }
        }
    }

    fn missing(&mut self, path: &str, at: Span, missing: &Missing) {
        let (code, lead) = match missing {
            Missing::Silent => return,
            Missing::Reported => (Code::MissingFile, ""),
            Missing::Error(lead) => {
                self.incomplete = true;
                (Code::MissingCommunication, lead.as_str())
            }
        };
        let message = format!("{lead}there is no file `{path}`");
        let help = format!("paths are relative to `{}`", self.root.display());
        self.files.report(Diagnostic::new(code, message, at).help(help));
    }

    fn path(&mut self, value: &Node) -> Option<String> {
        let path = value.as_name();
        if path.is_none() {
            let message = format!("a file must be a path or null, not {}", value.describe());
            self.files.report(Diagnostic::new(Code::WrongType, message, value.span));
        }
        path.map(|path| path.value)
    }
}

/// The entries of one kind: an object by id, or an array whose items say their `name` or `id`. An entry that is
/// null is not tracked.
fn entries(value: &Node) -> Vec<(Spanned<String>, &Node)> {
    let by_key = value.members().iter().filter(|member| member.value.is_object());
    let keyed =
        by_key.map(|member| (Spanned::new(member.key.value.to_string(), member.key.span), &member.value));
    let listed = value.items().iter().filter_map(|item| {
        let id = ["name", "id"].iter().find_map(|key| item.get(key)?.as_name())?;
        Some((id, item))
    });
    keyed.chain(listed).collect()
}

/// What `origins` says: deployed names, ids without codes, and the app's id.
#[derive(Default)]
struct Origins {
    app: Option<String>,
    /// Kind, local id, deployed name.
    pairs: Vec<(ComponentKind, String, String)>,
    ids: Vec<(ComponentKind, String)>,
    foreign: Vec<(ComponentKind, String)>,
}

impl Origins {
    fn read(manifest: &Node) -> Self {
        let mut origins = Self::default();
        for origin in manifest.get("origins").map(Node::items).unwrap_or_default() {
            let app = origin.get("appId").and_then(Node::as_name);
            origins.app = origins.app.or_else(|| app.map(|app| app.value));
            for member in origin.get("idMapping").map(Node::members).unwrap_or_default() {
                let kind = KINDS.iter().find(|(.., singular)| *singular == &*member.key.value);
                for pair in kind.iter().flat_map(|_| member.value.items()) {
                    origins.pair(kind.map(|row| row.0), pair);
                }
            }
        }
        origins
    }

    fn pair(&mut self, kind: Option<ComponentKind>, pair: &Node) {
        let Some(kind) = kind else { return };
        let name = |key: &str| pair.get(key).and_then(Node::as_name).map(|name| name.value);
        let Some(local) = name("local") else { return };
        if matches!(pair.get("nonOwnedByApp").map(|node| &node.kind), Some(crate::json::Kind::Bool(true))) {
            self.foreign.push((kind, local.clone()));
        }
        if let Some(remote) = name("remote") {
            self.pairs.push((kind, local.clone(), remote));
        }
        self.ids.push((kind, local));
    }

    /// From deployed names to local ids; where origins disagree, the first one counts.
    fn remote_names(&self) -> super::RemoteNames {
        let mut names = super::RemoteNames::new();
        for (kind, local, remote) in &self.pairs {
            if local != remote {
                names.entry((*kind, remote.clone())).or_insert_with(|| local.clone());
            }
        }
        names
    }
}

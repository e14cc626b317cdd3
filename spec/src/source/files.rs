//! Reads files, remembers each of them, and reports those that cannot be read.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::SourceMap;
use crate::diagnostic::{Code, Diagnostic};
use crate::json::{self, Kind, Node};
use crate::span::{FileId, Span, Text};

/// What reading a file gave.
pub(crate) enum Read {
    /// Its content: JSON, or one string that holds the whole text.
    Found(Node),
    /// It holds nothing but white space.
    Blank(FileId),
    /// There is no such file.
    Missing,
    /// It cannot be read or parsed; that is reported already.
    Broken,
}

/// The files of one connector.
pub(crate) struct Files {
    map: SourceMap,
    sink: Vec<Diagnostic>,
    /// Folders whose content decided what was loaded.
    folders: Vec<PathBuf>,
    /// The connector's folder, from which its files are named.
    root: Option<PathBuf>,
    /// The file that names the others.
    first: Option<FileId>,
    by_path: HashMap<PathBuf, FileId>,
}

impl Files {
    /// Starts with no file.
    pub(crate) fn new() -> Self {
        Self {
            map: SourceMap::default(),
            sink: Vec::new(),
            folders: Vec::new(),
            root: None,
            first: None,
            by_path: HashMap::new(),
        }
    }

    /// Adds a diagnostic.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.sink.push(diagnostic);
    }

    /// Reads and parses a JSON file. `at` is the place that names it, if any.
    pub(crate) fn json(&mut self, path: &Path, at: Option<Span>) -> Read {
        let file = match self.open(path, at) {
            Ok(file) => file,
            Err(read) => return read,
        };
        self.parse(file)
    }

    /// Parses a file that was added.
    pub(crate) fn parse(&mut self, file: FileId) -> Read {
        let text = self.map.file(file).text().clone();
        if is_blank(&text) {
            return Read::Blank(file);
        }
        let before = self.sink.len();
        let node = tree(&self.map, file, &mut self.sink);
        let found = self.sink.get(before..).unwrap_or_default();
        let is_broken = |code| matches!(code, Code::JsonSyntax | Code::YamlSyntax | Code::TooDeep);
        if found.iter().any(|diagnostic| is_broken(diagnostic.code)) {
            // Half a tree would only raise errors that the author did not make.
            return Read::Broken;
        }
        node.map_or(Read::Blank(file), Read::Found)
    }

    /// Reads a file that is not JSON, as one string node.
    pub(crate) fn text(&mut self, path: &Path, at: Option<Span>) -> Read {
        let file = match self.open(path, at) {
            Ok(file) => file,
            Err(read) => return read,
        };
        let text = self.map.file(file).text().clone();
        if is_blank(&text) {
            return Read::Blank(file);
        }
        let span = Span::new(file, 0, u32::try_from(text.len()).unwrap_or(u32::MAX));
        let value = Text { value: text, span, marks: Arc::from([(0, 0)]) };
        Read::Found(Node { kind: Kind::String(value), span })
    }

    /// Says which folder the connector's files are named from.
    pub(crate) fn set_root(&mut self, folder: &Path) {
        self.root = Some(absolute(folder));
    }

    /// Says which file names the others.
    pub(crate) fn set_first(&mut self, file: FileId) {
        self.first = Some(file);
    }

    /// All files that were read, the one that names the others first.
    pub(crate) fn ids(&self) -> Vec<FileId> {
        let others = self.map.files().map(|(id, _)| id).filter(|id| Some(*id) != self.first);
        self.first.into_iter().chain(others).collect()
    }

    /// Gives the files with their names, what was reported, and the folders that were listed.
    pub(crate) fn finish(mut self) -> (SourceMap, Vec<Diagnostic>, Vec<PathBuf>) {
        if let Some(root) = &self.root {
            self.map.set_root(root);
        }
        (self.map, self.sink, self.folders)
    }

    /// Adds text that is in no file.
    pub(crate) fn inline(&mut self, name: &str, text: &str) -> FileId {
        self.map.add(name, text)
    }

    /// Remembers a folder whose content was listed.
    pub(crate) fn watch(&mut self, folder: &Path) {
        let folder = absolute(folder);
        if !self.folders.contains(&folder) {
            self.folders.push(folder);
        }
    }

    fn open(&mut self, path: &Path, at: Option<Span>) -> Result<FileId, Read> {
        let path = absolute(path);
        if let Some(file) = self.by_path.get(&path) {
            return Ok(*file);
        }
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Err(Read::Missing);
            }
            Err(error) => {
                let message = format!("`{}` cannot be read: {error}", path.display());
                self.report(Diagnostic::new(Code::FileNotFound, message, at));
                return Err(Read::Broken);
            }
        };
        let text = match String::from_utf8(bytes) {
            Ok(text) if u32::try_from(text.len()).is_ok() => text,
            Ok(_) => {
                let message = format!("`{}` is larger than 4 GiB", path.display());
                self.report(Diagnostic::new(Code::FileNotFound, message, at));
                return Err(Read::Broken);
            }
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let message = format!("`{}` is not UTF-8: byte {offset} starts no character", path.display());
                let help = "save the file as UTF-8";
                self.report(Diagnostic::new(Code::NotUtf8, message, at).help(help));
                return Err(Read::Broken);
            }
        };
        let file = self.map.add(path.clone(), text);
        self.by_path.insert(path, file);
        Ok(file)
    }
}

/// Parses a file by its name: YAML, or JSON.
pub(super) fn tree(map: &SourceMap, file: FileId, sink: &mut Vec<Diagnostic>) -> Option<Node> {
    let source = map.file(file);
    if !is_yaml(source.path()) {
        return json::parse(file, source.text(), sink);
    }
    #[cfg(feature = "yaml")]
    return crate::yaml::parse(file, source.text(), sink);
    #[cfg(not(feature = "yaml"))]
    {
        let message = "YAML is not read here, since that is a feature of its own";
        let help = "enable the feature `yaml` of `linchpin`, or of `linchpin-codegen` in a build script";
        sink.push(Diagnostic::new(Code::YamlSyntax, message, Span::new(file, 0, 0)).help(help));
        None
    }
}

/// Whether a file's name says that it holds YAML.
pub(super) fn is_yaml(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("yml" | "yaml"))
}

/// True where there is nothing to parse: white space, perhaps behind a byte-order mark.
pub(crate) fn is_blank(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim().is_empty()
}

/// The path from the root of the file system; the path itself where the current folder is gone.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

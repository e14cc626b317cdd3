//! Every file that was read, with the means to turn a byte into a line and a column.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::json::Node;
use crate::span::{FileId, Span};

/// One file as it was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: PathBuf,
    name: String,
    text: Arc<str>,
    line_starts: Vec<u32>,
    /// How many characters stand in front of each block: a file on one line is not counted through for each place.
    blocks: Vec<usize>,
}

/// Bytes between two counts of characters.
const BLOCK: usize = 1024;

impl SourceFile {
    fn new(path: PathBuf, text: Arc<str>) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = ends.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
        let line_starts = std::iter::once(0).chain(starts).collect();
        let name = path.display().to_string();
        let counts = text.as_bytes().chunks(BLOCK).scan(0, |sum, block| {
            *sum += characters(block);
            Some(*sum)
        });
        let blocks = std::iter::once(0).chain(counts).collect();
        Self { path, name, text, line_starts, blocks }
    }

    /// The path under which it was read.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How the connector's author calls it: its path from the connector's folder, with `/` on every system.
    /// A file outside of that folder has its whole path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text, a byte-order mark included.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Number of lines; an empty file has one.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The text of a line (1-based) without its line break; empty beyond the end.
    pub fn line(&self, number: usize) -> &str {
        if number == 0 || number > self.line_count() {
            return "";
        }
        let end = self.line_starts.get(number).map_or(self.text.len(), |next| *next as usize);
        let line = self.text.get(self.line_start(number)..end).unwrap_or_default();
        let line = line.strip_suffix('\n').unwrap_or(line);
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// The byte at which the text of a line (1-based) starts, behind a byte-order mark; the end beyond the last line.
    pub(crate) fn line_start(&self, number: usize) -> usize {
        let start = number.checked_sub(1).and_then(|index| self.line_starts.get(index));
        match start.map_or(self.text.len(), |start| *start as usize) {
            0 if self.text.starts_with(MARK) => MARK.len_utf8(),
            start => start,
        }
    }

    /// Line and column of a byte, both 1-based, the column in characters. A byte-order mark has no width.
    /// A byte behind the end of the file is its end.
    pub fn position(&self, offset: u32) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset as usize);
        let line = self.line_starts.partition_point(|start| *start as usize <= offset).max(1);
        let before =
            self.characters_before(offset).saturating_sub(self.characters_before(self.line_start(line)));
        (line, before + 1)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        self.blocks.get(block).map_or(0, |before| before + characters(rest))
    }
}

const MARK: char = '\u{feff}';

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// All files of a connector, numbered in the order in which they were read.
#[derive(Debug, Clone)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    // Stands in for a number that this map did not give out, so that looking up a place never fails.
    unknown: SourceFile,
}

impl Default for SourceMap {
    fn default() -> Self {
        Self { files: Vec::new(), unknown: SourceFile::new(PathBuf::new(), Arc::from("")) }
    }
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a file in and gives it a number.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile::new(path.into(), text.into()));
        id
    }

    /// Names all files by their path from `root`, the connector's folder.
    pub fn set_root(&mut self, root: &Path) {
        for file in &mut self.files {
            if let Ok(inside) = file.path.strip_prefix(root) {
                let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
                file.name = parts.join("/");
            }
        }
    }

    /// The file with this number; an empty file for a number of another map.
    pub fn file(&self, id: FileId) -> &SourceFile {
        self.files.get(id.0 as usize).unwrap_or(&self.unknown)
    }

    /// All files with their numbers, in the order in which they were read.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(at, file)| (FileId(u32::try_from(at).unwrap_or(u32::MAX)), file))
    }

    /// The tree of a file that is JSON or YAML, as far as it parses.
    pub fn tree(&self, id: FileId) -> Option<Node> {
        super::files::tree(self, id, &mut Vec::new())
    }

    /// Line and column at which a span starts, both 1-based, the column in characters.
    pub fn position(&self, span: Span) -> (usize, usize) {
        self.file(span.file).position(span.start)
    }

    /// The text that a span covers.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_from_one() {
        let mut map = SourceMap::new();
        let id = map.add("a.json", "{\r\n  \"ž\": x\n}");
        let at = |start| map.position(Span::new(id, start, start));
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(5), (2, 3));
        assert_eq!(at(8), (2, 5), "two bytes of one character are one column");
        assert_eq!(at(999), (3, 2));
        assert_eq!(map.file(id).line(2), "  \"ž\": x");
        assert_eq!(map.file(id).line(9), "");
        assert_eq!(map.position(Span::new(FileId(7), 3, 4)), (1, 1));
    }

    #[test]
    fn long_lines_are_counted_across_blocks() {
        let line = "ž\"x\"".repeat(1_000);
        let text = format!("{line}\n{line}");
        let mut map = SourceMap::new();
        let id = map.add("a.json", text.as_str());
        for (at, _) in text.char_indices() {
            let before = &text[..at];
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let line = before.matches('\n').count() + 1;
            assert_eq!(map.position(Span::new(id, at as u32, at as u32)), (line, column));
        }
        assert_eq!(map.position(Span::new(id, u32::MAX, u32::MAX)), (2, 4_001));
    }

    #[test]
    fn names_start_at_the_root() {
        let mut map = SourceMap::new();
        let inside = map.add("/apps/tasks/modules/get.json", "{}");
        let outside = map.add("/apps/shared.js", "");
        map.set_root(Path::new("/apps/tasks"));
        assert_eq!(map.file(inside).name(), "modules/get.json");
        assert_eq!(map.file(outside).name(), "/apps/shared.js");
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let mut map = SourceMap::new();
        let id = map.add("a.json", "\u{feff}{}");
        assert_eq!(map.position(Span::new(id, 3, 4)), (1, 1));
        assert_eq!(map.file(id).line(1), "{}");
    }
}

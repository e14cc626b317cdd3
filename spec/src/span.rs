//! Places in source files.

use std::ops::Range;
use std::sync::Arc;

/// Number of a file in a [`SourceMap`](crate::source::SourceMap).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct FileId(pub u32);

/// A range of bytes in one source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Makes a span of `file` from `start` to `end` (exclusive), in bytes.
    pub fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }
}

/// A value and the place where the author wrote it. Equality ignores the place.
#[derive(Debug, Clone, Copy)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts `value` at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// A decoded JSON string that still knows where each of its characters stands in the file,
/// also behind escapes such as `\"` or `\u00e9`. Equality ignores the place.
#[derive(Debug, Clone)]
pub struct Text {
    /// The decoded characters.
    pub value: Arc<str>,
    /// The whole string literal in the file, quotes included.
    pub span: Span,
    /// `(decoded offset, file offset)` at the start of the string and behind each escape, ascending.
    /// Between two marks, decoded and file offsets advance together.
    pub(crate) marks: Arc<[(u32, u32)]>,
}

impl Text {
    /// A text that does not stand in the file character by character, such as a percent-decoded part of a
    /// reference: every range of it is reported at the whole `span`.
    pub fn detached(value: impl Into<Arc<str>>, span: Span) -> Self {
        Self { value: value.into(), span, marks: Arc::new([]) }
    }

    /// A text that is the whole of `span`, character by character.
    pub fn verbatim(value: impl Into<Arc<str>>, span: Span) -> Self {
        Self { value: value.into(), span, marks: Arc::new([(0, span.start)]) }
    }

    /// The place in the file of `range`, given in bytes of the decoded text.
    pub fn span_of(&self, range: Range<u32>) -> Span {
        if self.marks.is_empty() {
            return self.span;
        }
        Span::new(self.span.file, self.file_offset(range.start), self.file_offset(range.end))
    }

    fn file_offset(&self, decoded: u32) -> u32 {
        let next = self.marks.partition_point(|(at, _)| *at <= decoded);
        match self.marks.get(next.wrapping_sub(1)) {
            Some((at, file)) => file + (decoded - at),
            None => self.span.start,
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

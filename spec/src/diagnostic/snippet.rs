//! Cuts the lines around a span out of a file so that they fit on a screen.

use unicode_width::UnicodeWidthChar;

use crate::source::SourceFile;
use crate::span::Span;

/// Most columns of a line that are shown; longer lines are cut around the span.
const WIDEST: usize = 120;
/// What is kept of a long line in front of the span.
const LEAD: usize = 40;
/// Most lines of a span that are shown; the middle of longer ones is left out.
const MOST_LINES: usize = 6;
const TAB: &str = "    ";
const CUT: &str = "...";

/// One line of a snippet.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Line {
    /// 1-based number in the file.
    pub(super) number: usize,
    /// Lines are left out here.
    pub(super) elided: bool,
    /// What stands between the frame and the text: the edge of a span of several lines.
    pub(super) edge: &'static str,
    /// The line as it is shown.
    pub(super) text: String,
    /// What stands below it.
    pub(super) marker: Option<Marker>,
}

/// The row of carets below a line.
#[derive(Debug, PartialEq)]
pub(super) struct Marker {
    /// What stands between the frame and the carets.
    pub(super) edge: &'static str,
    /// Blanks, carets and the label.
    pub(super) text: String,
}

/// The lines of `span`, its carets and `label`.
pub(super) fn lines(file: &SourceFile, span: Span, label: &str) -> Vec<Line> {
    let (first, _) = file.position(span.start);
    // The end is that of the last character, so that a span up to a line break stays on its line.
    let last_byte = span.end.saturating_sub(1).max(span.start);
    let (last, _) = file.position(last_byte);
    let inside = |number: usize, byte: u32| (byte as usize).saturating_sub(file.line_start(number));
    if first == last {
        let line = file.line(first);
        return vec![single(first, line, inside(first, span.start), inside(first, last_byte), label)];
    }
    let mut lines = Vec::new();
    for number in first..=last {
        let near_an_end = number < first + MOST_LINES / 2 || number + MOST_LINES / 2 > last;
        if near_an_end {
            let edge = if number == first { "/ " } else { "| " };
            let text = Shown::of(file.line(number), 0).text;
            lines.push(Line { number, edge, text, ..Line::default() });
        } else if lines.last().is_some_and(|line| !line.elided) {
            lines.push(Line { number, elided: true, ..Line::default() });
        }
    }
    if let Some(line) = lines.last_mut() {
        let shown = Shown::of(file.line(last), inside(last, last_byte));
        line.text = shown.text;
        let rule = "_".repeat(shown.start);
        line.marker = Some(Marker { edge: "|_", text: with_label(format!("{rule}^"), label) });
    }
    lines
}

/// A line with a span from the character at byte `from` to the one at byte `to`.
fn single(number: usize, line: &str, from: usize, to: usize, label: &str) -> Line {
    let shown = Shown::of(line, from);
    let end = shown.end_of(line, to);
    let carets = end.saturating_sub(shown.start).max(1);
    let row = format!("{}{}", " ".repeat(shown.start), "^".repeat(carets));
    let marker = Some(Marker { edge: "", text: with_label(row, label) });
    Line { number, text: shown.text, marker, ..Line::default() }
}

fn with_label(row: String, label: &str) -> String {
    if label.is_empty() { row } else { format!("{row} {}", one_line(label)) }
}

/// A line as it is shown, cut around one of its characters. A file may be one line: no more of it is looked at than
/// fits on a screen.
struct Shown {
    text: String,
    /// Where the character begins, in cells of the text.
    start: usize,
    /// The bytes of the line that are shown.
    bytes: std::ops::Range<usize>,
    /// Cells in front of the first character that is shown.
    offset: usize,
}

impl Shown {
    /// Shows `line` so that the character at byte `at` (the length of the line is its end) is on the screen.
    fn of(line: &str, at: usize) -> Self {
        let at = line.floor_char_boundary(at);
        let (before, _) = line.split_at(at);
        let is_far = fitting(before.chars().rev(), WIDEST - LEAD).0 < before.len();
        let is_cut = is_far && fitting(line.chars(), WIDEST).0 < line.len();
        let (kept, width) = match is_cut {
            true => fitting(before.chars().rev(), LEAD),
            false => fitting(before.chars(), WIDEST),
        };
        let first = at - kept;
        let rest = line.get(first..).unwrap_or_default();
        let (count, _) = fitting(rest.chars(), WIDEST);
        let mut text = if is_cut { CUT.to_owned() } else { String::new() };
        let offset = text.len();
        rest.get(..count).unwrap_or_default().chars().for_each(|c| push(&mut text, c));
        if count < rest.len() {
            text.push_str(CUT);
        }
        Self { text, start: offset + width, bytes: first..first + count, offset }
    }

    /// The cell behind the character at byte `at`, at most the last one that is shown.
    fn end_of(&self, line: &str, at: usize) -> usize {
        let end = line.ceil_char_boundary(at.saturating_add(1)).min(self.bytes.end);
        let shown = line.get(self.bytes.start..end).unwrap_or_default();
        self.offset + fitting(shown.chars(), usize::MAX).1
    }
}

/// How many bytes of a text, and how many cells, have room in so many cells.
fn fitting(chars: impl Iterator<Item = char>, room: usize) -> (usize, usize) {
    let (mut bytes, mut used) = (0, 0);
    for c in chars {
        if used + cells(c) > room {
            break;
        }
        bytes += c.len_utf8();
        used += cells(c);
    }
    (bytes, used)
}

/// How many columns of a terminal a character takes as it is shown.
fn cells(c: char) -> usize {
    match c {
        '\t' => TAB.len(),
        _ => visible(c).width().unwrap_or(1),
    }
}

fn push(text: &mut String, c: char) {
    if c == '\t' { text.push_str(TAB) } else { text.push(visible(c)) }
}

/// Control characters and those that turn the direction of writing are shown as signs, so that no connector can
/// play tricks on a terminal.
fn visible(c: char) -> char {
    match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => '\u{fffd}',
        _ => c,
    }
}

/// A text of a message on one line, with signs for what a terminal must not see.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(visible).collect()
}

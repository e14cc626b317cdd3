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
    let (first, from) = file.position(span.start);
    // The end is that of the last character, so that a span up to a line break stays on its line.
    let last_byte = span.end.saturating_sub(1).max(span.start);
    let (last, to) = file.position(last_byte);
    if first == last {
        return vec![single(first, file.line(first), from, to, label)];
    }
    let mut lines = Vec::new();
    for number in first..=last {
        let near_an_end = number < first + MOST_LINES / 2 || number + MOST_LINES / 2 > last;
        if near_an_end {
            let edge = if number == first { "/ " } else { "| " };
            let text = Shown::of(file.line(number), 1).text;
            lines.push(Line { number, edge, text, ..Line::default() });
        } else if lines.last().is_some_and(|line| !line.elided) {
            lines.push(Line { number, elided: true, ..Line::default() });
        }
    }
    if let Some(line) = lines.last_mut() {
        let shown = Shown::of(file.line(last), to);
        line.text = shown.text;
        let rule = "_".repeat(shown.start);
        line.marker = Some(Marker { edge: "|_", text: with_label(format!("{rule}^"), label) });
    }
    lines
}

/// A line with a span from column `from` to column `to`, both 1-based and inclusive.
fn single(number: usize, line: &str, from: usize, to: usize, label: &str) -> Line {
    let shown = Shown::of(line, from);
    let end = shown.column_end(line, to);
    let carets = end.saturating_sub(shown.start).max(1);
    let row = format!("{}{}", " ".repeat(shown.start), "^".repeat(carets));
    let marker = Some(Marker { edge: "", text: with_label(row, label) });
    Line { number, text: shown.text, marker, ..Line::default() }
}

fn with_label(row: String, label: &str) -> String {
    if label.is_empty() { row } else { format!("{row} {}", one_line(label)) }
}

/// A line as it is shown, cut around one of its columns.
struct Shown {
    text: String,
    /// Where the column begins, in cells of the text.
    start: usize,
    /// The characters that are shown, as a range of their numbers.
    first: usize,
    count: usize,
    /// Cells in front of the first character that is shown.
    offset: usize,
}

impl Shown {
    /// Shows `line` so that the character at `column` (1-based; one behind the end is the end) is on the screen.
    fn of(line: &str, column: usize) -> Self {
        let index = column.saturating_sub(1);
        let before: usize = line.chars().take(index).map(cells).sum();
        let all: usize = line.chars().map(cells).sum();
        let (mut first, mut skipped) = (0, 0);
        if all > WIDEST && before > WIDEST - LEAD {
            for c in line.chars().take(index) {
                if before - skipped <= LEAD {
                    break;
                }
                skipped += cells(c);
                first += 1;
            }
        }
        let offset = if first > 0 { CUT.len() } else { 0 };
        let mut text = if first > 0 { CUT.to_owned() } else { String::new() };
        let (mut used, mut count) = (0, 0);
        for c in line.chars().skip(first) {
            used += cells(c);
            if used > WIDEST {
                text.push_str(CUT);
                break;
            }
            push(&mut text, c);
            count += 1;
        }
        Self { text, start: offset + before - skipped, first, count, offset }
    }

    /// The cell behind the character at `column` (1-based), at most the last one that is shown.
    fn column_end(&self, line: &str, column: usize) -> usize {
        let shown = column.saturating_sub(self.first).min(self.count);
        let width: usize = line.chars().skip(self.first).take(shown).map(cells).sum();
        self.offset + width
    }
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

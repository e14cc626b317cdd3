//! Where the characters of a decoded scalar stand in the file.

use granit_parser::ScalarStyle;

/// The marks of a [`Text`](crate::span::Text): decoded offsets with their offsets in the file.
///
/// Whatever the style, all characters but white space stand in the file in their order, some of them behind escapes;
/// white space is folded, cut and indented. So both are walked together, and meet again at each other character.
pub(super) fn align(raw: &str, start: u32, style: ScalarStyle, value: &str) -> Vec<(u32, u32)> {
    let mut walk = Walk { raw, at: 0, start, value: 0, marks: Vec::new() };
    match style {
        ScalarStyle::Literal | ScalarStyle::Folded => walk.skip_header(),
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => walk.at = 1,
        ScalarStyle::Plain => {}
    }
    walk.mark();
    for char in value.chars() {
        match style {
            ScalarStyle::DoubleQuoted => walk.skip_breaks(),
            ScalarStyle::SingleQuoted if char == '\'' => walk.skip_space(),
            _ => {}
        }
        if let Some(length) = walk.escape(style) {
            walk.mark();
            walk.step(char, length);
            walk.mark();
        } else {
            walk.meet(char);
        }
    }
    walk.marks
}

struct Walk<'a> {
    raw: &'a str,
    at: usize,
    start: u32,
    value: usize,
    marks: Vec<(u32, u32)>,
}

impl Walk<'_> {
    fn rest(&self) -> &str {
        self.raw.get(self.at..).unwrap_or_default()
    }

    /// Notes where the next character stands, unless it follows from the mark before.
    fn mark(&mut self) {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (decoded, file) = (offset(self.value), self.start.saturating_add(offset(self.at)));
        match self.marks.last_mut() {
            Some((at, known)) if decoded - *at == file.saturating_sub(*known) && file >= *known => {}
            Some(last) if last.0 == decoded => *last = (decoded, file),
            _ => self.marks.push((decoded, file)),
        }
    }

    fn step(&mut self, char: char, length: usize) {
        self.value += char.len_utf8();
        self.at += length;
    }

    /// Passes over the indicator of a block and what else stands on its line.
    fn skip_header(&mut self) {
        if self.raw.starts_with(['|', '>']) {
            self.at = self.raw.find('\n').map_or(self.raw.len(), |end| end + 1);
        }
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Passes over escaped line breaks, which stand for nothing.
    fn skip_breaks(&mut self) {
        while self.rest().starts_with("\\\n") || self.rest().starts_with("\\\r\n") {
            self.at += 1;
            self.skip_space();
        }
    }

    /// The length of the escape that stands here.
    fn escape(&self, style: ScalarStyle) -> Option<usize> {
        let rest = self.rest();
        match style {
            ScalarStyle::SingleQuoted => rest.starts_with("''").then_some(2),
            ScalarStyle::DoubleQuoted => {
                let kind = rest.strip_prefix('\\')?.chars().next()?;
                let is_pair = kind == 'u' && matches!(rest.get(2..4), Some(high) if is_high_surrogate(high));
                Some(match kind {
                    'x' => 4,
                    'u' if is_pair => 12,
                    'u' => 6,
                    'U' => 10,
                    other => 1 + other.len_utf8(),
                })
            }
            _ => None,
        }
    }

    /// Walks on to a character that stands for itself, or for white space that was folded.
    fn meet(&mut self, char: char) {
        loop {
            let Some(found) = self.rest().chars().next() else { return };
            if found == char {
                self.mark();
                return self.step(char, char.len_utf8());
            }
            if char == ' ' && matches!(found, '\n' | '\r') {
                self.mark();
                self.skip_space();
                self.value += 1;
                return;
            }
            if !found.is_whitespace() {
                // White space of which nothing is left in the file.
                self.value += char.len_utf8();
                return;
            }
            self.at += found.len_utf8();
        }
    }
}

/// The first two digits of the first half of a surrogate pair.
fn is_high_surrogate(digits: &str) -> bool {
    u8::from_str_radix(digits, 16).is_ok_and(|high| (0xD8..=0xDB).contains(&high))
}

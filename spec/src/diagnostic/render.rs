//! Diagnostics in the form that rustc gives its own errors.

use std::fmt::Write;

use super::snippet::{self, Line};
use super::{Diagnostic, Level};
use crate::source::SourceMap;

/// Writes diagnostics for people: level, code and message, place, the line with the span underlined, and help.
/// An empty line stands between two of them. `color` adds ANSI colours.
///
/// ```text
/// error[LP0201]: there is no function `uper`
///   --> tasks.json:3:19
///    |
/// 3  |     "name": "{{uper(item.name)}}"
///    |                ^^^^
///    |
///    = help: did you mean `upper`?
/// ```
pub fn render_text(diagnostics: &[Diagnostic], sources: &SourceMap, color: bool) -> String {
    let mut out = String::new();
    for (at, diagnostic) in diagnostics.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let paint = Paint { color, level: diagnostic.level };
        // Writing to a string does not fail.
        let _ = one(&mut out, diagnostic, sources, paint);
    }
    out
}

impl Level {
    /// The level as messages name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "note",
            Self::Warn => "warning",
            Self::Deny => "error",
        }
    }
}

fn one(out: &mut String, diagnostic: &Diagnostic, sources: &SourceMap, paint: Paint) -> std::fmt::Result {
    let title = format!("{}[{}]", diagnostic.level.name(), diagnostic.code.info().id);
    let message = snippet::one_line(&diagnostic.message);
    writeln!(out, "{}{}", paint.level(&title), paint.bold(&format!(": {message}")))?;
    let mut margin = 0;
    if let Some(span) = diagnostic.span {
        let file = sources.file(span.file);
        let (line, column) = sources.position(span);
        let lines = snippet::lines(file, span, diagnostic.label.as_deref().unwrap_or_default());
        let last = lines.iter().map(|line| line.number).max().unwrap_or(line);
        margin = last.to_string().len();
        let path = snippet::one_line(&shown(file.path()));
        writeln!(out, "{:margin$}{} {path}:{line}:{column}", "", paint.frame("-->"))?;
        write_lines(out, &lines, margin, paint)?;
    }
    if let Some(help) = &diagnostic.help {
        if diagnostic.span.is_some() {
            writeln!(out, "{:margin$} {}", "", paint.frame("|"))?;
        }
        let mut rows = help.lines();
        let first = rows.next().unwrap_or_default();
        writeln!(
            out,
            "{:margin$} {} {}: {}",
            "",
            paint.frame("="),
            paint.bold("help"),
            snippet::one_line(first)
        )?;
        for row in rows {
            writeln!(out, "{:margin$}         {}", "", snippet::one_line(row))?;
        }
    }
    Ok(())
}

fn write_lines(out: &mut String, lines: &[Line], margin: usize, paint: Paint) -> std::fmt::Result {
    writeln!(out, "{:margin$} {}", "", paint.frame("|"))?;
    for line in lines {
        if line.elided {
            writeln!(out, "{}", paint.frame("..."))?;
            continue;
        }
        let number = format!("{:<margin$} |", line.number);
        write_row(out, &paint.frame(&number), paint, line.edge, &line.text)?;
        if let Some(marker) = &line.marker {
            let empty = format!("{:margin$} |", "");
            write_row(out, &paint.frame(&empty), paint, marker.edge, &paint.level(&marker.text))?;
        }
    }
    Ok(())
}

/// Writes a row of the frame without blanks at its end.
fn write_row(out: &mut String, frame: &str, paint: Paint, edge: &str, text: &str) -> std::fmt::Result {
    let edge_is_blank = edge.trim().is_empty();
    out.push_str(frame);
    if text.is_empty() && edge_is_blank {
        return writeln!(out);
    }
    out.push(' ');
    out.push_str(&if edge_is_blank { edge.to_owned() } else { paint.level(edge) });
    writeln!(out, "{text}")
}

#[derive(Clone, Copy)]
struct Paint {
    color: bool,
    level: Level,
}

impl Paint {
    fn level(self, text: &str) -> String {
        match self.level {
            Level::Deny => self.ansi("1;31", text),
            Level::Warn => self.ansi("1;33", text),
            Level::Allow => self.ansi("1;32", text),
        }
    }

    fn frame(self, text: &str) -> String {
        self.ansi("1;34", text)
    }

    fn bold(self, text: &str) -> String {
        self.ansi("1", text)
    }

    fn ansi(self, style: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// A path as the user would write it: from the folder where the tool runs, as rustc does.
fn shown(path: &std::path::Path) -> String {
    let folder = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&folder).unwrap_or(path).display().to_string()
}

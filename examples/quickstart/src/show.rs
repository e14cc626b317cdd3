//! The program's output: in colour on a terminal, plain in a pipe.

use std::fmt::Display;

use anstream::println;
use anstyle::{AnsiColor, Style};

const TITLE: Style = Style::new().bold();
const STEP: Style = AnsiColor::Cyan.on_default().bold();
const NAME: Style = AnsiColor::Green.on_default();
const FAINT: Style = Style::new().dimmed();

/// A line at the start and at the end.
pub(crate) fn title(text: &str, more: &str) {
    println!("{TITLE}{text}{TITLE:#} {more}");
}

/// The name of a method, and what it shows.
pub(crate) fn step(method: &str, about: &str) {
    println!("\n{STEP}{method}{STEP:#} {FAINT}{about}{FAINT:#}");
}

/// A named value; nothing is shown as a dash.
pub(crate) fn value(name: &str, value: Option<impl Display>) {
    let value = value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    println!("  {NAME}{name:<10}{NAME:#} {value}");
}

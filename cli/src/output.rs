//! What goes to the terminal: colour there, plain text in a pipe or a file.

use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};

/// For mistakes.
pub(crate) const RED: Style = AnsiColor::Red.on_default().bold();
/// For warnings.
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
/// For what went well.
pub(crate) const GREEN: Style = AnsiColor::Green.on_default().bold();
/// For names.
pub(crate) const BOLD: Style = Style::new().bold();

/// True when what is written to the error stream may be coloured: a terminal that was not told otherwise.
pub(crate) fn colour() -> bool {
    anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never
}

/// Writes to the standard output. A reader that went away is no error: `linchpin expand .. | head` ends quietly.
pub(crate) fn print(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// Writes to the standard output; false when nobody takes it.
pub(crate) fn hand_over(text: &str) -> bool {
    let mut out = anstream::stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok()
}

/// Writes to the error stream.
pub(crate) fn report(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Writes the one error that ends a command.
pub(crate) fn error(message: &str) {
    report(&format!("{RED}error{RED:#}{BOLD}:{BOLD:#} {message}\n"));
}

/// Text of somebody else's, without what a terminal would act upon.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|char| !char.is_control()).collect()
}

/// An error of the runtime, which may hold what a service says.
pub(crate) fn told(error: &linchpin::Error) -> String {
    plain(&error.to_string())
}

/// A line that says what the program waits for. Shown on a terminal only, and removed when it is dropped.
pub(crate) struct Waiting {
    shown: bool,
}

impl Waiting {
    /// Waits for `what`.
    pub(crate) fn start(what: &str) -> Self {
        let shown = io::stderr().is_terminal();
        if shown {
            report(&format!("{what} .."));
        }
        Self { shown }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if self.shown {
            report("\r\x1b[2K");
        }
    }
}

/// A line that says how far a long run has come. Shown on a terminal only, and removed when it is dropped.
pub(crate) struct Progress {
    total: usize,
    shown: bool,
}

impl Progress {
    /// Shows nothing for fewer than this many.
    const WORTH_SHOWING: usize = 4;

    /// A run over `total` connectors.
    pub(crate) fn new(total: usize) -> Self {
        Self { total, shown: total >= Self::WORTH_SHOWING && io::stderr().is_terminal() }
    }

    /// Now at number `at` (from 0), called `name`.
    pub(crate) fn step(&self, at: usize, name: &str) {
        if self.shown {
            report(&format!("\r\x1b[2Kchecking {}/{} {name}", at + 1, self.total));
        }
    }

    /// Takes the line away before something else is written.
    pub(crate) fn clear(&self) {
        if self.shown {
            report("\r\x1b[2K");
        }
    }
}

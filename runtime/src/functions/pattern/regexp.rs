//! A compiled regular expression of JavaScript.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex::{CaptureLocations, Regex, RegexBuilder};

use super::backtrack::{Machine, TooManySteps};
use super::linear;
use super::program::Program;
use super::replacement::{Found, expand};
use super::syntax::{Flags, Syntax, parse};
use super::units;

/// Texts up to so many bytes are never late.
const SHORT: usize = 64 * 1_024;

/// A regular expression: the linear engine where it gives what JavaScript gives, the bounded one elsewhere
/// (rulings 5).
#[derive(Debug)]
pub(crate) struct Regexp {
    flags: Flags,
    syntax: Syntax,
    linear: Option<Regex>,
    /// The linear engine knows only one of the characters that end a line.
    only_line_feeds: bool,
    program: OnceLock<Program>,
}

impl Regexp {
    /// Compiles a pattern.
    ///
    /// # Errors
    ///
    /// A message that says what is wrong with the pattern or the flags.
    pub(crate) fn new(pattern: &str, flags: &str) -> Result<Self, String> {
        let flags = Flags::parse(flags)?;
        let syntax =
            if flags.unicode { parse(pattern, flags)? } else { parse(&units::split(pattern), flags)? };
        let mut linear = None;
        if !linear::needs_backtracking(&syntax.node, flags) {
            let mut translated = String::new();
            linear::write(&mut translated, &syntax.node, flags);
            // What is too large for the linear engine runs in the bounded one.
            linear = RegexBuilder::new(&translated).nest_limit(1_000).size_limit(4 << 20).build().ok();
        }
        let only_line_feeds = flags.multiline && linear::has_line_assertion(&syntax.node);
        Ok(Self { flags, syntax, linear, only_line_feeds, program: OnceLock::new() })
    }

    /// Whether the pattern matches somewhere in `text`.
    ///
    /// # Errors
    ///
    /// [`TooManySteps`] when the pattern takes more work than it may.
    pub(crate) fn is_match(&self, text: &str) -> Result<bool, TooManySteps> {
        let subject = self.subject(text);
        self.engine(&subject).find(&subject, 0, self.flags.sticky)
    }

    /// Replaces the first match, or all of them under the flag `g`.
    ///
    /// One search of the linear engine is bounded by the text, but a pattern can make each of many searches read
    /// far ahead in vain. So in a long text `is_late` is asked every now and then whether to give up.
    ///
    /// # Errors
    ///
    /// [`TooManySteps`] when the pattern takes more work, or more time, than it may.
    pub(crate) fn replace<'a>(
        &self,
        text: &'a str,
        replacement: &str,
        is_late: impl Fn() -> bool,
    ) -> Result<Cow<'a, str>, TooManySteps> {
        let subject = self.subject(text);
        let is_split = matches!(subject, Cow::Owned(_));
        let replacement = if is_split { units::split(replacement) } else { Cow::Borrowed(replacement) };
        let mut engine = self.engine(&subject);
        let mut out = String::new();
        let (mut copied, mut from, mut matches) = (0, 0, 0_usize);
        while from <= subject.len() && engine.find(&subject, from, self.flags.sticky)? {
            let Some(range) = engine.group(0) else { break };
            matches += 1;
            if subject.len() > SHORT && matches.is_multiple_of(64) && is_late() {
                return Err(TooManySteps);
            }
            out.push_str(subject.get(copied..range.0).unwrap_or_default());
            let found = Found { text: &subject, range, groups: self.syntax.groups };
            expand(&mut out, &replacement, &found, |group| engine.group(group));
            copied = range.1;
            // After an empty match the search goes on one character further.
            let next = subject.get(range.1..).and_then(|rest| rest.chars().next());
            from = range.1 + if range.0 == range.1 { next.map_or(1, char::len_utf8) } else { 0 };
            if !self.flags.global {
                break;
            }
        }
        if copied == 0 && out.is_empty() && from == 0 {
            return Ok(Cow::Borrowed(text));
        }
        out.push_str(subject.get(copied..).unwrap_or_default());
        Ok(Cow::Owned(if is_split { units::join(&out) } else { out }))
    }

    /// The text in the form in which its characters are those of the pattern.
    fn subject<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.flags.unicode { Cow::Borrowed(text) } else { units::split(text) }
    }

    fn engine<'a>(&'a self, subject: &'a str) -> Engine<'a> {
        match &self.linear {
            Some(regex) if !self.only_line_feeds || !subject.contains(['\r', '\u{2028}', '\u{2029}']) => {
                Engine::Linear(regex, regex.capture_locations())
            }
            _ => {
                let compile = || Program::new(&self.syntax.node, self.syntax.groups, self.flags);
                Engine::Bounded(Machine::new(self.program.get_or_init(compile), subject))
            }
        }
    }
}

/// What runs a pattern over one text.
enum Engine<'a> {
    Linear(&'a Regex, CaptureLocations),
    Bounded(Machine<'a>),
}

impl Engine<'_> {
    /// Finds the first match at or after a position; a sticky one only there.
    fn find(&mut self, text: &str, from: usize, sticky: bool) -> Result<bool, TooManySteps> {
        match self {
            Self::Linear(regex, locations) => {
                let found = regex.captures_read_at(locations, text, from);
                Ok(found.is_some_and(|found| !sticky || found.start() == from))
            }
            Self::Bounded(machine) => machine.find(from),
        }
    }

    fn group(&self, group: usize) -> Option<(usize, usize)> {
        match self {
            Self::Linear(_, locations) => locations.get(group),
            Self::Bounded(machine) => machine.group(group),
        }
    }
}

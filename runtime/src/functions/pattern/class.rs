//! Classes of JavaScript's regular expressions: `[..]`, and their operations under the flag `v`.

use super::set::{Class, Set};
use super::syntax::Parser;
use super::units;

/// A member of a class.
enum Member {
    /// A character; `None` where no text can contain it.
    Char(Option<char>),
    /// A set, such as `\d`.
    Set(Set),
}

impl Parser {
    /// With what equals its members under the flag `i`.
    pub(crate) fn folded(&self, set: Set) -> Set {
        if self.flags.ignore_case { set.case_folded(self.flags.unicode) } else { set }
    }

    /// A class; the opening bracket is already read.
    pub(crate) fn class(&mut self) -> Result<Class, String> {
        let negated = self.eat("^");
        let class = if self.flags.sets { self.set_operations()? } else { Class::of(self.members()?) };
        if !negated {
            return Ok(class);
        }
        if !class.texts.is_empty() {
            return Err("a negated class contains texts of several characters".to_owned());
        }
        Ok(Class::of(class.set.negated()))
    }

    /// What stands between the brackets without the flag `v`, up to and with the closing one.
    fn members(&mut self) -> Result<Set, String> {
        let mut set = Set::empty();
        loop {
            if self.eat("]") {
                return Ok(self.folded(set));
            }
            let first = self.member()?;
            let is_range = self.peek() == Some('-') && !matches!(self.peek_at(1), None | Some(']'));
            if !is_range {
                set = set.union(&member_set(first));
                continue;
            }
            self.next();
            let last = self.member()?;
            set = match (first, last) {
                (Member::Char(first), Member::Char(last)) => set.union(&self.range(first, last)?),
                _ if self.flags.unicode => return Err("a set is the end of a range".to_owned()),
                // Then the dash stands for itself.
                (first, last) => set.union(&member_set(first)).union(&Set::of('-')).union(&member_set(last)),
            };
        }
    }

    fn range(&self, first: Option<char>, last: Option<char>) -> Result<Set, String> {
        let range = if self.flags.unicode { code_points(first, last) } else { code_units(first, last) };
        range.ok_or_else(|| "a range of a class is out of order".to_owned())
    }

    fn member(&mut self) -> Result<Member, String> {
        match self.next() {
            None => Err("a `[` has no `]`".to_owned()),
            Some('\\') => match self.class_escape()? {
                Some(set) => Ok(Member::Set(set)),
                None => self.character_escape(true).map(Member::Char),
            },
            Some(char) => Ok(Member::Char(Some(char))),
        }
    }

    /// What stands between the brackets with the flag `v`, up to and with the closing one.
    fn set_operations(&mut self) -> Result<Class, String> {
        if self.eat("]") {
            return Ok(Class::of(Set::empty()));
        }
        let (mut class, is_range) = self.operand(true)?;
        let mut operator = None;
        loop {
            if self.eat("]") {
                return Ok(class);
            }
            let here = ["&&", "--"].into_iter().find(|here| self.eat(here)).unwrap_or("");
            if operator.is_some_and(|operator| operator != here) {
                return Err("a class mixes its operations".to_owned());
            }
            if is_range && !here.is_empty() {
                return Err(format!("a range is an operand of `{here}` only in brackets of its own"));
            }
            operator = Some(here);
            let (other, _) = self.operand(here.is_empty())?;
            class = match here {
                "&&" => Class {
                    set: class.set.intersection(&other.set),
                    texts: class.texts.intersection(&other.texts).cloned().collect(),
                },
                "--" => Class {
                    set: class.set.difference(&other.set),
                    texts: class.texts.difference(&other.texts).cloned().collect(),
                },
                _ => Class { set: class.set.union(&other.set), texts: &class.texts | &other.texts },
            };
        }
    }

    /// A nested class, a set, a character, or a range where those are allowed; and whether it is a range.
    fn operand(&mut self, ranges: bool) -> Result<(Class, bool), String> {
        if self.eat("[") {
            return self.nested(Self::class).map(|class| (class, false));
        }
        if self.eat("\\q{") {
            return self.texts().map(|class| (class, false));
        }
        let first = match self.set_character()? {
            Member::Set(set) => return Ok((Class::of(set), false)),
            Member::Char(char) => char,
        };
        let is_range = ranges && self.peek() == Some('-') && self.peek_at(1) != Some('-');
        if !is_range {
            return Ok((Class::of(self.folded(member_set(Member::Char(first)))), false));
        }
        self.next();
        match self.set_character()? {
            Member::Set(_) => Err("a set is the end of a range".to_owned()),
            Member::Char(last) => Ok((Class::of(self.folded(self.range(first, last)?)), true)),
        }
    }

    fn set_character(&mut self) -> Result<Member, String> {
        match self.peek() {
            Some('\\') => self.member(),
            Some(char) if "()[]{}/-|".contains(char) => {
                Err(format!("a `{char}` in a class needs a backslash"))
            }
            Some(char) if "&!#$%*+,.:;<=>?@^`~".contains(char) && self.peek_at(1) == Some(char) => {
                Err(format!("`{char}{char}` has no meaning in a class"))
            }
            _ => self.member(),
        }
    }

    /// Texts between `\q{` and `}`, with bars between them.
    fn texts(&mut self) -> Result<Class, String> {
        let mut class = Class::of(Set::empty());
        let mut text = String::new();
        loop {
            let is_end = self.peek() == Some('}');
            if is_end || self.peek() == Some('|') {
                self.next();
                let mut chars = text.chars();
                match (chars.next(), chars.next()) {
                    (Some(char), None) => class.set = class.set.union(&self.folded(Set::of(char))),
                    _ => drop(class.texts.insert(std::mem::take(&mut text))),
                }
                text.clear();
                if is_end {
                    return Ok(class);
                }
                continue;
            }
            match self.set_character()? {
                Member::Char(char) => text.extend(char),
                Member::Set(_) => return Err("a set stands within `\\q{..}`".to_owned()),
            }
        }
    }
}

fn member_set(member: Member) -> Set {
    match member {
        Member::Char(char) => char.map_or_else(Set::empty, Set::of),
        Member::Set(set) => set,
    }
}

/// A range of code points; an end that no text can contain stands for the characters next to it.
fn code_points(first: Option<char>, last: Option<char>) -> Option<Set> {
    let (start, end) = (first.unwrap_or('\u{E000}'), last.unwrap_or('\u{D7FF}'));
    if start <= end {
        Some(Set::range(start, end))
    } else {
        (first.is_none() || last.is_none()).then(Set::empty)
    }
}

/// A range of code units. Halves of surrogate pairs are elsewhere in the form of the text (see [`units`]).
fn code_units(first: Option<char>, last: Option<char>) -> Option<Set> {
    let (start, end) = (units::char_to_unit(first?), units::char_to_unit(last?));
    let part = |from: u32, to: u32| {
        let (from, to) = (start.max(from), end.min(to));
        let ends = units::unit_to_char(from).zip(units::unit_to_char(to));
        ends.filter(|_| from <= to).map_or_else(Set::empty, |(from, to)| Set::range(from, to))
    };
    let set = part(0, 0xD7FF).union(&part(0xD800, 0xDFFF)).union(&part(0xE000, 0xFFFF));
    (start <= end).then_some(set)
}

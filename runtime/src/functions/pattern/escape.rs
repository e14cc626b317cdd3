//! Escapes of JavaScript's regular expressions, inside and outside of classes.

use super::set::Set;
use super::syntax::Parser;
use super::units;

impl Parser {
    /// An escape that stands for a set, such as `\d`; the backslash is already read. `None`, with nothing read,
    /// where it is none.
    pub(crate) fn class_escape(&mut self) -> Result<Option<Set>, String> {
        let Some(letter) = self.peek() else { return Err("it ends with a backslash".to_owned()) };
        let kind = letter.to_ascii_lowercase();
        let is_set = matches!(kind, 'd' | 's' | 'w') || (kind == 'p' && self.flags.unicode);
        if !is_set {
            return Ok(None);
        }
        self.next();
        let set = match kind {
            'd' => Set::digits(),
            's' => Set::spaces(),
            'w' => self.word_set(),
            _ => self.property()?,
        };
        let negated = letter.is_ascii_uppercase();
        // With `v`, what equals a member counts as a member before the set is turned round; with `u`, after.
        Ok(Some(match (negated, self.flags.sets) {
            (true, true) => self.folded(set).negated(),
            (true, false) => self.folded(set.negated()),
            (false, _) => self.folded(set),
        }))
    }

    /// `\w`; without regard to case two letters beyond ASCII equal letters of ASCII.
    pub(crate) fn word_set(&self) -> Set {
        if self.flags.unicode && self.flags.ignore_case {
            Set::words().union(&Set::of('\u{17F}')).union(&Set::of('\u{212A}'))
        } else {
            Set::words()
        }
    }

    /// `{Name}` or `{Name=Value}` behind `\p`.
    fn property(&mut self) -> Result<Set, String> {
        let unknown = || "a `\\p{..}` names no property".to_owned();
        if !self.eat("{") {
            return Err(unknown());
        }
        let mut name = String::new();
        loop {
            match self.next() {
                Some('}') => break,
                Some(char) if char.is_ascii_alphanumeric() || matches!(char, '_' | '=') => name.push(char),
                _ => return Err(unknown()),
            }
        }
        Set::property(&name).ok_or_else(unknown)
    }

    /// An escape that stands for one character; the backslash is already read. `None` stands for half of a
    /// surrogate pair where characters are code points: no text contains it.
    pub(crate) fn character_escape(&mut self, in_class: bool) -> Result<Option<char>, String> {
        let Some(letter) = self.next() else { return Err("it ends with a backslash".to_owned()) };
        let strict = self.flags.unicode;
        let char = match letter {
            'f' => '\u{C}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{B}',
            'b' if in_class => '\u{8}',
            '-' if in_class => '-',
            'c' => return self.control(in_class).map(Some),
            '0' if strict => {
                if self.peek().is_some_and(|char| char.is_ascii_digit()) {
                    return Err("a number escape is not allowed with the flag `u`".to_owned());
                }
                '\0'
            }
            '0'..='7' if !strict => self.octal(letter),
            'x' => match self.hexadecimal(2) {
                Some(code) => char::from_u32(code).unwrap_or('x'),
                None if strict => return Err("a `\\x` needs two digits".to_owned()),
                None => 'x',
            },
            'u' => return self.unicode_escape(),
            other if !strict => other,
            other if "^$\\.*+?()[]{}|/".contains(other) => other,
            other if in_class && self.flags.sets && "&-!#%,:;<=>@`~".contains(other) => other,
            _ => return Err("an escape has no meaning".to_owned()),
        };
        Ok(Some(char))
    }

    /// `\cA`. In the lenient syntax an incomplete one is a backslash, and the `c` is read again.
    fn control(&mut self, in_class: bool) -> Result<char, String> {
        let lenient = !self.flags.unicode;
        match self.peek() {
            Some(letter)
                if letter.is_ascii_alphabetic()
                    || (lenient && in_class && (letter.is_ascii_digit() || letter == '_')) =>
            {
                self.next();
                Ok(char::from(u8::try_from(u32::from(letter) % 32).unwrap_or_default()))
            }
            _ if lenient => {
                self.go_back_to(self.position() - 1);
                Ok('\\')
            }
            _ => Err("a `\\c` needs a letter".to_owned()),
        }
    }

    /// Up to three octal digits that are at most 255.
    fn octal(&mut self, first: char) -> char {
        let mut number = first.to_digit(8).unwrap_or(0);
        while let Some(digit) = self.peek().and_then(|char| char.to_digit(8)) {
            if number * 8 + digit > 255 || number >= 32 {
                break;
            }
            number = number * 8 + digit;
            self.next();
        }
        char::from_u32(number).unwrap_or('\0')
    }

    /// Exactly `count` hexadecimal digits; nothing is read where there are fewer.
    fn hexadecimal(&mut self, count: usize) -> Option<u32> {
        let mut number = 0;
        for distance in 0..count {
            number = number * 16 + self.peek_at(distance)?.to_digit(16)?;
        }
        self.go_back_to(self.position() + count);
        Some(number)
    }

    /// What stands behind `\u`.
    fn unicode_escape(&mut self) -> Result<Option<char>, String> {
        if !self.flags.unicode {
            return Ok(Some(self.hexadecimal(4).and_then(units::unit_to_char).unwrap_or('u')));
        }
        let wrong = || "a `\\u` names no character".to_owned();
        if self.eat("{") {
            let mut number: u32 = 0;
            let mut digits = 0;
            while let Some(digit) = self.peek().and_then(|char| char.to_digit(16)) {
                number = number.saturating_mul(16).saturating_add(digit);
                digits += 1;
                self.next();
            }
            if digits == 0 || number > 0x0010_FFFF || !self.eat("}") {
                return Err(wrong());
            }
            return Ok(char::from_u32(number));
        }
        let first = self.hexadecimal(4).ok_or_else(wrong)?;
        if (0xD800..0xDC00).contains(&first) {
            let position = self.position();
            let second = if self.eat("\\u") { self.hexadecimal(4) } else { None };
            match second.filter(|second| (0xDC00..0xE000).contains(second)) {
                Some(second) => {
                    return Ok(char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)));
                }
                None => self.go_back_to(position),
            }
        }
        Ok(char::from_u32(first))
    }
}

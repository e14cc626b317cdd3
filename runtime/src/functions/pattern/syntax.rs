//! The syntax of JavaScript's regular expressions: from text to tree (iml.md 9.2 `replace`, rulings 5).
//!
//! Without the flags `u` and `v` a pattern is read as browsers read it, with the old leniency: a brace that is no
//! quantifier stands for itself, and so does an escaped letter without a meaning.

use std::ops::Range;

use super::set::{Class, Set};

/// The deepest nesting of groups. The tree is walked by recursion.
const DEEPEST: usize = 100;

/// The longest pattern, in characters.
const LONGEST: usize = 10_000;

/// Switches behind the closing slash. `d` and `g` do not change what matches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Flags {
    /// `g`: every match, not the first only.
    pub(crate) global: bool,
    /// `i`
    pub(crate) ignore_case: bool,
    /// `m`: `^` and `$` also match at line ends.
    pub(crate) multiline: bool,
    /// `s`: `.` matches line ends.
    pub(crate) dot_all: bool,
    /// `u`, or `v`: characters are code points, and the syntax is strict.
    pub(crate) unicode: bool,
    /// `v`: classes have operations.
    pub(crate) sets: bool,
    /// `y`: a match starts where the search starts.
    pub(crate) sticky: bool,
}

impl Flags {
    /// Reads flags.
    ///
    /// # Errors
    ///
    /// A letter that is no flag, one that stands twice, and `u` together with `v`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut flags = Self::default();
        let mut seen = String::new();
        for letter in text.chars() {
            if seen.contains(letter) {
                return Err(format!("the flag `{letter}` stands twice"));
            }
            seen.push(letter);
            match letter {
                'd' => {}
                'g' => flags.global = true,
                'i' => flags.ignore_case = true,
                'm' => flags.multiline = true,
                's' => flags.dot_all = true,
                'u' => flags.unicode = true,
                'v' => flags.sets = true,
                'y' => flags.sticky = true,
                other => return Err(format!("there is no flag `{other}`")),
            }
        }
        if flags.unicode && flags.sets {
            return Err("the flags `u` and `v` exclude each other".to_owned());
        }
        flags.unicode |= flags.sets;
        Ok(flags)
    }
}

/// A piece of a pattern.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// Matches where it stands.
    Empty,
    /// One character of a set.
    Set(Set),
    /// One after the other.
    Concat(Vec<Node>),
    /// The first that leads to a match.
    Alternate(Vec<Node>),
    /// A group that is kept, by its number from 1.
    Capture(usize, Box<Node>),
    /// Several times.
    Repeat(Box<Repeat>),
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b`, or `\B` if it is `true`.
    Boundary(bool),
    /// What must or must not follow or precede.
    Look(Box<Look>),
    /// What a group matched, by its number.
    Backreference(usize),
}

/// A quantifier and what it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Repeat {
    /// What is repeated.
    pub(crate) node: Node,
    /// At least so often.
    pub(crate) min: u32,
    /// At most so often; `None` is without limit.
    pub(crate) max: Option<u32>,
    /// As often as possible first.
    pub(crate) greedy: bool,
    /// Numbers of the groups within.
    pub(crate) captures: Range<usize>,
}

/// A look-around.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    /// What is looked for.
    pub(crate) node: Node,
    /// It precedes.
    pub(crate) behind: bool,
    /// It must not be there.
    pub(crate) negated: bool,
}

/// A pattern that was read.
#[derive(Debug, Clone)]
pub(crate) struct Syntax {
    /// The tree.
    pub(crate) node: Node,
    /// How many groups are kept.
    pub(crate) groups: usize,
}

/// Reads a pattern. `pattern` consists of what counts as characters under the flags: code points with `u` or `v`,
/// else code units (see [`super::units`]).
///
/// # Errors
///
/// What is wrong with the pattern, without the pattern.
pub(crate) fn parse(pattern: &str, flags: Flags) -> Result<Syntax, String> {
    let chars: Vec<char> = pattern.chars().collect();
    if chars.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} characters"));
    }
    let total = count_groups(&chars)?;
    let mut parser = Parser { chars, at: 0, flags, groups: 0, total, depth: 0, weight: 0 };
    let node = parser.disjunction()?;
    match parser.peek() {
        Some(_) => Err("a `)` has no `(`".to_owned()),
        None => Ok(Syntax { node, groups: parser.groups }),
    }
}

/// Counts groups before anything is read, because `\3` means a group only if there are three of them.
fn count_groups(chars: &[char]) -> Result<usize, String> {
    let mut total = 0;
    let mut in_class = false;
    let mut at = 0;
    while let Some(char) = chars.get(at) {
        match char {
            '\\' => at += 1,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => match (chars.get(at + 1), chars.get(at + 2), chars.get(at + 3)) {
                (Some('?'), Some('<'), Some(next)) if !matches!(next, '=' | '!') => {
                    return Err("named groups are not supported".to_owned());
                }
                (Some('?'), ..) => {}
                _ => total += 1,
            },
            _ => {}
        }
        at += 1;
    }
    Ok(total)
}

pub(crate) struct Parser {
    chars: Vec<char>,
    at: usize,
    pub(crate) flags: Flags,
    groups: usize,
    total: usize,
    depth: usize,
    /// Ranges of all sets together.
    weight: usize,
}

impl Parser {
    pub(crate) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(crate) fn peek_at(&self, distance: usize) -> Option<char> {
        self.chars.get(self.at + distance).copied()
    }

    pub(crate) fn next(&mut self) -> Option<char> {
        let char = self.peek()?;
        self.at += 1;
        Some(char)
    }

    pub(crate) fn eat(&mut self, text: &str) -> bool {
        let fits = text.chars().enumerate().all(|(distance, char)| self.peek_at(distance) == Some(char));
        if fits {
            self.at += text.chars().count();
        }
        fits
    }

    pub(crate) fn position(&self) -> usize {
        self.at
    }

    pub(crate) fn go_back_to(&mut self, position: usize) {
        self.at = position;
    }

    /// Runs `read` one level deeper.
    pub(crate) fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, String>,
    ) -> Result<T, String> {
        if self.depth >= DEEPEST {
            return Err(format!("it is nested deeper than {DEEPEST} levels"));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn disjunction(&mut self) -> Result<Node, String> {
        let mut branches = vec![self.alternative()?];
        while self.eat("|") {
            branches.push(self.alternative()?);
        }
        Ok(one_or(branches, Node::Alternate))
    }

    fn alternative(&mut self) -> Result<Node, String> {
        let mut nodes = Vec::new();
        while !matches!(self.peek(), None | Some('|' | ')')) {
            nodes.push(self.term()?);
        }
        Ok(one_or(nodes, Node::Concat))
    }

    fn term(&mut self) -> Result<Node, String> {
        let before = self.groups;
        let (node, quantifiable) = self.atom()?;
        let Some((min, max)) = self.quantifier()? else { return Ok(node) };
        if !quantifiable {
            return Err("there is nothing to repeat before a quantifier".to_owned());
        }
        let greedy = !self.eat("?");
        let captures = before + 1..self.groups + 1;
        Ok(Node::Repeat(Box::new(Repeat { node, min, max, greedy, captures })))
    }

    /// The quantifier that stands here, if there is one.
    fn quantifier(&mut self) -> Result<Option<(u32, Option<u32>)>, String> {
        let bounds = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted_quantifier(),
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(bounds))
    }

    fn counted_quantifier(&mut self) -> Result<Option<(u32, Option<u32>)>, String> {
        let start = self.at;
        self.at += 1;
        let min = self.decimal();
        let max = if self.eat(",") { self.decimal() } else { min };
        let is_closed = self.eat("}");
        let Some(min) = min.filter(|_| is_closed) else {
            self.at = start;
            return if self.flags.unicode { Err("a quantifier is incomplete".to_owned()) } else { Ok(None) };
        };
        match max {
            Some(max) if max < min => Err("the numbers of a quantifier are out of order".to_owned()),
            // So many repetitions are the same as any number of them.
            Some(u32::MAX) => Ok(Some((min, None))),
            max => Ok(Some((min, max))),
        }
    }

    /// Decimal digits; beyond the range the greatest number.
    pub(crate) fn decimal(&mut self) -> Option<u32> {
        let mut number = None;
        while let Some(digit) = self.peek().and_then(|char| char.to_digit(10)) {
            number = Some(number.unwrap_or(0_u32).saturating_mul(10).saturating_add(digit));
            self.at += 1;
        }
        number
    }

    /// An atom or an assertion, and whether a quantifier may follow.
    fn atom(&mut self) -> Result<(Node, bool), String> {
        let Some(char) = self.next() else { return Ok((Node::Empty, false)) };
        let node = match char {
            '^' => return Ok((Node::Start, false)),
            '$' => return Ok((Node::End, false)),
            '(' => return self.nested(Self::group),
            '.' => {
                let dot = if self.flags.dot_all { Set::all() } else { Set::line_ends().negated() };
                self.set(dot)?
            }
            '[' => {
                let class = self.nested(Self::class)?;
                self.class_node(class)?
            }
            '\\' => return self.atom_escape(),
            '*' | '+' | '?' => return Err("there is nothing to repeat before a quantifier".to_owned()),
            '{' if self.is_quantifier_here() => {
                return Err("there is nothing to repeat before a quantifier".to_owned());
            }
            '{' | '}' | ']' if self.flags.unicode => return Err(format!("a `{char}` stands alone")),
            other => self.literal(other)?,
        };
        Ok((node, true))
    }

    /// Whether the brace that was just read opens a quantifier.
    fn is_quantifier_here(&mut self) -> bool {
        let start = self.at;
        self.at -= 1;
        let is_quantifier = !matches!(self.counted_quantifier(), Ok(None));
        self.at = start;
        is_quantifier
    }

    /// A set of which one character matches, with what equals its members under the flag `i`.
    pub(crate) fn set(&mut self, set: Set) -> Result<Node, String> {
        self.weight += set.ranges().len();
        if self.weight > 100_000 {
            return Err("its classes are too large".to_owned());
        }
        Ok(Node::Set(set))
    }

    fn literal(&mut self, char: char) -> Result<Node, String> {
        let set = self.folded(Set::of(char));
        self.set(set)
    }

    /// A class with texts of several characters tries the longest of them first.
    fn class_node(&mut self, class: Class) -> Result<Node, String> {
        let mut texts: Vec<String> = class.texts.into_iter().collect();
        texts.sort_by_key(|text| std::cmp::Reverse(text.chars().count()));
        let mut branches = Vec::new();
        for text in texts {
            let chars = text.chars().map(|char| self.literal(char)).collect::<Result<Vec<_>, _>>()?;
            branches.push(one_or(chars, Node::Concat));
        }
        // The empty text is the shortest and comes after the single characters.
        let at = branches.iter().position(|branch| matches!(branch, Node::Empty)).unwrap_or(branches.len());
        branches.insert(at, self.set(class.set)?);
        Ok(one_or(branches, Node::Alternate))
    }

    fn group(&mut self) -> Result<(Node, bool), String> {
        let look = [("?=", false, false), ("?!", false, true), ("?<=", true, false), ("?<!", true, true)];
        let look = look.iter().find(|(opening, ..)| self.eat(opening));
        let mut number = None;
        if look.is_none() && !self.eat("?:") {
            if self.peek() == Some('?') {
                return Err("a group begins with `(?` and an unknown kind".to_owned());
            }
            self.groups += 1;
            number = Some(self.groups);
        }
        let node = self.disjunction()?;
        if !self.eat(")") {
            return Err("a `(` has no `)`".to_owned());
        }
        Ok(match (look, number) {
            (Some((_, behind, negated)), _) => {
                let look = Look { node, behind: *behind, negated: *negated };
                (Node::Look(Box::new(look)), !behind && !self.flags.unicode)
            }
            (None, Some(number)) => (Node::Capture(number, Box::new(node)), true),
            (None, None) => (node, true),
        })
    }

    fn atom_escape(&mut self) -> Result<(Node, bool), String> {
        match self.peek() {
            Some('b' | 'B') => {
                let negated = self.next() == Some('B');
                return Ok((Node::Boundary(negated), false));
            }
            Some('1'..='9') => {
                let start = self.at;
                let group = self.decimal().and_then(|number| usize::try_from(number).ok());
                if let Some(group) = group.filter(|group| *group <= self.total) {
                    return Ok((Node::Backreference(group), true));
                }
                if self.flags.unicode {
                    return Err("a back-reference has no group".to_owned());
                }
                self.at = start;
            }
            _ => {}
        }
        let set = match self.class_escape()? {
            Some(set) => set,
            None => {
                let char = self.character_escape(false)?;
                self.folded(char.map_or_else(Set::empty, Set::of))
            }
        };
        Ok((self.set(set)?, true))
    }
}

/// The only item, or all of them in a node of their own.
fn one_or(mut nodes: Vec<Node>, many: fn(Vec<Node>) -> Node) -> Node {
    match nodes.len() {
        0 => Node::Empty,
        1 => nodes.swap_remove(0),
        _ => many(nodes),
    }
}

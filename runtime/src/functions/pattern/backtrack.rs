//! The backtracking engine, which does exactly what the standard of JavaScript says, within a bound.
//!
//! Kept crates with look-around either know no bound, or count only a part of the work: one that hands the regular
//! parts of a pattern to another engine does not see how far that one runs. Here every step counts, over all matches
//! of a text, so that no pattern can hang (rulings 5).

use super::program::{Loop, Many, Program, Step};
use super::set::{Set, equal_ignoring_case};

/// Steps for one text, besides some for each of its bytes. They take about a fifth of a second.
const STEPS: usize = 10_000_000;

/// Steps for each byte of a text.
const STEPS_PER_BYTE: usize = 64;

/// The most alternatives that may be open at a time.
const DEEPEST: usize = 1 << 20;

/// The pattern needs more steps than it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooManySteps;

/// What to do when the way that was taken leads nowhere.
#[derive(Debug)]
enum Undo {
    /// Go on with this step at this position.
    Branch { step: usize, at: usize },
    /// Give back one of the characters that a repeated set took, down to a position.
    Retreat { step: usize, at: usize, floor: usize, behind: bool },
    /// Take one more character of a repeated set.
    Advance { step: usize, at: usize, taken: u32, many: Many },
    /// Put back a slot.
    Slot(usize, Option<usize>),
    /// Put back a loop's state.
    Rounds(usize, Rounds),
}

/// The state of a loop.
#[derive(Debug, Clone, Copy, Default)]
struct Rounds {
    count: u32,
    started_at: usize,
}

/// A running program over one text.
pub(crate) struct Machine<'a> {
    program: &'a Program,
    text: &'a str,
    words: Set,
    slots: Vec<Option<usize>>,
    rounds: Vec<Rounds>,
    looks: Vec<(usize, usize)>,
    undo: Vec<Undo>,
    left: usize,
}

impl<'a> Machine<'a> {
    /// A machine for all matches of `program` in `text`.
    pub(crate) fn new(program: &'a Program, text: &'a str) -> Self {
        let mut words = Set::words();
        if program.flags.unicode && program.flags.ignore_case {
            words = words.case_folded(true);
        }
        Self {
            program,
            text,
            words,
            slots: vec![None; program.slots],
            rounds: vec![Rounds::default(); program.loops],
            looks: vec![(0, 0); program.looks],
            undo: Vec::new(),
            left: STEPS.saturating_add(text.len().saturating_mul(STEPS_PER_BYTE)),
        }
    }

    /// Finds the first match at or after a position.
    ///
    /// # Errors
    ///
    /// [`TooManySteps`] when the bound is reached.
    pub(crate) fn find(&mut self, from: usize) -> Result<bool, TooManySteps> {
        let mut start = from;
        loop {
            if self.match_at(start)? {
                return Ok(true);
            }
            match self.ahead(start) {
                Some(char) if !self.program.flags.sticky => start += char.len_utf8(),
                _ => return Ok(false),
            }
        }
    }

    /// Start and end of the match, which is group 0, or of a group that took part.
    pub(crate) fn group(&self, group: usize) -> Option<(usize, usize)> {
        let slot = |slot: usize| self.slots.get(slot).copied().flatten();
        slot(group * 2).zip(slot(group * 2 + 1))
    }

    fn ahead(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn behind(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    fn match_at(&mut self, start: usize) -> Result<bool, TooManySteps> {
        self.slots.fill(None);
        self.undo.clear();
        let program = self.program;
        let (mut step, mut at) = (0, start);
        loop {
            self.spend(1)?;
            let next = match program.steps.get(step) {
                Some(Step::Match) | None => return Ok(true),
                Some(current) => self.run(current, step, at)?,
            };
            match next.or_else(|| self.back()) {
                Some(next) => (step, at) = next,
                None => return Ok(false),
            }
        }
    }

    fn spend(&mut self, steps: usize) -> Result<(), TooManySteps> {
        self.left = self.left.checked_sub(steps).ok_or(TooManySteps)?;
        if self.undo.len() > DEEPEST { Err(TooManySteps) } else { Ok(()) }
    }

    /// Runs a step. Gives the next step and its position, or `None` where this way leads nowhere.
    fn run(&mut self, step: &Step, number: usize, at: usize) -> Result<Option<(usize, usize)>, TooManySteps> {
        let next = (number + 1, at);
        let when = |holds: bool| holds.then_some(next);
        Ok(match step {
            Step::One { set, behind } => self.one(*set, at, *behind).map(|at| (number + 1, at)),
            Step::Many(many) => self.many(*many, number + 1, at)?,
            Step::Split(other) => {
                self.undo.push(Undo::Branch { step: *other, at });
                Some(next)
            }
            Step::Jump(target) => Some((*target, at)),
            Step::Save(slot) => {
                self.set_slot(*slot, Some(at));
                Some(next)
            }
            Step::Start => when(at == 0 || (self.program.flags.multiline && is_line_end(self.behind(at)))),
            Step::End => {
                when(at == self.text.len() || (self.program.flags.multiline && is_line_end(self.ahead(at))))
            }
            Step::Boundary(negated) => {
                when((self.is_word(self.behind(at)) != self.is_word(self.ahead(at))) != *negated)
            }
            Step::Backreference { group, behind } => {
                self.backreference(*group, at, *behind)?.map(|at| (number + 1, at))
            }
            Step::LoopStart(number) => {
                self.set_rounds(*number, Rounds::default());
                Some(next)
            }
            Step::LoopCheck(bounds) => self.check(*bounds, next),
            Step::LoopEnter { number, slots } => {
                let count = self.rounds.get(*number).map_or(0, |rounds| rounds.count);
                self.set_rounds(*number, Rounds { count: count.saturating_add(1), started_at: at });
                self.spend(slots.len())?;
                slots.clone().for_each(|slot| self.set_slot(slot, None));
                Some(next)
            }
            Step::LoopEnd { number, min, check } => {
                let rounds = self.rounds.get(*number).copied().unwrap_or_default();
                // A round beyond the least number that matched nothing would go on for ever.
                let is_void = rounds.count > *min && rounds.started_at == at;
                (!is_void).then_some((*check, at))
            }
            Step::LookEnter { number, otherwise } => {
                if let Some(look) = self.looks.get_mut(*number) {
                    *look = (self.undo.len(), at);
                }
                self.undo.extend(otherwise.map(|step| Undo::Branch { step, at }));
                Some(next)
            }
            Step::LookFound { number: look, negated } => {
                let position = self.leave_look(*look, *negated)?;
                position.map(|at| (number + 1, at))
            }
            Step::Match => Some(next),
        })
    }

    /// The position behind one character of a set.
    fn one(&self, set: usize, at: usize, behind: bool) -> Option<usize> {
        let char = if behind { self.behind(at) } else { self.ahead(at) }?;
        let fits = self.program.sets.get(set)?.contains(char);
        fits.then(|| moved(at, char, behind))
    }

    fn many(
        &mut self,
        many: Many,
        step: usize,
        start: usize,
    ) -> Result<Option<(usize, usize)>, TooManySteps> {
        let wanted = if many.greedy { many.max } else { Some(many.min) };
        let (mut at, mut floor, mut taken) = (start, start, 0);
        while wanted.is_none_or(|wanted| taken < wanted) {
            let Some(next) = self.one(many.set, at, many.behind) else { break };
            (at, taken) = (next, taken.saturating_add(1));
            if taken == many.min {
                floor = at;
            }
            self.spend(1)?;
        }
        if taken < many.min {
            return Ok(None);
        }
        if many.greedy {
            if at != floor {
                self.undo.push(Undo::Retreat { step, at, floor, behind: many.behind });
            }
        } else {
            self.undo.push(Undo::Advance { step, at, taken, many });
        }
        Ok(Some((step, at)))
    }

    fn check(&mut self, bounds: Loop, enter: (usize, usize)) -> Option<(usize, usize)> {
        let count = self.rounds.get(bounds.number).map_or(0, |rounds| rounds.count);
        let exit = (bounds.exit, enter.1);
        if count < bounds.min {
            return Some(enter);
        }
        if bounds.max.is_some_and(|max| count >= max) {
            return Some(exit);
        }
        let (first, second) = if bounds.greedy { (enter, exit) } else { (exit, enter) };
        self.undo.push(Undo::Branch { step: second.0, at: second.1 });
        Some(first)
    }

    /// The position behind what a group matched, if it stands here. A group that took no part matches nothing.
    fn backreference(
        &mut self,
        group: usize,
        at: usize,
        behind: bool,
    ) -> Result<Option<usize>, TooManySteps> {
        let Some((start, end)) = self.group(group) else { return Ok(Some(at)) };
        let text = self.text;
        let wanted = text.get(start..end).unwrap_or_default();
        self.spend(wanted.len())?;
        let flags = self.program.flags;
        let mut position = at;
        let mut fits = |wanted: char| {
            let here = if behind { self.behind(position) } else { self.ahead(position) };
            here.filter(|here| {
                *here == wanted || (flags.ignore_case && equal_ignoring_case(*here, wanted, flags.unicode))
            })
            .map(|here| position = moved(position, here, behind))
            .is_some()
        };
        let all_fit =
            if behind { wanted.chars().rev().all(&mut fits) } else { wanted.chars().all(&mut fits) };
        Ok(all_fit.then_some(position))
    }

    /// Ends a look-around that found what it looks for. Gives the position at which it began, or `None` where it
    /// must not find it.
    fn leave_look(&mut self, number: usize, negated: bool) -> Result<Option<usize>, TooManySteps> {
        let (height, at) = self.looks.get(number).copied().unwrap_or_default();
        self.spend(self.undo.len().saturating_sub(height))?;
        if negated {
            while self.undo.len() > height {
                if let Some(undo) = self.undo.pop() {
                    self.restore(&undo);
                }
            }
            return Ok(None);
        }
        // Nothing within is tried again, but what it changed is put back when the way to it is.
        let kept: Vec<Undo> = self
            .undo
            .drain(height..)
            .filter(|undo| matches!(undo, Undo::Slot(..) | Undo::Rounds(..)))
            .collect();
        self.undo.extend(kept);
        Ok(Some(at))
    }

    fn set_slot(&mut self, slot: usize, value: Option<usize>) {
        if let Some(place) = self.slots.get_mut(slot) {
            let old = std::mem::replace(place, value);
            self.undo.push(Undo::Slot(slot, old));
        }
    }

    fn set_rounds(&mut self, number: usize, rounds: Rounds) {
        if let Some(place) = self.rounds.get_mut(number) {
            let old = std::mem::replace(place, rounds);
            self.undo.push(Undo::Rounds(number, old));
        }
    }

    /// Puts back what is no alternative.
    fn restore(&mut self, undo: &Undo) {
        match undo {
            Undo::Slot(slot, old) => {
                if let Some(place) = self.slots.get_mut(*slot) {
                    *place = *old;
                }
            }
            Undo::Rounds(number, old) => {
                if let Some(place) = self.rounds.get_mut(*number) {
                    *place = *old;
                }
            }
            Undo::Branch { .. } | Undo::Retreat { .. } | Undo::Advance { .. } => {}
        }
    }

    /// Goes back to the last alternative.
    fn back(&mut self) -> Option<(usize, usize)> {
        loop {
            match self.undo.pop()? {
                Undo::Branch { step, at } => return Some((step, at)),
                Undo::Retreat { step, at, floor, behind } => {
                    let given_back = if behind { self.ahead(at) } else { self.behind(at) }?;
                    let at = moved(at, given_back, !behind);
                    if at != floor {
                        self.undo.push(Undo::Retreat { step, at, floor, behind });
                    }
                    return Some((step, at));
                }
                Undo::Advance { step, at, taken, many } => {
                    if many.max.is_some_and(|max| taken >= max) {
                        continue;
                    }
                    let Some(at) = self.one(many.set, at, many.behind) else { continue };
                    self.undo.push(Undo::Advance { step, at, taken: taken.saturating_add(1), many });
                    return Some((step, at));
                }
                other => self.restore(&other),
            }
        }
    }

    fn is_word(&self, char: Option<char>) -> bool {
        char.is_some_and(|char| self.words.contains(char))
    }
}

fn moved(at: usize, char: char, behind: bool) -> usize {
    if behind { at - char.len_utf8() } else { at + char.len_utf8() }
}

fn is_line_end(char: Option<char>) -> bool {
    matches!(char, Some('\n' | '\r' | '\u{2028}' | '\u{2029}'))
}

//! Programs of the backtracking engine: the tree of a pattern as a list of steps.

use std::ops::Range;

use super::set::Set;
use super::syntax::{Flags, Node, Repeat};

/// One step. Numbers of steps are positions in [`Program::steps`].
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// One character of a set, ahead or behind.
    One {
        /// Number of the set.
        set: usize,
        /// The one before the position.
        behind: bool,
    },
    /// Several characters of a set.
    Many(Many),
    /// Goes on with the next step, and later maybe with this one.
    Split(usize),
    /// Goes on elsewhere.
    Jump(usize),
    /// Keeps the position in a slot.
    Save(usize),
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b`, or `\B` if it is `true`.
    Boundary(bool),
    /// What a group matched, ahead or behind.
    Backreference {
        /// Number of the group.
        group: usize,
        /// The text before the position.
        behind: bool,
    },
    /// A loop begins.
    LoopStart(usize),
    /// Decides on another round.
    LoopCheck(Loop),
    /// A round begins.
    LoopEnter {
        /// Number of the loop.
        number: usize,
        /// Slots that each round forgets.
        slots: Range<usize>,
    },
    /// A round ends.
    LoopEnd {
        /// Number of the loop.
        number: usize,
        /// Rounds that may match nothing.
        min: u32,
        /// The loop's check.
        check: usize,
    },
    /// A look-around begins.
    LookEnter {
        /// Number of the look-around.
        number: usize,
        /// Where to go on if it must not match and does not.
        otherwise: Option<usize>,
    },
    /// What the look-around looks for is there.
    LookFound {
        /// Number of the look-around.
        number: usize,
        /// It must not be there.
        negated: bool,
    },
    /// The pattern matched.
    Match,
}

/// A repeated set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Many {
    /// Number of the set.
    pub(crate) set: usize,
    /// At least so many.
    pub(crate) min: u32,
    /// At most so many.
    pub(crate) max: Option<u32>,
    /// As many as possible first.
    pub(crate) greedy: bool,
    /// Those before the position.
    pub(crate) behind: bool,
}

/// A loop's bounds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Loop {
    /// Number of the loop.
    pub(crate) number: usize,
    /// At least so many rounds.
    pub(crate) min: u32,
    /// At most so many rounds.
    pub(crate) max: Option<u32>,
    /// As many rounds as possible first.
    pub(crate) greedy: bool,
    /// Where to go on after the last round.
    pub(crate) exit: usize,
}

/// A pattern for the backtracking engine.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    /// Its steps, from the first.
    pub(crate) steps: Vec<Step>,
    /// Its sets.
    pub(crate) sets: Vec<CharSet>,
    /// How many slots it has: two for the match and for each group.
    pub(crate) slots: usize,
    /// How many loops it has.
    pub(crate) loops: usize,
    /// How many look-arounds it has.
    pub(crate) looks: usize,
    /// The pattern's flags.
    pub(crate) flags: Flags,
}

/// A set with a short way for ASCII.
#[derive(Debug, Clone)]
pub(crate) struct CharSet {
    ascii: u128,
    set: Set,
}

impl CharSet {
    fn new(set: &Set) -> Self {
        let ascii =
            (0..128_u8).filter(|byte| set.contains(char::from(*byte))).fold(0, |bits, byte| bits | 1 << byte);
        Self { ascii, set: set.clone() }
    }

    /// Whether a character is in it.
    pub(crate) fn contains(&self, char: char) -> bool {
        if char.is_ascii() { self.ascii >> u32::from(char) & 1 == 1 } else { self.set.contains(char) }
    }
}

impl Program {
    /// Makes a program of a tree with so many groups.
    pub(crate) fn new(node: &Node, groups: usize, flags: Flags) -> Self {
        let mut program = Self { slots: (groups + 1) * 2, flags, ..Self::default() };
        program.steps.push(Step::Save(0));
        program.compile(node, false);
        program.steps.push(Step::Save(1));
        program.steps.push(Step::Match);
        program
    }

    /// Adds a tree's steps. Within a look-behind everything runs backwards, as the standard has it.
    fn compile(&mut self, node: &Node, behind: bool) {
        match node {
            Node::Empty => {}
            Node::Set(set) => {
                let set = self.add_set(set);
                self.steps.push(Step::One { set, behind });
            }
            Node::Concat(nodes) if behind => nodes.iter().rev().for_each(|node| self.compile(node, behind)),
            Node::Concat(nodes) => nodes.iter().for_each(|node| self.compile(node, behind)),
            Node::Alternate(nodes) => self.compile_alternate(nodes, behind),
            Node::Capture(group, node) => {
                self.steps.push(Step::Save(group * 2 + usize::from(behind)));
                self.compile(node, behind);
                self.steps.push(Step::Save(group * 2 + usize::from(!behind)));
            }
            Node::Repeat(repeat) => self.compile_repeat(repeat, behind),
            Node::Start => self.steps.push(Step::Start),
            Node::End => self.steps.push(Step::End),
            Node::Boundary(negated) => self.steps.push(Step::Boundary(*negated)),
            Node::Look(look) => {
                let number = self.looks;
                self.looks += 1;
                let enter = self.push_open();
                self.compile(&look.node, look.behind);
                self.steps.push(Step::LookFound { number, negated: look.negated });
                let otherwise = look.negated.then_some(self.steps.len());
                self.close(enter, Step::LookEnter { number, otherwise });
            }
            Node::Backreference(group) => self.steps.push(Step::Backreference { group: *group, behind }),
        }
    }

    fn compile_alternate(&mut self, nodes: &[Node], behind: bool) {
        let mut ends = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            if at + 1 == nodes.len() {
                self.compile(node, behind);
            } else {
                let split = self.push_open();
                self.compile(node, behind);
                ends.push(self.push_open());
                self.close(split, Step::Split(self.steps.len()));
            }
        }
        for end in ends {
            self.close(end, Step::Jump(self.steps.len()));
        }
    }

    fn compile_repeat(&mut self, repeat: &Repeat, behind: bool) {
        let Repeat { min, max, greedy, .. } = *repeat;
        if let Node::Set(set) = &repeat.node {
            let set = self.add_set(set);
            self.steps.push(Step::Many(Many { set, min, max, greedy, behind }));
            return;
        }
        let number = self.loops;
        self.loops += 1;
        self.steps.push(Step::LoopStart(number));
        let check = self.push_open();
        let slots = repeat.captures.start * 2..repeat.captures.end * 2;
        self.steps.push(Step::LoopEnter { number, slots });
        self.compile(&repeat.node, behind);
        self.steps.push(Step::LoopEnd { number, min, check });
        let exit = self.steps.len();
        self.close(check, Step::LoopCheck(Loop { number, min, max, greedy, exit }));
    }

    fn add_set(&mut self, set: &Set) -> usize {
        self.sets.push(CharSet::new(set));
        self.sets.len() - 1
    }

    /// Keeps a place for a step that is known later.
    fn push_open(&mut self) -> usize {
        self.steps.push(Step::Match);
        self.steps.len() - 1
    }

    fn close(&mut self, at: usize, step: Step) {
        if let Some(place) = self.steps.get_mut(at) {
            *place = step;
        }
    }
}

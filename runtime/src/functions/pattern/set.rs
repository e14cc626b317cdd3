//! Sets of characters.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use regex_syntax::hir::{Class as HirClass, ClassUnicode, ClassUnicodeRange, HirKind};

/// Characters, as sorted ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Set(ClassUnicode);

/// What a class of the flag `v` stands for: characters, and texts of none or several characters.
#[derive(Debug, Clone)]
pub(crate) struct Class {
    /// Its single characters.
    pub(crate) set: Set,
    /// Its other texts.
    pub(crate) texts: BTreeSet<String>,
}

impl Set {
    /// No character.
    pub(crate) fn empty() -> Self {
        Self(ClassUnicode::empty())
    }

    /// Every character.
    pub(crate) fn all() -> Self {
        Self::range('\0', char::MAX)
    }

    /// One character.
    pub(crate) fn of(char: char) -> Self {
        Self::range(char, char)
    }

    /// The characters from `first` to `last`.
    pub(crate) fn range(first: char, last: char) -> Self {
        Self::ranges_of(&[(first, last)])
    }

    fn ranges_of(ranges: &[(char, char)]) -> Self {
        Self(ClassUnicode::new(ranges.iter().map(|(first, last)| ClassUnicodeRange::new(*first, *last))))
    }

    /// `\d`: digits of ASCII.
    pub(crate) fn digits() -> Self {
        Self::range('0', '9')
    }

    /// `\w`: letters and digits of ASCII, and the underscore.
    pub(crate) fn words() -> Self {
        Self::ranges_of(&[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')])
    }

    /// `\s`: white space and line ends as JavaScript has them.
    pub(crate) fn spaces() -> Self {
        Self::ranges_of(&[
            ('\t', '\r'),
            (' ', ' '),
            ('\u{A0}', '\u{A0}'),
            ('\u{1680}', '\u{1680}'),
            ('\u{2000}', '\u{200A}'),
            ('\u{2028}', '\u{2029}'),
            ('\u{202F}', '\u{202F}'),
            ('\u{205F}', '\u{205F}'),
            ('\u{3000}', '\u{3000}'),
            ('\u{FEFF}', '\u{FEFF}'),
        ])
    }

    /// What ends a line: `.` does not match it.
    pub(crate) fn line_ends() -> Self {
        Self::ranges_of(&[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')])
    }

    /// The characters of a Unicode property, `Name` or `Name=Value`. `None` where there is none of the name.
    pub(crate) fn property(name: &str) -> Option<Self> {
        let class = |name: &str| {
            let hir = regex_syntax::parse(&format!(r"\p{{{name}}}")).ok()?;
            match hir.into_kind() {
                HirKind::Class(HirClass::Unicode(class)) => Some(class),
                // A property of a single character.
                HirKind::Literal(literal) => {
                    let mut chars = std::str::from_utf8(&literal.0).ok()?.chars();
                    let char = chars.next()?;
                    Some(ClassUnicode::new([ClassUnicodeRange::new(char, char)]))
                }
                _ => None,
            }
        };
        match name.split_once('=') {
            Some((key, _)) => {
                let keys = ["General_Category", "gc", "Script", "sc", "Script_Extensions", "scx"];
                keys.contains(&key).then(|| class(name)).flatten().map(Self)
            }
            // Scripts are not named alone in JavaScript.
            None if class(&format!("sc={name}")).is_some() && class(&format!("gc={name}")).is_none() => None,
            None => class(name).map(Self),
        }
    }

    /// Its ranges, in order.
    pub(crate) fn ranges(&self) -> &[ClassUnicodeRange] {
        self.0.ranges()
    }

    /// Whether a character is in it.
    pub(crate) fn contains(&self, char: char) -> bool {
        let ranges = self.0.ranges();
        let at = ranges.partition_point(|range| range.end() < char);
        ranges.get(at).is_some_and(|range| range.start() <= char)
    }

    /// The characters that are not in it.
    #[must_use]
    pub(crate) fn negated(mut self) -> Self {
        self.0.negate();
        self
    }

    /// The characters of both.
    #[must_use]
    pub(crate) fn union(mut self, other: &Self) -> Self {
        self.0.union(&other.0);
        self
    }

    /// The characters that both have.
    #[must_use]
    pub(crate) fn intersection(mut self, other: &Self) -> Self {
        self.0.intersect(&other.0);
        self
    }

    /// The characters that `other` does not have.
    #[must_use]
    pub(crate) fn difference(mut self, other: &Self) -> Self {
        self.0.difference(&other.0);
        self
    }

    /// Adds what equals a member without regard to case: by simple case folding where characters are code points,
    /// else by JavaScript's older rule.
    #[must_use]
    pub(crate) fn case_folded(mut self, unicode: bool) -> Self {
        if unicode {
            // Fails only where the tables of Unicode are not compiled in.
            let _ = self.0.try_case_fold_simple();
            return self;
        }
        if self.0.ranges().last().is_some_and(|range| range.end().is_ascii()) {
            // No character beyond ASCII equals one of ASCII.
            let flipped: Vec<_> =
                self.0.iter().flat_map(|range| flip_ascii(range.start(), range.end())).collect();
            self.0.union(&ClassUnicode::new(flipped));
            return self;
        }
        let mut added = Vec::new();
        for equals in case_groups() {
            if equals.iter().any(|char| self.contains(*char)) {
                added.extend(equals.iter().map(|char| ClassUnicodeRange::new(*char, *char)));
            }
        }
        self.0.union(&ClassUnicode::new(added));
        self
    }
}

impl Class {
    /// A class without longer texts.
    pub(crate) fn of(set: Set) -> Self {
        Self { set, texts: BTreeSet::new() }
    }
}

/// The letters of the other case to the letters of a range within ASCII.
fn flip_ascii(first: char, last: char) -> Vec<ClassUnicodeRange> {
    let cut = |from: char, to: char, flip: fn(&char) -> char| {
        let (start, end) = (first.max(from), last.min(to));
        (start <= end).then(|| ClassUnicodeRange::new(flip(&start), flip(&end)))
    };
    let upper = cut('a', 'z', char::to_ascii_uppercase);
    upper.into_iter().chain(cut('A', 'Z', char::to_ascii_lowercase)).collect()
}

/// What a code unit is compared by without regard to case: its upper case, unless that has several characters or is
/// the only thing in ASCII about it.
fn canonical(char: char) -> char {
    let mut upper = char.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(upper), None) if u32::from(upper) <= 0xFFFF && (char.is_ascii() || !upper.is_ascii()) => upper,
        _ => char,
    }
}

/// Groups of code units that are equal without regard to case.
fn case_groups() -> &'static [Vec<char>] {
    static GROUPS: OnceLock<Vec<Vec<char>>> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let mut groups: HashMap<char, Vec<char>> = HashMap::new();
        for char in '\0'..='\u{FFFF}' {
            groups.entry(canonical(char)).or_default().push(char);
        }
        groups.into_values().filter(|group| group.len() > 1).collect()
    })
}

/// Whether two characters are equal without regard to case.
pub(crate) fn equal_ignoring_case(a: char, b: char, unicode: bool) -> bool {
    if a == b {
        true
    } else if unicode {
        Set::of(a).case_folded(true).contains(b)
    } else {
        canonical(a) == canonical(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn membership_and_operations() {
        let set = Set::digits().union(&Set::of('x'));
        assert!(set.contains('0') && set.contains('9') && set.contains('x') && !set.contains('y'));
        assert!(!set.clone().negated().contains('5') && set.clone().negated().contains(char::MAX));
        assert_eq!(set.clone().difference(&Set::digits()), Set::of('x'));
        assert_eq!(set.intersection(&Set::range('5', 'z')), Set::range('5', '9').union(&Set::of('x')));
        assert!(!Set::empty().contains('a') && Set::all().contains('a'));
    }

    #[test]
    fn equality_without_regard_to_case_depends_on_the_flag() {
        let equals = |char: char, unicode: bool| {
            let set = Set::of(char).case_folded(unicode);
            ('\0'..=char::MAX).filter(|other| set.contains(*other)).collect::<String>()
        };
        assert_eq!((equals('k', false), equals('k', true)), ("Kk".into(), "Kk\u{212A}".into()));
        assert_eq!((equals('ſ', false), equals('ſ', true)), ("ſ".into(), "Ssſ".into()));
        assert_eq!((equals('ß', false), equals('ß', true)), ("ß".into(), "ßẞ".into()));
        assert_eq!(equals('é', false), "Éé");
        assert_eq!(equals('µ', false), "µΜμ");
        assert_eq!((equals('𐐀', false), equals('𐐀', true)), ("𐐀".into(), "𐐀𐐨".into()));
        for (a, b) in [('a', 'A'), ('é', 'É'), ('σ', 'ς')] {
            assert!(equal_ignoring_case(a, b, false) && equal_ignoring_case(a, b, true), "{a} {b}");
        }
        assert!(!equal_ignoring_case('s', 'ſ', false) && equal_ignoring_case('s', 'ſ', true));
    }

    #[test]
    fn properties_by_the_names_of_javascript() {
        for name in [
            "L",
            "Lu",
            "Letter",
            "gc=Lu",
            "General_Category=Nd",
            "Script=Greek",
            "scx=Cyrl",
            "Alphabetic",
            "Any",
            "Emoji",
        ] {
            assert!(Set::property(name).is_some(), "{name}");
        }
        for name in ["", "Greek", "Block=Basic_Latin", "Script=Nowhere", "Nothing", "gc=", "=Lu", "Age=5.0"] {
            assert!(Set::property(name).is_none(), "{name}");
        }
        assert!(Set::property("Script=Greek").is_some_and(|set| set.contains('λ') && !set.contains('l')));
    }
}

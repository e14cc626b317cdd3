//! Regular expressions against the rules of JavaScript, and against an engine that implements its standard.

use proptest::prelude::*;

use super::regexp::Regexp;

/// No text is late.
fn never() -> bool {
    false
}

fn replace(pattern: &str, flags: &str, text: &str, replacement: &str) -> String {
    Regexp::new(pattern, flags).unwrap().replace(text, replacement, never).unwrap().into_owned()
}

#[test]
fn flags_decide_how_much_and_how() {
    let cases = [
        ("o", "", "foo boo", "0", "f0o boo"),
        ("o", "g", "foo boo", "0", "f00 b00"),
        ("O", "gi", "foo boo", "0", "f00 b00"),
        ("^b", "gm", "a\nb\rb\u{2028}b", "x", "a\nx\rx\u{2028}x"),
        ("^b", "gm", "b\nb", "x", "x\nx"),
        ("a$", "g", "a\na", "x", "a\nx"),
        ("a.b", "", "a\nb", "x", "a\nb"),
        ("a.b", "s", "a\nb", "x", "x"),
        ("a", "gy", "aaba", "x", "xxba"),
        ("b", "y", "ab", "x", "ab"),
        ("a", "dg", "aa", "x", "xx"),
    ];
    for (pattern, flags, text, replacement, expected) in cases {
        assert_eq!(replace(pattern, flags, text, replacement), expected, "/{pattern}/{flags}");
    }
}

#[test]
fn empty_matches_stand_between_characters() {
    assert_eq!(replace("", "g", "ab", "-"), "-a-b-");
    assert_eq!(replace("b*", "g", "abc", "-"), "-a--c-");
    assert_eq!(replace("$", "", "ab", "!"), "ab!");
    assert_eq!(replace("x*", "", "", "!"), "!");
}

#[test]
fn classes_are_those_of_javascript() {
    assert_eq!(replace(r"\w", "g", "aé_9-", "x"), "xéxx-");
    assert_eq!(replace(r"\d", "g", "1٣", "x"), "x٣");
    assert_eq!(replace(r"\s", "g", "a\u{A0}b\u{FEFF}c\u{85}d", "_"), "a_b_c\u{85}d");
    assert_eq!(replace(r"\bé", "", "aé", "x"), "ax");
    assert_eq!(replace(r"\B.", "g", "ab cd", "x"), "ax cx");
    assert_eq!(replace(r"[^\W\d]+", "g", "ab12_c", "x"), "x12x");
    assert_eq!(replace(r"[\b\-a\]]", "g", "\u{8}-a]", "x"), "xxxx");
    assert_eq!(replace("[]", "g", "a", "x"), "a");
    assert_eq!(replace("[^]", "g", "a\n", "x"), "xx");
    assert_eq!(replace(r"\p{Lu}", "gu", "aÄB", "x"), "axx");
    assert_eq!(replace(r"\P{Letter}", "gu", "a1-", "x"), "axx");
    assert_eq!(replace(r"[\p{L}--[a-c]]", "gv", "abcdé", "x"), "abcxx");
    assert_eq!(replace(r"[\w&&[^\d_]]", "gv", "a1_", "x"), "x1_");
    assert_eq!(replace(r"[\q{abc|d|}]", "gv", "abcd", "x"), "xxx");
}

#[test]
fn the_lenient_syntax_of_browsers() {
    let cases = [
        ("a{", "a{", "x"),
        ("a{,2}", "a{,2}", "x"),
        ("{}", "{}", "x"),
        ("]", "]", "x"),
        (r"\a\/\-", "a/-", "x"),
        (r"\u{3}", "uuu", "x"),
        (r"\x4", "x4", "x"),
        (r"\8\101\7", "8A\u{7}", "x"),
        (r"\c\cA", "\\c\u{1}", "x"),
        (r"[\c1]", "\u{11}", "x"),
        (r"\k<a>", "k<a>", "x"),
        (r"[a-\d]", "-", "x"),
        (r"(?=a)*a", "a", "x"),
        (r"\p{L}", "p{L}", "x"),
    ];
    for (pattern, text, expected) in cases {
        assert_eq!(replace(pattern, "", text, "x"), expected, "/{pattern}/");
    }
}

#[test]
fn without_the_flag_u_characters_are_code_units() {
    assert_eq!(replace("^.$", "", "😀", "x"), "😀");
    assert_eq!(replace("^.$", "u", "😀", "x"), "x");
    assert_eq!(replace(".", "g", "a😀", "x"), "xxx");
    assert_eq!(replace("😀", "g", "a😀", "😎$&"), "a😎😀");
    assert_eq!(replace("[\u{80}-\u{FFFF}]", "g", "aé😀", ""), "a");
    assert_eq!(replace(r"[\uD800-\uDFFF]", "g", "é😀", ""), "é");
    assert_eq!(replace(r"\uD83D\uDE00", "", "😀", "x"), "x");
    assert_eq!(replace(r"\uD83D\uDE00", "u", "😀", "x"), "x");
    assert_eq!(replace(r"\uD83D", "", "😀", "x"), "x\u{FFFD}");
    assert_eq!(replace(r"\uD83D", "u", "😀", "x"), "😀");
    assert_eq!(replace(r"\u{1F600}", "u", "😀", "x"), "x");
}

#[test]
fn look_around_and_back_references() {
    assert_eq!(replace(r"\d(?=%)", "g", "1% 2 3%", "x"), "x% 2 x%");
    assert_eq!(replace(r"\d(?!%)", "g", "1% 2 3%", "x"), "1% x 3%");
    assert_eq!(replace(r"(?<=\$)\d+", "g", "$10 20", "x"), "$x 20");
    assert_eq!(replace(r"(?<!\$)\b\d+", "g", "$10 20", "x"), "$10 x");
    assert_eq!(replace(r"(?<=(\d+)(\d+))$", "", "1053", "[$1,$2]"), "1053[1,053]");
    assert_eq!(replace(r"(?<=\1(a))b", "", "aab", "x"), "aax");
    assert_eq!(replace(r"(['\x22]).*?\1", "g", "'a\"b' \"c\"", "x"), "x x");
    assert_eq!(replace(r"(a)\1", "gi", "aAAa", "x"), "xx");
    assert_eq!(replace(r"(?:(a)|b)\1", "g", "bab", "x"), "xax");
    assert_eq!(replace(r"(?=(a+))a*b\1", "", "baaabac", "[$1]"), "baa[a]c");
}

#[test]
fn rounds_of_a_loop_forget_their_groups() {
    assert_eq!(replace(r"(?:(a)|(b))+", "", "ab", "[$1][$2]"), "[][b]");
    assert_eq!(replace(r"(z)((a+)?(b+)?(c))*", "", "zaacbbbcac", "$2,$3,$4,$5"), "ac,a,,c");
    assert_eq!(replace(r"(a*)*", "", "b", "[$1]"), "[]b");
    assert_eq!(replace(r"(?:a?)*?$", "", "aa", "x"), "x");
    assert_eq!(replace(r"(?:|a)*", "", "aaa", "x"), "x");
    assert_eq!(replace(r"(?:^|a)?", "", "ab", "x"), "xb");
}

#[test]
fn wrong_patterns_are_errors() {
    let cases = [
        ("(", ""),
        (")", ""),
        ("a)", ""),
        ("[a", ""),
        ("*", ""),
        ("a**", ""),
        ("^*", ""),
        ("{1}", ""),
        ("a{2,1}", ""),
        ("\\", ""),
        ("[b-a]", ""),
        ("(?<=a)*", ""),
        ("(?a)", ""),
        ("(?<name>a)", ""),
        ("(?<name>a)", "u"),
        ("{", "u"),
        ("]", "u"),
        (r"\-", "u"),
        (r"\1", "u"),
        (r"\01", "u"),
        (r"\u{110000}", "u"),
        (r"\p{Nope}", "u"),
        (r"[\d-z]", "u"),
        ("(?=a)*", "u"),
        ("[a&&b--c]", "v"),
        ("[a-z&&[aeiou]]", "v"),
        ("[a-z--x]", "v"),
        ("[(]", "v"),
        (r"[^\q{ab}]", "v"),
        ("a", "gg"),
        ("a", "uv"),
        ("a", "x"),
    ];
    for (pattern, flags) in cases {
        assert!(Regexp::new(pattern, flags).is_err(), "/{pattern}/{flags}");
    }
    assert!(Regexp::new(&"(".repeat(5_000), "").is_err());
    assert!(Regexp::new(&"a".repeat(20_000), "").is_err());
    assert!(Regexp::new(&r"\p{L}".repeat(1_500), "u").is_err());
}

#[test]
fn hostile_patterns_end() {
    let letters = "a".repeat(10_000);
    for pattern in ["^(a+)+$", "^(a|aa)+$", "(?:a+)+b", "(?:a{60000}){60000}"] {
        let _ = Regexp::new(pattern, "").unwrap().replace(&letters, "x", never);
    }
    let few = format!("{}!", "a".repeat(40));
    for pattern in ["^(?=a)(a+)+$", "(?=(a+)+b)", "^(?:(a*)*)*$"] {
        assert!(Regexp::new(pattern, "").unwrap().replace(&few, "x", never).is_err(), "{pattern}");
    }
    let many = "a".repeat(100_000);
    assert!(Regexp::new("(?=.*z)q", "g").unwrap().replace(&many, "x", never).is_err());
}

#[test]
fn reading_ahead_in_vain_is_given_up() {
    // Each match is one letter, after a look at all that follow.
    let reads_ahead = Regexp::new("a[^z]*z|a", "g").unwrap();
    let asked = std::cell::Cell::new(0);
    let is_late = || {
        asked.set(asked.get() + 1);
        asked.get() == 2
    };
    assert!(reads_ahead.replace(&"a".repeat(70_000), "x", is_late).is_err());
    assert_eq!(reads_ahead.replace(&"a".repeat(500), "x", || true).unwrap(), "x".repeat(500));
}

/// Patterns of a small language, most of them right.
fn pattern() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        4 => "[abcAé]",
        1 => Just(".".to_owned()),
        1 => Just(r"\w".to_owned()),
        1 => Just(r"\W".to_owned()),
        1 => Just(r"\b".to_owned()),
        1 => Just("^".to_owned()),
        1 => Just("$".to_owned()),
        1 => Just("[a-b]".to_owned()),
        1 => Just("[^aé]".to_owned()),
        1 => Just(r"\1".to_owned()),
        1 => Just(r"\2".to_owned()),
        1 => Just(String::new()),
    ];
    atom.prop_recursive(4, 24, 3, |inner| {
        let quantifier = prop_oneof!["[*+?]", "[*+?][?]", Just("{2}".to_owned()), Just("{1,2}?".to_owned())];
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            2 => (inner.clone(), quantifier).prop_map(|(part, quantifier)| format!("(?:{part}){quantifier}")),
            2 => inner.clone().prop_map(|part| format!("({part})")),
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("(?:{a}|{b})")),
            1 => inner.clone().prop_map(|part| format!("(?={part})")),
            1 => inner.clone().prop_map(|part| format!("(?!{part})")),
            1 => inner.clone().prop_map(|part| format!("(?<={part})")),
            1 => inner.prop_map(|part| format!("(?<!{part})")),
        ]
    })
}

proptest! {

    /// Match and groups are those of an engine that follows the standard.
    #[test]
    fn matches_as_the_standard_says(pattern in pattern(), text in "[abcAé\n]{0,8}", flags in "i?m?s?u?") {
        let ours = Regexp::new(&pattern, &flags);
        let theirs = regress::Regex::with_flags(&pattern, flags.as_str());
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?} {:?}", ours.err(), theirs.err());
        let (Ok(ours), Ok(theirs)) = (ours, theirs) else { return Ok(()) };
        let expected = theirs.find(&text).map_or_else(|| text.clone(), |found| {
            let groups: String = found.groups().skip(1).take(3).map(|group| format!("[{}]", group.map_or("", |range| &text[range]))).collect();
            format!("{}<{}>{groups}{}", &text[..found.start()], &text[found.range()], &text[found.end()..])
        });
        let count = theirs.find(&text).map_or(0, |found| found.groups().count() - 1).min(3);
        let replacement: String = std::iter::once("<$&>".to_owned()).chain((1..=count).map(|group| format!("[${group}]"))).collect();
        prop_assert_eq!(ours.replace(&text, &replacement, never).unwrap(), expected);
    }

    /// Any text is a pattern or an error, and any pattern ends.
    #[test]
    fn nothing_panics(pattern in ".{0,24}", flags in "[dgimsuvy]{0,3}", text in ".{0,24}") {
        if let Ok(regexp) = Regexp::new(&pattern, &flags) {
            let _ = regexp.replace(&text, "$1$&", never);
            let _ = regexp.is_match(&text);
        }
    }

    /// The same for what looks more like a pattern.
    #[test]
    fn nothing_panics_for_signs(pattern in r"[\\\[\](){}|^$*+?.<=!:,\-0-3abdwspu]{0,16}", flags in "[giu]{0,2}", text in "[ab1 😀]{0,8}") {
        if let Ok(regexp) = Regexp::new(&pattern, &flags) {
            let _ = regexp.replace(&text, "$1$&", never);
        }
    }
}

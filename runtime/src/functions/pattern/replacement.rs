//! Replacement texts: `$&`, `$1`, `` $` ``, `$'` and `$$` (iml.md 9.2 `replace`).

/// A match in a text: where it is, and what its groups took.
pub(crate) struct Found<'a> {
    /// The text.
    pub(crate) text: &'a str,
    /// Start and end of the match.
    pub(crate) range: (usize, usize),
    /// How many groups there are.
    pub(crate) groups: usize,
}

/// Appends a replacement text for a match. `group` gives start and end of a group that took part.
pub(crate) fn expand(
    out: &mut String,
    replacement: &str,
    found: &Found<'_>,
    group: impl Fn(usize) -> Option<(usize, usize)>,
) {
    let (start, end) = found.range;
    let part = |from: usize, to: usize| found.text.get(from..to).unwrap_or_default();
    let mut rest = replacement;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        let mut chars = after.chars();
        match chars.next() {
            Some('$') => out.push('$'),
            Some('&') => out.push_str(part(start, end)),
            Some('`') => out.push_str(part(0, start)),
            Some('\'') => out.push_str(part(end, found.text.len())),
            _ => {
                let Some((number, length)) = group_number(after, found.groups) else {
                    out.push('$');
                    rest = after;
                    continue;
                };
                if let Some((start, end)) = group(number) {
                    out.push_str(part(start, end));
                }
                rest = after.get(length..).unwrap_or_default();
                continue;
            }
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// The number of a group at the start of `text` and the digits it takes: two where there is such a group, else one.
fn group_number(text: &str, groups: usize) -> Option<(usize, usize)> {
    [2, 1].into_iter().find_map(|length| {
        let digits = text.get(..length)?;
        let number =
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()?;
        (1..=groups).contains(&number).then_some((number, length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `bc` of `abcd` matched, `b` as group 1 and nothing as group 2.
    fn expanded(replacement: &str, groups: usize) -> String {
        let mut out = String::new();
        let found = Found { text: "abcd", range: (1, 3), groups };
        expand(&mut out, replacement, &found, |group| (group == 1).then_some((1, 2)));
        out
    }

    #[test]
    fn signs_stand_for_parts_of_the_text() {
        assert_eq!(expanded("[$&]", 0), "[bc]");
        assert_eq!(expanded("$`-$'", 0), "a-d");
        assert_eq!(expanded("$$1 costs $", 1), "$1 costs $");
        assert_eq!(expanded("$x$<name>$", 2), "$x$<name>$");
    }

    #[test]
    fn groups_have_one_or_two_digits() {
        assert_eq!(expanded("$1$2.", 2), "b.");
        assert_eq!(expanded("$01$10", 2), "bb0");
        assert_eq!(expanded("$0$3$00", 2), "$0$3$00");
        assert_eq!(expanded("$1$é", 1), "b$é");
        assert_eq!(expanded("$1", 0), "$1");
        assert_eq!(expanded("$11", 11), "");
    }
}

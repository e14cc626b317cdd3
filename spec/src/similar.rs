//! Finds the name that an author probably meant.

/// The candidate that is nearest to `name`: equal but for case, else the one with the fewest slips (a letter too
/// many, too few, wrong, or two swapped), if they are few for its length. The first of equals wins.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.to_lowercase().chars().collect();
    // Comparing takes time that grows with both lengths; nobody names anything that long by mistake.
    if wanted.is_empty() || wanted.len() > 100 {
        return None;
    }
    let allowed = (wanted.len() / 3).clamp(1, 3);
    let mut best: Option<(usize, &str)> = None;
    let mut letters: Vec<char> = Vec::new();
    for candidate in candidates.filter(|candidate| candidate.len() <= 400) {
        letters.clear();
        letters.extend(candidate.chars().flat_map(char::to_lowercase));
        if letters.len().abs_diff(wanted.len()) > allowed {
            continue;
        }
        let Some(slips) = distance(&wanted, &letters, allowed) else { continue };
        // One letter is nobody's slip for another one.
        let plausible = slips < wanted.len().max(letters.len());
        if plausible && best.is_none_or(|(fewest, _)| slips < fewest) {
            best = Some((slips, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The edit distance of two words in which swapping neighbours is one slip (optimal string alignment), if it is not
/// more than `allowed`: most words are no slip of each other, and that shows after a few letters.
fn distance(a: &[char], b: &[char], allowed: usize) -> Option<usize> {
    let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
    let mut before: Vec<usize> = Vec::with_capacity(b.len() + 1);
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut current = Vec::with_capacity(b.len() + 1);
    for (row, x) in a.iter().enumerate() {
        current.clear();
        current.push(row + 1);
        let mut left = row + 1;
        for (column, y) in b.iter().enumerate() {
            let replaced = at(&last, column) + usize::from(x != y);
            left = replaced.min(at(&last, column + 1) + 1).min(left + 1);
            let swapped = row > 0 && column > 0 && a.get(row - 1) == Some(y) && b.get(column - 1) == Some(x);
            if swapped {
                left = left.min(at(&before, column - 1) + 1);
            }
            current.push(left);
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut current);
        // A swap reaches back over one row, so both must be too far off.
        if before.iter().chain(&last).all(|slips| *slips > allowed) {
            return None;
        }
    }
    last.last().copied().filter(|slips| *slips <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let names = ["listTasks", "getTask", "deleteTask", "id"];
        let near = |name| nearest(name, names.iter().copied());
        assert_eq!(near("listTask"), Some("listTasks"));
        assert_eq!(near("LISTTASKS"), Some("listTasks"));
        assert_eq!(near("getTaks"), Some("getTask"));
        assert_eq!(near("di"), Some("id"));
        assert_eq!(near("x"), None);
        assert_eq!(near("updateProject"), None);
        assert_eq!(near(""), None);
    }
}

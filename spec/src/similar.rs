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
    for candidate in candidates.filter(|candidate| candidate.len() <= 400) {
        let letters: Vec<char> = candidate.to_lowercase().chars().collect();
        if letters.len().abs_diff(wanted.len()) > allowed {
            continue;
        }
        let slips = distance(&wanted, &letters);
        // One letter is nobody's slip for another one.
        let plausible = slips <= allowed && slips < wanted.len().max(letters.len());
        if plausible && best.is_none_or(|(fewest, _)| slips < fewest) {
            best = Some((slips, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The edit distance of two words in which swapping neighbours is one slip (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (row, x) in a.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, y) in b.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&last, column) + usize::from(x != y);
            let mut least = replaced.min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            let swapped = row > 0 && column > 0 && a.get(row - 1) == Some(y) && b.get(column - 1) == Some(x);
            if swapped {
                least = least.min(at(&before, column - 1) + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or(0)
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

//! Tells a path that was written without `{{ }}` from plain text (connector.md 7.6).

/// Variables with which such a path may start (connector.md 9).
const ROOTS: &[&str] = &[
    "body",
    "item",
    "headers",
    "statusCode",
    "parameters",
    "connection",
    "common",
    "data",
    "temp",
    "payload",
    "query",
    "webhook",
    "oauth",
    "pagination",
    "iterate",
    "output",
    "metadata",
    "scenario",
    "environment",
];
/// Variables that are a path by themselves; the other names are too common as words.
const LONE: &[&str] = &["body", "item"];

/// True when `text` as a whole is a path from a known variable, such as `body.data[].text[]`.
pub(super) fn is_known_path(text: &str) -> bool {
    let text = text.trim();
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let (root, steps) = text.split_at(end);
    if steps.is_empty() {
        return LONE.contains(&root);
    }
    ROOTS.contains(&root) && are_steps(steps)
}

fn are_steps(mut rest: &str) -> bool {
    while !rest.is_empty() {
        let Some(after) = step(rest) else { return false };
        rest = after;
    }
    true
}

/// What follows the step with which `text` starts.
fn step(text: &str) -> Option<&str> {
    if let Some(index) = text.strip_prefix('[') {
        let (index, after) = index.split_once(']')?;
        return index.chars().all(|c| c.is_ascii_digit() || c == '-').then_some(after);
    }
    let name = text.strip_prefix('.')?;
    if let Some(quoted) = name.strip_prefix('`') {
        let (key, after) = quoted.split_once('`')?;
        return (!key.is_empty()).then_some(after);
    }
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').unwrap_or(name.len());
    (end > 0).then(|| name.get(end..)).flatten()
}

#[cfg(test)]
mod tests {
    use super::is_known_path;

    #[test]
    fn paths_are_told_from_text() {
        for path in
            ["body", "item", "body.rows", "body.a[].b[2]", "item.`odd name`[-1]", "temp.x", " body.x "]
        {
            assert!(is_known_path(path), "{path}");
        }
        for text in
            ["", "data", "Body.", "body.", "body..a", "body text", "item.a is b", "file.txt", "headers"]
        {
            assert!(!is_known_path(text), "{text}");
        }
    }
}

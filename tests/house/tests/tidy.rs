//! Sizes and wording: files of at most 500 lines, functions of at most 60, no path of somebody's machine.

#![allow(clippy::panic, reason = "helpers of tests may fail loudly")]

use std::path::{Path, PathBuf};

use house_rules::{files, workspace};

const MOST_LINES: usize = 500;
const MOST_FUNCTION_LINES: usize = 60;

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn sources() -> Vec<PathBuf> {
    let found = files(&workspace(), &["rs"]);
    assert!(found.len() > 20, "the sources were not found");
    // What the compiler printed for a test is not written by hand.
    found.into_iter().filter(|path| !path.components().any(|part| part.as_os_str() == "golden")).collect()
}

#[test]
fn no_file_is_long() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|path| (read(&path).lines().count(), path))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .collect();
    assert!(long.is_empty(), "more than {MOST_LINES} lines: {long:#?}");
}

#[test]
fn no_function_is_long() {
    let long: Vec<_> = sources()
        .iter()
        .flat_map(|path| {
            functions(&read(path))
                .into_iter()
                .map(|(name, lines)| (lines, format!("{}: {name}", path.display())))
        })
        .filter(|(lines, _)| *lines > MOST_FUNCTION_LINES)
        .collect();
    assert!(long.is_empty(), "more than {MOST_FUNCTION_LINES} lines: {long:#?}");
}

#[test]
fn functions_are_measured() {
    let text = "impl A {\n    pub async fn long(\n        a: u8,\n    ) {\n        b();\n    }\n    fn one() {}\n}\n";
    assert_eq!(functions(text), [("long".to_owned(), 5), ("one".to_owned(), 1)]);
}

/// Names and lengths, signature to closing brace. The sources are formatted, so a function ends at the first
/// closing brace that stands as far to the left as its first line.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let indent = &line[..line.len() - line.trim_start().len()];
        let closing = format!("{indent}}}");
        let rest = lines[number..].iter();
        let mut length = 0;
        for line in rest {
            length += 1;
            let one_line = length == 1 && (line.ends_with('}') || line.ends_with(';'));
            if one_line
                || *line == closing
                || (length > 1 && line.starts_with(&format!("{indent})")) && line.ends_with(';'))
            {
                break;
            }
        }
        found.push((name, length));
    }
    found
}

fn function_name(line: &str) -> Option<String> {
    let mut rest = line.trim_start();
    for word in ["pub(crate) ", "pub(super) ", "pub ", "default ", "const ", "async "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let rest = rest.strip_prefix("fn ")?;
    let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_')?;
    Some(rest[..end].to_owned())
}

#[test]
fn no_path_of_a_machine() {
    // Put together here, so that this file does not match itself.
    let patterns: Vec<String> =
        [["/ro", "ot/"], ["/Us", "ers/"], ["/ho", "me/"], ["/wo", "rk/wt"], ["/wo", "rk/shared"]]
            .map(|parts| parts.concat())
            .into();
    let mut found = Vec::new();
    let root = workspace();
    let mut all = files(&root, &["rs", "md", "toml", "json", "stderr", "txt"]);
    all.push(root.join(".ci/run"));
    for path in all {
        let text = read(&path);
        for (number, line) in text.lines().enumerate() {
            if patterns.iter().any(|pattern| line.contains(pattern.as_str())) {
                found.push(format!("{}:{}: {line}", path.display(), number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_package_keeps_the_lints_of_the_workspace() {
    let manifests: Vec<PathBuf> =
        files(&workspace(), &["toml"]).into_iter().filter(|path| path.ends_with("Cargo.toml")).collect();
    assert!(manifests.len() > 5);
    for path in manifests {
        let text = read(&path);
        let own_workspace = text.lines().any(|line| line.trim() == "[workspace]");
        if !own_workspace {
            assert!(text.contains("[lints]\nworkspace = true"), "{}", path.display());
            assert!(text.contains("license.workspace = true"), "{}", path.display());
        }
    }
}

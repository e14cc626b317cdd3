//! `docs/features.md`: a line for each row of the feature table (connector.md 21), with tests that exist.

use std::collections::BTreeSet;

use house_rules::{files, workspace};

/// How many rows the feature table has.
const ROWS: usize = 224;

struct Row {
    number: String,
    state: String,
    tests: Vec<String>,
}

fn rows(page: &str) -> Vec<Row> {
    let cells = page.lines().filter_map(|line| {
        let cells: Vec<&str> =
            line.strip_prefix("| ")?.strip_suffix('|')?.split(" |").map(str::trim).collect();
        let [number, _, state, tests] = cells.as_slice() else { return None };
        let number = number.bytes().all(|byte| byte.is_ascii_digit()).then(|| (*number).to_owned())?;
        let tests = tests.split(',').map(|test| test.trim().trim_matches('`').to_owned());
        Some(Row {
            number,
            state: (*state).to_owned(),
            tests: tests.filter(|test| !test.is_empty()).collect(),
        })
    });
    cells.collect()
}

/// Names of all functions in `source` that are marked as tests, by whatever attribute ends in `test`.
fn tests(source: &str) -> Vec<String> {
    let mut marked = false;
    let mut found = Vec::new();
    for line in source.lines().map(str::trim) {
        let attribute = line.strip_prefix("#[").and_then(|rest| rest.split([']', '(']).next());
        if let Some(attribute) = attribute {
            marked = marked || attribute.rsplit("::").next() == Some("test");
            continue;
        }
        let name =
            line.trim_start_matches("async ").strip_prefix("fn ").and_then(|rest| rest.split('(').next());
        if marked && let Some(name) = name {
            found.push(name.to_owned());
        }
        marked = marked && line.starts_with("//");
    }
    found
}

/// What is wrong with `rows`, given the names of all tests.
fn complaints(rows: &[Row], known: &BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    let numbers: Vec<&str> = rows.iter().map(|row| row.number.as_str()).collect();
    let wanted: Vec<String> = (1..=ROWS).map(|number| number.to_string()).collect();
    if numbers != wanted {
        let missing = wanted.iter().find(|number| !numbers.contains(&number.as_str()));
        wrong.push(format!(
            "rows are not 1 to {ROWS}, in order and once each; first that is missing: {missing:?}"
        ));
    }
    for row in rows {
        match (row.state.as_str(), row.tests.is_empty()) {
            ("works" | "reads", false) | ("not yet", true) => {}
            (state, _) => wrong.push(format!("{}: `{state}` with {} tests", row.number, row.tests.len())),
        }
        let missing = row.tests.iter().filter(|test| !known.contains(*test));
        wrong.extend(missing.map(|test| format!("{}: there is no test `{test}`", row.number)));
    }
    wrong
}

#[test]
fn every_row_has_a_line_and_tests_that_exist() {
    let root = workspace();
    let sources = files(&root, &["rs"]).into_iter().filter_map(|path| std::fs::read_to_string(path).ok());
    let known: BTreeSet<String> = sources.flat_map(|source| tests(&source)).collect();
    let page = std::fs::read_to_string(root.join("docs/features.md")).unwrap();
    let wrong = complaints(&rows(&page), &known);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_wrong_table_is_seen() {
    let known = tests(
        "#[test]\nfn a() {}\nfn b() {}\n#[tokio::test(start_paused = true)]\n#[ignore]\nasync fn c() {}",
    );
    assert_eq!(known, ["a", "c"]);
    let known = known.into_iter().collect();
    let good: String = (1..=ROWS).map(|number| format!("| {number} | x | works | `a`, `c` |\n")).collect();
    assert!(complaints(&rows(&good), &known).is_empty());
    for (from, to) in [
        ("| 7 | x | works | `a`, `c` |\n", ""),
        ("| 7 | x | works | `a`, `c` |", "| 7 | x | works | |"),
        ("| 7 | x | works | `a`, `c` |", "| 7 | x | not yet | `a` |"),
        ("| 7 | x | works | `a`, `c` |", "| 7 | x | soon | `a` |"),
        ("| 7 | x | works | `a`, `c` |", "| 7 | x | works | `b` |"),
    ] {
        assert_eq!(complaints(&rows(&good.replace(from, to)), &known).len(), 1, "{to}");
    }
}

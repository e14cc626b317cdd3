//! `docs/diagnostics.md` is made from the table of codes.
//!
//! After a change of the table: `UPDATE_DOCS=1 cargo test -p house-rules --test diagnostics_page`.

use std::fmt::Write as _;

use house_rules::{kept, workspace};
use linchpin_spec::diagnostic::{CODES, CodeInfo, Level};

/// What the first four characters of a code say.
const FAMILIES: &[(&str, &str)] = &[
    ("LP00", "Files and JSON"),
    ("LP01", "The form of templates"),
    ("LP02", "Names in templates"),
    ("LP03", "Directives"),
    ("LP04", "Components and what they refer to"),
    ("LP05", "Parameters"),
    ("LP06", "What is probably not meant"),
];

const HEAD: &str = "\
# Diagnostics

What `linchpin check`, `include_connector!` and build scripts can say about a connector. A code is never given to
another mistake. `linchpin explain CODE` prints the same on the command line.

Levels work like those of rustc's lints: *error* (nothing is generated), *warning* (shown by `linchpin check` and by
build scripts; a macro cannot warn on stable Rust), *allowed* (not shown). The *strict* level holds for one-file
connectors and OAuth 2 documents, the *lenient* one for the layouts of Make apps, where whatever runs on Make compiles.

To set the level of one code, by id or by name:

- on the command line: `linchpin check PATH --allow zero-index --deny unknown-rpc --deny warnings`
- in the macro: `include_connector!(path = \"..\", allow = [\"zero-index\"])`

A code with *template* in the last column concerns one template. When it is allowed, that template fails when it runs,
with the same message, and the rest of the connector works.
";

fn level(level: Level) -> &'static str {
    match level {
        Level::Allow => "allowed",
        Level::Warn => "warning",
        Level::Deny => "error",
    }
}

fn row(info: &CodeInfo) -> String {
    let scope = if info.template { "template" } else { "" };
    // A bar would end the cell.
    let summary = info.summary.replace('|', "\\|");
    let (strict, lenient) = (level(info.strict), level(info.lenient));
    format!("| {} | `{}` | {summary} | {strict} | {lenient} | {scope} |", info.id, info.name)
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for (prefix, title) in FAMILIES {
        let _ = write!(page, "\n## {title}\n\n| code | name | meaning | strict | lenient | |\n");
        page.push_str("| --- | --- | --- | --- | --- | --- |\n");
        for info in CODES.iter().filter(|info| info.id.starts_with(prefix)) {
            page.push_str(&row(info));
            page.push('\n');
        }
    }
    page
}

#[test]
fn the_page_says_what_the_table_says() {
    let page = page();
    for info in CODES {
        assert!(page.contains(&format!("| {} |", info.id)), "{} belongs to no family", info.id);
    }
    kept(&workspace().join("docs/diagnostics.md"), &page);
}

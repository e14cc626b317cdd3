//! Every crate of the build may be used under one of the licences that the house accepts.

use house_rules::Graph;
use spdx::{Expression, ParseMode};

const ACCEPTED: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "BSL-1.0",
    "Unicode-3.0",
    "MPL-2.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "Unlicense",
];

fn accepted(licence: &str) -> bool {
    let Ok(expression) = Expression::parse_mode(licence, ParseMode::LAX) else { return false };
    expression.evaluate(|requirement| requirement.license.id().is_some_and(|id| ACCEPTED.contains(&id.name)))
}

#[test]
fn every_crate_has_an_accepted_licence() {
    let graph = Graph::load().unwrap_or_else(|error| panic!("cargo metadata: {error}"));
    let mut count = 0;
    let refused: Vec<String> = graph
        .licences()
        .inspect(|_| count += 1)
        .filter(|(_, licence)| !accepted(licence))
        .map(|(name, licence)| format!("{name}: `{licence}`"))
        .collect();
    assert!(count > 5, "the graph is empty");
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn the_check_can_say_no() {
    assert!(
        accepted("MIT/Apache-2.0")
            && accepted("GPL-3.0-only OR MIT")
            && accepted("(MIT OR Apache-2.0) AND Unicode-3.0")
    );
    assert!(!accepted("GPL-3.0-only") && !accepted("MIT AND GPL-3.0-only") && !accepted(""));
}

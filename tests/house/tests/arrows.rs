//! Dependencies between the crates run one way, and nothing heavy reaches the macro's side (ARCHITECTURE.md).

#![allow(clippy::panic, reason = "helpers of tests may fail loudly")]

use house_rules::Graph;

fn graph() -> Graph {
    Graph::load().unwrap_or_else(|error| panic!("cargo metadata: {error}"))
}

#[track_caller]
fn reaches_none_of(package: &str, closed: &[&str], forbidden: &[&str]) {
    let reach = graph().reach(package, closed);
    let found: Vec<_> = reach.iter().filter(|name| forbidden.contains(&name.as_str())).collect();
    assert!(found.is_empty(), "`{package}` reaches {found:?}");
}

#[test]
fn the_search_sees_the_crates_that_are_there() {
    let graph = graph();
    assert!(graph.reach("linchpin-macros", &[]).contains("linchpin-spec"));
    assert!(graph.reach("linchpin", &[]).contains("linchpin-codegen"), "by way of the macros");
    assert!(!graph.reach("linchpin", &[]).contains("tempfile"), "only tests use it");
}

#[test]
fn the_runtime_knows_the_compiler_by_the_macros_alone() {
    let known_to_others = ["linchpin-codegen", "linchpin-spec", "linchpin-loader", "linchpin-cli"];
    reaches_none_of("linchpin", &["linchpin-macros"], &known_to_others);
}

#[test]
fn the_compiler_knows_no_runtime_and_no_http() {
    for package in ["linchpin-spec", "linchpin-codegen", "linchpin-macros"] {
        reaches_none_of(
            package,
            &[],
            &[
                "linchpin",
                "linchpin-loader",
                "linchpin-cli",
                "reqwest",
                "hyper",
                "http",
                "tokio",
                "rustls",
                "axum",
            ],
        );
    }
}

#[test]
fn the_front_end_knows_no_tokens() {
    reaches_none_of(
        "linchpin-spec",
        &[],
        &["linchpin-codegen", "linchpin-macros", "syn", "quote", "proc-macro2", "serde_derive"],
    );
    reaches_none_of("linchpin-codegen", &[], &["linchpin-macros"]);
}

#[test]
fn the_loader_knows_the_front_end_and_the_runtime_and_no_tokens() {
    let compiler = ["linchpin-codegen", "linchpin-macros", "linchpin-cli", "syn", "quote", "proc-macro2"];
    reaches_none_of("linchpin-loader", &["linchpin"], &compiler);
    let reach = graph().reach("linchpin-loader", &[]);
    assert!(reach.contains("linchpin") && reach.contains("linchpin-spec"));
}

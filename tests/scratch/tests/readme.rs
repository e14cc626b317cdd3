//! The code in the README works: as it stands there, in a crate of its own.

use scratch_crates::{Scratch, workspace};

/// The fenced blocks of a language, in order.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let parts = page.split(&fence).skip(1);
    parts.filter_map(|part| part.split_once("```").map(|(block, _)| block.to_owned())).collect()
}

#[test]
fn your_own_connector() {
    let page = std::fs::read_to_string(workspace().join("README.md")).unwrap();
    let (toml, json, rust) = (blocks(&page, "toml"), blocks(&page, "json"), blocks(&page, "rust,ignore"));
    let main = rust.iter().find(|block| block.contains("fn main")).unwrap();

    let dependencies = toml[0].replace("[dependencies]\n", "").replace("../linchpin/runtime", "{linchpin}");
    assert!(dependencies.contains("{linchpin}"), "{dependencies}");
    let scratch = Scratch::new("readme-crate", "2024", &dependencies, env!("CARGO_TARGET_TMPDIR")).unwrap();
    scratch.write("connector.json", &json[0]).unwrap();
    scratch.write("src/main.rs", main).unwrap();
    let log = scratch.cargo(&["check"]).unwrap_or_else(|log| panic!("{log}"));
    assert!(!log.contains("warning"), "{log}");
}

#[test]
fn the_first_snippet() {
    let page = std::fs::read_to_string(workspace().join("README.md")).unwrap();
    let snippet = blocks(&page, "rust,ignore").remove(0);
    let (module, calls) = snippet.split_once("\n\n").unwrap();
    let code = format!(
        "use futures_util::TryStreamExt as _;\n{module}\n\
         pub async fn calls() -> Result<(), linchpin::Error> {{\n{calls}\nOk(())\n}}\n"
    );
    let dependencies = "linchpin = { path = \"{linchpin}\" }\n\
        futures-util = { version = \"0.3\", default-features = false }\n";
    let scratch = Scratch::new("snippet-crate", "2024", dependencies, env!("CARGO_TARGET_TMPDIR")).unwrap();
    scratch.copy(&workspace().join("examples/connectors"), "connectors").unwrap();
    // As the page has it, from the folder of `Cargo.toml` on.
    scratch.write("src/lib.rs", &code).unwrap();
    let log = scratch.cargo(&["check"]).unwrap_or_else(|log| panic!("{log}"));
    assert!(!log.contains("warning"), "{log}");
}

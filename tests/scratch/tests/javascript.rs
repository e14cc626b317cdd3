//! A connector that runs JavaScript, in crates without the feature `js` (rulings 18, 39).

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use scratch_crates::Scratch;

const PLAIN: &str = r#"linchpin = { path = "{linchpin}" }"#;

const CONNECTOR: &str = r#"{
    "name": "marks",
    "functions": {
        "markIt": { "code": "function markIt(x) { return '<' + x + '>'; }" },
        "unused": { "code": "function unused() {}" }
    },
    "modules": {
        "mark": {
            "type": "action",
            "communication": { "response": { "output": { "marked": "{{markIt('x')}}" } } }
        },
        "plain": { "type": "action", "communication": { "response": { "output": { "n": 1 } } } }
    }
}"#;

fn check(name: &str, code: &str) -> Result<String, String> {
    let scratch = Scratch::new(name, "2024", PLAIN, env!("CARGO_TARGET_TMPDIR")).unwrap();
    scratch.write("connector.json", CONNECTOR).unwrap();
    scratch.write("src/lib.rs", code).unwrap();
    scratch.cargo(&["check"])
}

#[test]
fn the_error_says_what_to_write_into_the_manifest() {
    let code = "pub mod marks { linchpin::include_connector!(\"../connector.json\"); }";
    let log = check("without-js", code).unwrap_err();
    for part in [
        "the connector `marks` runs JavaScript: the custom function `markIt`",
        "features = [\"js\"] }",
        "functions = path",
    ] {
        assert!(log.contains(part), "{part} is not in\n{log}");
    }
    let errors = log.lines().filter(|line| line.starts_with("error")).count();
    assert_eq!(errors, 2, "one of the macro and cargo's own summary:\n{log}");
}

#[test]
fn yaml_without_its_feature_says_what_to_write() {
    let scratch = Scratch::new("without-yaml", "2024", PLAIN, env!("CARGO_TARGET_TMPDIR")).unwrap();
    scratch.write("depot.yml", "name: Depot\nsteps: []\n").unwrap();
    let code = "pub mod depot { linchpin::include_connector!(\"../depot.yml\"); }";
    scratch.write("src/lib.rs", code).unwrap();
    let log = scratch.cargo(&["check"]).unwrap_err();
    assert!(log.contains("enable the feature `yaml` of `linchpin`"), "{log}");
}

#[test]
fn what_calls_no_javascript_needs_no_engine() {
    let given = "#![deny(warnings)]\n\
        pub mod marks { linchpin::include_connector!(path = \"../connector.json\", functions = crate::given); }\n\
        pub mod given { use linchpin::{Error, Scope, Value};\n\
        pub fn mark_it(_: &Scope, args: &[Value]) -> Result<Value, Error> { Ok(args[0].clone()) } }\n\
        pub mod part { linchpin::include_connector!(path = \"../connector.json\", only = [plain]); }";
    check("given", given).unwrap_or_else(|log| panic!("{log}"));
}

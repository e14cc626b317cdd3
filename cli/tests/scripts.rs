//! `linchpin functions`, `linchpin run`, and what `linchpin check` says of JavaScript.

mod support;

use std::io::{BufRead as _, BufReader};

use support::{command, folder, linchpin, workspace};

const APP: &str = r#"{
    "name": "shapes",
    "functions": {
        "area": { "code": { "file": "area.js" } },
        "name": { "code": "function name(x) {\n  return \"é\" + ;\n}" }
    },
    "modules": {
        "draw": { "type": "action", "code": "module.exports = async () => {\n  const = 1;\n};" },
        "free": {
            "type": "action",
            "parameters": [{ "name": "code", "type": "text" }],
            "code": "{{parameters.code}}"
        }
    }
}
"#;

#[test]
fn mistakes_in_javascript_have_their_line_and_column() {
    let folder = folder(&[("connector.json", APP), ("area.js", "function area(w, h) {\n  return w *;\n}\n")]);
    let run = linchpin(folder.path(), &["check", "connector.json"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    for part in [
        "error[LP0207]",
        "the JavaScript of function `area` does not parse",
        "area.js:2:13",
        "line 2, column 16 of the code",
        "the JavaScript of module `draw` does not parse",
        "3 errors",
    ] {
        assert!(format!("{}{}", run.stderr, run.stdout).contains(part), "{part} is not in {run:?}");
    }
    let run = linchpin(folder.path(), &["check", "connector.json", "--allow", "javascript-syntax"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
}

#[test]
fn stubs_of_functions_are_rust_that_the_macro_takes() {
    let run = linchpin(&workspace(), &["functions", "tests/functions/connectors/sales"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    // The file is compiled there, in place of the connector's JavaScript.
    let path = workspace().join("tests/functions/src/stubs.rs");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &run.stdout).unwrap();
    }
    assert_eq!(run.stdout, std::fs::read_to_string(path).unwrap(), "`UPDATE_GOLDEN=1` accepts it");
}

#[test]
fn a_crate_of_such_a_connector_asks_for_the_feature() {
    let folder = folder(&[]);
    let sales = workspace().join("tests/functions/connectors/sales").display().to_string();
    let run = linchpin(folder.path(), &["crate", &sales, "--out", "client"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let manifest = std::fs::read_to_string(folder.path().join("client/Cargo.toml")).unwrap();
    assert!(manifest.contains("features = [\"js\"]"), "{manifest}");
}

#[test]
fn each_kind_of_block_runs() {
    let folder = folder(&[
        (
            "action.js",
            "module.exports = async ({ logger, configVars }, { getData }) => { logger.warn('hi', configVars.Place);\n\
             return { data: getData.results.n + 1, instanceState: { seen: true } }; };",
        ),
        ("steps.json", r#"{ "Get data": { "n": 1 } }"#),
        ("vars.json", r#"{ "Place": "Brno" }"#),
        (
            "trigger.js",
            "module.exports = async (c, { body }) => ({ payload: body.data.n, response: { statusCode: 202 } });",
        ),
        ("body.json", r#"{ "n": 7 }"#),
        (
            "source.js",
            "module.exports = async (c, { contextValue }) => ({ result: ['a', { key: contextValue, label: 'B' }] });",
        ),
        ("given.json", r#"{ "contextValue": "b" }"#),
    ]);
    let run = |arguments: &[&str]| linchpin(folder.path(), &[&["run"], arguments].concat());
    let action = run(&["action.js", "--kind", "action", "--input", "steps.json", "--config", "vars.json"]);
    assert_eq!((action.code, action.stdout.as_str()), (Some(0), "2\n"), "{action:?}");
    assert!(
        action.stderr.contains("[warn] hi Brno") && action.stderr.contains("instanceState {\"seen\":true}")
    );
    let trigger = run(&["trigger.js", "--kind", "trigger", "--input", "body.json"]);
    assert_eq!(
        trigger.stdout,
        "{\"payload\":7,\"response\":{\"statusCode\":202,\"headers\":{},\"body\":\"\"}}\n"
    );
    let source = run(&["source.js", "--kind", "data-source", "--input", "given.json"]);
    assert_eq!(source.stdout, "[{\"key\":\"a\"},{\"key\":\"b\",\"label\":\"B\"}]\n");
}

#[test]
fn what_fails_is_said() {
    let folder = folder(&[
        ("broken.js", "module.exports = async () => {\n  const = 1;\n};"),
        ("throws.js", "module.exports = async () => {\n  throw new Error('sold out');\n};"),
        ("failed.js", "module.exports = async () => ({ data: 1, failed: true, error: { message: 'no' } });"),
        ("endless.js", "for (;;) {}"),
    ]);
    for (file, part) in [
        ("broken.js", "broken.js:2:9"),
        ("throws.js", "line 2, column 13: sold out"),
        ("failed.js", "failed {\"message\":\"no\"}"),
        ("endless.js", "did not end within 1s"),
        ("missing.js", "missing.js"),
    ] {
        let run = linchpin(folder.path(), &["run", file, "--kind", "action", "--time", "1"]);
        assert_eq!(run.code, Some(1), "{file}: {run:?}");
        assert!(run.stderr.contains(part), "{file}: {run:?}");
    }
}

#[test]
fn a_change_of_the_code_runs_it_again() {
    let folder = folder(&[("block.js", "module.exports = async () => ({ data: 'one' });")]);
    let mut child =
        command(folder.path(), &["run", "block.js", "--kind", "action", "--watch"], &[]).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "\"one\"");
    std::fs::write(folder.path().join("block.js"), "module.exports = async () => ({ data: 'another' });")
        .unwrap();
    assert_eq!(lines.next().unwrap().unwrap(), "\"another\"");
    child.kill().unwrap();
    child.wait().unwrap();
}

const INTEGRATION: &str = r#"definitionVersion: 7
name: Depot
requiredConfigVars:
  - key: Depot Account
    dataType: connection
    connection: { key: oauth2, component: { key: depot } }
    inputs:
      clientId: { type: value, value: "id-1f77" }
      clientSecret:
        type: value
        value: |
          secret-77f0
  - { key: Region, dataType: string, defaultValue: north-77f0 }
flows:
  - name: Send
    steps:
      - name: Fetch Rows
        action: { key: rows, component: { key: sheets } }
        inputs: { apiKey: { type: value, value: key-77f0 } }
      - name: Count Rows
        action: { key: runCode, component: { key: code } }
        inputs:
          code:
            type: value
            value: |
              module.exports = async ({ configVars }, { fetchRows }) => {
                return { data: `${fetchRows.results.length} in ${configVars.Region}` };
              };
      - name: Broken
        action: { key: runCode, component: { key: code } }
        inputs:
          code:
            type: value
            value: |-
              module.exports = async () => {
                const ž = [1
              };
"#;

#[test]
fn a_block_of_an_integration_runs() {
    let folder = folder(&[
        ("depot.yml", INTEGRATION),
        ("steps.json", r#"{ "Fetch Rows": [1, 2] }"#),
        ("vars.json", r#"{ "Region": "north" }"#),
    ]);
    let run = |arguments: &[&str]| linchpin(folder.path(), &[&["run", "depot.yml"], arguments].concat());
    let given = ["--input", "steps.json", "--config", "vars.json"];
    for name in ["Count Rows", "countRows"] {
        let ran = run(&[&["--block", name], given.as_slice()].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "\"2 in north\"\n"), "{ran:?}");
    }
    for (arguments, part) in [
        (&["--block", "broken"][..], "depot.yml:37:15"),
        (&["--block", "other"][..], "there are `countRows`, `broken`"),
        (&[][..], "name a block with `--block`: `countRows`, `broken`"),
        (&["--kind", "action"][..], "`--kind` is for a file of code"),
    ] {
        let ran = run(arguments);
        assert!(ran.code == Some(1) && ran.stderr.contains(part), "{part}: {ran:?}");
    }
}

#[test]
fn a_block_of_an_integration_is_a_module_like_any_other() {
    let folder = folder(&[
        ("depot.yml", &INTEGRATION.replace("[1\n", "[1]\n")),
        (
            "input.json",
            r#"{ "stepResults": { "fetchRows": { "results": [1] } }, "configVars": { "Region": "south" } }"#,
        ),
    ]);
    let run = linchpin(folder.path(), &["call", "depot.yml", "countRows", "--input", "input.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "{\"data\":\"1 in south\"}\n"), "{run:?}");
}

#[test]
fn mistakes_in_the_code_of_an_integration_have_their_line_in_it() {
    let folder = folder(&[("depot.yml", INTEGRATION)]);
    let run = linchpin(folder.path(), &["check", "depot.yml"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    for part in [
        "depot.yml:37:15",
        "the JavaScript of module `broken` does not parse",
        "line 3, column 1 of the code",
    ] {
        assert!(run.stderr.contains(part), "{part} is not in {}", run.stderr);
    }
}

#[test]
fn a_crate_of_an_integration_holds_no_values_of_its_connections() {
    let folder = folder(&[("depot.yml", &INTEGRATION.replace("[1\n", "[1]\n"))]);
    let run = linchpin(folder.path(), &["crate", "depot.yml", "--out", "client"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let read = |file: &str| std::fs::read_to_string(folder.path().join("client").join(file)).unwrap();
    assert!(read("Cargo.toml").contains("features = [\"yaml\"]"));
    let copy = read("connector/depot.yml");
    assert!(!copy.contains("77f0") && !copy.contains("id-1f77"), "{copy}");
    let again = linchpin(folder.path(), &["check", "client/connector/depot.yml"]);
    assert!(again.code == Some(0) && again.stdout.contains("2 modules"), "{again:?}");
}

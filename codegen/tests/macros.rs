//! What the macros expand to, without being macros.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are not seen as tests")]

use std::fs;
use std::path::PathBuf;

use linchpin_codegen::{Bases, Config, Source, expand_iml, expand_include_connector, generate};

const TASKS: &str = r##"inline = r#"{
    "name": "tasks",
    "connections": { "key": { "type": "basic", "parameters": [] } },
    "modules": {
        "getTask": { "type": "action", "connection": "key", "communication": { "url": "https://tasks.example/{{BODY}}" } },
        "listTasks": { "type": "search", "connection": "key", "communication": { "url": "https://tasks.example" } }
    }
}"#"##;

fn expand(arguments: &str) -> String {
    expand_include_connector(arguments.parse().unwrap(), &Bases::default()).to_string()
}

fn tasks(expression: &str, rest: &str) -> String {
    expand(&format!("{}{rest}", TASKS.replace("BODY", expression)))
}

#[test]
fn arguments_that_cannot_be_meant_are_refused() {
    for (arguments, message) in [
        ("", "expected the connector's path"),
        ("\"a.json\", ony = [x]", "did you mean `only`?"),
        ("\"a.json\", zzzzzzzzz = [x]", "there are path, inline, only"),
        ("\"a.json\", only = [a], only = [b]", "`only` stands here twice"),
        ("\"a.json\", path = \"b.json\"", "one source"),
        ("\"a.json\", allow = [unknown_functon]", "did you mean `unknown-function`?"),
        ("\"a.json\", qs_policy = both", "expected `replace` or `merge`"),
        ("\"a.json\", functions(crate::f, except = [a])", "expected `only = [..]`"),
        ("\"a.json\" only = [a]", "expected `,`"),
    ] {
        let expanded = expand(arguments);
        assert!(expanded.contains("compile_error") && expanded.contains(message), "{arguments}: {expanded}");
    }
}

#[test]
fn every_mistake_is_an_error_and_the_client_is_there_all_the_same() {
    let expanded = tasks("uper(a) loer(b)", "");
    assert_eq!(expanded.matches("compile_error").count(), 4, "{expanded}");
    assert!(expanded.contains("connector.json:5:"), "{expanded}");
    assert!(expanded.contains("pub fn get_task"), "code that calls the client is not reported besides");
    let unknown = tasks("", ", only = [getTask, nothing]");
    assert_eq!(unknown.matches("compile_error").count(), 1, "{unknown}");
    assert!(unknown.contains("pub fn get_task"));
}

#[test]
fn levels_and_policies_reach_the_reader() {
    let allowed = tasks("uper()", ", allow = [unknown_function]");
    assert!(!allowed.contains("compile_error"), "{allowed}");
    assert!(allowed.contains("Error :: template") && allowed.contains("not found!"), "it fails when it runs");
    assert!(tasks("", ", qs_policy = merge").contains("QsPolicy :: Merge"));
    assert!(tasks("", "").contains("QsPolicy :: Replace"));
    assert!(tasks("", ", valid_policy = and_status").contains("ValidPolicy :: AndStatus"));
}

#[test]
fn only_and_except_take_ids_and_method_names() {
    for rest in [
        ", only = [\"getTask\"]",
        ", only = [get_task]",
        ", except = [listTasks]",
        ", except = [list_tasks],",
    ] {
        let expanded = tasks("", rest);
        assert!(expanded.contains("fn get_task") && !expanded.contains("fn list_tasks"), "{rest}");
    }
}

#[test]
fn the_runtime_may_have_another_name() {
    let expanded = tasks("", ", crate = crate::deps::linchpin");
    assert!(expanded.contains("use crate :: deps :: linchpin :: __private"), "{expanded}");
    assert!(!expanded.contains("use :: linchpin"));
    let expanded = expand_iml("crate = renamed, \"{{a}}\"".parse().unwrap()).to_string();
    assert!(expanded.contains("use renamed :: __private"), "{expanded}");
}

#[test]
fn paths_start_at_the_calling_file_and_then_at_the_package() {
    let folder = std::env::temp_dir().join(format!("linchpin-paths-{}", std::process::id()));
    let (caller, manifest) = (folder.join("src"), folder.clone());
    fs::create_dir_all(&caller).unwrap();
    let connector = |name: &str| format!(r#"{{ "name": "{name}", "modules": {{}} }}"#);
    fs::write(manifest.join("a.json"), connector("of the package")).unwrap();
    let bases = Bases { caller: Some(caller.clone()), manifest: Some(manifest) };
    let read = || expand_include_connector("\"a.json\"".parse().unwrap(), &bases).to_string();
    assert!(read().contains("of the package"));
    fs::write(caller.join("a.json"), connector("of the caller")).unwrap();
    assert!(read().contains("of the caller"));
    assert!(read().contains("include_bytes"), "a change of the file builds again");
    fs::remove_dir_all(&folder).unwrap();
    let missing = read();
    let shown: PathBuf = ["src", "a.json"].iter().collect();
    assert!(missing.contains("compile_error") && missing.contains(&shown.display().to_string()), "{missing}");
}

#[test]
fn iml_takes_roots_and_reports_at_the_template() {
    let expand = |arguments: &str| expand_iml(arguments.parse().unwrap()).to_string();
    assert!(!expand("\"{{anything}}\"").contains("compile_error"));
    assert!(!expand("strict, roots = [body], \"{{body.a}}\"").contains("compile_error"));
    assert!(expand("strict, \"{{body.a}}\"").contains("there is no variable `body`"));
    assert!(expand("\"{{1 +}}\"").contains("compile_error"));
    assert!(expand("loose, \"{{a}}\"").contains("expected `strict`"));
    assert!(expand("\"{{a}}\", 1").contains("compile_error"));
}

#[test]
fn the_catalogue_of_scopes_is_documentation() {
    let text = r#"{ "name": "users", "connections": { "account": {
        "type": "oauth",
        "scopes": { "users:read": "Read *all* users", "users:write": "" },
        "communication": { "token": { "url": "https://users.example/token", "method": "POST" } }
    } } }"#;
    let code = generate(Source::Inline { name: "connector.json", text }, &Config::default()).formatted();
    for line in
        ["/// Scopes of the service:", r"/// - `users:read`: Read \*all\* users", "/// - `users:write`"]
    {
        assert!(code.contains(line), "`{line}` is not in\n{code}");
    }
}

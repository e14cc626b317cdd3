//! `linchpin call`, run as a program against a service on a loopback port.

#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

mod support;

use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use support::server::serve;
use support::{Run, folder, linchpin, linchpin_with};

/// Two pages of tasks, and an echo.
fn service() -> Router {
    let page = |Query(query): Query<Value>| async move {
        let second = query["cursor"] == "2";
        let next = if second { Value::Null } else { json!("2") };
        let ids = if second { [3, 4] } else { [1, 2] };
        Json(json!({ "tasks": ids.map(|id| json!({ "id": id })), "next": next }))
    };
    let echo = |headers: HeaderMap, Json(body): Json<Value>| async move {
        let tenant = headers.get("x-tenant").map(|value| value.to_str().unwrap().to_owned());
        Json(json!({ "sent": body, "tenant": tenant }))
    };
    let missing = || async { (StatusCode::NOT_FOUND, Json(json!({ "message": "there is no task t_9" }))) };
    Router::new()
        .route("/tasks", get(page).post(echo))
        .route("/tasks/t_9", get(missing))
        .route("/none", post(echo))
}

fn connector(address: std::net::SocketAddr) -> String {
    json!({
        "name": "tasks",
        "base": {
            "baseUrl": format!("http://{address}"),
            "headers": { "x-tenant": "{{common.tenant}}" },
            "response": { "error": "{{body.message}}" }
        },
        "common": { "tenant": "from-the-file" },
        "modules": {
            "createTask": {
                "type": "action",
                "expect": [
                    { "name": "title", "type": "text", "required": true },
                    { "name": "stars", "type": "integer" }
                ],
                "communication": {
                    "url": "/tasks", "method": "POST",
                    "body": { "title": "{{upper(parameters.title)}}", "stars": "{{parameters.stars}}" }
                }
            },
            "getTask": {
                "type": "action",
                "expect": [{ "name": "id", "type": "text", "required": true }],
                "communication": { "url": "/tasks/{{parameters.id}}" }
            },
            "listTasks": {
                "type": "search",
                "communication": {
                    "url": "/tasks",
                    "pagination": { "qs": { "cursor": "{{body.next}}" }, "condition": "{{body.next}}" },
                    "response": { "iterate": "{{body.tasks}}", "output": { "id": "{{item.id}}" } }
                }
            }
        },
        "rpcs": {
            "listIds": {
                "communication": {
                    "url": "/tasks",
                    "response": { "iterate": "{{body.tasks}}", "output": { "label": "{{item.id}}", "value": "{{item.id}}" } }
                }
            }
        }
    })
    .to_string()
}

fn call(arguments: &[&str], files: &[(&str, &str)], environment: &[(&str, &str)], stdin: &str) -> Run {
    let connector = connector(serve(service()));
    let files: Vec<_> =
        [("connector.json", connector.as_str())].into_iter().chain(files.iter().copied()).collect();
    let folder = folder(&files);
    linchpin_with(folder.path(), &[&["call", "connector.json"], arguments].concat(), environment, stdin)
}

#[test]
fn an_action_prints_its_bundle() {
    let run = call(&["createTask", "--param", "title=water", "--param", "stars=5"], &[], &[], "");
    assert_eq!(run.code, Some(0), "{run:?}");
    let bundle: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(bundle["sent"], json!({ "title": "WATER", "stars": 5 }));
    assert_eq!(bundle["tenant"], "from-the-file");
    assert_eq!(run.stderr, "");
}

#[test]
fn parameters_come_from_a_file_or_a_pipe_and_the_command_line_wins() {
    let input = r#"{ "title": "from a file", "stars": 1 }"#;
    for (name, stdin) in [("input.json", ""), ("-", input)] {
        let arguments = ["createTask", "--input", name, "--param", "stars=2", "--common", "tenant=mine"];
        let run = call(&arguments, &[("input.json", input)], &[], stdin);
        let bundle: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
        assert_eq!(bundle, json!({ "sent": { "title": "FROM A FILE", "stars": 2 }, "tenant": "mine" }));
    }
}

#[test]
fn a_search_prints_a_line_for_each_bundle_of_all_pages() {
    let run = call(&["listTasks"], &[], &[], "");
    assert_eq!(run.stdout, "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n{\"id\":4}\n", "{run:?}");
    let run = call(&["listTasks", "--take", "3"], &[], &[], "");
    assert_eq!(run.stdout.lines().count(), 3, "{run:?}");
}

#[test]
fn an_rpc_prints_its_result() {
    let run = call(&["listIds"], &[], &[], "");
    assert_eq!(run.stdout, "[{\"label\":1,\"value\":1},{\"label\":2,\"value\":2}]\n", "{run:?}");
}

#[test]
fn what_the_service_says_is_the_error() {
    let run = call(&["getTask", "--param", "id=t_9"], &[], &[], "");
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
    assert!(run.stderr.contains("there is no task t_9"), "{run:?}");
}

#[test]
fn bad_input_is_refused_before_anything_is_sent() {
    for (arguments, said) in [
        (&["createTask"][..], "title"),
        (&["createTask", "--param", "title=a", "--param", "stars=many"], "whole number"),
        (&["createtask"], "did you mean `createTask`?"),
        (&["createTask", "--input", "input.json"], "parameters are a JSON object"),
        (&["createTask", "--input", "missing.json"], "missing.json"),
        (&["createTask", "--param", "title=-"], "nothing was piped in"),
    ] {
        let run = call(arguments, &[("input.json", "[]")], &[], "");
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{arguments:?}: {run:?}");
        assert!(run.stderr.contains(said), "{arguments:?}: {run:?}");
    }
}

#[test]
fn values_that_must_not_be_seen_come_from_the_environment_or_a_pipe() {
    let arguments = ["createTask", "--param", "title=-"];
    for (environment, stdin) in [(&[("LINCHPIN_PARAM_TITLE", "hidden")][..], ""), (&[], "hidden\n")] {
        let run = call(&arguments, &[], environment, stdin);
        assert!(run.stdout.contains("HIDDEN"), "{run:?}");
    }
}

#[test]
fn a_connector_with_mistakes_is_not_run() {
    let folder = folder(&[("connector.json", support::BAD)]);
    let run = linchpin(folder.path(), &["call", "connector.json", "getTime"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("error[LP0201]"), "{run:?}");
}

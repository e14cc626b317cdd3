//! The page of the commands, docs/cli.md: every command in it is run, and prints what the page says. `UPDATE_DOCS=1`
//! writes what is printed into the page.

#![cfg(unix)]
#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

mod support;

use std::path::Path;
use std::process::Command;

use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use support::server::serve;
use support::{folder, workspace};

/// The service that the example's connector is made for, as far as the page uses it.
fn service() -> Router {
    let me = |headers: HeaderMap| async move {
        match headers.get("x-api-key").map(axum::http::HeaderValue::as_bytes) {
            Some(b"k-123") => (StatusCode::OK, Json(json!({ "id": "u_1", "email": "ada@tasks.example" }))),
            _ => (StatusCode::UNAUTHORIZED, Json(json!({ "error": { "message": "unknown key" } }))),
        }
    };
    let tasks = |Query(query): Query<Value>| async move {
        let (id, next) = if query["cursor"] == "2" { ("t_2", Value::Null) } else { ("t_1", json!("2")) };
        let task = json!({ "id": id, "title": "Water the plants", "priority": "high", "done": false });
        Json(json!({ "tasks": [task], "next_cursor": next }))
    };
    let missing =
        || async { (StatusCode::NOT_FOUND, Json(json!({ "error": { "message": "there is no task t_9" } }))) };
    let routes =
        Router::new().route("/me", get(me)).route("/tasks", get(tasks)).route("/tasks/t_9", get(missing));
    let events = || async {
        let event = |id: u64| json!({ "id": id, "at": format!("2026-02-0{id}T08:00:00Z") });
        Json(json!([event(4), event(3), event(2), event(1)]))
    };
    let routes = routes.route("/events", get(events));
    Router::new().nest("/v1", routes)
}

/// A connector with a polling trigger.
const FEED: &str = r#"{
    "name": "feed",
    "modules": {
        "watchTasks": {
            "type": "trigger",
            "parameters": [{ "name": "limit", "type": "uinteger", "default": 2 }],
            "communication": {
                "url": "https://api.tasks.example/v1/events",
                "response": {
                    "iterate": "{{body}}",
                    "limit": "{{parameters.limit}}",
                    "trigger": { "type": "date", "order": "desc", "id": "{{item.id}}", "date": "{{item.at}}" }
                }
            }
        }
    }
}"#;

#[test]
fn every_command_prints_what_the_page_says() {
    let root = workspace();
    let path = root.join("docs/cli.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let address = format!("http://{}", serve(service()));
    let connector = std::fs::read_to_string(root.join("examples/connectors/tasks/connector.json")).unwrap();
    let connector = connector.replace("https://api.tasks.example", &address);
    let feed = FEED.replace("https://api.tasks.example", &address);
    let folder = folder(&[("tasks.json", &connector), ("broken.json", support::BAD), ("feed.json", &feed)]);
    let run = |command: &str| shell(folder.path(), command).replace(&address, "https://api.tasks.example");
    let printed = rewritten(&page, run);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &printed).unwrap();
        return;
    }
    assert!(page.matches("\n$ ").count() > 10, "the page has no commands");
    assert_eq!(page, printed, "run this test with UPDATE_DOCS=1 and read what changes");
}

/// The page with what its commands print.
fn rewritten(page: &str, run: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside {
            let Some(command) = line.strip_prefix("$ ") else { continue };
            out.push_str(&format!("$ {command}\n{}", run(command)));
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// What a line of a shell prints, to both streams.
fn shell(folder: &Path, command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_linchpin")).parent().unwrap().to_owned();
    let usual = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-c", &format!("( {command} ) 2>&1")])
        .current_dir(folder)
        .env("PATH", format!("{}:{usual}", program.display()))
        .env("LINCHPIN_STORE", folder.join("store"))
        .env("COLUMNS", "100")
        .env_remove("CLICOLOR_FORCE")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

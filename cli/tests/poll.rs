//! `linchpin call` with polling triggers, defaults and installations, run as a program against a service on a loopback
//! port.

#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

mod support;

use std::path::Path;
use std::process::{Command, Stdio};

use axum::extract::{Query, Request};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use support::server::serve;
use support::{Run, folder, linchpin, linchpin_with};
use tempfile::TempDir;

/// Four posts, and an echo of headers.
fn service() -> Router {
    let posts = |Query(query): Query<Value>| async move {
        let dates = ["2026-01-04", "2026-01-03", "2026-01-02", "2026-01-01"];
        let posts = dates.iter().zip([4, 3, 2, 1]).map(|(date, id)| json!({ "id": id, "at": date }));
        Json(json!({ "posts": posts.collect::<Vec<_>>(), "asked": query }))
    };
    let echo = |request: Request| async move {
        let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        Json(json!({ "query": request.uri().query(), "tenant": header("x-tenant"), "key": header("x-key") }))
    };
    Router::new().route("/posts", get(posts)).route("/echo", get(echo)).route("/me", get(echo))
}

fn connector(address: std::net::SocketAddr) -> Value {
    let watch = |ty: &str| {
        json!({
            "type": "trigger",
            "parameters": [{ "name": "limit", "type": "uinteger", "default": 2 }],
            "communication": { "url": "/posts", "response": {
                "iterate": "{{body.posts}}", "output": { "id": "{{item.id}}" }, "limit": "{{parameters.limit}}",
                "trigger": { "type": ty, "order": "desc", "id": "{{item.id}}", "date": "{{item.at}}" }
            } }
        })
    };
    json!({
        "name": "posts",
        "base": { "baseUrl": format!("http://{address}"), "headers": { "x-tenant": "{{common.tenant}}" } },
        "modules": {
            "watchPosts": watch("date"),
            "watchIds": watch("id"),
            "echo": {
                "type": "action",
                "expect": [
                    { "name": "size", "type": "uinteger", "default": 5 },
                    { "name": "sort", "type": "select", "default": "none", "options": [{ "value": "up" }] },
                    { "name": "when", "type": "text", "default": "{{now}}" }
                ],
                "communication": { "url": "/echo", "qs": "{{parameters}}" }
            },
            "code": { "type": "trigger", "code": "module.exports = async () => ({})" }
        }
    })
}

fn ids(run: &Run) -> Vec<u64> {
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    run.stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_u64().unwrap())
        .collect()
}

fn at(connector: &Value) -> TempDir {
    folder(&[("connector.json", &connector.to_string())])
}

fn call(folder: &Path, arguments: &[&str]) -> Run {
    linchpin(folder, &[&["call", "connector.json"], arguments].concat())
}

#[test]
fn a_trigger_prints_what_is_new_and_remembers_it() {
    let folder = at(&connector(serve(service())));
    let folder = folder.path();
    let poll =
        |arguments: &[&str]| call(folder, &[&["watchPosts", "--state", "state.json"], arguments].concat());
    assert_eq!(ids(&poll(&[])), [1, 2]);
    assert_eq!(ids(&poll(&["--param", "limit=1"])), [3]);
    assert_eq!(ids(&poll(&["--start", "2026-01-01"])), [4], "the start is for the first run");
    assert_eq!(ids(&poll(&[])), [] as [u64; 0]);
    assert!(!folder.join("state.json.new").exists());
    // Without a state, each run is the first one.
    for _ in 0..2 {
        assert_eq!(ids(&call(folder, &["watchPosts"])), [1, 2]);
    }
}

#[test]
fn a_trigger_starts_where_it_is_told() {
    let folder = at(&connector(serve(service())));
    let folder = folder.path();
    for (module, start, expected) in [
        ("watchPosts", "all", &[1, 2][..]),
        ("watchPosts", "2026-01-03", &[3, 4]),
        ("watchPosts", "2026-01-03T12:00:00Z", &[4]),
        ("watchPosts", "now", &[]),
        ("watchIds", "3", &[3, 4]),
        ("watchIds", "now", &[]),
    ] {
        assert_eq!(ids(&call(folder, &[module, "--start", start])), expected, "{module} {start}");
    }
    for (arguments, said) in [
        (&["watchPosts", "--start", "soon"][..], "write one, such as 2026-01-31"),
        (&["echo", "--state", "state.json"], "are for polling triggers"),
        (&["echo", "--start", "now"], "are for polling triggers"),
        (&["code"], "waits for requests that a service sends"),
    ] {
        let run = call(folder, arguments);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{arguments:?}: {run:?}");
        assert!(run.stderr.contains(said), "{arguments:?}: {run:?}");
    }
    std::fs::write(folder.join("state.json"), "{\"format\": 1, \"lastDate\"").unwrap();
    let run = call(folder, &["watchPosts", "--state", "state.json"]);
    assert!(run.stderr.contains("state.json: the state of a trigger cannot be read"), "{run:?}");
    assert_eq!(std::fs::read_to_string(folder.join("state.json")).unwrap(), "{\"format\": 1, \"lastDate\"");
}

#[cfg(unix)]
#[test]
fn bundles_that_nobody_takes_are_not_remembered() {
    let folder = at(&connector(serve(service())));
    let program = env!("CARGO_BIN_EXE_linchpin");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(program);
    command
        .args(["call", "connector.json", "watchPosts", "--state", "state.json"])
        .current_dir(folder.path());
    let output = command.stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(!folder.path().join("state.json").exists());
    assert_eq!(ids(&call(folder.path(), &["watchPosts", "--state", "state.json"])), [1, 2]);
}

#[test]
fn defaults_of_the_connector_are_filled_in() {
    let folder = at(&connector(serve(service())));
    let asked = |arguments: &[&str]| {
        let run = call(folder.path(), &[&["echo"], arguments].concat());
        serde_json::from_str::<Value>(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"))["query"].clone()
    };
    assert_eq!(asked(&[]), "size=5");
    assert_eq!(asked(&["--param", "size=6"]), "size=6");
}

/// A connector that is installed, with a connection that is installed, too.
fn installed(address: std::net::SocketAddr) -> Value {
    let mut connector = connector(address);
    let own = json!({
        "installSpec": [{ "name": "tenant", "type": "text", "required": true, "validate": { "max": 9 } }],
        "install": { "common": { "tenant": "{{upper(parameters.tenant)}}" } },
        "connections": {
            "key": {
                "type": "basic",
                "installSpec": [{ "name": "part", "type": "password", "required": true }],
                "install": { "common": { "key": "{{parameters.part}}-{{common.tenant}}" } },
                "communication": {
                    "url": format!("http://{address}/me"), "headers": { "x-key": "{{common.key}}" },
                    "response": { "data": { "key": "{{body.key}}" }, "metadata": { "value": "{{body.key}}" } }
                }
            }
        }
    });
    connector.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    for module in ["watchPosts", "watchIds"] {
        connector["modules"][module]["connection"] = Value::Null;
    }
    connector["modules"]["echo"]["communication"]["headers"] = json!({ "x-key": "{{connection.key}}" });
    connector
}

#[test]
fn installations_are_filled_in() {
    let folder = at(&installed(serve(service())));
    let folder = folder.path();
    let login = ["login", "connector.json"];
    let run = linchpin(folder, &login);
    assert!(
        run.stderr.contains("write `--install tenant=-` and pipe it in, or set LINCHPIN_INSTALL_TENANT"),
        "{run:?}"
    );
    let run = linchpin(folder, &[&login[..], &["--install", "tenant=acme", "--install", "tenat=x"]].concat());
    assert!(
        run.stderr.contains("the installation of `posts` has no parameter `tenat`; did you mean `tenant`?"),
        "{run:?}"
    );
    let run = linchpin(folder, &[&login[..], &["--install", "tenant=acme", "--install", "part=-"]].concat());
    assert!(run.stderr.contains("nothing was piped in for `part`"), "{run:?}");

    let environment = [("LINCHPIN_INSTALL_TENANT", "acme"), ("LINCHPIN_INSTALL_PART", "s3cret")];
    let run = linchpin_with(folder, &login, &environment, "");
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(0), "logged in as s3cret-ACME, stored as posts-key\n"),
        "{run:?}"
    );
    let run = linchpin_with(
        folder,
        &["call", "connector.json", "echo", "--install", "tenant=other"],
        &environment,
        "",
    );
    let bundle: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
    assert_eq!((&bundle["tenant"], &bundle["key"]), (&json!("OTHER"), &json!("s3cret-ACME")));
    let run = linchpin_with(folder, &["connections", "verify", "connector.json"], &environment, "");
    assert_eq!(run.code, Some(0), "{run:?}");

    // What a call does not use is not asked for; constants stand in for the form.
    let run = linchpin(folder, &["call", "connector.json", "watchIds", "--install", "tenant=acme"]);
    assert_eq!(ids(&run), [1, 2]);
    let run = linchpin(folder, &["call", "connector.json", "watchIds", "--common", "tenant=ACME"]);
    assert_eq!(ids(&run), [1, 2]);
    let run = linchpin(folder, &["call", "connector.json", "watchIds", "--install", "tenant=much-too-long"]);
    assert!(run.stderr.contains("install: a parameter is not acceptable: tenant: is too long"), "{run:?}");
}

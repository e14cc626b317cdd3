//! The service that the quickstart talks to: a task tracker on a loopback port, in the memory of this process.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Multipart, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The key that the service accepts.
pub(crate) const API_KEY: &str = "demo-key";

type Shared = Arc<Store>;

#[derive(Default)]
struct Store {
    tasks: Mutex<Vec<Value>>,
    created: AtomicUsize,
    exports: AtomicUsize,
}

impl Store {
    fn with_tasks<T>(&self, change: impl FnOnce(&mut Vec<Value>) -> T) -> T {
        change(&mut self.tasks.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Starts the service. It runs until the task is aborted or the process ends.
///
/// # Errors
/// When no port is free.
pub(crate) async fn start() -> std::io::Result<(SocketAddr, JoinHandle<()>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let routes = Router::new()
        .route("/me", get(|| async { Json(json!({ "id": "u_7", "email": "ada@tasks.example" })) }))
        .route("/projects", get(projects))
        .route("/tasks", get(list).post(create))
        .route("/tasks/{id}", get(read).delete(delete))
        .route("/tasks/{id}/files", post(attach))
        .route("/export", get(export))
        .layer(middleware::from_fn(check_key))
        .with_state(Shared::default());
    let app = Router::new().nest("/v1", routes);
    let task = tokio::spawn(async move {
        // Ends with the process; there is nobody to tell.
        let _ = axum::serve(listener, app).await;
    });
    Ok((address, task))
}

async fn check_key(headers: HeaderMap, request: Request, next: Next) -> Response {
    if headers.get("x-api-key").is_some_and(|key| key == API_KEY) {
        next.run(request).await
    } else {
        failure(StatusCode::UNAUTHORIZED, &json!({ "message": "unknown key" }))
    }
}

fn failure(status: StatusCode, error: &Value) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}

fn not_found(id: &str) -> Response {
    failure(StatusCode::NOT_FOUND, &json!({ "message": format!("there is no task `{id}`") }))
}

async fn projects() -> Json<Value> {
    Json(json!({ "projects": [{ "id": "p_1", "name": "Home" }, { "id": "p_2", "name": "Office" }] }))
}

async fn create(State(store): State<Shared>, Json(input): Json<Value>) -> Response {
    let title = input["title"].as_str().unwrap_or_default();
    if title.is_empty() {
        return failure(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({ "field": "title", "message": "is empty" }),
        );
    }
    let number = store.created.fetch_add(1, Ordering::Relaxed) + 1;
    let task = json!({
        "id": format!("t_{number}"),
        "title": title,
        "priority": input["priority"].as_str().unwrap_or("normal"),
        "due_on": input["due_on"],
        "tags": input["tags"],
        "done": number % 4 == 0,
        "created_at": "2026-03-01T09:30:00Z",
        "files": [],
    });
    store.with_tasks(|tasks| tasks.push(task.clone()));
    (StatusCode::CREATED, Json(task)).into_response()
}

#[derive(serde::Deserialize)]
struct Page {
    cursor: Option<usize>,
    page_size: Option<usize>,
    done: Option<bool>,
}

async fn list(State(store): State<Shared>, Query(page): Query<Page>) -> Json<Value> {
    let start = page.cursor.unwrap_or(0);
    let size = page.page_size.unwrap_or(10);
    store.with_tasks(|tasks| {
        let wanted: Vec<&Value> =
            tasks.iter().filter(|task| page.done.is_none_or(|done| task["done"] == done)).collect();
        let next = start + size;
        let next_cursor = if next < wanted.len() { json!(next) } else { Value::Null };
        let tasks: Vec<&Value> = wanted.into_iter().skip(start).take(size).collect();
        Json(json!({ "tasks": tasks, "next_cursor": next_cursor }))
    })
}

async fn read(State(store): State<Shared>, Path(id): Path<String>) -> Response {
    let found = store.with_tasks(|tasks| tasks.iter().find(|task| task["id"] == *id).cloned());
    found.map_or_else(|| not_found(&id), |task| Json(task).into_response())
}

async fn delete(State(store): State<Shared>, Path(id): Path<String>) -> Response {
    let removed = store.with_tasks(|tasks| {
        let before = tasks.len();
        tasks.retain(|task| task["id"] != *id);
        tasks.len() < before
    });
    if removed { StatusCode::NO_CONTENT.into_response() } else { not_found(&id) }
}

async fn attach(State(store): State<Shared>, Path(id): Path<String>, mut form: Multipart) -> Response {
    let mut file = None;
    while let Ok(Some(part)) = form.next_field().await {
        let name = part.file_name().map(str::to_owned);
        if let (Some(name), Ok(data)) = (name, part.bytes().await) {
            file = Some(json!({ "name": name, "size": data.len() }));
        }
    }
    let Some(file) = file else {
        return failure(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({ "field": "file", "message": "is missing" }),
        );
    };
    let attached = store.with_tasks(|tasks| {
        let files =
            tasks.iter_mut().find(|task| task["id"] == *id).and_then(|task| task["files"].as_array_mut());
        files.map(|files| files.push(file.clone()))
    });
    if attached.is_some() { (StatusCode::CREATED, Json(file)).into_response() } else { not_found(&id) }
}

/// The first call is refused, to show how a rate limit is waited for.
async fn export(State(store): State<Shared>) -> Response {
    if store.exports.fetch_add(1, Ordering::Relaxed) == 0 {
        let mut refused =
            failure(StatusCode::TOO_MANY_REQUESTS, &json!({ "message": "one export a second" }));
        refused.headers_mut().insert("retry-after", axum::http::HeaderValue::from_static("1"));
        return refused;
    }
    store.with_tasks(|tasks| {
        let lines: Vec<&str> = tasks.iter().filter_map(|task| task["title"].as_str()).collect();
        lines.join("\n").into_response()
    })
}

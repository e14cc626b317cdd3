//! The connector of the examples, compiled and loaded: both send the same requests and give the same bundles and errors.

#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::{Json, Router};
use linchpin::client::{Call, Client, ClientBuilder, Input, RpcCall, Search};
use linchpin::connection::GivenConnection;
use linchpin::random::SeededRandom;
use linchpin::{Date, Error, Object, Value};
use linchpin_loader::Plans;
use serde_json::json;

mod tasks {
    linchpin::include_connector!("../../examples/connectors/tasks/connector.json");
}

/// What arrived.
type Seen = Arc<Mutex<Vec<String>>>;

/// Keeps a request and answers as a service of tasks does.
async fn answer(
    State(seen): State<Seen>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> impl IntoResponse {
    let mut headers: Vec<_> = headers.iter().filter(|(name, _)| *name != "host").collect();
    headers.sort_by_key(|(name, _)| name.as_str());
    seen.lock().unwrap().push(format!("{method} {uri} {headers:?} {body:?}"));
    let second = uri.query().is_some_and(|query| query.contains("cursor"));
    let next = if second { json!(null) } else { json!("2") };
    match uri.path() {
        "/missing" | "/tasks/t_9" => {
            (StatusCode::NOT_FOUND, Json(json!({ "error": { "message": "there is no such thing" } })))
        }
        "/tasks" if method == Method::GET => {
            (StatusCode::OK, Json(json!({ "tasks": [{ "id": 1, "done": second }], "next_cursor": next })))
        }
        _ => {
            let everything = json!({
                "id": 7, "title": "Water", "done": false, "created_at": "2026-02-03T04:05:06Z", "name": "a.txt",
                "size": 3, "email": "ada@tasks.example", "projects": [{ "id": 1, "name": "Home" }]
            });
            (StatusCode::OK, Json(everything))
        }
    }
}

async fn serve(seen: &Seen) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().fallback(answer).with_state(seen.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

fn load() -> Plans {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/connectors/tasks/connector.json");
    let read = linchpin_spec::load(&path, &linchpin_spec::Options::default());
    linchpin_loader::load(&read.connector.unwrap(), &read.sources)
}

/// A client that calls the service. What is random is the same for both.
fn set<C>(builder: ClientBuilder<C>, address: &str) -> ClientBuilder<C> {
    builder.base_url(address).random(SeededRandom::new(1))
}

/// What a call came to, with what it sent. Errors are shown with the places of templates.
fn came_to<T: std::fmt::Debug>(seen: &Seen, result: &Result<T, Error>) -> String {
    let sent = std::mem::take(&mut *seen.lock().unwrap());
    format!("{sent:#?}\n{result:#?}")
}

struct Both {
    seen: Seen,
    plans: Plans,
    compiled: tasks::Client,
    loaded: Client,
}

impl Both {
    async fn start() -> Self {
        let seen = Seen::default();
        let (address, plans) = (serve(&seen).await, load());
        let key = tasks::ApiKey::new("k-1");
        let mut values = Object::new();
        values.set("apiKey", "k-1");
        let compiled = set(tasks::Client::builder(), &address).connection(key).build().unwrap();
        let builder = set(ClientBuilder::for_connector(plans.connector.clone()), &address);
        let loaded = builder.connection(GivenConnection::named("apiKey", values)).build().unwrap();
        Self { seen, plans, compiled, loaded }
    }

    /// Compares a call of an action; `sent` is how many requests it sends.
    async fn same(&self, compiled: Call<Value>, id: &str, input: impl Input, sent: usize) {
        let compiled = compiled.await;
        assert_eq!(self.seen.lock().unwrap().len(), sent, "{id}");
        let compiled = came_to(&self.seen, &compiled);
        let module = self.plans.module(id).unwrap();
        let loaded = Call::<Value>::new(&self.loaded, module, input.into_object()).await;
        assert_eq!(compiled, came_to(&self.seen, &loaded), "{id}");
    }
}

#[tokio::test]
async fn actions_are_the_same() {
    let both = Both::start().await;
    let client = &both.compiled;
    let create =
        tasks::CreateTask::new("  Water ").due(Date::from_millis(1_770_000_000_000)).project_id("p_1");
    both.same(client.create_task(create.clone()).raw(), "createTask", create, 1).await;
    let refused = tasks::CreateTask::new("");
    both.same(client.create_task(refused.clone()).raw(), "createTask", refused, 0).await;
    for id in ["t/1", "t_9"] {
        let get = tasks::GetTask::new(id);
        both.same(client.get_task(get.clone()).raw(), "getTask", get, 1).await;
    }
    let attach = tasks::AttachFile::new("t_1", "a.txt", b"abc".to_vec());
    both.same(client.attach_file(attach.clone()).raw(), "attachFile", attach, 1).await;
    let export = tasks::ExportTasks::new();
    both.same(client.export_tasks(export.clone()).raw(), "exportTasks", export, 1).await;
    let delete = tasks::DeleteTask::new("t_1");
    both.same(client.delete_task(delete.clone()).raw(), "deleteTask", delete, 1).await;
    let call = tasks::MakeCall::new("/missing").body("x");
    both.same(client.make_call(call.clone()).raw(), "makeCall", call, 1).await;
    // Credentials stay home: nothing is sent.
    let away = tasks::MakeCall::new("https://elsewhere.example/");
    both.same(client.make_call(away.clone()).raw(), "makeCall", away, 0).await;
}

#[tokio::test]
async fn searches_rpcs_and_verifications_are_the_same() {
    let both = Both::start().await;
    let list = tasks::ListTasks::new().done(true);
    let compiled = both.compiled.list_tasks(list.clone()).raw().await;
    assert_eq!(both.seen.lock().unwrap().len(), 2, "two pages");
    let compiled = came_to(&both.seen, &compiled);
    let module = both.plans.module("listTasks").unwrap();
    let loaded = Search::<Value>::new(&both.loaded, module, list.into_object()).await;
    assert_eq!(compiled, came_to(&both.seen, &loaded));

    let compiled = came_to(&both.seen, &both.compiled.rpc().list_projects(()).raw().await);
    let rpc = both.plans.rpc("listProjects").unwrap();
    let loaded = RpcCall::<Value>::new(&both.loaded, rpc, Object::new()).await;
    assert!(compiled.contains("/projects"), "{compiled}");
    assert_eq!(compiled, came_to(&both.seen, &loaded));

    let compiled = came_to(&both.seen, &both.compiled.verify().await);
    assert!(compiled.contains("/me"), "{compiled}");
    assert_eq!(compiled, came_to(&both.seen, &both.loaded.verify().await));
    assert_eq!(both.compiled.uid(), both.loaded.uid());
    assert!(both.loaded.uid().is_some());
}

#[test]
fn templates_as_deep_as_they_may_be_run_on_a_small_stack() {
    // Of 256 levels (rulings 4) the parser takes one for the call at the bottom.
    let nested = |levels: usize| format!("{{{{{}1{}}}}}", "if(true; ".repeat(levels), ")".repeat(levels));
    let run = move || {
        let template = linchpin_loader::load_template(&nested(250)).unwrap();
        assert_eq!(template.eval(&linchpin::Scope::new()).unwrap(), Value::from(1));
        assert!(linchpin_loader::load_template(&nested(300)).is_err());
        let chain = format!("{{{{1{}}}}}", " + 1".repeat(250));
        let template = linchpin_loader::load_template(&chain).unwrap();
        assert_eq!(template.eval(&linchpin::Scope::new()).unwrap(), Value::from(251));
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(run).unwrap().join().unwrap();
}

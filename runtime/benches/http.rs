//! A call and a paged list over loopback, beside the same by hand with reqwest and `serde_json::Value`; and the memory
//! of a long stream.
//!
//! The ways take turns, so that what else the machine does falls on both. The server runs in a thread of its own.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, clippy::cast_precision_loss)]

use std::convert::Infallible;
use std::hint::black_box;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::StreamExt as _;
use http_body_util::Full;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

/// The client that the macro makes.
mod tasks {
    linchpin::include_connector!(
        inline = r#"{
            "name": "tasks",
            "base": {
                "baseUrl": "http://tasks.example",
                "headers": { "Authorization": "Bearer {{connection.apiKey}}" }
            },
            "connections": { "key": { "type": "basic", "parameters": [{ "name": "apiKey", "type": "password", "required": true }] } },
            "modules": {
                "getTask": {
                    "type": "action", "connection": "key",
                    "expect": [{ "name": "id", "type": "text", "required": true }],
                    "interface": [{ "name": "title", "type": "text" }, { "name": "done", "type": "boolean" }],
                    "communication": {
                        "url": "/task/{{parameters.id}}",
                        "response": { "output": { "title": "{{body.title}}", "done": "{{body.done}}" } }
                    }
                },
                "listTasks": {
                    "type": "search", "connection": "key",
                    "interface": [{ "name": "id", "type": "number" }, { "name": "title", "type": "text" }, { "name": "owner", "type": "text" }],
                    "communication": {
                        "url": "/tasks", "qs": { "page": "{{pagination.page}}" },
                        "response": {
                            "iterate": "{{body.items}}",
                            "output": { "id": "{{item.id}}", "title": "{{item.title}}", "owner": "{{item.owner.name}}" }
                        },
                        "pagination": { "condition": "{{body.pages >= pagination.page}}" }
                    }
                },
                "listForEver": {
                    "type": "search", "connection": "key",
                    "interface": [{ "name": "id", "type": "number" }, { "name": "title", "type": "text" }],
                    "communication": {
                        "url": "/all", "qs": { "page": "{{pagination.page}}" },
                        "response": {
                            "iterate": "{{body.items}}",
                            "output": { "id": "{{item.id}}", "title": "{{item.title}}" }
                        },
                        "pagination": { "condition": true }
                    }
                }
            }
        }"#
    );
}

const PAGES: usize = 200;
const PAGE: usize = 100;

fn page(number: usize) -> Bytes {
    let items = (0..PAGE).map(|at| {
        let id = number * PAGE + at;
        format!(
            r#"{{"id":{id},"title":"Task number {id}","done":false,"tags":["home","garden"],"owner":{{"id":7,"name":"Ada Lovelace"}},"note":"Some words about what is to be done"}}"#
        )
    });
    format!(r#"{{"pages":{PAGES},"items":[{}]}}"#, items.collect::<Vec<_>>().join(",")).into()
}

/// Serves from a thread of its own.
fn serve() -> String {
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let pages: Vec<Bytes> = (0..PAGES).map(page).collect();
        let pages: &'static [Bytes] = pages.leak();
        runtime().block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            send.send(format!("http://{}", listener.local_addr().unwrap())).unwrap();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                stream.set_nodelay(true).unwrap();
                tokio::spawn(async move {
                    let service =
                        service_fn(move |request: http::Request<hyper::body::Incoming>| async move {
                            let number = request.uri().query().and_then(|query| query.strip_prefix("page="));
                            let body = match number {
                                Some(number) => pages[(number.parse::<usize>().unwrap() - 1) % PAGES].clone(),
                                None => Bytes::from_static(
                                    br#"{"id":"t1","title":"Water the plants","done":false}"#,
                                ),
                            };
                            let response =
                                http::Response::builder().header("content-type", "application/json");
                            Ok::<_, Infallible>(response.body(Full::new(body)).unwrap())
                        });
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
    });
    receive.recv().unwrap()
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[allow(dead_code, reason = "as an application would hold them")]
struct Task {
    title: Option<String>,
    done: Option<bool>,
}

#[allow(dead_code, reason = "as an application would hold them")]
struct Row {
    id: Option<f64>,
    title: Option<String>,
    owner: Option<String>,
}

fn text(value: &serde_json::Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

async fn get(client: &reqwest::Client, url: &str) -> serde_json::Value {
    let response =
        client.get(url).bearer_auth("secret-key").timeout(Duration::from_secs(40)).send().await.unwrap();
    serde_json::from_slice(&response.error_for_status().unwrap().bytes().await.unwrap()).unwrap()
}

async fn get_by_hand(client: &reqwest::Client, base: &str) -> Task {
    let body = get(client, &format!("{base}/task/{}", "t1")).await;
    Task { title: text(&body["title"]), done: body["done"].as_bool() }
}

async fn list_by_hand(client: &reqwest::Client, base: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    for page in 1.. {
        let body = get(client, &format!("{base}/tasks?page={page}")).await;
        rows.extend(body["items"].as_array().unwrap().iter().map(|item| Row {
            id: item["id"].as_f64(),
            title: text(&item["title"]),
            owner: text(&item["owner"]["name"]),
        }));
        if body["pages"].as_u64().unwrap() <= page {
            break;
        }
    }
    rows
}

/// Runs both in turns and prints how ours compares: a ratio above one is faster than by hand.
fn compare(title: &str, count: usize, rounds: usize, mut ours: impl FnMut(), mut by_hand: impl FnMut()) {
    let time = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    };
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        a.push(time(&mut ours));
        b.push(time(&mut by_hand));
    }
    // The fastest tenth counts, since what else the machine does only adds time.
    a.sort_by(f64::total_cmp);
    b.sort_by(f64::total_cmp);
    let (a, b) = (a[rounds / 10], b[rounds / 10]);
    let rate = |seconds: f64| count as f64 / seconds;
    println!("{title}: linchpin {:.0} a second, by hand {:.0}, ratio {:.2}", rate(a), rate(b), b / a);
}

/// Streams items in a process of its own, and gives the most memory that it took, in kB. Linux alone tells.
fn memory(url: &str, items: usize) -> Option<u64> {
    let program = std::env::current_exe().ok()?;
    let out =
        std::process::Command::new(program).args(["--stream", url, &items.to_string()]).output().ok()?;
    String::from_utf8(out.stdout).ok()?.trim().parse().ok()
}

/// What the process of [`memory`] does.
fn stream(url: &str, items: u64) {
    let client = client(url);
    let count = runtime().block_on(async {
        let list = client.list_for_ever(tasks::ListForEver::new()).take(items).stream();
        list.fold(0, |count, item| std::future::ready(count + u64::from(item.unwrap().id.is_some()))).await
    });
    assert_eq!(count, items);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!("{}", most.map_or("none", |most| most.trim().trim_end_matches(" kB")));
}

fn client(url: &str) -> tasks::Client {
    tasks::Client::builder().connection(tasks::Key::new("secret-key")).base_url(url).build().unwrap()
}

/// Both must give the same.
async fn check(ours: &tasks::Client, by_hand: &reqwest::Client, url: &str) {
    let rows = ours.list_tasks(tasks::ListTasks::new()).await.unwrap();
    let rows_by_hand = list_by_hand(by_hand, url).await;
    assert_eq!((rows.len(), rows_by_hand.len()), (PAGES * PAGE, PAGES * PAGE));
    for (row, by_hand) in rows.iter().zip(&rows_by_hand) {
        assert_eq!((row.id, &row.title, &row.owner), (by_hand.id, &by_hand.title, &by_hand.owner));
    }
    let task = ours.get_task(tasks::GetTask::new("t1")).await.unwrap();
    let task_by_hand = get_by_hand(by_hand, url).await;
    assert_eq!((task.title, task.done), (task_by_hand.title, task_by_hand.done));
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, mode, url, items] = &arguments[..]
        && mode == "--stream"
    {
        return stream(url, items.parse().unwrap());
    }
    // `cargo test` builds benches too, and runs them without this argument.
    let measured = arguments.iter().any(|argument| argument == "--bench");
    let rounds = if measured { 61 } else { 1 };
    let url = serve();
    let runtime = runtime();
    let ours = client(&url);
    let call = || async { black_box(ours.get_task(tasks::GetTask::new("t1")).await.unwrap()) };
    let list = || async { ours.list_tasks(tasks::ListTasks::new()).await.unwrap() };
    // Ours goes first, since that chooses the source of cryptography for the process.
    runtime.block_on(call());
    let by_hand = reqwest::Client::new();
    runtime.block_on(check(&ours, &by_hand, &url));
    let calls = 200;
    compare(
        "calls",
        calls,
        rounds,
        || {
            runtime.block_on(async {
                for _ in 0..calls {
                    call().await;
                }
            });
        },
        || {
            runtime.block_on(async {
                for _ in 0..calls {
                    black_box(get_by_hand(&by_hand, &url).await);
                }
            });
        },
    );
    compare(
        "items, 20,000 in pages of 100",
        PAGES * PAGE,
        rounds,
        || drop(black_box(runtime.block_on(list()))),
        || drop(black_box(runtime.block_on(list_by_hand(&by_hand, &url)))),
    );
    let (few, many) = if measured { (10_000, 1_000_000) } else { (100, 200) };
    if let (Some(small), Some(large)) = (memory(&url, few), memory(&url, many)) {
        let ratio = large as f64 / small as f64;
        println!("memory of a stream: {few} items {small} kB, {many} items {large} kB, ratio {ratio:.2}");
    }
}

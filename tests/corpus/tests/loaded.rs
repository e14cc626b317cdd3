//! Calls every action, search and universal module of the corpus twice, compiled and loaded at run time: both have to
//! send the same.

#![allow(clippy::print_stdout, clippy::panic, clippy::unwrap_used, reason = "a test that reports")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use corpus_clients::recorder::{Recorder, Seen};
use corpus_clients::{Prepared, SUBJECTS, Setup, Subject};
use linchpin::client::{Call, Client, ClientBuilder, Search};
use linchpin::connection::GivenConnection;
use linchpin::plan::{Module, ModuleKind};
use linchpin::{Error, Object, Value};
use linchpin_loader::Plans;
use linchpin_spec::Options;

/// A call that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn loaded_plans_send_what_compiled_ones_do() {
    if SUBJECTS.is_empty() {
        println!("there is no corpus; passed over");
        return;
    }
    let recorder = Recorder::default();
    let setup = Setup { transport: Arc::new(recorder.start().await.unwrap()) };
    let (mut calls, mut requests, mut wrong) = (0, 0, Vec::new());
    for subject in SUBJECTS {
        let name = Path::new(subject.folder).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(prepare) = subject.prepare else { continue };
        let Prepared { common, credentials, calls: compiled, .. } = prepare(setup.clone()).unwrap();
        let plans = load(subject);
        let loaded = client(&plans, &setup, &common, credentials);
        for (id, parameters, run) in compiled {
            let outcome = tokio::time::timeout(PATIENCE, run).await.unwrap().err();
            let sent = recorder.take();
            let module = plans.module(id).unwrap();
            let again = tokio::time::timeout(PATIENCE, call(&loaded, module, parameters)).await.unwrap();
            let sent_again = recorder.take();
            if told(&sent, outcome) != told(&sent_again, again.err()) {
                wrong.push(format!("{name}: {id}: compiled {sent:?}, loaded {sent_again:?}"));
            }
            calls += 1;
            requests += sent.len();
        }
    }
    println!("{calls} calls, {requests} requests, {} differences", wrong.len());
    assert!(calls > 0 && requests > 0, "nothing was called");
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

fn load(subject: &Subject) -> Plans {
    let read = linchpin_spec::load(Path::new(subject.folder), &Options::default());
    let connector = read.connector.unwrap_or_else(|| panic!("{} does not load", subject.folder));
    linchpin_loader::load(&connector, &read.sources)
}

/// A client of the loaded plans with the same constants and credentials as the compiled one.
fn client(plans: &Plans, setup: &Setup, common: &Object, credentials: Vec<(&'static str, Object)>) -> Client {
    let mut builder = setup.apply(ClientBuilder::for_connector(plans.connector.clone()));
    for (name, value) in common {
        builder = builder.common(name, value.clone());
    }
    for (name, values) in credentials {
        builder = builder.connection(GivenConnection::named(name, values));
    }
    builder.build().unwrap()
}

async fn call(client: &Client, module: Arc<Module>, input: Object) -> Result<(), Error> {
    match module.kind {
        ModuleKind::Search => Search::<Value>::new(client, module, input).await.map(|_| ()),
        _ => Call::<Value>::new(client, module, input).await.map(|_| ()),
    }
}

/// What can be compared: the requests, and the error of the call. A module that yields nothing has a type of its own
/// only when it is compiled.
fn told(sent: &[Seen], error: Option<Error>) -> String {
    let error = error.filter(|error| error.kind() != linchpin::ErrorKind::NoBundle);
    let sent: Vec<_> = sent
        .iter()
        .map(|seen| {
            let mut headers: Vec<_> = seen.headers.iter().filter(|(name, _)| *name != "host").collect();
            headers.sort_by_key(|(name, _)| name.as_str());
            format!("{} {} {headers:?} {:?}", seen.method, seen.url, seen.body)
        })
        .collect();
    format!("{sent:#?} {error:?}")
}

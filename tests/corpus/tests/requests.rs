//! Calls every action, search and universal module of the corpus once, polls every trigger once, and compares the
//! requests that arrive with what the connector says.

#![allow(clippy::print_stdout, clippy::panic, clippy::unwrap_used, reason = "a test that reports")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use corpus_clients::oracle::differences;
use corpus_clients::recorder::{Recorder, Seen};
use corpus_clients::{Prepared, SUBJECTS, Setup, Subject};
use linchpin::{ErrorKind, Object};
use linchpin_spec::Options;
use linchpin_spec::iml::ast::Template;
use linchpin_spec::model::{Connector, Module, ModuleKind, Request};
use serde_json::{Value as Json, json};

/// A call that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came of one connector.
#[derive(Default)]
struct Tally {
    calls: usize,
    requests: usize,
    wrong: Vec<String>,
}

#[tokio::test]
async fn every_module_sends_what_its_connector_says() {
    if SUBJECTS.is_empty() {
        println!("there is no corpus; passed over");
        return;
    }
    let recorder = Recorder::default();
    let transport = Arc::new(recorder.start().await.unwrap());
    let mut total = Tally::default();
    for subject in SUBJECTS {
        let setup = Setup { transport: transport.clone() };
        let tally = run(subject, setup, &recorder).await;
        let name = Path::new(subject.folder).file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!(
            "{name}: {} calls, {} requests, {} differences",
            tally.calls,
            tally.requests,
            tally.wrong.len()
        );
        total.calls += tally.calls;
        total.requests += tally.requests;
        total.wrong.extend(tally.wrong.iter().map(|wrong| format!("{name}: {wrong}")));
    }
    assert!(total.calls > 0 && total.requests > 0, "nothing was called");
    assert!(total.wrong.is_empty(), "{} differences:\n{}", total.wrong.len(), total.wrong.join("\n"));
}

async fn run(subject: &Subject, setup: Setup, recorder: &Recorder) -> Tally {
    let mut tally = Tally::default();
    let loaded = linchpin_spec::load(Path::new(subject.folder), &Options::default());
    let (Ok(prepare), Some(connector)) = (subject.prepare, &loaded.connector) else {
        tally.wrong.push("it does not compile".to_owned());
        return tally;
    };
    let Prepared { common, credentials, calls, .. } = match prepare(setup) {
        Ok(prepared) => prepared,
        Err(error) => {
            tally.wrong.push(format!("no client: {error}"));
            return tally;
        }
    };
    let wanted = connector.modules.iter().filter(|module| is_called(module.kind));
    for module in wanted.filter(|module| !calls.iter().any(|(id, ..)| *id == module.id.value)) {
        tally.wrong.push(format!("{}: there is no method for it", module.id.value));
    }
    for (id, parameters, call) in calls {
        let Some(module) = connector.modules.iter().find(|module| module.id.value == id) else { continue };
        let outcome = tokio::time::timeout(PATIENCE, call).await;
        let seen = recorder.take();
        tally.calls += 1;
        tally.requests += seen.len();
        let variables = variables(module, &parameters, &common, &credentials);
        let mut wrong = match &outcome {
            Err(_) => vec!["it hangs".to_owned()],
            Ok(Err(error)) if seen.is_empty() && must_send(module) => {
                vec![format!("nothing was sent: {error}")]
            }
            Ok(Err(error)) if error.kind() == ErrorKind::InvalidConfiguration => vec![format!("{error}")],
            Ok(_) => compare(connector, module, &variables, &seen),
        };
        wrong.iter_mut().for_each(|wrong| wrong.insert_str(0, &format!("{id}: ")));
        tally.wrong.append(&mut wrong);
    }
    tally
}

fn is_called(kind: ModuleKind) -> bool {
    matches!(kind, ModuleKind::Action | ModuleKind::Search | ModuleKind::Universal | ModuleKind::Trigger)
}

/// A request without a condition is sent whatever the input, if its address does not depend on an answer.
fn must_send(module: &Module) -> bool {
    let of_answer = |rest: &str| rest.trim_start().starts_with("temp.");
    let is_known = |url: &Template| !url.source.value.trim().strip_prefix("{{").is_some_and(of_answer);
    let is_known = |request: &Request| request.url.as_ref().is_some_and(is_known);
    module.requests.iter().any(|request| is_known(request) && request.condition.is_none())
}

/// The variables whose values the test has chosen.
fn variables(
    module: &Module,
    parameters: &Object,
    common: &Object,
    credentials: &[(&'static str, Object)],
) -> Json {
    let json = |object: &Object| serde_json::to_value(object).unwrap_or_default();
    let names = [&module.connection, &module.alt_connection];
    let used =
        names.into_iter().flatten().find_map(|name| credentials.iter().find(|(id, _)| *id == name.value));
    let connection = used.map_or_else(|| json!({}), |(_, values)| json(values));
    json!({ "parameters": json(parameters), "common": json(common), "connection": connection })
}

/// Walks along the requests of the module: each that arrived is the one that is due, or one behind it when those in
/// between have conditions.
fn compare(connector: &Connector, module: &Module, variables: &Json, seen: &[Seen]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut due = 0;
    for (number, seen) in seen.iter().enumerate() {
        match step(&module.requests, due, variables, seen) {
            Ok(at) => due = at,
            Err(_) if is_verification(connector, variables, seen) => {}
            // Pages and repeats change a request in ways of their own.
            Err(_) if number > 0 && again(&module.requests, due) => {}
            Err(differences) => {
                wrong.push(format!("request {} ({} {}): {differences:?}", number + 1, seen.method, seen.url));
            }
        }
    }
    if seen.is_empty() && must_send(module) {
        wrong.push("nothing was sent".to_owned());
    }
    wrong
}

/// The place of the request that `seen` is, from `due` on.
fn step(requests: &[Request], due: usize, variables: &Json, seen: &Seen) -> Result<usize, Vec<String>> {
    let mut closest: Option<Vec<String>> = None;
    for (at, request) in requests.iter().enumerate().skip(due) {
        if request.url.is_none() {
            continue;
        }
        let differences = differences(request, variables, seen);
        if differences.is_empty() {
            return Ok(at);
        }
        if closest.as_ref().is_none_or(|known| differences.len() < known.len()) {
            closest = Some(differences);
        }
        // What has no condition cannot be skipped, unless it is the one that was sent last.
        if request.condition.is_none() && at > due {
            break;
        }
    }
    Err(closest.unwrap_or_else(|| vec!["nobody asked for it".to_owned()]))
}

fn again(requests: &[Request], due: usize) -> bool {
    requests.get(due).is_some_and(|request| request.repeat.is_some() || request.pagination.is_some())
}

/// A connection is verified before the first call when templates read what only that teaches.
fn is_verification(connector: &Connector, variables: &Json, seen: &Seen) -> bool {
    let mut requests = connector.connections.iter().flat_map(|connection| {
        connection.verify.iter().chain(connection.phases.iter().flat_map(|phase| &phase.requests))
    });
    let mut own = variables.clone();
    own["parameters"] = variables["connection"].clone();
    requests.any(|request| request.url.is_some() && differences(request, &own, seen).is_empty())
}

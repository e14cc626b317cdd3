//! Runs every vector and prints a line for each that fails, the counts of each group, and the sum.

#![allow(clippy::print_stdout, reason = "this program's output is the report")]

use std::collections::{BTreeMap, HashMap};
use std::error::Error as StdError;
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use conformance::compare::same;
use conformance::value::decode;
use conformance::{Compiled, TEMPLATES, files};
use linchpin::{Object, Scope, Value};

/// A template that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(20);

struct Vector {
    id: String,
    group: String,
    template: String,
    context: Value,
    expected: Value,
}

/// What one vector came to: nothing when it passed, else what there was instead.
type Verdict = Result<(), String>;

fn main() -> ExitCode {
    let Some(place) = files::place() else {
        println!(
            "no vectors: {} is not set, and there is no ../shared/conformance; passed over",
            files::VARIABLE
        );
        return ExitCode::SUCCESS;
    };
    match read(&place) {
        Ok(vectors) => report(vectors),
        Err(error) => {
            println!("{}: {error}", place.display());
            ExitCode::FAILURE
        }
    }
}

fn read(place: &Path) -> Result<Vec<Vector>, Box<dyn StdError>> {
    let mut vectors = Vec::new();
    for file in files::list(place)? {
        let list = Value::parse_json(&std::fs::read(&file)?)?;
        for vector in list.as_array().into_iter().flatten() {
            let text = |key: &str| vector.key(key).as_text().unwrap_or_default().to_owned();
            vectors.push(Vector {
                id: text("id"),
                group: text("group"),
                template: text("template"),
                context: vector.key("context").clone(),
                expected: vector.key("expected").clone(),
            });
        }
    }
    Ok(vectors)
}

fn report(vectors: Vec<Vector>) -> ExitCode {
    let total = vectors.len();
    let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    run(vectors, |vector, verdict| {
        let (passed, of) = groups.entry(vector.group.clone()).or_default();
        *of += 1;
        match verdict {
            Ok(()) => *passed += 1,
            Err(got) => println!(
                "FAILED {}: template {:?}, expected {}, got {got}",
                vector.id,
                vector.template,
                show(&vector.expected)
            ),
        }
    });
    for (group, (passed, of)) in &groups {
        println!("{group:<12} {passed:>4} of {of}");
    }
    let passed: usize = groups.values().map(|(passed, _)| passed).sum();
    println!("vectors: {passed} of {total} passed, {} failed", total - passed);
    // Nothing passed means that nothing was tried, whatever the reason.
    if passed == total && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs the vectors on a thread of their own and hands each verdict to `found`. Stops at one that hangs.
fn run(vectors: Vec<Vector>, mut found: impl FnMut(&Vector, Verdict)) {
    let (sender, verdicts) = mpsc::channel();
    let vectors = std::sync::Arc::new(vectors);
    let shared = std::sync::Arc::clone(&vectors);
    // Nobody waits for this thread: one that hangs must not keep the process alive.
    std::thread::spawn(move || {
        let compiled: HashMap<&str, Compiled> = TEMPLATES.iter().copied().collect();
        for vector in shared.iter() {
            let verdict = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| judge(vector, &compiled)));
            let verdict = verdict.unwrap_or_else(|_| Err("a panic".to_owned()));
            if sender.send(verdict).is_err() {
                return;
            }
        }
    });
    for vector in vectors.iter() {
        match verdicts.recv_timeout(PATIENCE) {
            Ok(verdict) => found(vector, verdict),
            Err(RecvTimeoutError::Timeout) => return found(vector, Err(format!("nothing for {PATIENCE:?}"))),
            Err(RecvTimeoutError::Disconnected) => {
                return found(vector, Err("the end of the thread".to_owned()));
            }
        }
    }
}

fn judge(vector: &Vector, compiled: &HashMap<&str, Compiled>) -> Verdict {
    let error = vector.expected.key("$error").as_text();
    let template = match compiled.get(vector.template.as_str()) {
        Some(Ok(template)) => template,
        Some(Err(_)) if error.is_some() => return Ok(()),
        Some(Err(message)) => return Err(format!("a build error: {message}")),
        None => return Err("nothing: it was not compiled".to_owned()),
    };
    let scope = scope(&vector.context)?;
    match (template.eval(&scope), error) {
        (Err(failure), Some(wanted)) if failure.message().contains(wanted) => Ok(()),
        (Err(failure), _) => Err(format!("the error {:?}", failure.message())),
        (Ok(value), Some(_)) => Err(show(&value)),
        (Ok(value), None) if same(&decode(&vector.expected)?, &value) => Ok(()),
        (Ok(value), None) => Err(show(&value)),
    }
}

fn scope(context: &Value) -> Result<Scope, String> {
    let mut scope = Scope::new();
    for (name, value) in context.as_object().into_iter().flat_map(Object::iter) {
        scope.insert(name, decode(value)?);
    }
    Ok(scope)
}

fn show(value: &Value) -> String {
    format!("{value:?}")
}

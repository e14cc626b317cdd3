//! Runs vectors, compiled and loaded at run time, and prints a line for each that fails, the counts of each group, and
//! the sum.

#![allow(clippy::print_stdout, reason = "this program's output is the report")]

use std::collections::{BTreeMap, HashMap};
use std::error::Error as StdError;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use linchpin::{Error, Object, Scope, Value};

use crate::compare::same;
use crate::value::decode;
use crate::{Compiled, TEMPLATES, files};

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

/// Runs the vectors of a file or folder, compiled and loaded; fails unless all of them passed, and there were some.
/// `title` stands in front of the sums.
pub fn run_all(title: &str, place: &Path) -> ExitCode {
    match read(place) {
        Ok(vectors) => {
            let vectors = Arc::new(vectors);
            let compiled = TEMPLATES.iter().copied().collect();
            let all = [("compiled", Way::Compiled(compiled)), ("loaded", Way::Loaded)]
                .map(|(name, way)| report(title, name, &vectors, way));
            // Nothing passed means that nothing was tried, whatever the reason.
            if all == [true, true] { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
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

/// Runs all vectors in one way; true when all of them passed, and there were some.
fn report(title: &str, name: &str, vectors: &Arc<Vec<Vector>>, way: Way) -> bool {
    let total = vectors.len();
    let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    run(vectors, way, |vector, verdict| {
        let (passed, of) = groups.entry(vector.group.clone()).or_default();
        *of += 1;
        match verdict {
            Ok(()) => *passed += 1,
            Err(got) => println!(
                "FAILED {name} {}: template {:?}, expected {}, got {got}",
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
    println!("{title}, {name}: {passed} of {total} passed, {} failed", total - passed);
    passed == total && passed > 0
}

/// Runs the vectors on a thread of their own and hands each verdict to `found`. Stops at one that hangs.
fn run(vectors: &Arc<Vec<Vector>>, way: Way, mut found: impl FnMut(&Vector, Verdict)) {
    let (sender, verdicts) = mpsc::channel();
    let shared = Arc::clone(vectors);
    // Nobody waits for this thread: one that hangs must not keep the process alive.
    std::thread::spawn(move || {
        for vector in shared.iter() {
            let verdict = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| judge(vector, &way)));
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

/// How templates are made ready to run.
enum Way {
    /// By rustc, when this program was built.
    Compiled(HashMap<&'static str, Compiled>),
    /// By the loader, now.
    Loaded,
}

impl Way {
    /// What a template gives; or why it could not be made ready.
    fn eval(&self, template: &str, scope: &Scope) -> Result<Result<Value, Error>, String> {
        match self {
            Self::Compiled(compiled) => match compiled.get(template) {
                Some(Ok(template)) => Ok(template.eval(scope)),
                Some(Err(message)) => Err(format!("a build error: {message}")),
                None => Err("nothing: it was not compiled".to_owned()),
            },
            Self::Loaded => linchpin_loader::load_template(template).map(|template| template.eval(scope)),
        }
    }
}

fn judge(vector: &Vector, way: &Way) -> Verdict {
    let error = vector.expected.key("$error").as_text();
    let scope = scope(&vector.context)?;
    let given = match way.eval(&vector.template, &scope) {
        Ok(given) => given,
        Err(_) if error.is_some() => return Ok(()),
        Err(message) => return Err(message),
    };
    match (given, error) {
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

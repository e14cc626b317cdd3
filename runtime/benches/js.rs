//! What JavaScript costs: a fresh interpreter, and a call of a custom function (rulings 37).
//!
//! `cargo bench -p linchpin --features js --bench js`
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use linchpin::custom::custom;
use linchpin::js::{JsEngine, JsFunctions};
use linchpin::scope::Scope;
use linchpin::value::Value;

const MOST_CONTEXT: Duration = Duration::from_micros(350);
const MOST_CALL: Duration = Duration::from_micros(3);

/// The best of some rounds: what the machine does besides makes single rounds slower, never faster.
fn best(rounds: u32, mut work: impl FnMut() -> Duration) -> Duration {
    (0..rounds).map(|_| work()).min().unwrap_or_default()
}

fn report(what: &str, cost: Duration, most: Duration) {
    let ratio = cost.as_secs_f64() / most.as_secs_f64();
    println!("{what:<58} {cost:>10.2?}  ({ratio:.2} of {most:?})");
}

fn main() {
    let functions = JsFunctions::new(
        JsEngine::shared(),
        [
            ("same", "function same(x) { return x; }"),
            ("label", "function label(item) { return { id: item.id, label: item.name }; }"),
        ],
    );
    let one = Value::from(1);
    let context = best(9, || {
        let rounds = 200;
        let started = Instant::now();
        for _ in 0..rounds {
            let mut scope = Scope::new();
            scope.set_custom(functions.run());
            black_box(custom(scope.at(""), "same", &[&one]).unwrap());
        }
        started.elapsed() / rounds
    });
    report("a fresh interpreter, one function parsed and called", context, MOST_CONTEXT);

    let item =
        Value::parse_json(br#"{ "id": 7, "name": "Write the report", "done": false, "tags": ["a", "b"] }"#)
            .unwrap();
    for (name, what, arg) in
        [("same", "a number in and out", &one), ("label", "an item in, a collection out", &item)]
    {
        let call = best(9, || {
            let mut scope = Scope::new();
            scope.set_custom(functions.run());
            custom(scope.at(""), name, &[arg]).unwrap();
            let calls = 10_000;
            let started = Instant::now();
            for _ in 0..calls {
                black_box(custom(scope.at(""), name, &[arg]).unwrap());
            }
            started.elapsed() / calls
        });
        report(&format!("one of 10,000 calls, {what}"), call, MOST_CALL);
    }
}

//! What JavaScript costs: a fresh interpreter, a call of a custom function (rulings 37), and blocks that wait.
//!
//! `cargo bench -p linchpin --features js --bench js`
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use bytes::Bytes;
use linchpin::Error;
use linchpin::custom::custom;
use linchpin::js::{CodeBlock, Context, JsEngine, JsFunctions, StepResults};
use linchpin::scope::Scope;
use linchpin::transport::{Body, BoxFuture, SendOptions, Transport};
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

/// A service that takes its time.
struct Slow;

const WAIT: Duration = Duration::from_millis(20);
const AT_ONCE: u32 = 8;

impl Transport for Slow {
    fn send(
        &self,
        _: http::Request<Bytes>,
        _: SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
        Box::pin(async {
            tokio::time::sleep(WAIT).await;
            Ok(http::Response::new(Body::from(Bytes::from_static(b"{\"title\":\"x\"}"))))
        })
    }
}

/// Blocks that each wait on `fetch`, several at once.
fn waiting_blocks() {
    let code = "module.exports = async () => {
        const response = await fetch('https://api.tasks.example/1');
        return { data: (await response.json()).title };
    };";
    let block = CodeBlock::new(code).transport(Slow);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let context = Context::new();
    let round = best(9, || {
        let started = Instant::now();
        let runs = (0..AT_ONCE).map(|_| block.action(&context, StepResults::new()));
        for result in runtime.block_on(futures_util::future::join_all(runs)) {
            black_box(result.unwrap());
        }
        started.elapsed()
    });
    let each = f64::from(AT_ONCE) / round.as_secs_f64();
    let most = f64::from(AT_ONCE) / WAIT.as_secs_f64();
    println!(
        "{AT_ONCE} blocks at once, each waiting {WAIT:?} on fetch: {round:.2?} for all, {each:.0} blocks/s ({:.2} of the \
         {most:.0} that waiting alone allows)",
        each / most
    );
}

fn main() {
    waiting_blocks();
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

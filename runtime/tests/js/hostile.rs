//! Hostile blocks end within their limits and leave nothing behind (rulings 38).

use std::time::{Duration, Instant};

use linchpin::error::ErrorKind;
use linchpin::js::{CodeBlock, Context, JsEngine, JsLimits, StepResults};
use linchpin::value::Value;

use crate::eval;

#[tokio::test]
async fn hostile_blocks_end_within_their_limits() {
    let limits = JsLimits::new().time(Duration::from_millis(300)).memory(8 << 20).stuck_threads(4);
    let engine = JsEngine::new(limits);
    let timeouts = [
        "module.exports = async () => { for (;;) {} }",
        "module.exports = async () => { for (;;) await null }",
        "for (;;) {}",
        "module.exports = async () => { setInterval(() => {}, 1); await new Promise(() => {}) }",
        "module.exports = async () => ({ get data() { for (;;) {} } })",
        "module.exports = async () => ({ data: /^(a+)+$/.test('a'.repeat(50) + 'b') })",
        "module.exports = async () => { Array.prototype.reverse.call({ length: 2 ** 53 - 1 }) }",
        "module.exports = async () => { await new Promise((r) => setTimeout(r, 1e9)) }",
    ];
    for code in timeouts {
        let started = Instant::now();
        let error = CodeBlock::new(code)
            .engine(engine.clone())
            .action(&Context::new(), StepResults::new())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{code}: {error}");
        assert!(started.elapsed() < Duration::from_secs(5), "{code}");
        let healthy = CodeBlock::new("module.exports = async () => ({ data: 1 })").engine(engine.clone());
        assert_eq!(
            healthy.action(&Context::new(), StepResults::new()).await.unwrap().data,
            Value::from(1),
            "after {code}"
        );
    }
    assert_eq!(engine.stuck_threads(), 1);
    // An endless chain of promises ends at whichever limit comes first.
    let chain =
        CodeBlock::new("const f = () => Promise.resolve().then(f); module.exports = f").engine(engine);
    let error = chain.action(&Context::new(), StepResults::new()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Timeout | ErrorKind::Runtime), "{error}");
    let engine = JsEngine::new(JsLimits::new().memory(8 << 20).time(Duration::from_secs(60)));
    let bombs = [
        "module.exports = async () => { const a = []; for (;;) a.push(new Array(1000).fill(a.length)) }",
        "module.exports = async () => { let a = 'x'; for (;;) a += a }",
        "module.exports = async () => { const f = () => f() + 1; return f() }",
        "module.exports = async () => { for (;;) console.log(globalThis.a = (globalThis.a ?? 'x') + 'y'.repeat(1e5)) }",
        "module.exports = async () => { const all = []; for (;;) all.push(new Promise(() => {}), {}) }",
        "module.exports = async () => { for (let n = 0; ; n++) setTimeout(() => {}, 1e6 + n) }",
    ];
    for code in bombs {
        let error = CodeBlock::new(code)
            .engine(engine.clone())
            .action(&Context::new(), StepResults::new())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Runtime, "{code}: {error}");
    }
}

#[tokio::test]
async fn nothing_reaches_the_next_run() {
    let evil = CodeBlock::new(
        "Object.prototype.bad = 1; Array.prototype.map = () => 'bad'; globalThis.fetch = 1; JSON.stringify = () => 'bad';
         Promise.prototype.then = undefined; module.exports = () => ({ data: 1 })",
    );
    let _ = evil.action(&Context::new(), StepResults::new()).await;
    assert_eq!(
        eval("[({}).bad ?? null, [1].map((x) => x), typeof fetch, JSON.stringify(1)]").await,
        "[null,[1],\"function\",\"1\"]"
    );
}

#[tokio::test]
async fn a_run_that_nobody_waits_for_is_stopped() {
    let engine = JsEngine::new(JsLimits::new().threads(1));
    let block = CodeBlock::new("module.exports = async () => { for (;;) {} }").engine(engine.clone());
    let run =
        tokio::time::timeout(Duration::from_millis(50), block.action(&Context::new(), StepResults::new()))
            .await;
    assert!(run.is_err());
    let next = CodeBlock::new("module.exports = async () => ({ data: 1 })").engine(engine);
    let started = Instant::now();
    assert_eq!(next.action(&Context::new(), StepResults::new()).await.unwrap().data, Value::from(1));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn blocks_run_at_once() {
    let block = CodeBlock::new(
        "module.exports = async () => { await new Promise((r) => setTimeout(r, 200)); return { data: 1 } }",
    );
    let started = Instant::now();
    let (context, steps) = (Context::new(), StepResults::new);
    let runs = futures_util::future::join_all((0..8).map(|_| block.action(&context, steps()))).await;
    assert!(runs.into_iter().all(|run| run.unwrap().data == Value::from(1)));
    assert!(started.elapsed() < Duration::from_millis(1_200), "{:?}", started.elapsed());
}

#[tokio::test]
async fn syntax_is_checked_without_running() {
    assert!(CodeBlock::new("for (;;) {}").check().is_ok());
    let mistake = CodeBlock::new("module.exports = async () => {\n  const = 1;\n}").check().unwrap_err();
    assert_eq!(mistake.line, 2);
}

//! What code may return, throw and log besides the usual (connector.md 16 and 18).

use std::time::{Duration, Instant};

use linchpin::js::{CodeBlock, Context, FetchPolicy, StepResults, check_function};

use crate::{data, eval};

#[tokio::test]
async fn objects_that_throw_when_they_are_read_are_errors_at_once() {
    let traps = [
        "new Proxy({}, { getPrototypeOf() { throw new Error('trap') } })",
        "new Proxy({}, { ownKeys() { throw new Error('trap') } })",
        "new Proxy({ a: 1 }, { get() { throw new Error('trap') } })",
        "new Proxy({ a: 1 }, { getOwnPropertyDescriptor() { throw new Error('trap') } })",
        "new Proxy([1], { get() { throw new Error('trap') } })",
        "({ get a() { throw new Error('trap') } })",
        "new (class { get toJSON() { throw new Error('trap') } })()",
        "(() => { const p = Proxy.revocable({}, {}); p.revoke(); return p.proxy })()",
    ];
    for trap in traps {
        for code in [
            format!("module.exports = async () => ({{ data: {trap} }})"),
            format!("module.exports = async () => {trap}"),
            format!("module.exports = async () => {{ throw {trap} }}"),
        ] {
            let started = Instant::now();
            let result = data(&code).await;
            assert!(started.elapsed() < Duration::from_secs(5), "{code}");
            // Whatever is thrown, or returned beside `data`, need not be read.
            assert!(result.is_err() || !code.contains("data:"), "{code}: {result:?}");
        }
    }
}

#[tokio::test]
async fn objects_of_all_kinds_become_data_as_in_json() {
    let cases = [
        ("new Proxy([1, { a: 2 }], {})", "[1,{\"a\":2}]"),
        ("new Proxy({ a: 1 }, {})", "{\"a\":1}"),
        ("new (class { constructor() { this.x = 1 } toJSON() { return this } })()", "{\"x\":1}"),
        ("new Error('x')", "{}"),
        ("(function () { return arguments })(1)", "{\"0\":1}"),
        (
            "Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true }, hidden: { value: 3 } })",
            "{\"own\":2}",
        ),
        ("Object.create(null)", "{}"),
        ("[, 1]", "[null,1]"),
        ("[NaN, Infinity]", "[null,null]"),
    ];
    for (expression, expected) in cases {
        assert_eq!(eval(expression).await, expected, "{expression}");
    }
}

#[tokio::test]
async fn results_come_in_any_wrapping() {
    let cases = [
        ("() => ({ then(done) { done({ data: 'thenable' }) } })", "\"thenable\""),
        ("async () => ({ then(done) { done({ data: 'again' }) } })", "\"again\""),
        ("function* () { yield 1 }", "null"),
        ("async () => [{ data: 5, contentType: 7, failed: true }]", "null"),
        ("async () => Object.create({ data: 1 })", "null"),
        ("async () => ({ data: 1, headers: null, statusCode: null, error: null })", "1"),
    ];
    for (function, expected) in cases {
        assert_eq!(data(&format!("module.exports = {function}")).await.unwrap(), expected, "{function}");
    }
    let error =
        data("module.exports = () => ({ then(_, fail) { fail(new Error('not now')) } })").await.unwrap_err();
    assert!(error.message().contains("not now"), "{error}");
}

#[tokio::test]
async fn everything_can_be_logged() {
    let code = "module.exports = async ({ logger }) => {
        logger.info({ get a() { throw new Error('no') }, set b(x) {}, get c() { return 1 }, set c(x) {} });
        logger.info(new Proxy({}, { ownKeys() { throw new Error('no') } }));
        logger.info(Symbol('s'), [function () {}, class {}, class A {}, function f() {}]);
        logger.info(\"it's\", [\"it's\"], new Error('bad', { cause: 5 }).message);
        const loop = { name: 'x' }; loop.self = loop; logger.info(loop);
        logger.info();
        logger.info(Object.assign(new RangeError('far'), { code: 'E1' }));
        logger.info({ a: 'x'.repeat(1e6) });
        return { data: 1 } }";
    let block = CodeBlock::new(code);
    let log = block.action(&Context::new(), StepResults::new()).await.unwrap().outcome.log;
    let lines: Vec<_> = log.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(
        lines[..6],
        [
            "{ a: [Getter], b: [Setter], c: [Getter/Setter] }",
            "[a value that cannot be shown: no]",
            "Symbol(s) [ [Function (anonymous)], [class (anonymous)], [class A], [Function: f] ]",
            "it's [ \"it's\" ] bad",
            "<ref *1> { name: 'x', self: [Circular *1] }",
            "",
        ]
    );
    assert!(lines[6].starts_with("RangeError: far\n") && lines[6].ends_with("code: 'E1'\n}"), "{}", lines[6]);
    assert_eq!(lines[7].chars().count(), 4096);
}

#[tokio::test]
async fn texts_are_filled_in_as_node_does() {
    let cases = [
        ("'%% %s'", "%% %s"),
        ("'%d|%d|%d|%d', new Date(5), {}, 5n, Symbol('a')", "5|NaN|5n|NaN"),
        ("'%i|%i|%i', '42abc', 5.9, 5n", "42|5|5n"),
        ("'%f|%f', '1.5x', Symbol('a')", "1.5|NaN"),
        ("'%s|%s|%s|%s', -0, 5n, Symbol('a'), { toString() { return 'own' } }", "-0|5n|Symbol(a)|own"),
        ("'%s|%s|%s', [1, [2]], { a: { b: 1 } }, null", "[ 1, [Array] ]|{ a: [Object] }|null"),
        ("'%j|%j', { a: 1 }, (() => { const a = {}; a.a = a; return a })()", "{\"a\":1}|[Circular]"),
        ("'%o', [1]", "[ 1, [length]: 1 ]"),
        ("'%O', { a: { b: { c: { d: 1 } } } }", "{ a: { b: { c: [Object] } } }"),
        ("'%c%x%s', 'css', 'a'", "%xa"),
        ("'a%', 'b', 1, 'c'", "a% b 1 c"),
        ("{ a: 1 }, 'b'", "{ a: 1 } b"),
        ("'%s'", "%s"),
    ];
    for (arguments, expected) in cases {
        let found = eval(&format!("require('util').format({arguments})")).await;
        assert_eq!(found, format!("{expected:?}"), "{arguments}");
    }
}

#[test]
fn a_check_runs_nothing_even_of_code_that_closes_its_function() {
    let started = Instant::now();
    for source in ["}); for (;;) {} (function(){", "}()); for (;;) {} (function(){"] {
        let _ = CodeBlock::new(source).check();
        let _ = check_function(source);
    }
    assert!(started.elapsed() < Duration::from_secs(5));
    let mistake = CodeBlock::new("const a = 1;\nconst a = 2;").check().unwrap_err();
    assert_eq!(mistake.line, 2);
    let mistake = CodeBlock::new("let x = 1 +* 2").check().unwrap_err();
    assert_eq!((mistake.line, mistake.column), (1, 12));
}

#[tokio::test]
async fn a_run_that_only_queues_jobs_ends_with_its_time() {
    let code =
        "module.exports = async () => { const f = () => Promise.resolve().then(f); f(); return { data: 1 } }";
    let engine = linchpin::js::JsEngine::new(linchpin::js::JsLimits::new().time(Duration::from_millis(300)));
    let block = CodeBlock::new(code).engine(engine);
    let error = block.action(&Context::new(), StepResults::new()).await.unwrap_err();
    assert_eq!(error.kind(), linchpin::ErrorKind::Timeout, "{error}");
}

#[cfg(feature = "http")]
#[tokio::test]
async fn a_host_that_is_allowed_at_one_port_is_not_reached_at_another() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let policy = FetchPolicy::public().allow("localhost:1").allow("127.0.0.1:1");
    for host in ["localhost", "LOCALHOST", "127.0.0.1", "localhost."] {
        let code = format!(
            "module.exports = async () => ({{ data: (await fetch('http://{host}:{port}/')).status }})"
        );
        let block = CodeBlock::new(code).fetch_policy(policy.clone());
        let error = block.action(&Context::new(), StepResults::new()).await.unwrap_err();
        assert!(error.message().contains("fetch failed"), "{host}: {error}");
    }
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "nothing may have connected");
}

#[tokio::test]
async fn messages_are_cut_as_logs_are() {
    let error = data("module.exports = async () => { throw new Error('x'.repeat(1e6)) }").await.unwrap_err();
    assert!((4_000..4_200).contains(&error.message().len()), "{}", error.message().len());
}

#[tokio::test]
async fn requests_that_fetch_forbids_are_refused() {
    for (expression, part) in [
        ("new Request('https://a.example', { method: 'CONNECT' })", "is not allowed"),
        ("fetch('https://a.example', { method: 'trace' })", "is not allowed"),
        ("fetch('https://user:word@a.example')", "includes credentials"),
        ("new Response(null, { status: 99 })", "status"),
        ("new Headers({ 'a b': '1' })", "Invalid header name"),
    ] {
        let error =
            data(&format!("module.exports = async () => {{ await {expression} }}")).await.unwrap_err();
        assert!(error.message().contains(part), "{expression}: {error}");
    }
}

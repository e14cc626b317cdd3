//! Custom functions in JavaScript, as templates call them (connector.md 16).

use std::sync::Arc;
use std::time::{Duration, Instant};

use linchpin::clock::ManualClock;
use linchpin::custom::custom;
use linchpin::error::{Error, ErrorKind};
use linchpin::js::{JsEngine, JsFunctions, JsLimits};
use linchpin::scope::{Root, Scope};
use linchpin::value::{Date, Value};

const PLACE: &str = "tasks.json:4:9 response.output";

fn scope_of(functions: &'static [(&'static str, &'static str)]) -> Scope {
    let mut scope = Scope::new();
    scope.set_custom(JsFunctions::new(JsEngine::shared(), functions.iter().copied()).run());
    scope
}

fn call(scope: &Scope, name: &str, args: &[&Value]) -> Result<Value, Error> {
    custom(scope.at(PLACE), name, args)
}

/// Calls `f` of a source with one argument.
fn once(source: &'static str, arg: &Value) -> Result<Value, Error> {
    let mut scope = Scope::new();
    scope.set_custom(JsFunctions::new(JsEngine::shared(), [("f", source)]).run());
    call(&scope, "f", &[arg])
}

fn json(text: &str) -> Value {
    Value::parse_json(text.as_bytes()).unwrap()
}

#[test]
fn every_kind_of_value_crosses_intact_both_ways() {
    let scope = scope_of(&[("same", "function same(value) { return value; }")]);
    let mut object =
        json(r#"{"z": 1, "a": [true, null, "x", {"deep": []}], "__proto__": {"p": 1}, "": "ž😀"}"#);
    if let Value::Object(object) = &mut object {
        object.insert("missing", Value::Undefined);
    }
    let values = [
        Value::Undefined,
        Value::Null,
        Value::EmptyText,
        Value::TRUE,
        Value::from(0.1),
        Value::number(-0.0),
        Value::from(""),
        Value::from("line\u{0}\u{2028}\n"),
        Value::from(Date::from_millis(-1)),
        Value::from(vec![0_u8, 255, 128]),
        Value::from(Vec::<u8>::new()),
        Value::empty_array(),
        object,
    ];
    for value in values {
        let back = call(&scope, "same", &[&value]).unwrap();
        assert_eq!(format!("{back:?}"), format!("{value:?}"));
        assert_eq!(std::mem::discriminant(&back), std::mem::discriminant(&value), "{value:?}");
    }
}

#[test]
fn code_sees_javascript_kinds() {
    let source =
        "function f(a) { return [a.d instanceof Date, Buffer.isBuffer(a.b), a.u === undefined, a.n === null,
        'u' in a, Array.isArray(a.l), typeof a.e, a.d.getTime(), a.b.toString('hex')]; }";
    let mut object = linchpin::value::Object::new();
    object.insert("d", Value::from(Date::from_millis(86_400_000)));
    object.insert("b", Value::from(vec![1_u8, 0xAB]));
    object.insert("u", Value::Undefined);
    object.insert("n", Value::Null);
    object.insert("l", Value::empty_array());
    object.insert("e", Value::EmptyText);
    let seen = once(source, &Value::from(object)).unwrap();
    assert_eq!(seen, json(r#"[true, true, true, true, true, true, "object", 86400000, "01ab"]"#));
}

#[test]
fn results_become_data() {
    let cases = [
        ("function f() { return { a: 1, f() {}, s: Symbol('s'), u: undefined }; }", r#"{"a":1}"#),
        ("function f() { return [() => 1, Symbol(), undefined]; }", "[null,null,null]"),
        ("function f() { return new Map([[1, 2]]); }", "{}"),
        ("function f() { return Object(5n); }", "{}"),
        (
            "class P { constructor() { this.x = 1; } get y() { return 2; } } function f() { return new P(); }",
            r#"{"x":1}"#,
        ),
        ("function f() { return { toJSON() { return 'own'; } }; }", r#"{}"#),
        ("function f() { class J { toJSON() { return ['own']; } } return new J(); }", r#"["own"]"#),
        ("function f() { return 12345678901234567890n; }", "12345678901234567890"),
        ("function f() { return new Float32Array([1.5, 2]); }", "[1.5,2]"),
        ("const f = (x) => 'arrow'", "\"arrow\""),
        ("var f = function () { return arguments.length }", "1"),
        ("function f() { return [new Number(1), new Boolean(false), new String('s')]; }", "[1,false,\"s\"]"),
        ("function f() { return 'a\\ud800b'; }", "\"a\u{FFFD}b\""),
        ("function f() { return eval('1+1') + Function('return 3')(); }", "5"),
    ];
    for (source, expected) in cases {
        let result = once(source, &Value::Null).unwrap_or_else(|error| panic!("{source}: {error}"));
        assert_eq!(result.to_json().as_deref(), Some(expected), "{source}");
    }
}

#[test]
fn what_functions_log_changes_nothing() {
    let source = "function f(x) { debug(x, [x]); console.log('%s', x); console.warn(x); console.error({ x }); return x; }";
    assert_eq!(once(source, &Value::from("kept")).unwrap(), Value::from("kept"));
    let source = "function f() { return ['log', 'info', 'debug', 'warn', 'error', 'trace'].map((n) => typeof console[n]); }";
    let all = json(r#"["function","function","function","function","function","function"]"#);
    assert_eq!(once(source, &Value::Null).unwrap(), all);
}

#[test]
fn what_is_no_data_is_an_error_that_says_so() {
    let cases = [
        ("function f() { return () => 1; }", "a function is not a value"),
        ("function f() { return Symbol('x'); }", "a symbol is not a value"),
        ("async function f() { return 1; }", "returned a promise"),
        ("function f() { const a = {}; a.a = [a]; return a; }", "contains itself"),
        ("function f() { let a = 1; for (let i = 0; i < 500; i++) a = [a]; return a; }", "deeper than 200"),
        ("function f() { return new Date(NaN); }", "invalid date"),
        ("function f() { return 10n ** 100n; }", "beyond 128 bits"),
        ("function f() { const a = []; a.length = 4e9; return a; }", "larger than"),
        ("const g = 1;", "defines no function `f`"),
        ("", "defines no function `f`"),
        ("const f = 1;", "defines no function `f`"),
    ];
    for (source, expected) in cases {
        let error = once(source, &Value::Null).unwrap_err();
        assert!(error.message().contains(expected), "{source}: {error}");
        assert_eq!(error.kind(), ErrorKind::Runtime);
        assert_eq!(error.directive(), Some("response.output"));
    }
    // A small value that is a huge tree: what it would take in Rust counts.
    let tree = "function f() { let a = ['x']; for (let i = 0; i < 60; i++) a = [a, a]; return a; }";
    let engine = JsEngine::new(JsLimits::new().memory(4 << 20));
    let mut scope = Scope::new();
    scope.set_custom(JsFunctions::new(engine, [("f", tree)]).run());
    let error = call(&scope, "f", &[]).unwrap_err();
    assert!(error.message().contains("larger than"), "{error}");
}

#[test]
fn errors_name_function_line_and_message() {
    let cases = [
        (
            "function f(a) {\n  const b = 1;\n  return a.x.y;\n}",
            "line 3, column 10: TypeError: cannot read property 'y'",
        ),
        ("function f() { return (; }", "line 1, column 24: SyntaxError"),
        ("function f() {\n throw new Error('no such field');\n}", "line 2, column 12: no such field"),
        ("function f() { throw null; }", "threw null"),
        ("function f() { throw 'plain'; }", "threw plain"),
        ("function f() { throw { toString() { throw 1; } }; }", "threw a value that cannot be read"),
        ("function f() { require('fs'); }", "ReferenceError"),
        ("function f() { return fetch('https://a.example'); }", "ReferenceError"),
        ("function f() { return process.env; }", "ReferenceError"),
    ];
    for (source, expected) in cases {
        let error = once(source, &json("{}")).unwrap_err();
        assert!(error.message().starts_with("custom function `f`: "), "{error}");
        assert!(error.message().contains(expected), "{error}");
    }
}

#[test]
fn built_ins_and_other_functions_are_there() {
    let scope = scope_of(&[
        (
            "outer",
            "function outer(list) { return [inner(list), iml.inner(list), iml.upper('x'), upper('y')]; }",
        ),
        ("inner", "function inner(list) { return iml.sum(list); }"),
        ("upper", "function upper(text) { return 'own ' + text; }"),
    ]);
    let result = call(&scope, "outer", &[&json("[1,2,3]")]).unwrap();
    assert_eq!(result, json(r#"[6, 6, "own x", "own y"]"#));
}

#[test]
fn built_ins_take_clock_and_environment_of_the_scope() {
    let mut scope = scope_of(&[
        ("zone", "function zone() { return environment.timezone; }"),
        (
            "kinds",
            "function kinds() { return [iml.get({ d: new Date(86400000) }, 'd'), iml.toBinary('a'), iml.ifempty('', 2)]; }",
        ),
        ("fails", "function fails() { return iml.errorFactory('DataError', 'not today'); }"),
        (
            "catches",
            "function catches() { try { iml.errorFactory('DataError', 'x') } catch (e) { return e.name } }",
        ),
    ]);
    scope.set_clock(Arc::new(ManualClock::new(Date::from_millis(0))));
    scope.set(Root::Environment, json(r#"{"timezone": "Europe/Prague"}"#));
    assert_eq!(call(&scope, "zone", &[]).unwrap(), Value::from("Europe/Prague"));
    let kinds = call(&scope, "kinds", &[]).unwrap();
    assert_eq!(kinds.index(1), &Value::from(Date::from_millis(86_400_000)));
    assert_eq!(kinds.index(2), &Value::from(b"a".to_vec()));
    assert_eq!(kinds.index(3), &Value::from(2));
    let error = call(&scope, "fails", &[]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data);
    assert!(error.message().ends_with("not today"), "{error}");
    assert_eq!(call(&scope, "catches", &[]).unwrap(), Value::from("DataError"));
}

#[test]
fn buffers_do_what_nodes_do() {
    let cases = [
        ("Buffer.from('žluť').toString('base64')", "\"xb5sdcWl\""),
        ("Buffer.from('-_8', 'base64url').toString('hex')", "\"fbff\""),
        ("Buffer.from('zz', 'hex').length", "0"),
        ("Buffer.from('4869', 'hex').toString()", "\"Hi\""),
        ("Buffer.from('héé').toString('latin1')", "\"hÃ©Ã©\""),
        ("Buffer.from('é', 'latin1').toString('hex')", "\"e9\""),
        ("Buffer.from('a😀', 'utf16le').toString('utf16le')", "\"a😀\""),
        ("Buffer.concat([Buffer.from('a'), Buffer.from([98])]).toString()", "\"ab\""),
        ("Buffer.byteLength('é')", "2"),
        ("Buffer.from('abc').slice(1).toString('utf8')", "\"bc\""),
        ("Buffer.alloc(3, 'ab').toString()", "\"aba\""),
        ("Buffer.from('abcabc').indexOf('ca')", "2"),
        ("Buffer.from('abcabc').lastIndexOf('b')", "4"),
        ("Buffer.from([1,2,3,4]).readUInt32BE(0)", "16909060"),
        (
            "(() => { const b = Buffer.alloc(8); b.writeDoubleLE(1.5, 0); return b.toString('hex') })()",
            "\"000000000000f83f\"",
        ),
        ("Buffer.from([255,255,254]).readIntBE(0, 3)", "-2"),
        ("Buffer.compare(Buffer.from('a'), Buffer.from('b'))", "-1"),
        ("Buffer.from('a').equals(new Uint8Array([97]))", "true"),
        ("JSON.stringify(Buffer.from('a'))", "\"{\\\"type\\\":\\\"Buffer\\\",\\\"data\\\":[97]}\""),
        ("Buffer.from(JSON.parse(JSON.stringify(Buffer.from('a')))).toString()", "\"a\""),
        ("Buffer.isBuffer(Buffer.from('abc').subarray(1)) && Buffer.from('x') instanceof Uint8Array", "true"),
        ("(() => { const b = Buffer.alloc(2); return [b.write('aé'), b.toString()] })()", "[1,\"a\\u0000\"]"),
        ("Buffer.from(new Uint16Array([1, 2]).buffer).length", "4"),
    ];
    for (source, expected) in cases {
        let functions =
            JsFunctions::new(JsEngine::shared(), [("f", format!("function f() {{ return {source}; }}"))]);
        let mut scope = Scope::new();
        scope.set_custom(functions.run());
        let result = call(&scope, "f", &[]).unwrap_or_else(|error| panic!("{source}: {error}"));
        assert_eq!(result.to_json().as_deref(), Some(expected), "{source}");
    }
}

#[test]
fn nothing_reaches_the_next_run_and_additions_not_the_next_call() {
    let functions = JsFunctions::new(
        JsEngine::shared(),
        [
            (
                "pollute",
                "function pollute() { Object.prototype.bad = 1; Array.prototype.bad = 1; Array.prototype.map = () => 'bad';
                  ({}).__proto__.worse = 1; globalThis.left = 1; return 'done'; }",
            ),
            ("look", "function look() { return [({}).bad, [].bad, ({}).worse, [1].map(x => x)]; }"),
            ("globals", "function globals() { return typeof left; }"),
        ],
    );
    let mut scope = Scope::new();
    scope.set_custom(functions.run());
    assert_eq!(call(&scope, "pollute", &[]).unwrap(), Value::from("done"));
    let seen = call(&scope, "look", &[]).unwrap();
    assert_eq!(
        (seen.index(1), seen.index(2), seen.index(3)),
        (&Value::Undefined, &Value::Undefined, &Value::Undefined)
    );
    scope.set_custom(functions.run());
    assert_eq!(call(&scope, "look", &[]).unwrap().index(4), &json("[1]"));
    assert_eq!(call(&scope, "globals", &[]).unwrap(), Value::from("undefined"));
}

#[test]
fn classes_of_errors_can_be_written_as_usual() {
    let source = "class Mine extends Error { constructor(m) { super(m); this.name = 'Mine'; } }
        function f() { const o = {}; o.toString = () => 'own'; throw new Mine(String(o)); }";
    let error = once(source, &Value::Null).unwrap_err();
    assert!(error.message().ends_with("Mine: own"), "{error}");
}

fn limited() -> JsEngine {
    JsEngine::new(JsLimits::new().time(Duration::from_millis(200)).memory(16 << 20).stuck_threads(2))
}

fn hostile(engine: &JsEngine, source: &'static str) -> Error {
    let functions = JsFunctions::new(engine.clone(), [("f", source), ("ok", "function ok() { return 1; }")]);
    let mut scope = Scope::new();
    scope.set_custom(functions.run());
    let started = Instant::now();
    let error = call(&scope, "f", &[]).unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(5), "{source} took {:?}", started.elapsed());
    // The next run is healthy.
    scope.set_custom(functions.run());
    assert_eq!(call(&scope, "ok", &[]).unwrap(), Value::from(1), "after {source}");
    error
}

#[test]
fn endless_code_ends_with_a_timeout() {
    let engine = limited();
    for source in [
        "function f() { for (;;) {} }",
        "function f() { for (;;) { try { for (;;) {} } catch (e) {} } }",
        "function f() { try { for (;;) {} } finally { for (;;) {} } }",
        "function f() { /^(a+)+$/.test('a'.repeat(40) + 'b'); }",
        "function f() { return { get x() { for (;;) {} } }; }",
        "function f() { return new Proxy({}, { ownKeys() { for (;;) {} } }); }",
        "function f() { throw { toString() { for (;;) {} } }; }",
        "for (;;) {}",
    ] {
        let error = hostile(&engine, source);
        assert_eq!(error.kind(), ErrorKind::Timeout, "{source}: {error}");
    }
    assert_eq!(engine.stuck_threads(), 0);
}

#[test]
fn a_thread_that_does_not_stop_is_left_and_replaced() {
    let engine = limited();
    let error = hostile(&engine, "function f() { Array.prototype.reverse.call({ length: 2 ** 53 - 1 }); }");
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert_eq!(engine.stuck_threads(), 1);
    let error = {
        let functions = JsFunctions::new(
            engine.clone(),
            [("f", "function f() { Array.prototype.copyWithin.call({ length: 2 ** 53 - 1 }, 1, 0); }")],
        );
        let mut scope = Scope::new();
        scope.set_custom(functions.run());
        call(&scope, "f", &[]).unwrap_err()
    };
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert_eq!(engine.stuck_threads(), 2);
    let mut scope = Scope::new();
    scope.set_custom(JsFunctions::new(engine, [("ok", "function ok() { return 1; }")]).run());
    let refused = call(&scope, "ok", &[]).unwrap_err();
    assert!(refused.message().contains("do not stop"), "{refused}");
}

#[test]
fn memory_and_stack_are_bounded() {
    let engine = JsEngine::new(JsLimits::new().memory(8 << 20));
    let cases = [
        ("function f() { let a = 'x'; for (;;) a += a; }", "string too long"),
        ("function f() { const a = []; for (;;) a.push('x'.repeat(1000) + a.length); }", "bytes of memory"),
        ("function f() { return new Uint8Array(1e9); }", "bytes of memory"),
        ("function f() { return 'x'.repeat(5e8); }", "memory"),
        ("function f() { return f(); }", "call stack"),
        ("function f() { const a = []; a.toString = () => String(a); return String(a); }", "call stack"),
        ("function f() { return JSON.parse('['.repeat(1e6)); }", ""),
        ("function f() { return new RegExp('('.repeat(1e5)); }", ""),
        ("function f() { return new RegExp('(?:a{1000}){1000}{1000}').test('a'); }", ""),
    ];
    for (source, expected) in cases {
        let error = hostile(&engine, source);
        assert!(error.message().contains(expected), "{source}: {error}");
    }
}

#[test]
fn runs_at_once_are_separate() {
    let functions = JsFunctions::new(
        JsEngine::shared(),
        [("f", "function f(x) { globalThis.n = (globalThis.n || 0) + x; return n; }")],
    );
    std::thread::scope(|threads| {
        for at in 1..=8 {
            let functions = functions.clone();
            threads.spawn(move || {
                let mut scope = Scope::new();
                scope.set_custom(functions.run());
                for turn in 1..=200 {
                    assert_eq!(call(&scope, "f", &[&Value::from(at)]).unwrap(), Value::from(at * turn));
                }
            });
        }
    });
}

#[test]
fn a_run_is_dropped_while_it_is_idle() {
    let engine = JsEngine::new(JsLimits::new().threads(1));
    for _ in 0..20 {
        let mut scope = Scope::new();
        scope.set_custom(JsFunctions::new(engine.clone(), [("f", "function f() { return 1; }")]).run());
        assert_eq!(call(&scope, "f", &[]).unwrap(), Value::from(1));
    }
}

#[test]
fn more_runs_than_threads_take_turns() {
    let engine = JsEngine::new(JsLimits::new().threads(2));
    let functions = JsFunctions::new(engine, [("f", "function f(x) { return x + 1; }")]);
    // All are open at the same time, and none ends before the others have been called.
    let mut scopes: Vec<Scope> = (0..6).map(|_| Scope::new()).collect();
    scopes.iter_mut().for_each(|scope| scope.set_custom(functions.run()));
    for turn in 0..2 {
        for scope in &scopes {
            assert_eq!(call(scope, "f", &[&Value::from(turn)]).unwrap(), Value::from(turn + 1));
        }
    }
}

#[test]
fn unknown_functions_and_missing_engines_are_named() {
    let scope = scope_of(&[("f", "function f() {}")]);
    assert!(call(&scope, "g", &[]).unwrap_err().message().contains("`g`"));
    assert!(call(&Scope::new(), "g", &[]).unwrap_err().message().contains("'g'"));
}

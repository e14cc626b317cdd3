//! Code blocks: actions, triggers and data sources (connector.md 18).

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use linchpin::error::ErrorKind;
use linchpin::js::{
    CodeBlock, ConnectionValue, Context, DataSourceInput, LogLevel, MemoryStateStore, Party, StateScope,
    StateStore as _, StepResults, TriggerPayload,
};
use linchpin::value::{Date, Object, Value};

use crate::data;
#[tokio::test]
async fn an_action_gets_context_and_steps() {
    let code = r#"module.exports = async ({ configVars, executionId, customer, flow, instanceState }, stepResults) => {
        const { foo } = stepResults.getDataFromApi.results;
        const { currentItem, index } = stepResults.loopOverItems;
        return { data: { foo, currentItem, index, url: `${configVars["Base URL"]}/api`, executionId,
            customer: customer.externalId, flow: flow.name, seen: instanceState.seen,
            token: configVars.Account.token.access_token, key: configVars.Account.fields.api_key } };
    };"#;
    let mut context = Context::new().config_var("Base URL", "https://app.example").config_var(
        "Account",
        ConnectionValue::new("apiKey")
            .field("apiKey", "k-1")
            .token([("access_token", "t-1")].into_iter().collect()),
    );
    context.execution_id = Some("e-1".to_owned());
    context.customer = Party::new("c", "Acme").with("externalId", "x-9");
    context.flow = Party::new("f", "Main");
    context.instance_state = [("seen", 3)].into_iter().collect();
    let steps = StepResults::new()
        .step("Get Data from API", [("foo", "bar")].into_iter().collect::<Object>())
        .loop_step("Loop Over Items", "item", 2);
    let result = CodeBlock::new(code).action(&context, steps).await.unwrap();
    assert_eq!(
        result.data.to_json().unwrap(),
        r#"{"foo":"bar","currentItem":"item","index":2,"url":"https://app.example/api","executionId":"e-1","customer":"x-9","flow":"Main","seen":3,"token":"t-1","key":"k-1"}"#
    );
}

#[tokio::test]
async fn actions_return_any_data() {
    let cases = [
        ("({ data: null })", Value::Null),
        ("undefined", Value::Null),
        ("({})", Value::Null),
        ("'text'", Value::Null),
        ("({ data: 'text' })", Value::from("text")),
        ("({ data: 123.45 })", Value::from(123.45)),
        ("({ data: new Date(5) })", Value::from(Date::from_millis(5))),
        ("({ data: Buffer.from('pdf'), contentType: 'application/pdf' })", Value::from(b"pdf".to_vec())),
    ];
    for (returned, expected) in cases {
        for code in [
            format!("module.exports = async () => {returned}"),
            format!("exports.default = () => {returned}"),
        ] {
            let result = CodeBlock::new(code).action(&Context::new(), StepResults::new()).await.unwrap();
            assert_eq!(result.data, expected, "{returned}");
        }
    }
}

#[tokio::test]
async fn what_is_no_result_is_warned_of() {
    let block = CodeBlock::new("module.exports = async () => 'text'");
    let result = block.action(&Context::new(), StepResults::new()).await.unwrap();
    assert_eq!(result.outcome.log[0].level, LogLevel::Warn);
}

#[tokio::test]
async fn the_whole_result_of_an_action_is_read() {
    let block = CodeBlock::new(
        "module.exports = async () => ({ data: 1, contentType: 'text/csv', statusCode: 202, headers: { a: 'b' },
            failed: true, error: { message: 'half' }, crossFlowState: { n: 1 } })",
    );
    let result = block.action(&Context::new(), StepResults::new()).await.unwrap();
    assert_eq!(result.content_type.as_deref(), Some("text/csv"));
    assert_eq!(result.status_code, Some(202));
    assert_eq!(result.headers.get("a"), Some(&Value::from("b")));
    assert!(result.outcome.failed);
    assert_eq!(result.outcome.error.unwrap().key("message"), &Value::from("half"));
    assert_eq!(result.outcome.states, [(StateScope::CrossFlow, [("n", 1)].into_iter().collect())]);
}

#[tokio::test]
async fn a_trigger_is_fed_by_a_request_and_answers_it() {
    let code = "module.exports = async ({ logger, configVars }, payload) => ({
        payload: { got: payload.body.data.n, raw: payload.rawBody.data.toString(), type: payload.body.contentType,
            q: payload.queryParameters.a, h: payload.headers['x-me'], path: payload.pathFragment },
        response: { statusCode: 201, contentType: 'text/csv', headers: { 'x-own': '1' }, body: 'hello,world' } })";
    let request = http::Request::post("/orders/7?a=1&a=2")
        .header("content-type", "application/json; charset=utf-8")
        .header("X-Me", "you")
        .body(Bytes::from_static(br#"{"n": 5}"#))
        .unwrap();
    let payload = TriggerPayload::from_http(&request);
    let result = CodeBlock::new(code).trigger(&Context::new(), payload).await.unwrap();
    assert_eq!(
        result.payload.to_json().unwrap(),
        r#"{"got":5,"raw":"{\"n\": 5}","type":"application/json; charset=utf-8","q":["1","2"],"h":"you","path":"orders/7"}"#
    );
    let answer = result.into_http();
    assert_eq!(answer.status(), 201);
    assert_eq!(
        (&answer.headers()["content-type"], &answer.headers()["x-own"]),
        (&"text/csv".parse().unwrap(), &"1".parse().unwrap())
    );
    assert_eq!(answer.body(), "hello,world");
}

#[tokio::test]
async fn a_trigger_without_response_answers_with_its_execution() {
    for code in ["module.exports = async (c, payload) => ({ payload })", "module.exports = async () => {}"] {
        let mut context = Context::new();
        context.execution_id = Some("e-7".to_owned());
        let result = CodeBlock::new(code).trigger(&context, TriggerPayload::new()).await.unwrap();
        let answer = result.into_http();
        assert_eq!(
            (answer.status().as_u16(), answer.body().as_ref()),
            (200, br#"{"executionId":"e-7"}"#.as_ref())
        );
        let started = CodeBlock::new(
            "module.exports = async (c, p) => ({ payload: [c.startedAt, p.startedAt, p.executionId] })",
        );
        let payload = started.trigger(&context, TriggerPayload::new()).await.unwrap().payload;
        assert!(
            payload.index(1).to_text().ends_with('Z') && payload.index(1) == payload.index(2),
            "{payload:?}"
        );
        // Without an id of the caller's, each run has one of its own.
        let (block, context) = (CodeBlock::new(code), Context::new());
        let run = || block.trigger(&context, TriggerPayload::new());
        assert_ne!(run().await.unwrap().execution_id, run().await.unwrap().execution_id);
    }
}

#[tokio::test]
async fn a_trigger_may_have_nothing_new() {
    let block = CodeBlock::new("module.exports = async () => ({ payload: null, polledNoChanges: true })");
    assert!(block.trigger(&Context::new(), TriggerPayload::new()).await.unwrap().polled_no_changes);
}

#[tokio::test]
async fn data_sources_are_typed() {
    let (context, input) =
        (Context::new(), DataSourceInput::new().connection(ConnectionValue::new("basic")).context_value("v"));
    let form = "module.exports = async (context, { connection, contextValue }) =>
        ({ schema: { title: connection.key }, uiSchema: { type: 'VerticalLayout', elements: [] }, data: { v: contextValue } })";
    let form = CodeBlock::new(form).json_form(&context, input.clone()).await.unwrap();
    assert_eq!(form.schema.key("title"), &Value::from("basic"));
    assert_eq!(form.data.unwrap().key("v"), &Value::from("v"));
    let wrapped = "module.exports = () => Promise.resolve({ result: { schema: {}, uiSchema: {} } })";
    assert_eq!(CodeBlock::new(wrapped).json_form(&context, input.clone()).await.unwrap().data, None);

    let picklist = "module.exports = async () => ({ result: ['a', { key: 'b', label: 'B' }, { key: 3 }] })";
    let picklist = CodeBlock::new(picklist).picklist(&context, input.clone()).await.unwrap();
    let found: Vec<_> = picklist.iter().map(|each| (each.key.as_str(), each.label.as_deref())).collect();
    assert_eq!(found, [("a", None), ("b", Some("B")), ("3", None)]);

    let objects = "module.exports = async () => ({ result: [
        { object: { key: 'o', label: 'O' }, fields: [{ key: 'f' }], defaultSelected: true }, { object: { key: 'p' } }] })";
    let objects = CodeBlock::new(objects).object_selection(&context, input.clone()).await.unwrap();
    assert_eq!((objects[0].fields[0].key.as_str(), objects[0].default_selected), ("f", true));
    assert_eq!((objects[1].fields.len(), objects[1].default_selected), (0, false));

    let text = CodeBlock::new("module.exports = async () => ({ result: 12 })");
    assert_eq!(text.string(&context, input).await.unwrap(), "12");
}

#[tokio::test]
async fn results_of_the_wrong_shape_are_data_errors() {
    let (context, input) = (Context::new(), DataSourceInput::new);
    let block = |code: &str| CodeBlock::new(format!("module.exports = async () => ({code})"));
    let errors = [
        block("{}").json_form(&context, input()).await.unwrap_err(),
        block("{ schema: {}, uiSchema: [] }").json_form(&context, input()).await.unwrap_err(),
        block("{ result: 'x' }").picklist(&context, input()).await.unwrap_err(),
        block("{ result: [{ label: 'no key' }] }").picklist(&context, input()).await.unwrap_err(),
        block("{ result: [{ key: 'no object' }] }").object_selection(&context, input()).await.unwrap_err(),
        block("{}").string(&context, input()).await.unwrap_err(),
        block("{ response: { statusCode: 'x' } }")
            .trigger(&context, TriggerPayload::new())
            .await
            .unwrap_err(),
        block("{ response: { headers: { 'a b': 1 } } }")
            .trigger(&context, TriggerPayload::new())
            .await
            .unwrap_err(),
        block("{ data: 1, instanceState: 5 }").action(&context, StepResults::new()).await.unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.kind(), ErrorKind::Data, "{error}");
        assert!(error.message().starts_with("code: "), "{error}");
    }
}

#[tokio::test]
async fn states_go_through_the_store() {
    let store = Arc::new(MemoryStateStore::new());
    let code = "module.exports = async ({ instanceState, crossFlowState }) => {
        crossFlowState.changed = true;
        return { data: instanceState.n ?? 0, instanceState: { n: (instanceState.n ?? 0) + 1 } };
    }";
    let block = CodeBlock::new(code).states(store.clone());
    let mut context = Context::new();
    context.instance = Party::new("i", "I");
    context.flow = Party::new("f", "F");
    for turn in 0..3 {
        let result = block.action(&context, StepResults::new()).await.unwrap();
        assert_eq!(result.data, Value::from(turn));
    }
    context.flow = Party::new("g", "G");
    assert_eq!(block.action(&context, StepResults::new()).await.unwrap().data, Value::from(0));
    // What is changed without being returned is not kept.
    assert!(store.load(&context.state_key(StateScope::CrossFlow)).await.unwrap().is_empty());
}

#[tokio::test]
async fn logs_go_to_the_result_and_to_the_callback() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let code = "module.exports = async ({ logger }) => {
        logger.info('a %s %d', 'b', 1, { c: [1] }); logger.warn('w'); logger.error(new TypeError('bad').message);
        logger.debug(null, undefined); logger.trace(1n); logger.metric('m', 5); logger.log('l'); console.log('x'.repeat(5000));
        return { data: 1 } }";
    let block = CodeBlock::new(code).on_log(move |line| sink.lock().unwrap().push(line.clone()));
    let log = block.action(&Context::new(), StepResults::new()).await.unwrap().outcome.log;
    let lines: Vec<_> = log.iter().map(|line| (line.level.name(), line.text.as_str())).collect();
    assert_eq!(
        lines[..7],
        [
            ("info", "a b 1 { c: [ 1 ] }"),
            ("warn", "w"),
            ("error", "bad"),
            ("debug", "null undefined"),
            ("trace", "1n"),
            ("metric", "m 5"),
            ("info", "l"),
        ]
    );
    assert_eq!(lines[7].1.len(), 4096);
    assert_eq!(*seen.lock().unwrap(), log);
}

#[tokio::test]
async fn errors_name_block_line_and_message() {
    let cases = [
        (
            "module.exports = async () => {\n  throw new Error('no stock');\n}",
            "code: line 2, column 13: no stock",
        ),
        ("module.exports = () => null.x", "TypeError: cannot read property 'x' of null"),
        ("module.exports = async () => {", "SyntaxError"),
        ("export default async () => 1", "module.exports"),
        ("import x from 'y'", "module.exports"),
        ("const a = 1;", "exports nothing"),
        ("", "exports nothing"),
        ("module.exports = 5", "not a function"),
        ("module.exports = { run() {} }", "not a function"),
        ("module.exports = async () => { throw null }", "threw null"),
        ("module.exports = async () => { throw 'plain' }", "threw plain"),
        ("module.exports = async () => Promise.reject(Symbol('s'))", "threw Symbol(s)"),
        ("module.exports = async () => () => 1", "a function is not a value"),
        ("module.exports = async () => Symbol()", "a symbol is not a value"),
        ("module.exports = async () => { const a = {}; a.a = a; return { data: a } }", "contains itself"),
        ("module.exports = async () => ({ data: new Date(NaN) })", "invalid date"),
        ("module.exports = async () => ({ data: 2n ** 200n })", "beyond 128 bits"),
        ("module.exports = async () => new Promise(() => {})", "never settles"),
        (
            "module.exports = async () => { Promise.reject(new Error('lost')); return { data: 1 } }",
            "nothing handles: lost",
        ),
        (
            "module.exports = async () => { setTimeout(() => { throw new Error('late') }, 1); await new Promise(() => {}) }",
            "late",
        ),
        ("require('fs')", "there are assert, buffer, crypto, events, path, process, querystring"),
        ("require('lodash@4')", "Cannot find module 'lodash@4'"),
        ("module.exports = async () => 'a\0b' + ;", ""),
    ];
    for (code, expected) in cases {
        let error = data(code).await.unwrap_err();
        assert!(error.message().contains(expected), "{code}: {error}");
    }
}

#[tokio::test]
async fn rejections_that_are_handled_later_are_none() {
    let code = "module.exports = async () => { const p = Promise.reject(new Error('x')); await null;
        return { data: await p.catch((e) => e.message) } }";
    assert_eq!(data(code).await.unwrap(), "\"x\"");
}

//! `fetch`, within the network policy (rulings 40).

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use linchpin::error::{Error, ErrorKind};
use linchpin::js::{CodeBlock, Context, FetchPolicy, JsEngine, JsLimits, StepResults};
use linchpin::transport::{Body, BoxFuture, SendOptions, Transport};
use linchpin::value::Value;

use crate::data;

/// Answers by path and keeps what it was sent.
#[derive(Clone, Default)]
struct Service(Arc<Mutex<Vec<String>>>, Arc<Mutex<Vec<http::HeaderMap>>>);

impl Service {
    /// The headers of a request.
    fn headers(&self, at: usize) -> http::HeaderMap {
        self.1.lock().unwrap()[at].clone()
    }
}

impl Transport for Service {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _: SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
        let line = format!(
            "{} {} auth={:?} type={:?} body={:?}",
            request.method(),
            request.uri(),
            request.headers().get("authorization").is_some(),
            request.headers().get("content-type"),
            request.body()
        );
        self.0.lock().unwrap().push(line);
        self.1.lock().unwrap().push(request.headers().clone());
        let answer = http::Response::builder();
        let answer = match request.uri().path() {
            "/json" => answer
                .header("content-type", "application/json")
                .body(Body::from(Bytes::from_static(br#"{"ok":true}"#))),
            "/there" => {
                answer.status(302).header("location", "https://other.example/json").body(Body::empty())
            }
            "/inside" => {
                answer.status(307).header("location", "http://169.254.169.254/latest").body(Body::empty())
            }
            "/loop" => answer.status(302).header("location", "/loop").body(Body::empty()),
            "/missing" => answer.status(404).body(Body::from(Bytes::from_static(b"gone"))),
            "/endless" => answer.body(Body::from_stream(
                futures_util::stream::repeat_with(|| Ok(Bytes::from(vec![b'x'; 1 << 16]))),
                None,
            )),
            "/silent" => {
                answer.body(Body::from_stream(futures_util::stream::pending::<Result<Bytes, Error>>(), None))
            }
            _ => answer.body(Body::from(request.into_body())),
        };
        Box::pin(async { Ok(answer.unwrap()) })
    }
}

async fn fetched(service: &Service, expression: &str) -> Result<String, Error> {
    let code = format!("module.exports = async () => ({{ data: await (async () => {expression})() }})");
    let engine = JsEngine::new(JsLimits::new().time(Duration::from_millis(700)));
    let block = CodeBlock::new(code).transport(service.clone()).engine(engine);
    let result = block.action(&Context::new(), StepResults::new()).await?;
    Ok(result.data.to_json().unwrap_or_default())
}

/// What code sends, and what it gets.
const SENT: &[(&str, &str)] = &[
    (
        "{ const r = await fetch('https://a.example/json'); return [r.status, r.ok, r.url, r.redirected, r.headers.get('Content-Type'), await r.json()] }",
        "[200,true,\"https://a.example/json\",false,\"application/json\",{\"ok\":true}]",
    ),
    (
        "{ const r = await fetch('https://a.example/missing'); return [r.status, r.ok, await r.text()] }",
        "[404,false,\"gone\"]",
    ),
    (
        "{ const r = await fetch(new Request('https://a.example/echo', { method: 'POST', body: JSON.stringify({ a: 1 }) })); return r.json() }",
        "{\"a\":1}",
    ),
    (
        "{ const r = await fetch('https://a.example/echo', { method: 'PUT', body: new Uint8Array([1, 2]) }); return (await r.arrayBuffer()).byteLength }",
        "2",
    ),
    (
        "{ const f = new FormData(); f.append('a', '1'); f.append('f', new Blob(['x'], { type: 'text/csv' }), 'f.csv'); const r = await fetch('https://a.example/echo', { method: 'POST', body: f }); const back = (await r.text()).split('\\r\\n'); return [back[1], back[3], back[5], back[6], back[8]] }",
        r#"["content-disposition: form-data; name=\"a\"","1","content-disposition: form-data; name=\"f\"; filename=\"f.csv\"","content-type: text/csv","x"]"#,
    ),
    (
        "{ const r = await fetch('https://a.example/there', { method: 'POST', body: 'x', headers: { Authorization: 's' } }); return [r.redirected, r.url] }",
        "[true,\"https://other.example/json\"]",
    ),
    ("{ const r = await fetch('https://a.example/there', { redirect: 'manual' }); return r.status }", "302"),
    (
        "{ const all = await Promise.all([1, 2, 3].map((n) => fetch('https://a.example/json').then((r) => r.json()))); return all.length }",
        "3",
    ),
    (
        "{ const c = new AbortController(); setTimeout(() => c.abort(), 150); const r = await fetch('https://a.example/silent', { signal: c.signal }); try { await r.text() } catch (e) { return e.name } }",
        "\"AbortError\"",
    ),
    (
        "{ try { await fetch('https://a.example/silent', { signal: AbortSignal.abort() }) } catch (e) { return e.name } }",
        "\"AbortError\"",
    ),
    (
        "{ const r = await fetch('https://a.example/json'); const [a, b] = await Promise.all([r.clone().text(), r.text()]); return a === b }",
        "true",
    ),
];

#[tokio::test]
async fn fetch_sends_through_the_transport() {
    let service = Service::default();
    for (expression, expected) in SENT {
        assert_eq!(
            fetched(&service, expression).await.unwrap_or_else(|error| panic!("{expression}: {error}")),
            *expected,
            "{expression}"
        );
    }
    let sent = service.0.lock().unwrap();
    let last = sent.iter().find(|line| line.contains("other.example")).unwrap();
    assert!(
        last.starts_with("GET ") && last.contains("auth=false") && last.ends_with("body=b\"\""),
        "{last}"
    );
}

#[tokio::test]
async fn fetch_is_kept_to_the_policy_and_its_limits() {
    let service = Service::default();
    let cases = [
        ("fetch('http://127.0.0.1:1/')", "no address that code may reach"),
        ("fetch('http://[::1]/')", "no address that code may reach"),
        ("fetch('https://a.example/inside')", "`169.254.169.254`"),
        ("fetch('https://a.example/loop')", "redirects"),
        ("fetch('file:///etc/passwd')", "only http and https"),
        ("fetch('nope')", "Invalid URL"),
        ("fetch('https://a.example/json', { body: 'x' })", "cannot have body"),
        ("fetch('https://a.example/endless').then((r) => r.text())", "larger than"),
        ("fetch('https://a.example/there', { redirect: 'error' })", "redirect"),
        (
            "Promise.all(Array.from({ length: 40 }, () => fetch('https://a.example/json')))",
            "requests at once",
        ),
    ];
    for (expression, expected) in cases {
        let error = fetched(&service, expression).await.unwrap_err();
        assert!(error.message().contains(expected), "{expression}: {error}");
    }
    // Answers that nobody reads hold connections, so the oldest are given up.
    let unread = "{ const all = []; for (let n = 0; n < 100; n++) all.push(await fetch('https://a.example/json')); \
        const first = await all[0].text().catch((error) => error.message); return [first, await all[99].text()] }";
    assert_eq!(
        fetched(&service, unread).await.unwrap(),
        r#"["fetch failed: the body is gone: at most 64 answers wait to be read","{\"ok\":true}"]"#
    );
    let error =
        fetched(&service, "fetch('https://a.example/silent').then((r) => r.text())").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(service.0.lock().unwrap().iter().all(|line| !line.contains("169.254")));
}

#[tokio::test]
async fn a_flow_calls_another_one() {
    let service = Service::default();
    let mut context = Context::new();
    context.webhook_urls = [("Other Flow", "https://a.example/json"), ("Gone", "https://a.example/missing")]
        .into_iter()
        .collect();
    context.webhook_api_keys.set("Other Flow", Value::array(vec![Value::from("flow-key-81")]));
    context.execution_frame.set("stepName", "Here");
    context.execution_id = Some("e-1".to_owned());
    let code = "module.exports = async ({ invokeFlow, logger, debug }, steps) => {
        debug.timeElapsed.mark('x'); if (debug.enabled) throw 1;
        const done = await invokeFlow('Other Flow', { n: 1 }, { headers: { 'X-Own': 'o' } }, 'me');
        const gone = await invokeFlow('Gone').catch((error) => [error.message, error.response.data]);
        const none = await invokeFlow('None').catch((error) => error.message);
        logger.info('flow-key-81');
        return { data: [done.status, done.data, gone, none] } }";
    let block = CodeBlock::new(code).transport(service.clone());
    let result = block.action(&context, StepResults::new()).await.unwrap();
    assert_eq!(
        result.data.to_json().unwrap(),
        r#"[200,{"ok":true},["Request failed with status code 404","gone"],"There is no flow 'None': webhookUrls has Other Flow, Gone"]"#
    );
    assert_eq!(result.outcome.log[0].text, "***");
    let sent = service.0.lock().unwrap()[0].clone();
    assert!(
        sent.starts_with("POST https://a.example/json ") && sent.ends_with(r#"body=b"{\"n\":1}""#),
        "{}",
        sent
    );
    for header in [
        ("api-key", "flow-key-81"),
        ("prismatic-invoked-by", r#"{"stepName":"Here","customSource":"me"}"#),
        ("prismatic-invoke-type", "Cross Flow"),
        ("prismatic-executionid", "e-1"),
        ("x-own", "o"),
        ("content-type", "application/json"),
    ] {
        assert_eq!(service.headers(0)[header.0], header.1);
    }
    // A data source has no flow to call.
    let block = CodeBlock::new("module.exports = async ({ invokeFlow }) => ({ result: typeof invokeFlow })");
    assert_eq!(block.string(&context, linchpin::js::DataSourceInput::new()).await.unwrap(), "undefined");
}

#[cfg(feature = "http")]
#[tokio::test]
async fn names_of_inner_addresses_are_refused_after_resolving() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let code = format!(
        "module.exports = async () => ({{ data: (await fetch('http://localhost:{port}/')).status }})"
    );
    let error = data(&code).await.unwrap_err();
    assert!(error.message().contains("fetch failed"), "{error}");
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "nothing may have connected");

    // The same address is reached when it is allowed.
    listener.set_nonblocking(false).unwrap();
    let server = std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = [0; 1024];
        let _ = stream.read(&mut head).unwrap();
        stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").unwrap();
    });
    let block = CodeBlock::new(code).fetch_policy(FetchPolicy::public().allow(format!("localhost:{port}")));
    let result = block.action(&Context::new(), StepResults::new()).await.unwrap();
    assert_eq!(result.data, Value::from(204));
    server.join().unwrap();
}

//! Bodies of answers (connector.md 7.2, 7.3) and headers (9.2).

use super::support::*;
use linchpin::{ErrorKind, Value};

async fn parsed(
    reply: impl Fn() -> Reply + Send + Sync + 'static,
    ty: &str,
) -> Result<Value, linchpin::Error> {
    let server = Server::start(move |_| reply()).await;
    let request = format!(r#"{{"url":"/","response":{{{ty}"output":{{"body":"{{body}}"}}}}}}"#);
    act(&client(&server), "{}", &request).await.map(|bundle| bundle.key("body").clone())
}

#[tokio::test]
async fn automatic_goes_by_the_content_type() {
    for (content_type, body, expected) in [
        ("application/json", r#"{"a":1}"#, json(r#"{"a":1}"#)),
        ("Application/JSON; charset=utf-8", r#"{"a":1}"#, json(r#"{"a":1}"#)),
        ("application/vnd.tasks+json", "[1]", json("[1]")),
        ("text/json", "1", json("1")),
        (
            "application/x-www-form-urlencoded",
            "a=1&b=x+y%26&a=2&a=3",
            json(r#"{"a":["1","2","3"],"b":"x y&"}"#),
        ),
        (
            "text/xml",
            r#"<d><t foo="bar">Hi</t></d>"#,
            json(r#"{"d":{"t":[{"_value":"Hi","_attributes":{"foo":"bar"}}]}}"#),
        ),
        ("application/rss+xml", "<d><t>Hi</t></d>", json(r#"{"d":{"t":["Hi"]}}"#)),
        ("application/xml", "<d><t>", Value::from("<d><t>")),
        ("text/plain", "{}", Value::from("{}")),
        ("text/html", "<p>", Value::from("<p>")),
        ("image/png", "png", Value::from(b"png".to_vec())),
        ("image/svg+xml", "<svg/>", Value::from(b"<svg/>".to_vec())),
        ("application/octet-stream", "{}", Value::from(b"{}".to_vec())),
        ("application/json", "not json", Value::from("not json")),
        ("application/json", "", Value::Undefined),
    ] {
        let reply = move || Reply::new(200).header("content-type", content_type).body(body);
        assert_eq!(parsed(reply, "").await.unwrap(), expected, "{content_type}: {body}");
    }
}

#[tokio::test]
async fn without_a_content_type_the_bytes_decide() {
    assert_eq!(parsed(|| Reply::new(200).body("täxt"), "").await.unwrap(), Value::from("täxt"));
    let bytes = || Reply::new(200).body(vec![0_u8, 255]);
    assert_eq!(parsed(bytes, "").await.unwrap(), Value::from(vec![0_u8, 255]));
}

#[tokio::test]
async fn charsets() {
    let latin = || {
        Reply::new(200).header("content-type", "text/plain; charset=\"ISO-8859-1\"").body(vec![b'a', 0xe4])
    };
    assert_eq!(parsed(latin, "").await.unwrap(), Value::from("aä"));
    let broken = || Reply::new(200).header("content-type", "text/plain").body(vec![b'a', 0xe4]);
    assert_eq!(parsed(broken, "").await.unwrap(), Value::from("a\u{fffd}"));
}

#[tokio::test]
async fn an_explicit_type_wins_and_must_fit_below_400() {
    let text = || Reply::new(200).header("content-type", "text/plain").body(r#"{"a":9007199254740993}"#);
    assert_eq!(
        parsed(text, r#""type":"json","#).await.unwrap().to_json().unwrap(),
        r#"{"a":9007199254740993}"#
    );
    assert_eq!(parsed(|| "[1]".into(), r#""type":"text","#).await.unwrap(), Value::from("[1]"));
    assert_eq!(parsed(|| "[1]".into(), r#""type":"binary","#).await.unwrap(), Value::from(b"[1]".to_vec()));
    assert_eq!(parsed(|| "a=b".into(), r#""type":"urlencoded","#).await.unwrap(), json(r#"{"a":"b"}"#));
    let error = parsed(|| Reply::new(200).body("<oops>"), r#""type":"json","#).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status(), error.body()),
        (ErrorKind::Runtime, Some(200), Some(&b"<oops>"[..]))
    );
    assert_eq!(error.directive(), Some("response.type"));
    let error =
        parsed(|| Reply::new(500).body("<oops>"), r#""type":"json","error":"{body}","#).await.unwrap_err();
    assert_eq!(error.message(), "<oops>", "an error may be of another type");
}

#[tokio::test]
async fn the_narrowest_range_of_statuses_wins() {
    let ty = r#""valid":true,"type":{"*":"json","400-408":"text","406":"urlencoded"},"#;
    for (status, expected) in
        [(200, json(r#"{"a":"b"}"#)), (401, Value::from(r#"{"a":"b"}"#)), (500, json(r#"{"a":"b"}"#))]
    {
        let body = move || Reply::json(r#"{"a":"b"}"#).status(status);
        assert_eq!(parsed(body, ty).await.unwrap(), expected, "{status}");
    }
    assert_eq!(parsed(|| Reply::new(406).body("a=b"), ty).await.unwrap(), json(r#"{"a":"b"}"#));
    let none = r#""valid":true,"type":{"404":"text"},"#;
    assert_eq!(parsed(|| "[1]".into(), none).await.unwrap(), json("[1]"), "no range that fits is automatic");
    let template = r#""type":"{headers.x-type}","#;
    let reply = || Reply::json("[1]").header("x-type", "text");
    assert_eq!(parsed(reply, template).await.unwrap(), Value::from("[1]"), "a template sees the headers");
}

#[tokio::test]
async fn no_content_is_no_body() {
    for status in [204, 304] {
        assert_eq!(parsed(move || Reply::new(status), r#""type":"json","#).await.unwrap(), Value::Undefined);
    }
}

#[tokio::test]
async fn headers_are_lower_case_and_found_in_any_case() {
    let server = Server::start(|_| {
        let reply = Reply::json("{}").header("X-One", "1").header("X-Two", "a").header("X-Two", "b");
        reply.header("Set-Cookie", "c=1").header("Set-Cookie", "d=2")
    })
    .await;
    let output = r#"{"one":"{headers.X-ONE}","two":"{headers.x-two}","cookies":"{headers.set-cookie}","all":"{headers}"}"#;
    let request = format!(r#"{{"url":"/","response":{{"output":{output}}}}}"#);
    let bundle = act(&client(&server), "{}", &request).await.unwrap();
    assert_eq!(bundle.key("one"), &Value::from("1"));
    assert_eq!(bundle.key("two"), &Value::from("a, b"));
    assert_eq!(bundle.key("cookies"), &json(r#"["c=1","d=2"]"#));
    assert_eq!(bundle.key("all").key("x-one"), &Value::from("1"));
}

#[tokio::test]
async fn headers_that_are_no_utf_8_are_latin_1() {
    let answer = b"HTTP/1.1 200 OK\r\nX-Old: caf\xe9\r\nX-New: caf\xc3\xa9\r\nContent-Length: 0\r\n\r\n";
    let server = RawServer::start(answer.to_vec(), false).await;
    let client = builder_at(&server.url, connector("{}")).build().unwrap();
    let request = r#"{"url":"/","response":{"output":{"old":"{headers.x-old}","new":"{headers.x-new}"}}}"#;
    assert_eq!(act(&client, "{}", request).await.unwrap(), json(r#"{"old":"café","new":"café"}"#));
}

#[tokio::test]
async fn compressed_answers_are_read_asked_for_or_not() {
    use std::io::Write as _;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(br#"{"a":1}"#).unwrap();
    let bytes = gzip.finish().unwrap();
    let reply = move || Reply::json(bytes.clone()).header("content-encoding", "gzip");
    assert_eq!(parsed(reply, "").await.unwrap(), json(r#"{"a":1}"#));
}

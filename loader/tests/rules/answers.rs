//! Answers, from the wire to values (connector.md 7, 8).

use std::io::Write as _;

use super::support::*;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use linchpin::{Error, ErrorKind, Value};

const BASE: &str = r#"{"baseUrl":"https://api.shop.example"}"#;

async fn body(ty: &str, reply: impl Fn() -> Reply + Send + Sync + 'static) -> Result<Value, Error> {
    let server = Server::start(move |_| reply()).await;
    let request = format!(r#"{{"url":"/","response":{{{ty}"output":{{"body":"{{{{body}}}}"}}}}}}"#);
    let bundle = App::of(&server, "action", BASE, &request).act("{}").await?;
    Ok(bundle.key("body").clone())
}

fn gzip(text: &str) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap()
}

#[tokio::test]
async fn compressed_bodies_in_all_their_forms() {
    let zlib = {
        let mut out = ZlibEncoder::new(Vec::new(), Compression::default());
        out.write_all(b"[1,2]").unwrap();
        out.finish().unwrap()
    };
    let deflate = {
        let mut out = DeflateEncoder::new(Vec::new(), Compression::default());
        out.write_all(b"[1,2]").unwrap();
        out.finish().unwrap()
    };
    for (coding, bytes) in [
        ("gzip", gzip("[1,2]")),
        ("X-GZIP", gzip("[1,2]")),
        ("gzip", [gzip("[1,"), gzip("2]")].concat()),
        ("gzip", [gzip("[1,2]"), vec![0; 9]].concat()),
        ("deflate", zlib),
        ("deflate", deflate),
        ("identity", b"[1,2]".to_vec()),
    ] {
        let reply = move || Reply::json(bytes.clone()).header("content-encoding", coding);
        assert_eq!(body("", reply).await.unwrap(), json("[1,2]"), "{coding}");
    }
    let empty = || Reply::json("").header("content-encoding", "gzip");
    assert_eq!(body("", empty).await.unwrap(), Value::Undefined);
    for bytes in [vec![31], gzip("[1,2]")[..9].to_vec(), [gzip("[1,"), gzip("2]")[..9].to_vec()].concat()] {
        let reply = move || Reply::json(bytes.clone()).header("content-encoding", "gzip");
        let error = body("", reply).await.unwrap_err();
        assert_eq!(error.message(), "the answer is not compressed as it says");
    }
}

#[tokio::test]
async fn marks_of_byte_order_are_no_part_of_a_text() {
    for content_type in ["application/json", "text/plain", ""] {
        let reply = move || {
            let reply = Reply::new(200).body("\u{feff}\"x\"");
            if content_type.is_empty() { reply } else { reply.header("content-type", content_type) }
        };
        let expected = if content_type.contains("json") { "x" } else { "\"x\"" };
        assert_eq!(body("", reply).await.unwrap(), Value::from(expected), "{content_type}");
    }
}

#[tokio::test]
async fn a_type_by_expression_is_read_in_any_case() {
    let text = || Reply::new(200).body("[1]");
    assert_eq!(body(r#""type":"{{'JSON'}}","#, text).await.unwrap(), json("[1]"));
    assert_eq!(body(r#""type":{"2-300":"{{'Text'}}"},"#, || "[1]".into()).await.unwrap(), Value::from("[1]"));
    assert_eq!(body(r#""type":"{{undefined}}","#, || "[1]".into()).await.unwrap(), json("[1]"));
    let error = body(r#""type":"{{'yaml'}}","#, text).await.unwrap_err();
    assert_eq!((error.kind(), error.directive()), (ErrorKind::InvalidConfiguration, Some("response.type")));
}

async fn fails(policy: &str, base: &str, status: u16, response: &str) -> Error {
    let server =
        Server::start(move |_| Reply::json(r#"{"message":"told","list":[1,{"a":2}]}"#).status(status)).await;
    let text = format!(
        r#"{{"name":"shop","validPolicy":"{policy}","base":{{"baseUrl":"https://api.shop.example","response":{base}}},
            "modules":{{"m":{{"type":"action","communication":{{"url":"/","response":{response}}}}}}}}}"#
    );
    App::new(&server, &text).act("{}").await.unwrap_err()
}

#[tokio::test]
async fn what_only_the_status_makes_an_error_is_told_by_the_words_for_errors() {
    let response = r#"{"valid":{"condition":"{{!body.error}}","message":"the body is bad","type":"DataError"},"error":"general"}"#;
    let error = fails("and_status", "{}", 502, response).await;
    assert_eq!((error.kind(), error.message()), (ErrorKind::Connection, "general"));
    // Without a condition, `valid` is the test of the status, and its words hold.
    let words = r#"{"valid":{"message":"own","type":"DataError"},"error":"general"}"#;
    let error = fails("only", "{}", 502, words).await;
    assert_eq!((error.kind(), error.message()), (ErrorKind::Data, "own"));
}

#[tokio::test]
async fn errors_of_base_and_of_a_module_are_merged_entry_by_entry() {
    let base = r#"{"error":{"message":"base","type":"DataError","404":"base 404","409":{"message":"base 409","type":"OutOfSpaceError"}}}"#;
    for (status, own, kind, message) in [
        (404, "{}", ErrorKind::Data, "base 404"),
        (404, r#"{"error":{"404":{"type":"InconsistencyError"}}}"#, ErrorKind::Inconsistency, "base 404"),
        (409, r#"{"error":{"409":"own 409"}}"#, ErrorKind::OutOfSpace, "own 409"),
        (409, r#"{"error":{"message":"own"}}"#, ErrorKind::OutOfSpace, "base 409"),
        (400, r#"{"error":{"message":"own"}}"#, ErrorKind::Data, "own"),
        (409, r#"{"error":{"409":null,"message":"own"}}"#, ErrorKind::Data, "own"),
        (409, r#"{"error":"own"}"#, ErrorKind::Runtime, "own"),
        (409, r#"{"error":null}"#, ErrorKind::Runtime, "[409] Conflict"),
    ] {
        let error = fails("only", base, status, own).await;
        assert_eq!((error.kind(), error.message()), (kind, message), "{status} {own}");
    }
}

#[tokio::test]
async fn messages_of_any_type_and_length() {
    for (message, expected) in [
        (r#""{{body.list}}""#, r#"[1,{"a":2}]"#),
        (r#"["a","{{statusCode}}"]"#, r#"["a",400]"#),
        ("5", "5"),
        (r#""{{emptystring}}""#, "[400] Bad Request"),
        (r#""{{body.none}}""#, "[400] Bad Request"),
        (r#""{{statusCode}}: {{body.message}}""#, "400: told"),
    ] {
        let error = fails("only", "{}", 400, &format!(r#"{{"error":{{"message":{message}}}}}"#)).await;
        assert_eq!(error.message(), expected, "{message}");
    }
    let long =
        fails("only", "{}", 400, &format!(r#"{{"error":"{}{{{{body.message}}}}"}}"#, "x".repeat(5000))).await;
    assert_eq!(long.message().len(), 5004, "the platform's limit of 1024 characters is a lint");
}

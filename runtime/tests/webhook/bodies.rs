//! Bodies of every type and encoding (connector.md 13.3, step 1).

use std::io::Write as _;

use bytes::Bytes;
use http::Request;
use linchpin::Value;
use linchpin::webhook::Hook;

use crate::support::json;
use crate::world::*;

async fn mirror() -> Hook {
    attach(offline().webhooks().mirror(), crate::tickets::Mirror::new()).await
}

async fn seen(request: Request<Bytes>) -> Value {
    let delivery = mirror().await.handle(request).await.unwrap();
    assert_eq!(delivery.bundles().len(), 1);
    delivery.into_bundles().remove(0)
}

async fn body(content_type: &str, bytes: impl Into<Bytes>) -> Value {
    seen(post(content_type, bytes)).await.key("body").clone()
}

#[tokio::test]
async fn types_of_the_reference() {
    assert_eq!(
        body("application/json; charset=utf-8", r#"{"n":12345678901234567890}"#).await.to_json().unwrap(),
        r#"{"n":12345678901234567890}"#
    );
    assert_eq!(body("application/vnd.tickets+json", "[1]").await, json("[1]"));
    assert_eq!(
        body("application/x-www-form-urlencoded", "a=1&b=x+y%21&a=2&a=3&").await,
        json(r#"{"a":["1","2","3"],"b":"x y!"}"#)
    );
    assert_eq!(
        body("text/xml", "<t><id n='1'>7</id></t>").await,
        json(r#"{"t":{"id":[{"_value":"7","_attributes":{"n":"1"}}]}}"#)
    );
    assert_eq!(body("text/plain", "hello").await, Value::from("hello"));
    assert_eq!(body("application/octet-stream", vec![1_u8, 255]).await, Value::from(vec![1_u8, 255]));
    assert_eq!(body("image/png", "text all the same").await, Value::from(b"text all the same".to_vec()));
}

#[tokio::test]
async fn forms_with_files() {
    let form = "--X-b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nHello\r\n\
        --X-b\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nnote\r\n\
        --X-b--\r\n";
    let read = body("multipart/form-data; boundary=X-b", form).await;
    assert_eq!(read.key("title"), &Value::from("Hello"));
    let file = read.key("doc");
    assert_eq!((file.key("fileName"), file.key("name")), (&Value::from("a.txt"), &Value::from("a.txt")));
    assert_eq!(
        (file.key("mime"), file.key("data")),
        (&Value::from("text/plain"), &Value::from(b"note".to_vec()))
    );
    assert_eq!(body("multipart/form-data; boundary=other", form).await, Value::from(form), "shown as it is");
    assert_eq!(body("multipart/form-data", form).await, Value::from(form.as_bytes().to_vec()));
}

#[tokio::test]
async fn no_body_is_an_empty_collection() {
    for request in [get("/in/7"), event(""), post("text/plain", "")] {
        assert_eq!(seen(request).await.key("body"), &json("{}"));
    }
    let mut request = event(r#"{"a":1}"#);
    *request.method_mut() = http::Method::GET;
    let seen = seen(request).await;
    assert_eq!((seen.key("body"), seen.key("raw")), (&json("{}"), &Value::from(r#"{"a":1}"#)));
}

#[tokio::test]
async fn a_wrong_content_type_loses_nothing() {
    assert_eq!(body("application/json", "not json").await, Value::from("not json"));
    assert_eq!(body("application/json", "{\"a\":1").await, Value::from("{\"a\":1"));
    assert_eq!(body("text/xml", "<a><b></a>").await, Value::from("<a><b></a>"));
    assert_eq!(body("text/plain", r#"{"a":1}"#).await, Value::from(r#"{"a":1}"#));
    assert_eq!(body("no/such;;;=", "x").await, Value::from(b"x".to_vec()));
    let request = Request::post("/").body(Bytes::from_static(b"guess")).unwrap();
    assert_eq!(seen(request).await.key("body"), &Value::from("guess"));
    let request = Request::post("/").body(Bytes::from_static(b"\xff\x00")).unwrap();
    assert_eq!(seen(request).await.key("body"), &Value::from(vec![255_u8, 0]));
}

#[tokio::test]
async fn other_charsets() {
    let utf16 = |text: &str| -> Vec<u8> {
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    assert_eq!(body("application/json; charset=utf-16le", utf16(r#"{"a":"ž"}"#)).await, json(r#"{"a":"ž"}"#));
    assert_eq!(body("application/json", utf16(r#"{"a":"ž"}"#)).await, json(r#"{"a":"ž"}"#), "by its mark");
    assert_eq!(
        body("application/json; charset=\"ISO-8859-1\"", b"{\"a\":\"\xe9\"}".to_vec()).await,
        json(r#"{"a":"é"}"#)
    );
    assert_eq!(body("application/json", b"\xef\xbb\xbf{\"a\":1}".to_vec()).await, json(r#"{"a":1}"#));
    assert_eq!(body("text/plain; charset=windows-1250", b"\x9elu\x9d".to_vec()).await, Value::from("žluť"));
    let form = body("application/x-www-form-urlencoded; charset=iso-8859-1", "na+me=%E9+x&y").await;
    assert_eq!(form, json(r#"{"na me":"é x","y":""}"#));
    let raw = seen(post("text/plain; charset=iso-8859-1", b"\xe9".to_vec())).await;
    assert_eq!(raw.key("raw"), &Value::from(b"\xe9".to_vec()), "rawBody keeps the bytes");
}

fn packed(text: &[u8]) -> Bytes {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(text).unwrap();
    out.finish().unwrap().into()
}

fn coded(coding: &str, body: Bytes) -> Request<Bytes> {
    let mut request = post("application/json", body);
    request.headers_mut().insert("content-encoding", coding.parse().unwrap());
    request
}

#[tokio::test]
async fn compressed_bodies_are_unpacked_and_others_refused() {
    let unpacked = seen(coded("gzip", packed(b"{\"a\":1}"))).await;
    assert_eq!((unpacked.key("body"), unpacked.key("raw")), (&json(r#"{"a":1}"#), &Value::from("{\"a\":1}")));
    let hook = mirror().await;
    for (coding, body, status) in [
        ("br", Bytes::from_static(b"x"), 415),
        ("gzip", Bytes::from_static(b"not gzip at all"), 400),
        ("gzip", packed(&vec![b'a'; 9 << 20]), 413),
    ] {
        let error = hook.handle(coded(coding, body)).await.unwrap_err();
        assert_eq!(error.reply().status().as_u16(), status, "{error}");
    }
}

#[tokio::test]
async fn a_body_above_the_cap_is_refused() {
    let client = builder().max_webhook_bytes(10).build().unwrap();
    let hook = attach(client.webhooks().mirror(), crate::tickets::Mirror::new()).await;
    assert!(hook.handle(post("text/plain", "0123456789")).await.is_ok());
    let error = hook.handle(post("text/plain", "0123456789a")).await.unwrap_err();
    assert_eq!(shown(&error.reply()), (413, "Payload Too Large".to_owned()));
    assert!(error.to_string().contains("10 bytes"), "{error}");
}

#[tokio::test]
async fn a_key_that_is_repeated_very_often_takes_no_time() {
    let started = std::time::Instant::now();
    let read = body("application/x-www-form-urlencoded", "a=&".repeat(300_000)).await;
    assert_eq!(read.key("a").items().len(), 300_000);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

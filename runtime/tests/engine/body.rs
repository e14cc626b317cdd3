//! Bodies of requests (connector.md 6.5).

use super::support::*;
use linchpin::client::Call;
use linchpin::plan::ModuleKind;
use linchpin::random::SeededRandom;
use linchpin::{ErrorKind, Object, Value};
use std::sync::Arc;

async fn sent(input: Object, request: &str) -> Seen {
    let server = Server::quiet().await;
    let client = builder(&server, connector("{}")).random(SeededRandom::new(1)).build().unwrap();
    let module = module(ModuleKind::Action, request);
    Call::<Value>::new(&client, Arc::new(module), input).await.unwrap();
    server.only()
}

fn post(rest: &str) -> String {
    format!(r#"{{"url":"/","method":"POST",{rest}}}"#)
}

#[tokio::test]
async fn each_type_writes_its_own_form() {
    let body = r#""body":{"s":"a b","u":"{parameters.none}","z":null,"n":1,"l":["x",2],"o":{"k":"ä&"}}"#;
    for (ty, text, content_type) in [
        ("json", r#"{"s":"a b","z":null,"n":1,"l":["x",2],"o":{"k":"ä&"}}"#, Some("application/json")),
        ("urlencoded", "s=a%20b&n=1&l=x&l=2&o%5Bk%5D=%C3%A4%26", Some("application/x-www-form-urlencoded")),
        ("text", r#"{"s":"a b","z":null,"n":1,"l":["x",2],"o":{"k":"ä&"}}"#, None),
        (
            "{parameters.type}",
            "s=a%20b&n=1&l=x&l=2&o%5Bk%5D=%C3%A4%26",
            Some("application/x-www-form-urlencoded"),
        ),
    ] {
        let seen = sent(object(r#"{"type":"urlencoded"}"#), &post(&format!(r#""type":"{ty}",{body}"#))).await;
        assert_eq!(seen.text(), text, "{ty}");
        assert_eq!(seen.header("content-type"), content_type, "{ty}");
    }
}

#[tokio::test]
async fn a_text_is_a_json_string_or_itself() {
    let input = || object(r#"{"body":"{\"a\":1}"}"#);
    assert_eq!(sent(input(), &post(r#""body":"{parameters.body}""#)).await.text(), r#""{\"a\":1}""#);
    for ty in ["text", "string", "raw", "binary", "urlencoded"] {
        let request = post(&format!(r#""type":"{ty}","body":"{{parameters.body}}""#));
        assert_eq!(sent(input(), &request).await.text(), r#"{"a":1}"#, "{ty}");
    }
}

#[tokio::test]
async fn nothing_is_no_body() {
    for body in ["null", r#""""#, r#""{parameters.none}""#] {
        let seen = sent(Object::new(), &post(&format!(r#""body":{body}"#))).await;
        assert!(seen.body.is_empty(), "{body}");
        assert_eq!(seen.header("content-type"), None, "{body}");
    }
    let seen = sent(Object::new(), &post(r#""body":{}"#)).await;
    assert_eq!((seen.text(), seen.header("content-type")), ("{}", Some("application/json")));
    assert_eq!(sent(Object::new(), &post(r#""body":"{emptystring}""#)).await.text(), r#""""#);
}

#[tokio::test]
async fn get_and_head_drop_it_and_delete_sends_it() {
    for (method, text) in [("GET", ""), ("HEAD", ""), ("DELETE", r#"{"a":1}"#), ("PATCH", r#"{"a":1}"#)] {
        let request =
            format!(r#"{{"url":"/","method":"{method}","body":{{"a":1}},"response":{{"output":{{}}}}}}"#);
        let seen = sent(Object::new(), &request).await;
        assert_eq!(seen.text(), text, "{method}");
        assert_eq!(seen.header("content-type").is_some(), !text.is_empty(), "{method}");
    }
    let evaluated = r#"{"url":"/","body":"{fail}"}"#;
    assert!(sent(Object::new(), evaluated).await.body.is_empty(), "a body that is dropped is not evaluated");
}

#[tokio::test]
async fn bytes() {
    let mut input = Object::new();
    input.set("file", Value::from(vec![0_u8, 159, 255]));
    let seen = sent(input.clone(), &post(r#""type":"binary","body":"{parameters.file}""#)).await;
    assert_eq!((&seen.body[..], seen.header("content-type")), (&[0, 159, 255][..], None));
    let seen = sent(input, &post(r#""body":{"file":"{parameters.file}"}"#)).await;
    assert_eq!(seen.text(), r#"{"file":"AJ//"}"#);
}

#[tokio::test]
async fn the_authors_content_type_wins() {
    let seen =
        sent(Object::new(), &post(r#""headers":{"content-TYPE":"application/vnd.tasks+json"},"body":{}"#))
            .await;
    assert_eq!(seen.header("content-type"), Some("application/vnd.tasks+json"));
    assert_eq!(seen.headers.get_all("content-type").iter().count(), 1);
}

#[tokio::test]
async fn multipart_to_the_byte() {
    let mut input = object(r#"{"name":"a \"b\".pdf"}"#);
    input.set("data", Value::from(b"%PDF".to_vec()));
    let request = post(
        r#""type":"multipart/form-data","body":{"folder":"7","tags":["x","y"],"none":"{parameters.none}","nil":null,
        "meta":{"a":1},"file":{"value":"{parameters.data}","options":{"filename":"{parameters.name}"}},
        "typed":{"value":"text","options":{"filename":"t.bin","contentType":"text/x-own"}},
        "plain":{"value":"text"},"bytes":"{parameters.data}"}"#,
    );
    let seen = sent(input, &request).await;
    let content_type = seen.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let part = |head: &str, body: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    };
    let expected = [
        part("name=\"folder\"", "7"),
        part("name=\"tags\"", "x"),
        part("name=\"tags\"", "y"),
        part("name=\"meta\"", r#"{"a":1}"#),
        part("name=\"file\"; filename=\"a %22b%22.pdf\"\r\nContent-Type: application/pdf", "%PDF"),
        part("name=\"typed\"; filename=\"t.bin\"\r\nContent-Type: text/x-own", "text"),
        part("name=\"plain\"", "text"),
        part("name=\"bytes\"\r\nContent-Type: application/octet-stream", "%PDF"),
        format!("--{boundary}--\r\n"),
    ];
    assert_eq!(seen.text(), expected.concat());
    assert_eq!(seen.header("content-length"), Some(&*seen.body.len().to_string()));
}

#[tokio::test]
async fn a_bare_multipart_content_type_gets_its_boundary() {
    let request = post(
        r#""type":"multipart/form-data","headers":{"Content-Type":"multipart/form-data"},"body":{"a":"b"}"#,
    );
    let seen = sent(Object::new(), &request).await;
    let boundary =
        seen.header("content-type").unwrap().strip_prefix("multipart/form-data; boundary=").unwrap();
    assert!(seen.text().starts_with(&format!("--{boundary}\r\n")));
}

#[tokio::test]
async fn what_does_not_fit_its_type() {
    let server = Server::quiet().await;
    for (ty, kind) in [
        ("urlencoded", ErrorKind::Runtime),
        ("multipart/form-data", ErrorKind::Runtime),
        ("xml", ErrorKind::InvalidConfiguration),
    ] {
        let request = post(&format!(r#""type":"{ty}","body":[1]"#));
        assert_eq!(act(&client(&server), "{}", &request).await.unwrap_err().kind(), kind, "{ty}");
    }
    assert!(server.seen().is_empty());
}

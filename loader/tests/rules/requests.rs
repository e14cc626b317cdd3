//! Requests, from the connector's text to the wire (connector.md 5, 6).

use super::support::*;

const BASE: &str = r#"{"baseUrl":"https://api.shop.example"}"#;

#[tokio::test]
async fn the_length_of_a_body_is_told_as_it_is() {
    for (request, body, length) in [
        (
            r#""method":"POST","type":"text","body":"hello world","headers":{"Content-Length":"3"}"#,
            "hello world",
            Some("11"),
        ),
        (r#""method":"POST","type":"text","body":"é","headers":{"content-length":99}"#, "é", Some("2")),
        (r#""headers":{"Content-Length":"5"}"#, "", None),
        (r#""method":"POST""#, "", Some("0")),
        (r#""method":"PUT","body":null"#, "", Some("0")),
        (r#""method":"PATCH","headers":{"Content-Length":"7"}"#, "", Some("0")),
        (r#""method":"DELETE""#, "", None),
    ] {
        let seen = sent(BASE, &format!(r#"{{"url":"/",{request}}}"#), "{}").await;
        assert_eq!((seen.text(), seen.header("content-length")), (body, length), "{request}");
    }
}

#[tokio::test]
async fn an_author_may_name_the_boundary() {
    for (written, boundary) in [
        ("multipart/form-data; boundary=own-one", "own-one"),
        (r#"Multipart/Form-Data; Boundary=\"two words\"; charset=utf-8"#, "two words"),
        ("multipart/form-data;boundary=a; x=y", "a"),
    ] {
        let request = format!(
            r#"{{"url":"/","method":"POST","type":"multipart/form-data","headers":{{"Content-Type":"{written}"}},"body":{{"a":"1"}}}}"#
        );
        let seen = sent(BASE, &request, "{}").await;
        assert_eq!(seen.header("content-type"), Some(&*written.replace('\\', "")));
        let expected = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--{boundary}--\r\n"
        );
        assert_eq!(seen.text(), expected, "{written}");
    }
}

#[tokio::test]
async fn names_of_parts_and_files_may_hold_anything() {
    let request = r#"{"url":"/","method":"POST","type":"multipart/form-data","body":{"Größe":"1","a\"b\r\nX-Evil: 1":"2",
        "f":[{"value":"x","options":{"filename":"日本.png"}},{"value":"y","options":{"filename":"b\r\n\r\n.unknown-kind"}},
             {"value":"{{undefined}}","options":{"filename":"none.txt"}}]}}"#;
    let seen = sent(BASE, request, "{}").await;
    let heads: Vec<_> = seen.text().lines().filter(|line| line.starts_with("Content-")).collect();
    assert_eq!(
        heads,
        [
            "Content-Disposition: form-data; name=\"Größe\"",
            "Content-Disposition: form-data; name=\"a%22b%0D%0AX-Evil: 1\"",
            "Content-Disposition: form-data; name=\"f\"; filename=\"日本.png\"",
            "Content-Type: image/png",
            "Content-Disposition: form-data; name=\"f\"; filename=\"b%0D%0A%0D%0A.unknown-kind\"",
            "Content-Type: application/octet-stream",
        ]
    );
}

#[tokio::test]
async fn every_kind_of_value_in_every_kind_of_body() {
    let input = r#"{"big":12345678901234567890123,"list":[1,"b"],"more":{"x":1,"none":null}}"#;
    for (ty, body, text) in [
        ("json", r#""{{parameters.list}}""#, r#"[1,"b"]"#),
        ("json", "false", "false"),
        (
            "json",
            r#"{"a":"{{emptystring}}","b":"{{parameters.big}}","u":["{{undefined}}",null],"z":"{{parameters.none}}"}"#,
            r#"{"a":"","b":12345678901234567890123,"u":[null,null]}"#,
        ),
        (
            "json",
            r#"{"a":{"{{...}}":"{{parameters.more}}","list":[{"{{...}}":"{{parameters.more}}","x":2}]}}"#,
            r#"{"a":{"x":1,"none":null,"list":[{"x":2,"none":null}]}}"#,
        ),
        (
            "urlencoded",
            r#"{"a":"{{emptystring}}","b":true,"c":[],"d":[null,"{{undefined}}",1],"e":{},"f":[{"x":1}]}"#,
            "a=&b=true&d=1&f%5Bx%5D=1",
        ),
        ("text", "5", "5"),
        ("text", "[1,{}]", "[1,{}]"),
        ("{{'TEXT'}}", r#""as it is""#, "as it is"),
        ("{{' Raw '}}", r#""as it is""#, "as it is"),
        ("binary", r#""é""#, "é"),
        ("binary", r#"{"a":1}"#, r#"{"a":1}"#),
    ] {
        let request = format!(r#"{{"url":"/","method":"POST","type":"{ty}","body":{body}}}"#);
        assert_eq!(sent(BASE, &request, input).await.text(), text, "{ty} {body}");
    }
}

#[tokio::test]
async fn sloppy_addresses_are_cleaned_up() {
    for (url, expected) in [
        ("//x", "/x"),
        ("?a=b", "/?a=b"),
        ("/a??b=1", "/a?b=1"),
        ("/a?b=1?", "/a?b=1"),
        ("/a???", "/a"),
        ("/a?b=1??c=2", "/a?b=1&c=2"),
        ("/a?b=1&&c=2", "/a?b=1&&c=2"),
        ("/a/?x=1", "/a/?x=1"),
        ("/x?y#z?w", "/x?y"),
        ("mailto:x", "/mailto:x"),
        ("/{{parameters.list}}/{{parameters.no}}", "/1,b/"),
        (" /a ", "/a"),
    ] {
        let request = format!(r#"{{"url":"{url}"}}"#);
        assert_eq!(sent(BASE, &request, r#"{"list":[1,"b"]}"#).await.target, expected, "{url}");
    }
}

#[tokio::test]
async fn headers_of_base_can_be_taken_away_and_replaced() {
    let base = r#"{"baseUrl":"https://api.shop.example","headers":{"Authorization":"base","X-Base":"1"}}"#;
    for (headers, authorization, kept) in [
        (r#"{"authorization":null}"#, None, true),
        (r#"{"AUTHORIZATION":"{{undefined}}"}"#, None, true),
        (r#"{"AUTHORIZATION":"{{parameters.none}}"}"#, None, true),
        (r#"{"authorization":"own"}"#, Some("own"), true),
        (r#"{"{{...}}":"{{parameters.headers}}"}"#, Some("spread"), true),
        (r#""{{parameters.headers}}""#, Some("spread"), false),
        ("null", None, false),
        ("{}", Some("base"), true),
    ] {
        let request = format!(r#"{{"url":"/","headers":{headers}}}"#);
        let seen = sent(base, &request, r#"{"headers":{"authorization":"spread"}}"#).await;
        assert_eq!(
            (seen.header("authorization"), seen.header("x-base").is_some()),
            (authorization, kept),
            "{headers}"
        );
    }
}

#[tokio::test]
async fn qs_of_base_can_be_taken_away_and_replaced() {
    let base = r#"{"baseUrl":"https://api.shop.example","qs":{"a":1,"b":2}}"#;
    for (request, expected) in [
        (r#""qs":{"a":null,"b":"{{undefined}}","c":3}"#, "/?c=3"),
        (r#""qs":{"{{...}}":"{{parameters.qs}}","b":9}"#, "/?a=1&q=s&b=9"),
        (r#""qs":"{{parameters.qs}}""#, "/?q=s"),
        (r#""qs":"{{parameters.none}}""#, "/"),
        (r#""qs":null"#, "/"),
        (r#""qs":{}"#, "/?a=1&b=2"),
    ] {
        let request = format!(r#"{{"url":"/",{request}}}"#);
        assert_eq!(sent(base, &request, r#"{"qs":{"q":"s"}}"#).await.target, expected, "{request}");
    }
}

#[tokio::test]
async fn queries_of_both_policies() {
    for (policy, url, qs, expected) in [
        ("merge", "/a?x=1&y=2&x=3&flag&=v", r#"{"x":"n"}"#, "/a?x=n&y=2&flag&=v"),
        ("merge", "/a?x%5B%5D=1&x[]=2", r#"{"x[]":"n"}"#, "/a?x%5B%5D=n"),
        ("merge", "/a?x=1", r#"{"x":[]}"#, "/a?x=1"),
        ("merge", "/a?x=1", r#"{"x":["a","b"]}"#, "/a?x=a&x=b"),
        ("merge", "/a?x[a]=1&x[b]=2", r#"{"x":{"a":"n"}}"#, "/a?x%5Ba%5D=n&x[b]=2"),
        ("merge", "/a?a+b=1", r#"{"a b":"n"}"#, "/a?a%20b=n"),
        ("replace", "/a?x=1", r#"{"y":"{{undefined}}"}"#, "/a"),
        ("replace", "/a?x=1", r#""y=2""#, "/a?x=1"),
        (
            "replace",
            "/a",
            r#"{"":"v","a&b":"c=d","ü":"ß","sp ace":"+"}"#,
            "/a?=v&a%26b=c%3Dd&%C3%BC=%C3%9F&sp%20ace=%2B",
        ),
        (
            "replace",
            "/a",
            r#"{"n":1e21,"i":10000000000000000000001,"d":0.1,"neg":-0}"#,
            "/a?n=1e%2B21&i=10000000000000000000001&d=0.1&neg=0",
        ),
        (
            "replace",
            "/a",
            r#"{"a":[{"x":1},{"x":2}],"b":[[1,2],[null,3]],"c":{"d":[1,2]},"e":{"f":null,"g":"{{undefined}}","h":""}}"#,
            "/a?a%5Bx%5D=1&a%5Bx%5D=2&b=1&b=2&b=3&c%5Bd%5D=1&c%5Bd%5D=2&e%5Bh%5D=",
        ),
    ] {
        let server = Server::quiet().await;
        let text = format!(
            r#"{{"name":"shop","qsPolicy":"{policy}","base":{BASE},"modules":{{"m":{{"type":"action","communication":{{"url":"{url}","qs":{qs}}}}}}}}}"#
        );
        App::new(&server, &text).act("{}").await.unwrap();
        assert_eq!(server.only().target, expected, "{policy} {url} {qs}");
    }
}

//! Whatever a stranger sends: an answer, no panic, and all of it delivered or nothing.

use bytes::Bytes;
use http::Request;
use proptest::prelude::*;

use crate::world::*;

/// Types of content, right and wrong.
fn content_type() -> impl Strategy<Value = String> {
    let kinds = prop::sample::select(vec![
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=b",
        "text/xml",
        "text/plain",
        "image/png",
        "",
        ";;=,",
    ]);
    let charsets = prop::sample::select(vec![
        "",
        "; charset=utf-16be",
        "; charset=\"gbk\"",
        "; charset=none",
        "; charset=",
    ]);
    (kinds, charsets).prop_map(|(kind, charset)| format!("{kind}{charset}"))
}

/// Bodies that look like something, most of them broken somewhere.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        &b"{\"a\":"[..],
        b"[1,2",
        b"}",
        b"]",
        b"a=%ff&",
        b"a=%zz",
        b"+=&&",
        b"--b\r\n",
        b"Content-Disposition: form-data; name=\"a\"\r\n\r\n",
        b"Content-Disposition: form-data; name=\"a\"; filename=\"\xff\"\r\n",
        b"\r\n--b--",
        b"<a b='c'>",
        b"</a>",
        b"\xff\xfe",
        b"\x1f\x8b\x08",
        b"\0",
    ]);
    let pieces = prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat());
    prop_oneof![pieces, prop::collection::vec(any::<u8>(), 0..64)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn every_request_is_answered(
        content_type in content_type(),
        coding in prop::sample::select(vec!["", "gzip", "deflate", "br"]),
        query in "[a-z%=&+\\[\\]]{0,12}",
        body in body(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let hook = attach(offline().webhooks().mirror(), crate::tickets::Mirror::new()).await;
            let mut request = Request::post("/").header("content-type", content_type);
            if !coding.is_empty() {
                request = request.header("content-encoding", coding);
            }
            let Ok(mut request) = request.body(Bytes::from(body)) else { return };
            if let Ok(uri) = format!("/?{query}").parse() {
                *request.uri_mut() = uri;
            }
            match hook.handle(request).await {
                Ok(delivery) => assert_eq!((delivery.bundles().len(), delivery.reply().status().as_u16()), (1, 200)),
                Err(error) => assert!(!coding.is_empty() && error.status().is_client_error(), "{error}"),
            }
        });
    }
}

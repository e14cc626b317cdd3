//! Answers: `respond` of webhooks, and responders (connector.md 11.6, 13.3).

use linchpin::webhook::Reply;
use linchpin::{ErrorKind, Value};

use crate::support::json;
use crate::tickets::Answer;
use crate::world::*;

async fn answered(query: &str, body: &str) -> Result<Reply, u16> {
    let hook = attach(offline().webhooks().reply(), crate::tickets::Reply::new()).await;
    let mut request = event(body);
    *request.uri_mut() = format!("/?{query}").parse().unwrap();
    match hook.handle(request).await {
        Ok(delivery) => {
            assert!(delivery.bundles().is_empty(), "`output` is null");
            Ok(delivery.into_parts().0)
        }
        Err(error) => Err(error.status().as_u16()),
    }
}

#[tokio::test]
async fn bodies_of_each_type() {
    let object = r#"{"a":"x y","b":[1,2],"c":null}"#;
    for (kind, sent, content) in [
        ("", r#"{"a":"x y","b":[1,2],"c":null}"#, "application/json"),
        ("json", r#"{"a":"x y","b":[1,2],"c":null}"#, "application/json"),
        ("urlencoded", "a=x%20y&b=1&b=2", "application/x-www-form-urlencoded"),
        ("text", r#"{"a":"x y","b":[1,2],"c":null}"#, "text/plain; charset=utf-8"),
    ] {
        let reply = answered(&format!("type={kind}"), object).await.unwrap();
        assert_eq!(shown(&reply), (200, sent.to_owned()), "{kind}");
        assert_eq!(content_type(&reply), Some(content));
    }
    let own = answered("type=text&contentType=text/csv&echo=%C5%BE", "\"a;b\"").await.unwrap();
    assert_eq!((content_type(&own), own.body().as_ref()), (Some("text/csv"), &b"a;b"[..]));
    assert_eq!(own.headers().get("x-echo").unwrap().as_bytes(), "ž".as_bytes());
    assert_eq!(shown(&answered("", "\"ok\"").await.unwrap()).1, "\"ok\"", "text of type json is JSON");
}

#[tokio::test]
async fn a_status_or_header_that_is_none_answers_500() {
    assert_eq!(answered("status=299", "{}").await.unwrap().status(), 299);
    assert_eq!(answered("status=", "{}").await.unwrap().status(), 200);
    for query in
        ["status=99", "status=1000", "status=ok", "status=200.5", "type=binary", "type=yaml", "echo=a%0Ab"]
    {
        assert_eq!(answered(query, "{}").await.unwrap_err(), 500, "{query}");
    }
    assert_eq!(answered("type=urlencoded", "[1]").await.unwrap_err(), 500);
}

#[tokio::test]
async fn responders_compose_answers() {
    let client = offline();
    let reply = client.answer(Answer::new(201).text("done")).await.unwrap();
    assert_eq!(shown(&reply), (201, "done".to_owned()));
    assert_eq!(content_type(&reply), Some("text/plain; charset=utf-8"));
    assert_eq!(reply.headers().get("x-by").unwrap(), "tickets");
    let reply = client.answer(Answer::new(404).text(json(r#"{"a":[1]}"#))).await.unwrap();
    assert_eq!(
        (shown(&reply), content_type(&reply)),
        ((404, r#"{"a":[1]}"#.to_owned()), Some("application/json"))
    );
    let reply = client.answer(Answer::new(204)).await.unwrap();
    assert_eq!((shown(&reply), content_type(&reply)), ((204, String::new()), None));
}

#[tokio::test]
async fn responders_check_their_input() {
    let client = offline();
    let error = client.answer(Answer::new(0).set("status", Value::from("ok"))).await.unwrap_err();
    assert_eq!((error.kind(), error.module()), (ErrorKind::Data, Some("answer")));
    let error = client.answer(Answer::new(7)).await.unwrap_err();
    assert_eq!((error.kind(), error.module()), (ErrorKind::Runtime, Some("answer")));
    assert!(error.to_string().contains("100 to 999"), "{error}");
}

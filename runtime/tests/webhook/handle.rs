//! Requests that arrive: verification, condition, items, output, answer (connector.md 13.3).

use linchpin::{ErrorKind, Value};

use crate::world::*;

const EVENTS: &str = r#"{"events":[{"id":1,"kind":"new"},{"id":2,"kind":"ping"},{"id":3,"kind":"old"}]}"#;

#[tokio::test]
async fn each_item_becomes_a_bundle_and_the_answer_is_the_authors() {
    let server = service().await;
    let hook = events(&client(&server)).await;
    let delivery = hook.handle(signed(EVENTS, "s1gning-key")).await.unwrap();
    let via = "POST test k-ada-1815";
    assert_eq!(
        text(delivery.bundles()),
        same(&format!(
            r#"[{{"id":1,"kind":"new","queue":"urgent","first":1,"last":3,"via":"{via}"}},
                {{"id":3,"kind":"old","queue":"urgent","first":1,"last":3,"via":"{via}"}}]"#
        ))
    );
    assert!(!delivery.is_verification());
    let reply = delivery.reply();
    assert_eq!(shown(reply), (202, r#"{"hook":"h 7"}"#.to_owned()));
    assert_eq!(content_type(reply), Some("application/json"));
    assert_eq!(reply.headers().get("x-count").unwrap(), "3");
    assert!(!reply.headers().contains_key("x-none"), "undefined headers are left out");
    assert_eq!(delivery.record().id(), "hook-7");
}

#[tokio::test]
async fn a_verification_is_answered_and_brings_nothing() {
    let server = service().await;
    let hook = events(&client(&server)).await;
    let delivery = hook.handle(get("/in/7?challenge=abc%20d&x=1")).await.unwrap();
    assert!(delivery.is_verification() && delivery.bundles().is_empty());
    assert_eq!(shown(delivery.reply()), (203, "abc d".to_owned()));
    assert_eq!(content_type(delivery.reply()), Some("text/plain; charset=utf-8"));
}

#[tokio::test]
async fn what_is_not_signed_brings_nothing_and_is_answered_as_usual() {
    let server = service().await;
    let hook = events(&client(&server)).await;
    let mut other_body = signed(EVENTS, "s1gning-key");
    *other_body.body_mut() = "{\"events\":[{\"id\":9}]}".into();
    for request in [signed(EVENTS, "another-key"), event(EVENTS), other_body] {
        let delivery = hook.handle(request).await.unwrap();
        assert_eq!(delivery.bundles().len(), 0);
        assert_eq!(delivery.reply().status(), 202);
    }
}

#[tokio::test]
async fn a_request_that_comes_again_brings_the_same_again() {
    let server = service().await;
    let hook = events(&client(&server)).await;
    let first = hook.handle(signed(EVENTS, "s1gning-key")).await.unwrap();
    let again = hook.clone().handle(signed(EVENTS, "s1gning-key")).await.unwrap();
    assert_eq!(text(first.bundles()), text(again.bundles()));
    assert_eq!(server.seen().len(), 2, "handling sends nothing");
}

#[tokio::test]
async fn without_directives_the_body_is_the_bundle_and_the_answer_is_accepted() {
    let hook = attach(offline().webhooks().plain(), crate::tickets::Plain::new()).await;
    let delivery = hook.handle(event(r#"{"a":1}"#)).await.unwrap();
    assert_eq!(text(delivery.bundles()), same(r#"[{"a":1}]"#));
    assert_eq!(shown(delivery.reply()), (200, "Accepted".to_owned()));
    assert_eq!(content_type(delivery.reply()), Some("text/plain; charset=utf-8"));
    let delivery = hook.handle(event(r#"[{"a":1},null,{"a":2}]"#)).await.unwrap();
    assert_eq!(text(delivery.bundles()), same(r#"[{"a":1},{"a":2}]"#), "a list is a list of bundles");
}

#[tokio::test]
async fn a_template_that_fails_delivers_nothing_and_answers_500() {
    let hook = attach(offline().webhooks().failing(), crate::tickets::Failing::new()).await;
    let error = hook.handle(event(r#"{"n":"t0ken-of-the-app"}"#)).await.unwrap_err();
    assert_eq!(shown(&error.reply()), (500, "Internal Server Error".to_owned()));
    assert_eq!(error.error().kind(), ErrorKind::Runtime);
    assert_eq!(error.error().module(), Some("failing"));
    assert!(error.to_string().contains("output.n"), "{error}");
    assert_eq!(hook.handle(event(r#"{"n":4}"#)).await.unwrap().bundles()[0].key("n"), &Value::from(8));
}

#[tokio::test]
async fn templates_see_all_of_the_request() {
    let hook = attach(offline().webhooks().mirror(), crate::tickets::Mirror::new()).await;
    let mut request = event(r#"{"a":[1,2]}"#);
    *request.uri_mut() = "/in/7?a=1&b=x%20y&a=2&c".parse().unwrap();
    *request.method_mut() = http::Method::PUT;
    let delivery = hook.handle(request).await.unwrap();
    let expected = r#"[{"method":"PUT","query":{"a":["1","2"],"b":"x y","c":""},"type":"application/json",
        "raw":"{\"a\":[1,2]}","body":{"a":[1,2]}}]"#;
    assert_eq!(text(delivery.bundles()), same(expected));
}

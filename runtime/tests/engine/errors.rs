//! `valid` and `error` (connector.md 7.5, 8).

use std::time::Duration;

use super::support::*;
use linchpin::ErrorKind::{self, *};
use linchpin::{Error, Value};

async fn answer(spec: &str, status: u16, response: &str) -> Result<Value, Error> {
    let server = Server::start(move |_| {
        let body = r#"{"error":{"message":"no such task","code":7},"kind":"DuplicateDataError","ok":false}"#;
        Reply::json(body).status(status).header("retry-after", "7")
    })
    .await;
    let client = builder(&server, connector(spec)).build().unwrap();
    act(&client, "{}", &format!(r#"{{"url":"/","response":{response}}}"#)).await
}

async fn fails(status: u16, response: &str) -> Error {
    answer("{}", status, response).await.unwrap_err()
}

#[tokio::test]
async fn defaults_by_status() {
    for (status, kind, message) in [
        (400, Runtime, "[400] Bad Request"),
        (404, Runtime, "[404] Not Found"),
        (429, RateLimit, "[429] Too Many Requests"),
        (500, Connection, "[500] Internal Server Error"),
        (503, Connection, "[503] Service Unavailable"),
        (599, Connection, "[599]"),
    ] {
        let error = fails(status, "{}").await;
        assert_eq!((error.kind(), error.message(), error.status()), (kind, message, Some(status)));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        assert!(error.may_have_been_sent());
        assert!(error.body().unwrap().starts_with(br#"{"error""#));
    }
    for status in [200, 204, 299, 304, 399] {
        answer("{}", status, r#"{"output":{}}"#).await.unwrap();
    }
}

#[tokio::test]
async fn every_form_of_error() {
    let full = r#"{"error":{"type":"DataError","message":"[{statusCode}] {body.error.message}",
        "404":{"type":"OutOfSpaceError","message":"gone"},"409":{"message":"only a message"},"410":{"type":"InconsistencyError"}}}"#;
    for (status, response, kind, message) in [
        (400, r#"{"error":"{body.error.message}"}"#, Runtime, "no such task"),
        (500, r#"{"error":"{body.error.message}"}"#, Connection, "no such task"),
        (400, full, Data, "[400] no such task"),
        (404, full, OutOfSpace, "gone"),
        (409, full, Data, "only a message"),
        (410, full, Inconsistency, "[410] no such task"),
        (
            400,
            r#"{"error":{"type":"{body.kind}","message":"{body.error}"}}"#,
            DuplicateData,
            r#"{"message":"no such task","code":7}"#,
        ),
        (400, r#"{"error":{"type":"{statusCode}","message":"{body.none}"}}"#, Runtime, "[400] Bad Request"),
        (429, r#"{"error":{"type":"","message":""}}"#, RateLimit, "[429] Too Many Requests"),
        (400, r#"{"error":{"type":"SomethingElse"}}"#, Runtime, "[400] Bad Request"),
        (500, r#"{"error":{"type":"UnknownError"}}"#, Runtime, "[500] Internal Server Error"),
    ] {
        let error = fails(status, response).await;
        assert_eq!((error.kind(), error.message()), (kind, message), "{status} {response}");
    }
}

#[tokio::test]
async fn every_kind_that_authors_can_name() {
    for (name, kind) in [
        ("RuntimeError", Runtime),
        ("DataError", Data),
        ("RateLimitError", RateLimit),
        ("OutOfSpaceError", OutOfSpace),
        ("ConnectionError", Connection),
        ("InvalidConfigurationError", InvalidConfiguration),
        ("InvalidAccessTokenError", InvalidAccessToken),
        ("IncompleteDataError", IncompleteData),
        ("DuplicateDataError", DuplicateData),
    ] {
        assert_eq!(fails(400, &format!(r#"{{"error":{{"type":"{name}"}}}}"#)).await.kind(), kind);
    }
}

#[tokio::test]
async fn valid_alone_decides() {
    for (status, response, good) in [
        (404, r#"{"valid":"{statusCode == 404}","output":{}}"#, true),
        (201, r#"{"valid":"{statusCode == 200}","output":{}}"#, false),
        (502, r#"{"valid":true,"output":{}}"#, true),
        (200, r#"{"valid":false,"output":{}}"#, false),
        (200, r#"{"valid":"{body.ok}","output":{}}"#, false),
        (404, r#"{"valid":{"message":"m"},"output":{}}"#, false),
        (200, r#"{"valid":{"message":"m"},"output":{}}"#, true),
    ] {
        assert_eq!(answer("{}", status, response).await.is_ok(), good, "{status} {response}");
    }
}

#[tokio::test]
async fn the_policy_keeps_bad_statuses_bad() {
    let strict = r#"{"andStatus":true}"#;
    for (status, valid, good) in [
        (502, r#""{!body.ok}""#, false),
        (200, r#""{!body.ok}""#, true),
        (404, r#""{statusCode == 404}""#, true),
    ] {
        let response = format!(r#"{{"valid":{valid},"output":{{}}}}"#);
        assert_eq!(answer(strict, status, &response).await.is_ok(), good, "{status} {valid}");
    }
    let error = answer(strict, 502, r#"{"valid":"{!body.ok}"}"#).await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (Connection, "[502] Bad Gateway"));
}

#[tokio::test]
async fn words_of_an_invalid_answer_by_precedence() {
    let error = r#""error":{"message":"general","type":"DataError","200":{"message":"by status","type":"OutOfSpaceError"}}"#;
    let own = r#""valid":{"condition":false,"message":"own","type":"IncompleteDataError"}"#;
    for (response, kind, message) in [
        (format!("{{{own},{error}}}"), IncompleteData, "own"),
        (format!(r#"{{"valid":{{"condition":false}},{error}}}"#), OutOfSpace, "by status"),
        (
            r#"{"valid":false,"error":{"message":"general","type":"DataError","404":{"message":"x"}}}"#
                .to_owned(),
            Data,
            "general",
        ),
        (r#"{"valid":false}"#.to_owned(), Runtime, "Response marked as invalid."),
    ] {
        let error = fails(200, &response).await;
        assert_eq!((error.kind(), error.message()), (kind, message), "{response}");
        assert_eq!((error.directive(), error.status()), (Some("response.valid"), Some(200)));
    }
}

#[tokio::test]
async fn errors_see_the_temp_of_their_answer() {
    let error = fails(400, r#"{"temp":{"why":"{body.error.message}"},"error":"{temp.why}!"}"#).await;
    assert_eq!(error.message(), "no such task!");
}

#[tokio::test]
async fn an_error_text_that_fails_does_not_hide_the_status() {
    let error = fails(503, r#"{"error":{"message":"{fail}","type":"{fail}"}}"#).await;
    assert_eq!((error.kind(), error.message()), (Connection, "[503] Service Unavailable"));
    assert!(std::error::Error::source(&error).unwrap().to_string().contains("this always fails"));
}

#[tokio::test]
async fn retryable_by_kind_or_status() {
    for (status, response, retryable) in [
        (429, "{}", true),
        (500, "{}", true),
        (400, "{}", false),
        (503, r#"{"error":{"type":"DataError"}}"#, true),
        (500, r#"{"error":{"type":"DataError"}}"#, false),
        (400, r#"{"error":{"type":"IncompleteDataError"}}"#, true),
    ] {
        let error = fails(status, response).await;
        assert_eq!(error.is_retryable(), retryable, "{status} {response}");
        assert!(!error.needs_login());
    }
}

#[tokio::test]
async fn kinds_that_the_runtime_raises_have_names_of_their_own() {
    assert_eq!(ErrorKind::PageLimit.to_string(), "PageLimitError");
    assert_eq!(ErrorKind::NoBundle.to_string(), "NoBundleError");
}

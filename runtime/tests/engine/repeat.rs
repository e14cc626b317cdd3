//! `repeat` (connector.md 12.3, rulings 26).

use std::sync::Arc;

use super::support::*;
use linchpin::clock::{Clock as _, ManualClock};
use linchpin::value::Date;

async fn run_with(server: &Server, requests: &str) -> (Result<linchpin::Value, linchpin::Error>, i64) {
    let clock = Arc::new(ManualClock::new(Date::from_millis(0)));
    let client = builder(server, connector("{}")).clock(Arc::clone(&clock)).build().unwrap();
    let result = act(&client, "{}", requests).await;
    (result, clock.now().as_millis())
}

fn until(done: usize) -> impl Fn(&Seen) -> Reply + Send + Sync {
    let count = std::sync::atomic::AtomicUsize::new(0);
    move |_: &Seen| {
        let count = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
        Reply::json(format!(r#"{{"busy":{},"n":{count}}}"#, count < done))
    }
}

#[tokio::test]
async fn runs_again_while_the_condition_holds_and_waits_between() {
    let server = Server::start(until(4)).await;
    let requests = r#"{"url":"/job","repeat":{"condition":"{body.busy}","delay":1500,"limit":300}}"#;
    let (result, waited) = run_with(&server, requests).await;
    assert_eq!(result.unwrap(), json(r#"{"busy":false,"n":4}"#), "the last run counts");
    assert_eq!((server.lines().len(), waited), (4, 4500));
}

#[tokio::test]
async fn the_limit_is_no_error_and_never_more_than_a_thousand() {
    let server = Server::start(until(usize::MAX)).await;
    let (result, waited) =
        run_with(&server, r#"{"url":"/job","repeat":{"condition":"{body.busy}","delay":10,"limit":3}}"#)
            .await;
    assert_eq!(result.unwrap().key("n").as_i64(), Some(3));
    assert_eq!((server.lines().len(), waited), (3, 20));
    let (result, waited) =
        run_with(&server, r#"{"url":"/job","repeat":{"condition":"{body.busy}","delay":5000,"limit":1800}}"#)
            .await;
    result.unwrap();
    assert_eq!((server.lines().len(), waited), (1003, 999 * 5000), "runs do not count as requests");
}

#[tokio::test]
async fn temp_and_condition_are_evaluated_for_each_run() {
    let server = Server::start(until(5)).await;
    let requests = r#"[{"url":"/job","temp":{"before":"{body.n}"},"condition":"{!temp.stop}",
        "repeat":{"condition":"{body.busy}"},"response":{"temp":{"stop":"{body.n == 3}"},"output":{"n":"{body.n}","before":"{temp.before}"}}},
        {"response":{"output":{"n":"{body.n}","before":"{temp.before}"}}}]"#;
    let (result, _) = run_with(&server, requests).await;
    assert_eq!(result.unwrap(), json(r#"{"n":3,"before":3}"#));
    assert_eq!(server.lines().len(), 3, "the condition of the request ends it as well");
}

#[tokio::test]
async fn a_job_that_is_waited_for() {
    let server = Server::start(|seen| {
        if seen.method == "POST" { r#"{"id":"j1"}"# } else { r#"{"status":"completed","data":{"rows":3}}"# }
    })
    .await;
    let requests = r#"[{"url":"/jobs","method":"POST","body":{},"response":{"temp":{"id":"{body.id}"}}},
        {"url":"/jobs/{temp.id}","repeat":{"condition":"{!body.status}","delay":1000,"limit":300},
         "response":{"temp":{"status":"{body.status}","data":"{body.data}"}}},
        {"response":{"valid":"{temp.status == 'completed'}","error":{"message":"Timed out"},"output":"{temp.data}"}}]"#;
    let (result, _) = run_with(&server, requests).await;
    assert_eq!(result.unwrap(), json(r#"{"rows":3}"#));
    assert_eq!(server.lines(), ["POST /jobs", "GET /jobs/j1"]);
}

#[tokio::test]
async fn temp_that_wraps_itself_ends_in_an_error_before_the_stack_does() {
    let server = Server::start(until(1_000)).await;
    let wrapped = (0..40).fold(r#""{temp.x}""#.to_owned(), |inner, _| format!(r#"{{"y":{inner}}}"#));
    let requests = format!(
        r#"{{"url":"/job","repeat":{{"condition":"{{body.busy}}","delay":1}},"response":{{"temp":{{"x":{wrapped}}}}}}}"#
    );
    let error = run_with(&server, &requests).await.0.unwrap_err();
    assert_eq!(error.kind(), linchpin::ErrorKind::InvalidConfiguration);
    assert!(error.message().contains("levels"), "{error}");
    assert_eq!(error.directive(), Some("temp"));
    assert!(server.lines().len() < 40);
}

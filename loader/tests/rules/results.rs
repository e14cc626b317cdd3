//! What comes of answers: results, limits, pages, runs (connector.md 4.4, 7.6 to 7.9, 12).

use super::support::*;
use futures_util::StreamExt as _;
use linchpin::{ErrorKind, Value};

const BASE: &str = r#"{"baseUrl":"https://api.shop.example"}"#;

async fn items() -> Server {
    Server::start(|_| r#"{"items":[{"id":1},{"id":2},{"id":3}]}"#).await
}

#[tokio::test]
async fn a_default_of_null_is_no_result() {
    let server = items().await;
    for default in ["null", r#""{{null}}""#, r#""{{undefined}}""#] {
        let skipped = format!(r#"{{"condition":{{"condition":false,"default":{default}}},"url":"/"}}"#);
        let both = format!(r#"[{{"url":"/","response":{{"output":{{"first":true}}}}}},{skipped}]"#);
        let bundle = App::of(&server, "action", BASE, &both).act("{}").await.unwrap();
        assert_eq!(bundle, json(r#"{"first":true}"#), "{default}");
        let nothing = App::of(&server, "rpc", BASE, &skipped).rpc("{}").await.unwrap();
        assert_eq!(nothing, json("[]"), "{default}");
    }
}

#[tokio::test]
async fn limits_that_are_texts() {
    let server = items().await;
    let app = |limit: &str| {
        let request =
            format!(r#"{{"url":"/","response":{{"iterate":"{{{{body.items}}}}","limit":{limit}}}}}"#);
        App::of(&server, "search", BASE, &request)
    };
    for (limit, expected) in [
        (r#""2""#, 2),
        (r#"" 2 ""#, 2),
        (r#""1e0""#, 1),
        (r#""""#, 3),
        (r#""{{parameters.none}}""#, 3),
        (r#""{{emptystring}}""#, 3),
    ] {
        assert_eq!(app(limit).search("{}").await.unwrap().len(), expected, "{limit}");
    }
    for limit in [
        r#""0""#,
        "0",
        "-3",
        "0.5",
        r#""many""#,
        r#""inf""#,
        r#""nan""#,
        "true",
        r#""{{now}}""#,
        r#"["2"]"#,
        r#"{"a":1}"#,
    ] {
        let error = app(limit).search("{}").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.directive()),
            (ErrorKind::InvalidConfiguration, Some("response.limit")),
            "{limit}"
        );
    }
}

#[tokio::test]
async fn a_limit_counts_the_bundles_of_lists_as_well() {
    let server = items().await;
    let lists = r#"{"url":"/","response":{"iterate":"{{body.items}}","output":["{{item}}",{"of":"{{item.id}}"}],"limit":3},
        "pagination":{"qs":{"page":"{{pagination.page}}"}}}"#;
    let found = App::of(&server, "search", BASE, lists).search("{}").await.unwrap();
    assert_eq!(Value::array(found), json(r#"[{"id":1},{"of":1},{"id":2}]"#));
    assert_eq!(server.lines().len(), 1);
    // The lists of an RPC are its items.
    let list = lists.replace(r#""limit":3"#, r#""limit":2"#);
    let found = App::of(&server, "rpc", BASE, &list).rpc("{}").await.unwrap();
    assert_eq!(found, json(r#"[[{"id":1},{"of":1}],[{"id":2},{"of":2}]]"#));
}

#[tokio::test]
async fn runs_of_repeat_do_not_count_and_the_request_behind_them_does() {
    let server = Server::start(|seen| {
        let busy = seen.target == "/job";
        Reply::json(format!(r#"{{"busy":{busy},"items":[{{"at":"{}"}}]}}"#, seen.target))
    })
    .await;
    let requests = r#"[{"url":"/job","repeat":{"condition":"{{body.busy}}","limit":4}},
        {"url":"/list","qs":{"page":"{{pagination.page}}"},"response":{"iterate":"{{body.items}}"},"pagination":{"condition":"{{true}}"}}]"#;
    let text = connector("search", BASE, requests);
    let app = App::built(&text, |builder| builder.base_url(&server.url).max_requests(3));
    let all: Vec<_> = app.search("{}").stream().take(20).collect().await;
    assert_eq!(server.lines().len(), 4 + 2, "one counted run of the job, and two pages");
    assert_eq!(all.len(), 3);
    assert_eq!(all[2].as_ref().unwrap_err().kind(), ErrorKind::PageLimit);
}

#[tokio::test]
async fn pages_without_their_parent_keep_what_base_says_about_headers() {
    for merge in ["false", r#""false""#] {
        let server = Server::start(|seen| {
            if seen.target.contains("page") { r#"{"items":[]}"# } else { r#"{"items":[{"id":1}]}"# }
        })
        .await;
        let base = r#"{"baseUrl":"https://api.shop.example","headers":{"Authorization":"base"}}"#;
        let request = format!(
            r#"{{"url":"/t","qs":{{"size":2}},"headers":{{"X-Own":"1"}},"response":{{"iterate":"{{{{body.items}}}}"}},
                "pagination":{{"mergeWithParent":{merge},"qs":{{"page":"{{{{pagination.page}}}}"}}}}}}"#
        );
        App::of(&server, "search", base, &request).search("{}").await.unwrap();
        assert_eq!(server.lines(), ["GET /t?size=2", "GET /t?page=2"], "{merge}");
        let page = server.seen().pop().unwrap();
        assert_eq!((page.header("authorization"), page.header("x-own")), (Some("base"), None), "{merge}");
    }
}

#[tokio::test]
async fn a_stream_that_is_dropped_asks_for_nothing_more() {
    let server = items().await;
    let request = r#"{"url":"/","qs":{"page":"{{pagination.page}}"},"response":{"iterate":"{{body.items}}"},"pagination":{"condition":"{{true}}"}}"#;
    let app = App::of(&server, "search", BASE, request);
    let mut stream = app.search("{}").stream();
    for _ in 0..4 {
        stream.next().await.unwrap().unwrap();
    }
    drop(stream);
    assert_eq!(app.search("{}").take(3).await.unwrap().len(), 3);
    assert_eq!(app.search("{}").take(0).await.unwrap().len(), 0);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert_eq!(server.lines(), ["GET /?page=1", "GET /?page=2", "GET /?page=1"]);
}

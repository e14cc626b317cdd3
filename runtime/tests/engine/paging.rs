//! `pagination` (connector.md 12.1, rulings 20, 21, 28).

use futures_util::StreamExt as _;

use super::support::*;
use linchpin::ErrorKind;
use linchpin::plan::ModuleKind;

/// Pages of two items; `page` and `size` come from the query, `pages` is the number of all pages.
fn feed(pages: u64) -> impl Fn(&Seen) -> Reply + Send + Sync {
    move |seen: &Seen| {
        let page: u64 = seen
            .target
            .split(['?', '&'])
            .find_map(|part| part.strip_prefix("page=").or_else(|| part.strip_prefix("after=")))
            .map_or(1, |page| page.parse().unwrap());
        let items = if page > pages {
            String::new()
        } else {
            format!(r#"{{"id":{}}},{{"id":{}}}"#, page * 2 - 1, page * 2)
        };
        let next = if page < pages { format!("{}", page + 1) } else { "null".to_owned() };
        Reply::json(format!(r#"{{"items":[{items}],"next":{next},"total":{pages}}}"#))
    }
}

fn ids(found: &[linchpin::Value]) -> Vec<i64> {
    found.iter().map(|bundle| bundle.key("id").as_i64().unwrap()).collect()
}

const WALK: &str = r#""response":{"iterate":"{body.items}"}"#;

#[tokio::test]
async fn a_cursor() {
    let server = Server::start(feed(3)).await;
    let requests = format!(
        r#"{{"url":"/t","qs":{{"size":2}},{WALK},"pagination":{{"qs":{{"after":"{{body.next}}"}},"condition":"{{body.next}}"}}}}"#
    );
    let found = find(&client(&server), "{}", &requests).await.unwrap();
    assert_eq!(ids(&found), [1, 2, 3, 4, 5, 6]);
    assert_eq!(server.lines(), ["GET /t?size=2", "GET /t?size=2&after=2", "GET /t?size=2&after=3"]);
}

#[tokio::test]
async fn a_page_number_is_asked_about_twice() {
    let server = Server::start(feed(3)).await;
    let requests = format!(
        r#"{{"url":"/t",{WALK},"pagination":{{"qs":{{"page":"{{pagination.page}}"}},"condition":"{{pagination.page < body.total}}"}}}}"#
    );
    let found = find(&client(&server), "{}", &requests).await.unwrap();
    assert_eq!(ids(&found), [1, 2, 3, 4], "with `page < total` the last page is lost, as on the platform");
    assert_eq!(server.lines(), ["GET /t", "GET /t?page=2"]);
}

#[tokio::test]
async fn the_variables_of_paging() {
    let server = Server::start(feed(5)).await;
    let requests = format!(
        r#"{{"url":"/t","qs":{{"page":"{{pagination.page}}","o":"{{pagination.offset}}","l":"{{pagination.limit}}"}},{WALK},
            "pagination":{{"condition":"{{body.next}}"}}}}"#
    );
    find(&client(&server), "{}", &requests).await.unwrap();
    assert_eq!(
        server.lines(),
        [
            "GET /t?page=1&o=0&l=20",
            "GET /t?page=2&o=20&l=100",
            "GET /t?page=3&o=120&l=500",
            "GET /t?page=4&o=620&l=500",
            "GET /t?page=5&o=1120&l=500"
        ]
    );
}

#[tokio::test]
async fn an_empty_page_ends_it() {
    let server = Server::start(feed(2)).await;
    let requests = format!(r#"{{"url":"/t",{WALK},"pagination":{{"qs":{{"page":"{{pagination.page}}"}}}}}}"#);
    assert_eq!(ids(&find(&client(&server), "{}", &requests).await.unwrap()), [1, 2, 3, 4]);
    assert_eq!(server.lines().len(), 3);
    let output = r#"{"url":"/t","response":{"output":"{body.items}"},"pagination":{"qs":{"page":"{pagination.page}"}}}"#;
    let capped = builder(&server, connector("{}")).max_pages(9).build().unwrap();
    assert_eq!(ids(&find(&capped, "{}", output).await.unwrap()), [1, 2, 3, 4]);
    assert_eq!(server.lines().len(), 6, "without `iterate`, the output is the list");
}

#[tokio::test]
async fn an_empty_page_is_one_without_items_not_without_bundles() {
    let server = Server::start(feed(2)).await;
    let requests = r#"{"url":"/t","response":{"iterate":{"container":"{body.items}","condition":"{item.id == 4}"}},
        "pagination":{"qs":{"page":"{pagination.page}"}}}"#;
    assert_eq!(ids(&find(&client(&server), "{}", requests).await.unwrap()), [4]);
}

#[tokio::test]
async fn a_link_to_the_next_page() {
    let server = Server::start(|seen| {
        let next = match seen.target.as_str() {
            "/t?size=2&page=1" => r#""/t?page=2&x=%2F""#,
            "/t?page=2&x=%2F&size=2" => r#""/t?page=3""#,
            _ => "null",
        };
        Reply::json(format!(r#"{{"items":[{{"id":1}}],"next":{next}}}"#))
    })
    .await;
    let requests =
        format!(r#"{{"url":"/t","qs":{{"size":2,"page":1}},{WALK},"pagination":{{"url":"{{body.next}}"}}}}"#);
    find(&client(&server), "{}", &requests).await.unwrap();
    assert_eq!(
        server.lines(),
        ["GET /t?size=2&page=1", "GET /t?page=2&x=%2F&size=2", "GET /t?page=3&size=2"],
        "the keys of the link stand, the others are added, and no link is the end"
    );
}

#[tokio::test]
async fn pagination_overrides_the_keys_of_its_link() {
    let server = Server::script(vec![r#"{"items":[1],"next":"/t?page=2&size=1"}"#, r#"{"items":[]}"#]).await;
    let requests = format!(
        r#"{{"url":"/t","qs":{{"a":1}},{WALK},"pagination":{{"url":"{{body.next}}","qs":{{"size":5}}}}}}"#
    );
    find(&client(&server), "{}", &requests).await.unwrap();
    assert_eq!(server.lines(), ["GET /t?a=1", "GET /t?page=2&size=5&a=1"]);
}

#[tokio::test]
async fn what_the_next_page_takes_from_its_parent() {
    let parent =
        r#""url":"/t","method":"POST","headers":{"X-A":"1","X-B":"1"},"body":{"q":{"a":1},"page":1}"#;
    let over = r#""headers":{"x-b":"2"},"body":{"q":{"b":2},"page":"{pagination.page}"},"condition":"{pagination.page < 3}""#;
    for (merge, body, a) in
        [(true, r#"{"q":{"a":1,"b":2},"page":2}"#, Some("1")), (false, r#"{"q":{"b":2},"page":2}"#, None)]
    {
        let server = Server::start(|_| r#"{"items":[{"id":1}]}"#).await;
        let requests = format!(r#"{{{parent},{WALK},"pagination":{{"mergeWithParent":{merge},{over}}}}}"#);
        find(&client(&server), "{}", &requests).await.unwrap();
        let seen = server.seen();
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[1].line(), "POST /t");
        assert_eq!(seen[1].text(), body);
        assert_eq!((seen[1].header("x-a"), seen[1].header("x-b")), (a, Some("2")));
    }
}

#[tokio::test]
async fn another_method_for_the_next_page() {
    let server = Server::start(|_| r#"{"items":[{"id":1}]}"#).await;
    let requests = format!(
        r#"{{"url":"/t",{WALK},"pagination":{{"method":"post","url":"/more","body":{{"p":"{{pagination.page}}"}},"condition":"{{pagination.page < 3}}"}}}}"#
    );
    find(&client(&server), "{}", &requests).await.unwrap();
    assert_eq!(server.lines(), ["GET /t", "POST /more"]);
    assert_eq!(server.seen()[1].text(), r#"{"p":2}"#);
}

#[tokio::test]
async fn the_limit_counts_over_all_pages() {
    let server = Server::start(feed(9)).await;
    for walk in [r#""iterate":"{body.items}""#, r#""output":"{body.items}""#] {
        let requests = format!(
            r#"{{"url":"/t","response":{{{walk},"limit":5}},"pagination":{{"qs":{{"page":"{{pagination.page}}"}}}}}}"#
        );
        assert_eq!(ids(&find(&client(&server), "{}", &requests).await.unwrap()), [1, 2, 3, 4, 5], "{walk}");
    }
    assert_eq!(server.lines().len(), 6, "three pages each");
}

#[tokio::test]
async fn a_limit_that_is_reached_with_a_page_asks_for_no_other() {
    let server = Server::start(feed(9)).await;
    let requests = r#"{"url":"/t","response":{"iterate":"{body.items}","limit":4},"pagination":{"qs":{"page":"{pagination.page}"}}}"#;
    assert_eq!(find(&client(&server), "{}", requests).await.unwrap().len(), 4);
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn first_and_last_item_lead_on() {
    let server = Server::script(vec![r#"{"items":[{"id":1},{"id":2}]}"#, r#"{"items":[]}"#]).await;
    let requests = format!(
        r#"{{"url":"/t",{WALK},"pagination":{{"qs":{{"after":"{{iterate.container.last.id}}","f":"{{iterate.container.first.id}}"}}}}}}"#
    );
    find(&client(&server), "{}", &requests).await.unwrap();
    assert_eq!(server.lines(), ["GET /t", "GET /t?after=2&f=1"]);
}

#[tokio::test]
async fn an_action_gives_its_last_page() {
    let server = Server::start(feed(3)).await;
    let requests = r#"{"url":"/t","response":{"output":{"next":"{body.next}"}},"pagination":{"qs":{"page":"{pagination.page}"},"condition":"{body.next}"}}"#;
    assert_eq!(act(&client(&server), "{}", requests).await.unwrap(), json(r#"{"next":null}"#));
    assert_eq!(server.lines().len(), 3);
}

#[tokio::test]
async fn the_next_page_is_read_when_it_is_wanted() {
    let server = Server::start(feed(9)).await;
    let requests = format!(
        r#"{{"url":"/t",{WALK},"pagination":{{"qs":{{"page":"{{pagination.page}}"}},"condition":"{{body.next}}"}}}}"#
    );
    let client = client(&server);
    let search = || search(&client, module(ModuleKind::Search, &requests), "{}");
    let mut stream = search().stream();
    assert!(server.seen().is_empty(), "nothing happens before the first poll");
    for (id, pages) in [(1, 1), (2, 1), (3, 2)] {
        assert_eq!(stream.next().await.unwrap().unwrap().key("id").as_i64(), Some(id));
        assert_eq!(server.lines().len(), pages);
    }
    drop(stream);
    let mut pages = search().pages();
    assert_eq!(ids(&pages.next().await.unwrap().unwrap()), [1, 2]);
    assert_eq!(server.lines().len(), 3);
    assert_eq!(ids(&search().take(3).await.unwrap()), [1, 2, 3]);
    assert_eq!(server.lines().len(), 5);
    assert_eq!(search().take(4).await.unwrap().len(), 4);
    assert_eq!(server.lines().len(), 7, "no third page is asked for");
    assert!(search().take(0).await.unwrap().is_empty());
    assert_eq!(server.lines().len(), 7);
    assert_eq!(search().stream().collect::<Vec<_>>().await.len(), 18);
}

#[tokio::test]
async fn without_streaming_everything_is_read_first() {
    let server = Server::start(feed(3)).await;
    let requests = r#"{"url":"/t","response":{"iterate":"{body.items}","wrapper":"{output}"},
        "pagination":{"qs":{"page":"{pagination.page}"},"condition":"{body.next}"}}"#;
    let mut stream = search(&client(&server), module(ModuleKind::Search, requests), "{}").stream();
    assert!(stream.next().await.unwrap().is_ok());
    assert_eq!(server.lines().len(), 3);
}

#[tokio::test]
async fn a_cap_ends_with_an_error_behind_the_bundles() {
    let requests = format!(
        r#"{{"url":"/t",{WALK},"pagination":{{"qs":{{"page":"{{pagination.page}}"}},"condition":"{{body.next}}"}}}}"#
    );
    for (spec, by_builder) in [(r#"{"maxPages":2}"#, false), (r#"{"maxRequests":2}"#, false), ("{}", true)] {
        let server = Server::start(feed(9)).await;
        let mut builder = builder(&server, connector(spec));
        if by_builder {
            builder = builder.max_pages(2);
        }
        let client = builder.build().unwrap();
        let stream = search(&client, module(ModuleKind::Search, &requests), "{}").stream();
        let all: Vec<_> = stream.collect().await;
        assert_eq!(all.len(), 5, "{spec}");
        assert!(all[..4].iter().all(Result::is_ok));
        assert_eq!(all[4].as_ref().unwrap_err().kind(), ErrorKind::PageLimit);
        assert_eq!(server.lines().len(), 2);
        let error = search(&client, module(ModuleKind::Search, &requests), "{}").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::PageLimit);
    }
    let server = Server::start(feed(2)).await;
    let client = builder(&server, connector(r#"{"maxPages":2}"#)).build().unwrap();
    assert_eq!(
        find(&client, "{}", &requests).await.unwrap().len(),
        4,
        "a cap that is just enough cuts nothing"
    );
}

#[tokio::test]
async fn searches_have_no_cap_of_their_own_and_rpcs_do() {
    let requests = format!(
        r#"{{"url":"/t",{WALK},"pagination":{{"qs":{{"page":"{{pagination.page}}"}},"condition":"{{body.next}}"}}}}"#
    );
    let server = Server::start(feed(120)).await;
    let client = client(&server);
    assert_eq!(find(&client, "{}", &requests).await.unwrap().len(), 240);
    let error = ask(&client, &requests).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PageLimit);
    assert_eq!(server.lines().len(), 170);
}

#[tokio::test]
async fn a_request_that_was_sent_before_is_not_sent_again() {
    for (pagination, pages) in [
        (r#"{"qs":{"after":"{body.missing}"}}"#, 1),
        (r#"{"qs":{"after":null}}"#, 1),
        (r#"{"url":"{body.circle}"}"#, 3),
        (r#"{"body":{"same":true}}"#, 1),
    ] {
        let server = Server::start(|seen| {
            let circle = match seen.target.as_str() {
                "/t" => "/a",
                "/a" => "/b",
                _ => "/a",
            };
            Reply::json(format!(r#"{{"items":[{{"id":1}}],"circle":"{circle}"}}"#))
        })
        .await;
        let requests = format!(r#"{{"url":"/t",{WALK},"pagination":{pagination}}}"#);
        let stream = search(&client(&server), module(ModuleKind::Search, &requests), "{}").stream();
        let all: Vec<_> = stream.collect().await;
        assert_eq!(server.lines().len(), pages, "{pagination}");
        assert_eq!(all.len(), pages + 1);
        let error = all.last().unwrap().as_ref().unwrap_err();
        assert_eq!((error.kind(), error.directive()), (ErrorKind::PageLimit, Some("pagination")));
        assert!(!error.may_have_been_sent());
    }
}

#[tokio::test]
async fn an_error_on_a_later_page_comes_behind_the_bundles_and_ends_the_stream() {
    let server = Server::start(|seen| match seen.target.as_str() {
        "/t" => Reply::json(r#"{"items":[{"id":1}]}"#),
        _ => Reply::new(429).header("retry-after", "3"),
    })
    .await;
    let requests = format!(r#"{{"url":"/t",{WALK},"pagination":{{"qs":{{"page":"{{pagination.page}}"}}}}}}"#);
    let mut stream = search(&client(&server), module(ModuleKind::Search, &requests), "{}").stream();
    assert!(stream.next().await.unwrap().is_ok());
    assert_eq!(stream.next().await.unwrap().unwrap_err().kind(), ErrorKind::RateLimit);
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn a_last_request_that_yields_nothing_leaves_what_was() {
    let server = Server::start(|_| r#"{"items":[{"id":1}]}"#).await;
    let client = client(&server);
    for last in [r#"{"condition":"{}","url":"/2"}"#, r#"{"url":"/2","response":{"output":null}}"#] {
        let requests = format!(r#"[{{"url":"/1",{WALK}}},{last}]"#);
        assert_eq!(ids(&find(&client, "{}", &requests).await.unwrap()), [1], "{last}");
    }
    let empty = format!(r#"[{{"url":"/1",{WALK}}},{{"url":"/2","response":{{"iterate":"{{body.none}}"}}}}]"#);
    assert!(find(&client, "{}", &empty).await.unwrap().is_empty(), "an empty list is a result");
}

#[tokio::test]
async fn a_cursor_that_stands_still_ends_with_an_error_whatever_it_is() {
    for (cursor, targets) in [
        ("null", &["/t"][..]),
        ("[]", &["/t"]),
        (r#""""#, &["/t", "/t?after="]),
        ("5", &["/t", "/t?after=5"]),
        (r#"{"a":1}"#, &["/t", "/t?after%5Ba%5D=1"]),
    ] {
        let page = format!(r#"{{"items":[{{"id":1}}],"next":{cursor}}}"#);
        let server = Server::start(move |_| Reply::json(page.clone())).await;
        let requests = format!(r#"{{"url":"/t",{WALK},"pagination":{{"qs":{{"after":"{{body.next}}"}}}}}}"#);
        let mut found = search(&client(&server), module(ModuleKind::Search, &requests), "{}").stream();
        let mut bundles = 0;
        let error = loop {
            match found.next().await {
                Some(Ok(_)) => bundles += 1,
                Some(Err(error)) => break error,
                None => panic!("{cursor}: it ended as if complete"),
            }
        };
        assert_eq!((error.kind(), bundles), (ErrorKind::PageLimit, targets.len()), "{cursor}");
        let seen: Vec<_> = server.seen().into_iter().map(|seen| seen.target).collect();
        assert_eq!(seen, targets, "{cursor}");
    }
}

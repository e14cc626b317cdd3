//! The order of things, several requests, request-less mode (connector.md 4, 6.6, 6.7).

use super::support::*;

#[tokio::test]
async fn one_request_from_end_to_end() {
    let server = Server::start(|_| r#"{"id":7,"title":"Water the plants"}"#).await;
    let bundle = act(
        &client(&server),
        r#"{"id":7,"fields":"title"}"#,
        r#"{"url":"/tasks/{parameters.id}","qs":{"fields":"{parameters.fields}"},"headers":{"X-Team":"blue"},
            "response":{"output":{"name":"{body.title}","status":"{statusCode}"}}}"#,
    )
    .await
    .unwrap();
    assert_eq!(bundle, json(r#"{"name":"Water the plants","status":200}"#));
    let seen = server.only();
    assert_eq!(seen.line(), "GET /tasks/7?fields=title");
    assert_eq!(seen.header("x-team"), Some("blue"));
    assert_eq!(seen.header("user-agent"), Some(concat!("linchpin/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(seen.header("content-type"), None);
}

#[tokio::test]
async fn temp_is_one_block_that_merges_deep_and_lives_through_all_requests() {
    let server = Server::start(|_| r#"{"next":2}"#).await;
    let bundle = act(
        &client(&server),
        "{}",
        r#"[{"temp":{"a":{"x":1},"list":[1,2],"keep":"k"},"url":"/1",
             "response":{"temp":{"a":{"y":"{body.next}"},"list":["{null}"],"keep":"{}","same":"{temp.a.y}"}}},
            {"temp":{"seen":"{temp.a}","late":"{temp.seen}"},"url":"/2","response":{"output":"{temp}"}}]"#,
    )
    .await
    .unwrap();
    assert_eq!(
        bundle,
        json(r#"{"a":{"x":1,"y":2},"list":[null,2],"keep":"k","seen":{"x":1,"y":2}}"#),
        "undefined changes nothing, null overwrites, keys of one block do not see each other"
    );
}

#[tokio::test]
async fn temp_precedes_the_condition_and_the_request() {
    let server = Server::quiet().await;
    let requests = r#"{"temp":{"go":"{parameters.go}"},"condition":"{temp.go}","url":"/{temp.go}"}"#;
    let client = client(&server);
    act(&client, r#"{"go":"yes"}"#, requests).await.unwrap();
    assert_eq!(server.lines(), ["GET /yes"]);
    let error = act(&client, r#"{"go":""}"#, requests).await.unwrap_err();
    assert_eq!(error.kind(), linchpin::ErrorKind::NoBundle);
    assert_eq!(server.lines().len(), 1, "a request that is skipped is not sent");
}

#[tokio::test]
async fn a_skipped_request_yields_its_default_or_leaves_what_was() {
    let server =
        Server::start(|seen| if seen.target == "/1" { r#"{"from":1}"# } else { r#"{"from":3}"# }).await;
    let client = client(&server);
    let skip_last = r#"[{"url":"/1"},{"condition":"{}","url":"/2"}]"#;
    assert_eq!(act(&client, "{}", skip_last).await.unwrap(), json(r#"{"from":1}"#));
    let default =
        r#"[{"url":"/1"},{"condition":{"condition":"{}","default":{"from":"default {temp.x}"}},"url":"/2"}]"#;
    assert_eq!(act(&client, "{}", default).await.unwrap(), json(r#"{"from":"default "}"#));
    let goes_on = r#"[{"condition":"{}","url":"/2"},{"condition":{"default":{}},"url":"/3"}]"#;
    assert_eq!(
        act(&client, "{}", goes_on).await.unwrap(),
        json(r#"{"from":3}"#),
        "an absent condition holds"
    );
    assert_eq!(server.lines(), ["GET /1", "GET /1", "GET /3"]);
}

#[tokio::test]
async fn the_last_request_that_produced_something_gives_the_result() {
    let server = Server::start(|seen| match seen.target.as_str() {
        "/empty" => Reply::new(204),
        _ => Reply::json(r#"{"from":"body"}"#),
    })
    .await;
    let client = client(&server);
    for last in [
        r#"{"url":"/2","response":{"output":null}}"#,
        r#"{"url":"/2","response":{"output":false}}"#,
        r#"{"url":"/2","response":{"output":"{body.missing}"}}"#,
        r#"{"url":"/empty"}"#,
    ] {
        let requests = format!(r#"[{{"url":"/1","response":{{"output":{{"from":"first"}}}}}},{last}]"#);
        assert_eq!(act(&client, "{}", &requests).await.unwrap(), json(r#"{"from":"first"}"#), "{last}");
    }
    let body = r#"[{"url":"/1","response":{"output":{"from":"first"}}},{"url":"/2"}]"#;
    assert_eq!(
        act(&client, "{}", body).await.unwrap(),
        json(r#"{"from":"body"}"#),
        "without output, the body"
    );
}

#[tokio::test]
async fn request_less_mode_sends_nothing_and_sees_the_answer_before() {
    let server = Server::start(|_| Reply::json(r#"{"state":"done"}"#).status(201).header("x-a", "b")).await;
    let client = client(&server);
    let bundle = act(
        &client,
        "{}",
        r#"[{"url":"/1"},{"response":{"output":{"state":"{body.state}","status":"{statusCode}","a":"{headers.X-A}"}}}]"#,
    )
    .await
    .unwrap();
    assert_eq!(bundle, json(r#"{"state":"done","status":201,"a":"b"}"#));
    let list = r#"{"response":{"output":[{"label":"Red","value":"r"},{"label":"Blue","value":"b"}]}}"#;
    assert_eq!(ask(&client, list).await.unwrap().items().len(), 2);
    assert_eq!(server.lines().len(), 1);
    let invalid =
        r#"{"response":{"valid":"{temp.done}","error":{"type":"IncompleteDataError","message":"Not yet"}}}"#;
    let error = act(&client, "{}", invalid).await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (linchpin::ErrorKind::IncompleteData, "Not yet"));
    assert!(!error.may_have_been_sent());
    let nothing =
        act(&client, "{}", r#"{"response":{"output":{"b":"{body}","s":"{statusCode}"}}}"#).await.unwrap();
    assert_eq!(nothing.to_json().unwrap(), "{}", "the first request has no answer before it");
}

#[tokio::test]
async fn data_of_a_module_stays_for_its_next_run() {
    let server = Server::start(|_| r#"{"cursor":"c1"}"#).await;
    let client = client(&server);
    let requests =
        r#"{"url":"/tasks","qs":{"after":"{data.cursor}"},"response":{"data":{"cursor":"{body.cursor}"}}}"#;
    act(&client, "{}", requests).await.unwrap();
    act(&client.clone(), "{}", requests).await.unwrap();
    assert_eq!(server.lines(), ["GET /tasks", "GET /tasks?after=c1"]);
}

#[tokio::test]
async fn a_template_that_fails_names_module_and_directive() {
    let server = Server::quiet().await;
    for requests in [
        r#"{"url":"/{fail}"}"#,
        r#"{"url":"/","temp":{"a":"{fail}"}}"#,
        r#"{"url":"/","condition":"{fail}"}"#,
        r#"{"url":"/","response":{"temp":{"a":"{fail}"}}}"#,
        r#"{"url":"/","response":{"valid":"{fail}"}}"#,
        r#"{"url":"/","response":{"output":"{fail}"}}"#,
        r#"{"url":"/","response":{"wrapper":"{fail}"}}"#,
    ] {
        let error = act(&client(&server), "{}", requests).await.unwrap_err();
        assert_eq!(error.kind(), linchpin::ErrorKind::Runtime, "{requests}");
        assert_eq!(error.module(), Some("listTasks"));
        assert_eq!(error.directive(), Some("the.place"));
        assert_eq!(error.to_string(), "listTasks: this always fails (tasks.json:1:1 the.place)");
    }
}

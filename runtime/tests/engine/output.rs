//! `iterate`, `output`, `limit`, `wrapper` and the type filter (connector.md 7.6 to 7.9).

use super::support::*;
use linchpin::ErrorKind;

const ITEMS: &str =
    r#"{"items":[{"id":1,"on":true},{"id":2},{"id":3,"on":true}],"one":{"id":9},"none":null,"text":"t"}"#;

async fn items() -> Server {
    Server::start(|_| ITEMS).await
}

fn with(response: &str) -> String {
    format!(r#"{{"url":"/","response":{response}}}"#)
}

#[tokio::test]
async fn what_is_walked_and_what_comes_of_it() {
    let server = items().await;
    let client = client(&server);
    for (response, expected) in [
        (r#"{"iterate":"{body.items}"}"#, r#"[{"id":1,"on":true},{"id":2},{"id":3,"on":true}]"#),
        (r#"{"iterate":"{body.items}","output":{"n":"{item.id}"}}"#, r#"[{"n":1},{"n":2},{"n":3}]"#),
        (
            r#"{"iterate":{"container":"{body.items}","condition":"{item.on}"},"output":{"n":"{item.id}"}}"#,
            r#"[{"n":1},{"n":3}]"#,
        ),
        (
            r#"{"iterate":{"container":"{body.items}","condition":"{item.on}"},
               "output":{"f":"{iterate.container.first.id}","l":"{iterate.container.last.id}"},"limit":1}"#,
            r#"[{"f":1,"l":3}]"#,
        ),
        (r#"{"iterate":"{body.one}"}"#, r#"[{"id":9}]"#),
        (r#"{"iterate":"{body.none}"}"#, "[]"),
        (r#"{"iterate":"{body.missing}"}"#, "[]"),
        (r#"{"iterate":"{body.items}","output":"{item.on}"}"#, "[]"),
        (r#"{"iterate":"{body.items}","output":null}"#, "[]"),
        (r#"{"output":"{body.items}"}"#, r#"[{"id":1,"on":true},{"id":2},{"id":3,"on":true}]"#),
        (r#"{"output":"{body.one}"}"#, r#"[{"id":9}]"#),
        (r#"{"output":"{body.text}"}"#, "[]"),
        (r#"{"output":"{body.none}"}"#, "[]"),
    ] {
        let found = find(&client, "{}", &with(response)).await.unwrap();
        assert_eq!(linchpin::Value::array(found), json(expected), "{response}");
    }
}

#[tokio::test]
async fn an_action_keeps_one_object() {
    let server = items().await;
    let client = client(&server);
    assert_eq!(act(&client, "{}", &with(r#"{"output":"{body.one}"}"#)).await.unwrap(), json(r#"{"id":9}"#));
    for response in [
        r#"{"output":"{body.items}"}"#,
        r#"{"output":"{body.text}"}"#,
        r#"{"iterate":"{body.items}"}"#,
        r#"{"output":null}"#,
    ] {
        let error = act(&client, "{}", &with(response)).await.unwrap_err();
        assert_eq!((error.kind(), error.module()), (ErrorKind::NoBundle, Some("listTasks")), "{response}");
        assert!(error.may_have_been_sent());
    }
}

#[tokio::test]
async fn an_rpc_keeps_objects_texts_and_lists() {
    let server = items().await;
    let client = client(&server);
    for (output, expected) in [
        (r#""{body.one}""#, r#"{"id":9}"#),
        (r#""{body.text}""#, r#""t""#),
        (r#"["a",1]"#, r#"["a",1]"#),
        (r#""{body.none}""#, "[]"),
        ("5", "[]"),
    ] {
        assert_eq!(
            ask(&client, &with(&format!(r#"{{"output":{output}}}"#))).await.unwrap(),
            json(expected),
            "{output}"
        );
    }
}

#[tokio::test]
async fn limits() {
    let server = items().await;
    let client = client(&server);
    let count = async |response: &str, input: &str| {
        find(&client, input, &with(response)).await.map(|found| found.len())
    };
    for (limit, expected) in [
        ("2", 2),
        ("\"2\"", 2),
        ("2.9", 2),
        ("99", 3),
        ("null", 3),
        ("\"\"", 3),
        ("\"{parameters.none}\"", 3),
        ("\"{parameters.n}\"", 1),
    ] {
        for walk in [r#""iterate":"{body.items}""#, r#""output":"{body.items}""#] {
            let response = format!(r#"{{{walk},"limit":{limit}}}"#);
            assert_eq!(count(&response, r#"{"n":1}"#).await.unwrap(), expected, "{response}");
        }
    }
    for limit in ["0", "-1", "\"many\"", "true"] {
        let error =
            count(&format!(r#"{{"iterate":"{{body.items}}","limit":{limit}}}"#), "{}").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.directive()),
            (ErrorKind::InvalidConfiguration, Some("response.limit"))
        );
    }
}

#[tokio::test]
async fn only_the_last_limit_counts() {
    let server = items().await;
    let requests = r#"[{"url":"/1","response":{"iterate":"{body.items}","limit":0}},
        {"condition":"{}","url":"/2","response":{"limit":0}}]"#;
    assert_eq!(find(&client(&server), "{}", requests).await.unwrap().len(), 3);
}

#[tokio::test]
async fn the_wrapper_sees_everything_once() {
    let server = items().await;
    let client = client(&server);
    let wrapped = r#"{"iterate":"{body.items}","output":{"n":"{item.id}"},"wrapper":{"all":"{output}"}}"#;
    assert_eq!(
        act(&client, "{}", &with(wrapped)).await.unwrap(),
        json(r#"{"all":[{"n":1},{"n":2},{"n":3}]}"#)
    );
    let found =
        find(&client, "{}", &with(r#"{"iterate":"{body.items}","wrapper":"{output}"}"#)).await.unwrap();
    assert_eq!(found.len(), 3);
    let single = r#"{"output":"{body.one}","wrapper":{"it":"{output.id}"}}"#;
    assert_eq!(act(&client, "{}", &with(single)).await.unwrap(), json(r#"{"it":9}"#));
}

#[tokio::test]
async fn a_template_that_fails_at_one_item_fails_the_search() {
    let server = items().await;
    let error = find(&client(&server), "{}", &with(r#"{"iterate":"{body.items}","output":{"x":"{fail}"}}"#))
        .await
        .unwrap_err();
    assert_eq!(error.directive(), Some("the.place"));
}

//! Polling triggers (connector.md 3.15, 11.4, rulings 29).

use super::support::*;
use linchpin::client::Trigger;
use linchpin::trigger::TriggerState;
use linchpin::{Date, ErrorKind, Value};

/// A trigger over the list in the body.
fn feed(kind: &str, order: &str, more: &str) -> String {
    format!(
        r#"{{"url":"/tasks","response":{{"iterate":"{{body}}","output":{{"id":"{{item.id}}"}}{more},
        "trigger":{{"type":"{kind}","order":"{order}","id":"{{item.id}}","date":"{{item.at}}"}}}}}}"#
    )
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Polls until nothing new comes, and gives the ids of each batch.
async fn drain(trigger: &Trigger<Value>, state: &mut TriggerState) -> Vec<Vec<String>> {
    let mut batches = Vec::new();
    loop {
        let batch = trigger.poll(state).await.unwrap();
        if batch.is_empty() {
            return batches;
        }
        batches.push(batch.iter().map(|bundle| bundle.key("id").to_text().to_string()).collect());
    }
}

#[tokio::test]
async fn the_oldest_come_first_and_one_at_a_time() {
    let server = Server::start(|_| r#"[{"id":3},{"id":2},{"id":10}]"#).await;
    let client = client(&server);
    for order in ["unordered", "asc", "desc"] {
        let mut state = TriggerState::all();
        if order == "unordered" {
            let batches = drain(&trigger(&client, &feed("id", order, "")), &mut state).await;
            assert_eq!(batches, [["2"], ["3"], ["10"]]);
            assert_eq!(state.last_id(), Some("10"));
        }
        // What is in another order than was promised is lost, and nothing else: that is what the order is for.
        let batches =
            drain(&trigger(&client, &feed("id", order, r#","limit":5"#)), &mut TriggerState::all()).await;
        assert_eq!(batches, [["2", "3", "10"]], "{order}");
    }
}

#[tokio::test]
async fn items_of_one_date_are_told_apart_by_their_ids() {
    let page = r#"[{"id":"c","at":"2026-01-02T00:00:00Z"},{"id":"a","at":"2026-01-02T00:00:00Z"},
        {"id":"b","at":"2026-01-02T00:00:00Z"},{"id":"z","at":"2026-01-01T00:00:00Z"}]"#;
    let server = Server::start(move |_| page).await;
    let client = client(&server);
    let mut state = TriggerState::all();
    let trigger = trigger(&client, &feed("date", "desc", r#","limit":2"#));
    assert_eq!(drain(&trigger, &mut state).await, [["z", "a"], ["b", "c"]]);
    assert_eq!(state.last_date(), Some(date("2026-01-02T00:00:00Z")));
}

#[tokio::test]
async fn the_starts() {
    let page = r#"[{"id":1,"at":"2026-01-01T00:00:00Z"},{"id":2,"at":"2026-01-02T00:00:00Z"},{"id":3,"at":"2026-01-03T00:00:00Z"}]"#;
    let server = Server::start(move |_| page).await;
    let client = client(&server);
    let by_date = trigger(&client, &feed("date", "asc", r#","limit":9"#));
    let by_id = trigger(&client, &feed("id", "asc", r#","limit":9"#));
    let second = date("2026-01-02T00:00:00Z");
    let none: [[&str; 0]; 0] = [];
    assert_eq!(drain(&by_date, &mut TriggerState::all()).await, [["1", "2", "3"]]);
    assert_eq!(drain(&by_date, &mut TriggerState::since(second)).await, [["2", "3"]]);
    assert_eq!(drain(&by_date, &mut TriggerState::from_now(date("2026-01-02T00:00:01Z"))).await, [["3"]]);
    assert_eq!(drain(&by_id, &mut TriggerState::starting_at(2).unwrap()).await, [["2", "3"]]);
    assert_eq!(drain(&by_id, &mut TriggerState::from_now(second)).await, none);
    assert_eq!(TriggerState::starting_at("").unwrap_err().kind(), ErrorKind::InvalidConfiguration);
}

#[tokio::test]
async fn from_now_is_behind_the_greatest_id_that_is_there() {
    for order in ["desc", "unordered"] {
        let pages = [r#"[{"id":7},{"id":5}]"#, r#"[{"id":8},{"id":7},{"id":5}]"#];
        let server = Server::script(pages.to_vec()).await;
        let client = client(&server);
        let trigger = trigger(&client, &feed("id", order, r#","limit":9"#));
        let mut state = TriggerState::from_now(date("2026-01-02T00:00:00Z"));
        assert!(trigger.poll(&mut state).await.unwrap().is_empty());
        assert_eq!(trigger.poll(&mut state).await.unwrap(), [json(r#"{"id":8}"#)], "{order}");
    }
}

#[tokio::test]
async fn epoch_lists_where_to_start() {
    let page =
        r#"[{"id":"b","at":"2026-01-02T00:00:00Z","title":"B"},{"id":"a","at":"2026-01-01T00:00:00Z"}]"#;
    let server = Server::start(move |_| page).await;
    let client = client(&server);
    let output = r#","limit":9"#;
    let by_date = feed("date", "desc", output)
        .replace(r#"{"id":"{item.id}"}"#, r#"{"label":"{item.title}","color":"red"}"#);
    let by_date = trigger(&client, &by_date);
    let starts = by_date.epoch().await.unwrap();
    let shown: Vec<_> = starts.iter().map(|start| (start.label.as_str(), start.date)).collect();
    assert_eq!(shown, [("B", Some(date("2026-01-02T00:00:00Z"))), ("a", Some(date("2026-01-01T00:00:00Z")))]);
    assert_eq!(starts[0].extra, object(r#"{"color":"red"}"#));
    assert_eq!(by_date.poll(&mut starts[0].state()).await.unwrap().len(), 1);
    assert_eq!(by_date.poll(&mut starts[1].state()).await.unwrap().len(), 2);
    // Texts have no neighbour below them, and the chosen item is the first one all the same.
    let by_id = trigger(&client, &feed("id", "desc", output));
    let starts = by_id.epoch().await.unwrap();
    assert_eq!(drain(&by_id, &mut starts[0].state()).await, [["b"]]);
    assert_eq!(drain(&by_id, &mut starts[1].state()).await, [["a", "b"]]);

    let module = std::sync::Arc::new(module(linchpin::plan::ModuleKind::Trigger, &feed("id", "asc", "")));
    let without = Trigger::<Value>::new(&client, module, None, linchpin::Object::new());
    assert_eq!(without.epoch().await.unwrap_err().kind(), ErrorKind::InvalidConfiguration);
}

#[tokio::test]
async fn templates_see_where_the_last_poll_ended() {
    let server = Server::start(|_| r#"[{"id":7,"at":"2026-01-02T00:00:00Z"}]"#).await;
    let client = client(&server);
    let seen = r#"{"url":"/tasks?d={data.lastDate}&i={data.lastId}&j={data.lastID}&e={trigger.matchEqual}","#;
    for (kind, first, second) in [
        ("date", "d=1970-01-01T00:00:00.000Z&i=&j=&e=true", "d=2026-01-02T00:00:00.000Z&i=7&j=7&e=true"),
        ("id", "d=&i=&j=&e=false", "d=&i=7&j=7&e=false"),
    ] {
        let mut state = TriggerState::all();
        let trigger = trigger(&client, &feed(kind, "asc", "").replace(r#"{"url":"/tasks","#, seen));
        drain(&trigger, &mut state).await;
        let lines: Vec<_> = server.seen().iter().rev().take(2).map(|seen| seen.target.clone()).collect();
        assert_eq!(lines, [format!("/tasks?{second}"), format!("/tasks?{first}")], "{kind}");
    }
}

#[tokio::test]
async fn descending_feeds_are_read_back_to_what_is_known() {
    let page = |number: u32| {
        let items = (0..3).map(|at| format!(r#"{{"id":{}}}"#, 100 - number * 3 - at));
        Reply::json(format!("[{}]", items.collect::<Vec<_>>().join(",")))
    };
    let server = Server::start(move |seen| {
        let number = seen.target.rsplit_once("page=").map_or(1, |(_, number)| number.parse().unwrap());
        page(number)
    })
    .await;
    let client = client(&server);
    let paged = feed("id", "desc", r#","limit":2"#).replace(
        r#"{"url":"/tasks","#,
        r#"{"url":"/tasks","pagination":{"qs":{"page":"{pagination.page}"}},"#,
    );
    let mut state = TriggerState::starting_at(91).unwrap();
    let batches = drain(&trigger(&client, &paged), &mut state).await;
    assert_eq!(batches, [vec!["91", "92"], vec!["93", "94"], vec!["95", "96"], vec!["97"]]);
    let requests: Vec<_> = server.seen().iter().map(|seen| seen.target.clone()).collect();
    assert_eq!(requests[..3], ["/tasks", "/tasks?page=2", "/tasks?page=3"]);
    assert_eq!(requests.last().unwrap(), "/tasks", "the last poll ends at the first known item");

    // A feed without an end: `maxPastRecords` says how far back it is read, and the state tells.
    let limits = r#"{"maxPastRecords":4}"#;
    let capped = builder(&server, connector(limits)).build().unwrap();
    let mut state = TriggerState::all();
    let batch = trigger(&capped, &paged).poll(&mut state).await.unwrap();
    assert_eq!((batch[0].key("id"), state.is_cut()), (&Value::from(94), true));
    // A cap on pages forbids to read back as far: nothing may leave then, or older items would be lost.
    let capped = builder(&server, connector("{}")).max_pages(2).build().unwrap();
    let mut state = TriggerState::all();
    let error = trigger(&capped, &paged).poll(&mut state).await.unwrap_err();
    assert_eq!((error.kind(), state), (ErrorKind::PageLimit, TriggerState::all()));
}

#[tokio::test]
async fn an_exact_number_of_past_records_is_not_cut() {
    let server = Server::start(|_| r#"[{"id":4},{"id":3},{"id":2},{"id":1}]"#).await;
    for (past, order, cut) in
        [(4, "desc", false), (3, "desc", true), (3, "unordered", false), (3, "asc", false)]
    {
        let limits = format!(r#"{{"maxPastRecords":{past}}}"#);
        let client = builder(&server, connector(&limits)).build().unwrap();
        let mut state = TriggerState::all();
        trigger(&client, &feed("id", order, r#","limit":2"#)).poll(&mut state).await.unwrap();
        assert_eq!(state.is_cut(), cut, "{past} {order}");
    }
}

#[tokio::test]
async fn ascending_feeds_are_read_as_far_as_the_limit() {
    let server = Server::start(|seen| {
        let from: u32 = seen.target.rsplit_once("page=").map_or(1, |(_, page)| page.parse().unwrap());
        Reply::json(format!(r#"[{{"id":{}}},{{"id":{}}}]"#, from * 2, from * 2 + 1))
    })
    .await;
    let client = client(&server);
    let paged = feed("id", "asc", r#","limit":4"#).replace(
        r#"{"url":"/tasks","#,
        r#"{"url":"/tasks","pagination":{"qs":{"page":"{pagination.page}"}},"#,
    );
    let mut state = TriggerState::starting_at(3).unwrap();
    let batch = trigger(&client, &paged).poll(&mut state).await.unwrap();
    assert_eq!(batch.iter().map(|item| item.key("id").as_i64().unwrap()).collect::<Vec<_>>(), [3, 4, 5, 6]);
    assert_eq!(server.seen().len(), 3, "the page behind the limit is not asked for");
    // The oldest are what leaves first, so a cap that comes later takes nothing away.
    let capped = builder(&server, connector("{}")).max_pages(1).build().unwrap();
    let mut state = TriggerState::starting_at(3).unwrap();
    assert_eq!(trigger(&capped, &paged).poll(&mut state).await.unwrap(), [json(r#"{"id":3}"#)]);
    let error = trigger(&capped, &paged).poll(&mut state).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PageLimit, "what is new lies behind the cap");
}

#[tokio::test]
async fn a_poll_that_fails_changes_nothing() {
    let server = Server::script(vec![
        Reply::json(r#"[{"id":5},{"id":4}]"#),
        Reply::new(500).body("{}"),
        Reply::json(r#"[{"id":5},{"id":4}]"#),
        Reply::json(r#"[{"id":3},{"id":2}]"#),
        Reply::json("[]"),
    ])
    .await;
    let client = client(&server);
    let paged = feed("id", "desc", r#","limit":9"#).replace(
        r#"{"url":"/tasks","#,
        r#"{"url":"/tasks","pagination":{"qs":{"page":"{pagination.page}"}},"#,
    );
    let trigger = trigger(&client, &paged);
    let mut state = TriggerState::starting_at(3).unwrap();
    let before = state.clone();
    assert!(trigger.poll(&mut state).await.is_err());
    assert_eq!(state, before);
    assert_eq!(drain(&trigger, &mut state).await, [["3", "4", "5"]]);
}

#[tokio::test]
async fn dates_may_be_written_in_many_forms() {
    let page = r#"[{"id":1,"at":"2026-01-01"},{"id":2,"at":"2026/01/02 10:00"},{"id":3,"at":1767430800000},
        {"id":4,"at":"4.1.2026 09:00"},{"id":5,"at":"2026-01-05T09:00:00+02:00"},{"id":6,"at":"2026-01-05T08:30:00.5Z"}]"#;
    let server = Server::start(move |_| page).await;
    let client = client(&server);
    let trigger = trigger(&client, &feed("date", "asc", r#","limit":4"#));
    let mut state = TriggerState::all();
    assert_eq!(drain(&trigger, &mut state).await, [vec!["1", "2", "3", "4"], vec!["5", "6"]]);
    assert_eq!(state.last_date(), Some(date("2026-01-05T08:30:00.5Z")));
}

#[tokio::test]
async fn items_without_an_id_or_a_date_are_errors() {
    for (item, kind, directive, complaint) in [
        (r#"{"at":"2026-01-01"}"#, "date", "trigger.id", "an item has no id: `trigger.id` is undefined"),
        (r#"{"id":null}"#, "id", "trigger.id", "`trigger.id` is null"),
        (r#"{"id":" "}"#, "id", "trigger.id", "`trigger.id` is \" \""),
        (r#"{"id":{"a":1}}"#, "id", "trigger.id", "`trigger.id` is collection"),
        (r#"{"id":[1]}"#, "id", "trigger.id", "`trigger.id` is array"),
        (r#"{"id":1}"#, "date", "trigger.date", "item 1 has no date: `trigger.date` is undefined"),
        (r#"{"id":1,"at":null}"#, "date", "trigger.date", "`trigger.date` is null"),
        (r#"{"id":1,"at":"soon"}"#, "date", "trigger.date", "`trigger.date` is \"soon\""),
        (r#"{"id":1,"at":{"y":1}}"#, "date", "trigger.date", "`trigger.date` is collection"),
        (r#"{"id":1,"at":1e300}"#, "date", "trigger.date", "`trigger.date` is 1"),
    ] {
        let page = format!(r#"[{{"id":5,"at":"2026-01-09"}},{item}]"#);
        let server = Server::start(move |_| Reply::json(page.clone())).await;
        let mut state = TriggerState::all();
        let trigger = trigger(&client(&server), &feed(kind, "unordered", ""));
        let error = trigger.poll(&mut state).await.unwrap_err();
        assert_eq!((error.kind(), error.module()), (ErrorKind::Runtime, Some("listTasks")), "{item}");
        assert!(error.directive().is_some_and(|place| place.ends_with(directive)), "{item}: {error:?}");
        assert!(error.message().contains(complaint), "{item}: {error}");
        assert_eq!(state, TriggerState::all());
    }
}

#[tokio::test]
async fn ids_of_several_types_have_one_order() {
    let page =
        r#"[{"id":"b"},{"id":10},{"id":"9"},{"id":9007199254740993},{"id":"9007199254740992"},{"id":"A1"}]"#;
    let server = Server::start(move |_| page).await;
    let trigger = trigger(&client(&server), &feed("id", "unordered", r#","limit":2"#));
    let batches = drain(&trigger, &mut TriggerState::all()).await;
    assert_eq!(batches, [["9", "10"], ["9007199254740992", "9007199254740993"], ["A1", "b"]]);
}

#[tokio::test]
async fn limits_of_triggers() {
    let server = Server::start(|_| r#"[{"id":1},{"id":2},{"id":3}]"#).await;
    let client = client(&server);
    for (limit, count) in [
        ("", 1),
        (r#","limit":"2""#, 2),
        (r#","limit":"{body.none}""#, 1),
        (r#","limit":"{emptystring}""#, 1),
    ] {
        let batch = trigger(&client, &feed("id", "asc", limit)).poll(&mut TriggerState::all()).await.unwrap();
        assert_eq!(batch.len(), count, "{limit}");
    }
    for limit in ["0", "-1", r#""many""#, "[]"] {
        let limit = format!(r#","limit":{limit}"#);
        let error =
            trigger(&client, &feed("id", "asc", &limit)).poll(&mut TriggerState::all()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidConfiguration, "{limit}");
    }
}

#[tokio::test]
async fn a_state_of_the_other_type_is_refused() {
    let server = Server::quiet().await;
    let client = client(&server);
    for (kind, mut state) in [
        ("date", TriggerState::starting_at(5).unwrap()),
        ("date", TriggerState::starting_at("x").unwrap()),
        ("id", TriggerState::since(date("2026-01-01T00:00:00Z"))),
    ] {
        let error = trigger(&client, &feed(kind, "asc", "")).poll(&mut state).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidConfiguration, "{error}");
    }
    let error = trigger(&client, r#"{"url":"/tasks"}"#).poll(&mut TriggerState::all()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.directive()),
        (ErrorKind::InvalidConfiguration, Some("response.trigger"))
    );
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn conditions_and_outputs_choose_among_new_items() {
    let server = Server::start(
        |_| r#"[{"id":1,"ok":true},{"id":2},{"id":3,"ok":true,"gone":true},{"id":4,"ok":true}]"#,
    )
    .await;
    let client = client(&server);
    let requests = feed("id", "asc", r#","limit":9"#)
        .replace(r#""iterate":"{body}""#, r#""iterate":{"container":"{body}","condition":"{item.ok}"}"#);
    let mut state = TriggerState::all();
    assert_eq!(drain(&trigger(&client, &requests), &mut state).await, [["1", "3", "4"]]);
    // The output of an item that is known is not evaluated: one that fails for an old item stops nothing.
    let failing = feed("id", "asc", r#","limit":9"#).replace(r#"{"id":"{item.id}"}"#, r#""{fail}""#);
    assert!(trigger(&client, &failing).poll(&mut state).await.unwrap().is_empty());
    // A wrapper sees the batch, and is not asked where there is none.
    let wrapped = feed("id", "asc", r#","limit":2,"wrapper":{"all":"{output}"}"#);
    let (mut state, wrapped) = (TriggerState::all(), trigger(&client, &wrapped));
    assert_eq!(wrapped.poll(&mut state).await.unwrap(), [json(r#"{"all":[{"id":1},{"id":2}]}"#)]);
    wrapped.poll(&mut state).await.unwrap();
    assert!(wrapped.poll(&mut state).await.unwrap().is_empty());
    // Without `iterate`, the body is the one item.
    let single = r#"{"url":"/one","response":{"output":{"id":"{body.0.id}"},"trigger":{"type":"id","order":"asc","id":"7"}}}"#;
    assert_eq!(trigger(&client, single).poll(&mut TriggerState::all()).await.unwrap().len(), 1);
}

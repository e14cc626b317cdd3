//! Instant triggers (connector.md 11.5).

use linchpin::ErrorKind;
use linchpin::webhook::HookRecord;

use crate::support::{Reply, Server};
use crate::tickets::{FetchTicket, NewEvent, ShapeTicket, UrgentTicket};
use crate::world::*;

#[tokio::test]
async fn items_are_handed_through_with_the_types_of_the_interface() {
    let server = service().await;
    let client = client(&server);
    let hook = events(&client).await;
    let trigger = client.new_event(NewEvent::new());
    let request = signed(r#"{"events":[{"id":"7","kind":"new"},{"kind":"ping"}]}"#, "s1gning-key");
    let delivery = trigger.handle(&hook, request).await.unwrap();
    assert_eq!(delivery.reply().status(), 202);
    let [event] = delivery.bundles() else { panic!("{delivery:?}") };
    assert_eq!((event.id, event.kind.as_deref()), (Some(7), Some("new")));
    assert_eq!(event.extra.get("queue").unwrap().to_text(), "urgent");
    assert_eq!(server.seen().len(), 2, "only attach has asked");
}

#[tokio::test]
async fn a_request_of_its_own_enriches_each_item() {
    let server = service().await;
    let client = client(&server);
    let hook = attach(client.webhooks().plain().with_id("hook-8"), crate::tickets::Plain::new()).await;
    let trigger = client.fetch_ticket(FetchTicket::new("owner"));
    let delivery = trigger.handle(&hook, event(r#"[{"id":"t1"},{"id":"t2"}]"#)).await.unwrap();
    let bundles = delivery.into_bundles();
    let seen: Vec<_> =
        bundles.iter().map(|ticket| (ticket.title.as_deref(), ticket.from.as_deref())).collect();
    assert_eq!(seen, [(Some("Printer on fire"), Some("t1")), (Some("Printer on fire"), Some("t2"))]);
    let qs = "?expand=owner&hook=hook-8&at=https%3A%2F%2Fapp.example%2Fin%2F7";
    assert_eq!(server.lines(), [format!("GET /v1/tickets/t1{qs}"), format!("GET /v1/tickets/t2{qs}")]);
    assert_eq!(server.seen()[0].header("x-key"), Some("k-ada-1815"));
}

#[tokio::test]
async fn several_triggers_look_at_one_delivery_now_or_later() {
    let server = service().await;
    let client = client(&server);
    let hook = attach(client.webhooks().plain(), crate::tickets::Plain::new()).await;
    let delivery = hook.handle(event(r#"{"id":"t1","title":"Fire"}"#)).await.unwrap();
    let labels = client.shape_ticket(ShapeTicket::new()).run(&delivery).await.unwrap();
    assert_eq!(labels[0].label.as_deref(), Some("FIRE"));
    assert!(server.seen().is_empty(), "a trigger without a url only shapes");
    let tickets = client.fetch_ticket(FetchTicket::new("x")).run(&delivery).await.unwrap();
    assert_eq!(tickets[0].from.as_deref(), Some("t1"));
    // A queue keeps the record and the items; another process goes on.
    let record = HookRecord::from_json(delivery.record().to_json().as_bytes()).unwrap();
    let raw = client.shape_ticket(ShapeTicket::new()).raw();
    let bundles = raw.run_item(&record, delivery.bundles()[0].clone()).await.unwrap();
    assert_eq!(text(&bundles), same(r#"[{"label":"FIRE"}]"#));
}

#[tokio::test]
async fn a_condition_chooses_among_the_items() {
    let client = offline();
    let hook = attach(client.webhooks().plain(), crate::tickets::Plain::new()).await;
    let trigger = client.urgent_ticket(UrgentTicket::new());
    let items = r#"[{"title":"a","urgent":true},{"title":"b"},{"title":"c","urgent":1}]"#;
    let bundles = trigger.handle(&hook, event(items)).await.unwrap().into_bundles();
    let titles: Vec<_> = bundles.iter().map(|ticket| ticket.title.as_deref()).collect();
    assert_eq!(titles, [Some("a"), Some("c")]);
}

#[tokio::test]
async fn a_request_that_fails_delivers_nothing_and_answers_500() {
    let server = Server::start(|seen| match seen.target.split('?').next().unwrap() {
        "/v1/tickets/t2" => Reply::json("{}").status(503),
        _ => Reply::json(r#"{"title":"a"}"#),
    })
    .await;
    let client = client(&server);
    let hook = attach(client.webhooks().plain(), crate::tickets::Plain::new()).await;
    let trigger = client.fetch_ticket(FetchTicket::new("owner"));
    let error = trigger.handle(&hook, event(r#"[{"id":"t1"},{"id":"t2"}]"#)).await.unwrap_err();
    assert_eq!(error.reply().status(), 500);
    assert_eq!((error.error().kind(), error.error().status()), (ErrorKind::Connection, Some(503)));
    assert!(error.error().is_retryable());
}

#[tokio::test]
async fn what_is_no_collection_is_no_bundle_of_a_trigger_but_an_item_of_the_hook() {
    let server = service().await;
    let client = client(&server);
    let hook = attach(client.webhooks().plain(), crate::tickets::Plain::new()).await;
    let delivery = hook.handle(post("text/plain", "hello")).await.unwrap();
    assert_eq!(text(delivery.bundles()), same(r#"["hello"]"#));
    let bundles = client.new_event(NewEvent::new()).raw();
    let wrong = bundles.run(&delivery).await.unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::InvalidConfiguration, "it belongs to another webhook");
    assert!(bundles.handle(&hook, event("{}")).await.is_err());
}

#[tokio::test]
async fn its_input_is_checked() {
    let server = service().await;
    let client = client(&server);
    let hook = attach(client.webhooks().plain(), crate::tickets::Plain::new()).await;
    let trigger = client.fetch_ticket(FetchTicket::new(""));
    let error = trigger.handle(&hook, event(r#"{"id":"t1"}"#)).await.unwrap_err();
    assert_eq!((error.error().kind(), error.error().module()), (ErrorKind::Data, Some("fetchTicket")));
    assert!(server.seen().is_empty());
}

#[test]
fn everything_can_move_between_threads() {
    fn check<T: Send + Sync + Clone + 'static>(_: &T) {}
    fn sends<T: Send>(_: T) {}
    let client = offline();
    check(&client.webhooks().plain());
    check(&client.webhooks().accounts().shared());
    check(&client.shape_ticket(ShapeTicket::new()));
    sends(client.webhooks().plain().attach("", crate::tickets::Plain::new()));
}

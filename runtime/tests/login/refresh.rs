//! Tokens that are over are renewed before a request, once for all (connector.md 10.3, rulings 31, 32).

use std::sync::Arc;
use std::time::Duration;

use linchpin::connection::{ConnectionRecord, ConnectionStore as _, MemoryStore};
use linchpin::{Error, Value};

use super::service::{NOON, Planned, Service, tasks};

async fn get(client: &tasks::Client) -> Result<(), Error> {
    client.get_task(tasks::GetTask::new("1")).await.map(drop)
}

async fn kept(store: &Arc<MemoryStore>) -> ConnectionRecord {
    store.load("ada").await.unwrap().unwrap()
}

fn holds(record: &ConnectionRecord, text: &str) -> bool {
    record.to_json().contains(text)
}

#[tokio::test]
async fn a_token_that_is_not_over_is_used() {
    let service = Service::start().await;
    let (client, _) = service.stored().await;
    service.clock.advance(Duration::from_secs(3_500));
    get(&client).await.unwrap();
    assert_eq!(service.refreshes(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_tasks_make_one_refresh() {
    let service = Service::start().await;
    let (client, store) = service.stored().await;
    service.clock.advance(Duration::from_secs(3_590));
    let other = service.client(&store);
    let calls: Vec<_> = (0..100)
        .map(|at| {
            let client = if at % 2 == 0 { client.clone() } else { other.clone() };
            tokio::spawn(async move { get(&client).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((service.refreshes(), service.known.lock().unwrap().reused), (1, 0));
    let record = kept(&store).await;
    assert!(holds(&record, "access-0002") && holds(&record, "refresh-0002"));
    assert!(!holds(&record, "inFlight"), "the mark is gone");
    assert!(
        service.at("/tasks/1").iter().all(|seen| seen.header("authorization") == Some("Bearer access-0002"))
    );
}

#[tokio::test]
async fn the_new_tokens_are_stored_before_the_request_goes_on() {
    let service = Service::start().await;
    let (client, store) = service.stored().await;
    service.clock.advance(Duration::from_secs(3_600));
    // The request itself fails, and still the tokens are there.
    service.plan(Planned::Issues(r#""expires_in":3600"#));
    get(&client).await.unwrap();
    let seen = service.server.seen();
    let at = |path: &str| seen.iter().rposition(|seen| seen.target == path).unwrap();
    assert!(at("/token") < at("/tasks/1"));
    assert!(holds(&kept(&store).await, "refresh-0002"));
    // A process that starts now needs no refresh.
    get(&service.client(&store)).await.unwrap();
    assert_eq!(service.refreshes(), 1);
}

#[tokio::test]
async fn a_call_that_is_dropped_does_not_take_the_tokens_with_it() {
    let service = Service::start().await;
    let (client, store) = service.stored().await;
    service.clock.advance(Duration::from_secs(3_600));
    let call = tokio::spawn({
        let client = client.clone();
        async move { get(&client).await }
    });
    while service.refreshes() == 0 {
        tokio::task::yield_now().await;
    }
    call.abort();
    for _ in 0..200 {
        if holds(&kept(&store).await, "refresh-0002") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(holds(&kept(&store).await, "refresh-0002"));
    get(&client).await.unwrap();
    assert_eq!((service.refreshes(), service.known.lock().unwrap().reused), (1, 0));
}

#[tokio::test]
async fn what_the_answer_does_not_say_stays() {
    let service = Service::start().await;
    let (client, store) = service.stored().await;
    service.clock.advance(Duration::from_secs(3_600));
    service.plan(Planned::Says(200, r#"{"access_token":"access-0001","expires_in":"3600"}"#));
    get(&client).await.unwrap();
    let record = kept(&store).await;
    assert!(holds(&record, "refresh-0001"), "no new refresh token: the old one stays");
    assert_eq!(record.metadata(), Some(&Value::from("ada@tasks.example")));
    assert_eq!(record.scope(), ["tasks:read", "tasks:write"]);
    let expires = client.connection_value("expires").unwrap();
    assert_eq!(
        expires,
        Value::from(linchpin::Date::from_millis(NOON + 7_200_000)),
        "text counts as a number"
    );
}

#[tokio::test]
async fn a_token_is_kept_even_where_its_expiry_makes_no_sense() {
    for odd in [r#""expires_in":"soon""#, r#""expires_in":1e300"#] {
        let service = Service::start().await;
        let (client, store) = service.stored().await;
        service.clock.advance(Duration::from_secs(3_600));
        service.plan(Planned::Issues(odd));
        let error = get(&client).await.unwrap_err();
        assert_eq!((error.module(), error.needs_login()), (Some("oauth.refresh"), false), "{error}");
        let record = kept(&store).await;
        assert!(holds(&record, "refresh-0002") && holds(&record, "access-0002"), "{odd}: nothing is lost");
        get(&client).await.unwrap();
        assert_eq!(service.known.lock().unwrap().reused, 0);
    }
    let service = Service::start().await;
    let (client, store) = service.stored().await;
    service.clock.advance(Duration::from_secs(3_600));
    service.plan(Planned::Issues(r#""expires_in":-5"#));
    get(&client).await.unwrap();
    get(&client).await.unwrap();
    assert_eq!(service.refreshes(), 2, "over from the start: each request renews it once");
    assert!(holds(&kept(&store).await, "refresh-0003"));
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_the_request_made_again() {
    let service = Service::start().await;
    let (client, store) = service.stored().await;
    get(&client).await.unwrap();
    service.known.lock().unwrap().access = None;
    let calls = (0..20).map(|_| get(&client));
    for result in futures_util::future::join_all(calls).await {
        result.unwrap();
    }
    assert_eq!((service.refreshes(), service.known.lock().unwrap().reused), (1, 0));
    assert!(holds(&kept(&store).await, "access-0002"));
    // What is still refused is an error after one more request.
    service.plan(Planned::Says(
        200,
        r#"{"access_token":"access-of-nobody","refresh_token":"refresh-0002","expires_in":60}"#,
    ));
    service.known.lock().unwrap().access = None;
    let before = service.at("/tasks/1").len();
    let error = get(&client).await.unwrap_err();
    assert_eq!((error.status(), error.message()), (Some(401), "unknown token"));
    assert_eq!((service.at("/tasks/1").len() - before, service.refreshes()), (2, 2));
}

#[tokio::test]
async fn the_builder_turns_that_off() {
    let service = Service::start().await;
    let record = service.record().await;
    let builder = service.builder().connection(tasks::Connection::record(record));
    let client = builder.retry_after_access_error(false).build().unwrap();
    service.known.lock().unwrap().access = None;
    assert_eq!(get(&client).await.unwrap_err().status(), Some(401));
    assert_eq!(service.refreshes(), 0);
}

#[tokio::test]
async fn a_search_goes_on_with_the_new_token_from_the_page_that_was_refused() {
    let service = Service::start().await;
    let (client, _) = service.stored().await;
    let mut pages = client.list_tasks(tasks::ListTasks::new()).pages();
    let mut titles = 0;
    let mut first = true;
    while let Some(page) = futures_util::StreamExt::next(&mut pages).await {
        titles += page.unwrap().len();
        if std::mem::take(&mut first) {
            service.known.lock().unwrap().access = None;
        }
    }
    assert_eq!((titles, service.refreshes()), (6, 1));
    assert_eq!(service.at("/list").len(), 4, "three pages, one of them twice");
}

#[tokio::test]
async fn verify_runs_info_and_revoke_ends_it() {
    let service = Service::start().await;
    let (client, store) = service.stored().await;
    client.verify().await.unwrap();
    assert_eq!(service.at("/me").len(), 2);
    client.refresh().await.unwrap();
    assert_eq!(service.refreshes(), 1, "asked for, whatever the condition says");
    client.revoke().await.unwrap();
    assert_eq!(
        service.known.lock().unwrap().revoked,
        ["refresh-0002"],
        "what the service answers does not matter"
    );
    assert!(store.load("ada").await.unwrap().is_none());
    let error = get(&client).await.unwrap_err();
    assert!(error.needs_login(), "{error}");
}

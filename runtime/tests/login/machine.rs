//! Logins to which nobody has to agree: client credentials, name and password (connector.md 10.3).

use std::sync::Arc;
use std::time::Duration;

use linchpin::connection::{ConnectionStore as _, MemoryStore};
use linchpin::{ErrorKind, Value};

use super::service::{Planned, Service, pairs, tasks};

async fn get(client: &tasks::Client) -> Result<(), linchpin::Error> {
    client.get_task(tasks::GetTask::new("1")).await.map(drop)
}

#[tokio::test]
async fn the_first_request_logs_in_and_all_wait_for_it() {
    let service = Service::start().await;
    let client =
        service.builder().connection(tasks::Machine::new("client-1", "client-secret")).build().unwrap();
    let calls = (0..20).map(|_| get(&client));
    for result in futures_util::future::join_all(calls).await {
        result.unwrap();
    }
    assert_eq!(service.server.lines()[..2], ["POST /token", "GET /me"]);
    assert_eq!(service.server.lines().len(), 22);
    assert_eq!(pairs(service.at("/token")[0].text())["grant_type"], "client_credentials");
    assert_eq!(client.uid(), Some(Value::from(77)));
}

#[tokio::test]
async fn a_token_that_is_over_is_fetched_again_by_its_condition() {
    let service = Service::start().await;
    let login = service.builder().login(tasks::Machine::new("client-1", "client-secret")).unwrap();
    let record = login.finish().await.unwrap();
    assert_eq!(record.uid(), Some(&Value::from(77)));
    let store = Arc::new(MemoryStore::new());
    store.save("ada", record, None).await.unwrap();
    let client = service.client(&store);
    get(&client).await.unwrap();
    assert_eq!(service.at("/token").len(), 1, "a login has been made");
    service.clock.advance(Duration::from_secs(3_550));
    get(&client).await.unwrap();
    get(&client).await.unwrap();
    assert_eq!(service.at("/token").len(), 2);
    assert_eq!(service.at("/me").len(), 1, "`info` runs at the login alone");
    client.refresh().await.unwrap();
    assert_eq!(service.at("/token").len(), 3, "asked for, whatever the condition says");
}

#[tokio::test]
async fn a_refusal_does_not_end_a_connection_that_needs_no_user() {
    let service = Service::start().await;
    let client =
        service.builder().connection(tasks::Machine::new("client-1", "client-secret")).build().unwrap();
    service.plan(Planned::Says(401, r#"{"error":"invalid_client"}"#));
    let error = get(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.needs_login()), (ErrorKind::InvalidAccessToken, false));
    get(&client).await.unwrap();
}

#[tokio::test]
async fn name_and_password_then_refresh() {
    let service = Service::start().await;
    let login = service.builder().login(tasks::Password::new("ada", "pass-word")).unwrap();
    let record = login.finish().await.unwrap();
    assert_eq!(pairs(service.at("/token")[0].text())["username"], "ada");
    let client = service.builder().connection(tasks::Connection::record(record)).build().unwrap();
    let make = || client.make_task(tasks::MakeTask::new("Water the plants"));
    make().await.unwrap();
    service.clock.advance(Duration::from_secs(3_599));
    make().await.unwrap();
    assert_eq!(service.refreshes(), 0, "without a condition, `expires` decides");
    service.clock.advance(Duration::from_secs(1));
    make().await.unwrap();
    assert_eq!(service.refreshes(), 1);
    let record = client.connection_record().await.unwrap().unwrap();
    assert!(record.to_json().contains("refresh-0002"));
}

//! Basic connections, given and stored (connector.md 10.1, 10.2, rulings 24, 34).

use std::sync::Arc;

use super::support::*;
use linchpin::client::Client;
use linchpin::connection::{
    ConnectionRecord, ConnectionStore as _, GivenConnection, MemoryStore, StoredConnection,
};
use linchpin::plan::{Connector, Module, ModuleKind};
use linchpin::{ErrorKind, Value};

const SPEC: &str = r#"{"connections":[
    {"name":"key","parameters":[{"name":"apiKey","type":"text","secret":true}],"learned":["region"],"verify":[
        {"url":"/login","method":"POST","headers":{"X-Key":"{parameters.apiKey}"},"response":{
            "data":{"session":"s-{body.n}","apiKey":"{body.none}"},"error":"refused: {body.why}"}},
        {"url":"/me","headers":{"X-Session":"{connection.session}","X-Data":"{data.session}"},"response":{
            "data":{"region":"{body.region}"},"uid":"{body.id}","metadata":"{body.email}"}}]},
    {"name":"basic","common":["salt"],"verify":[{"url":"/basic","qs":{"salt":"{common.salt}","other":"{common.other}"}}]}]}"#;

fn spec() -> Connector {
    connector(SPEC)
}

fn tasks(connections: &[&str]) -> Module {
    let mut module = module(
        ModuleKind::Action,
        r#"{"url":"/tasks","headers":{"X-Key":"{connection.apiKey}","X-User":"{connection.user}","X-Region":"{connection.region}"}}"#,
    );
    module.connections = connections.iter().map(|name| (*name).to_owned().into()).collect::<Vec<_>>().into();
    module
}

async fn service() -> Server {
    Server::start(|seen| match seen.target.as_str() {
        "/login" if seen.header("x-key") == Some("k-bad-key") => {
            Reply::json(r#"{"why":"unknown key"}"#).status(401)
        }
        "/login" => Reply::json(r#"{"n":1}"#),
        "/me" => Reply::json(r#"{"id":77,"email":"ada@tasks.example","region":"eu"}"#),
        _ => Reply::json("{}"),
    })
    .await
}

fn basic(user: &str) -> GivenConnection {
    GivenConnection::named("basic", [("user", user)].into_iter().collect())
}

#[tokio::test]
async fn the_first_request_learns_what_templates_need_once_for_all_clones() {
    let server = service().await;
    let client = builder(&server, spec()).connection(key("k-123456")).build().unwrap();
    let calls = (0..20).map(|_| {
        let client = client.clone();
        async move { run(&client, tasks(&["key"]), "{}").await }
    });
    for result in futures_util::future::join_all(calls).await {
        result.unwrap();
    }
    let lines = server.lines();
    assert_eq!(lines[..2], ["POST /login", "GET /me"]);
    assert_eq!(lines.len(), 22, "one verification, then twenty calls");
    let seen = server.seen();
    assert_eq!(seen[0].header("x-key"), Some("k-123456"));
    assert_eq!((seen[1].header("x-session"), seen[1].header("x-data")), (Some("s-1"), Some("s-1")));
    assert!(seen[2..].iter().all(|seen| seen.header("x-region") == Some("eu")));
    assert_eq!(client.uid(), Some(Value::from(77)));
    assert_eq!(client.metadata(), Some(Value::from("ada@tasks.example")));
    assert_eq!(client.connection_value("session"), Some(Value::from("s-1")));
    assert_eq!(client.connection_value("apiKey"), Some(Value::from("k-123456")), "undefined changes nothing");
}

#[tokio::test]
async fn verify_says_what_the_service_says() {
    let server = service().await;
    let client = builder(&server, spec()).connection(key("k-bad-key")).build().unwrap();
    for _ in 0..2 {
        let error = client.verify().await.unwrap_err();
        assert_eq!(
            (error.message(), error.module(), error.status()),
            ("refused: unknown key", Some("key"), Some(401))
        );
    }
    let error = run(&client, tasks(&["key"]), "{}").await.unwrap_err();
    assert_eq!(error.module(), Some("key"), "a request that must learn first fails with it");
    assert_eq!(server.lines(), ["POST /login"; 3], "a failure is not kept, and nothing follows it");
    assert_eq!(client.connection_value("session"), None);
    let good = builder(&server, spec()).connection(key("k-123456")).build().unwrap();
    good.verify().await.unwrap();
    assert_eq!(good.uid(), Some(Value::from(77)));
}

#[tokio::test]
async fn a_module_takes_the_connection_that_it_names_or_its_alternative() {
    let server = service().await;
    let client = |connections: Vec<GivenConnection>| {
        let mut builder = builder(&server, connector(r#"{"connections":[{"name":"key"},{"name":"basic"}]}"#));
        for connection in connections {
            builder = builder.connection(connection);
        }
        builder.build().unwrap()
    };
    let last = || server.seen().pop().unwrap();
    let both = client(vec![basic("ada"), key("k-123456")]);
    run(&both, tasks(&["key", "basic"]), "{}").await.unwrap();
    assert_eq!((last().header("x-key"), last().header("x-user")), (Some("k-123456"), None));
    run(&both, tasks(&["basic"]), "{}").await.unwrap();
    assert_eq!((last().header("x-key"), last().header("x-user")), (None, Some("ada")));
    run(&client(vec![basic("ada")]), tasks(&["key", "basic"]), "{}").await.unwrap();
    assert_eq!(last().header("x-user"), Some("ada"));
    run(&client(vec![key("k-one-one"), key("k-two-two")]), tasks(&["key"]), "{}").await.unwrap();
    assert_eq!(last().header("x-key"), Some("k-two-two"), "one value for each connection, the last one");
    let before = server.lines().len();
    let error = run(&client(vec![basic("ada")]), tasks(&["key"]), "{}").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::InvalidConfiguration, "no connection is set, key is needed")
    );
    assert_eq!(server.lines().len(), before, "refused before any request");
    run(&client(vec![]), tasks(&[]), "{}").await.unwrap();
    let unknown =
        builder(&server, spec()).connection(GivenConnection::named("other", linchpin::Object::new())).build();
    assert_eq!(unknown.unwrap_err().kind(), ErrorKind::InvalidConfiguration);
}

#[tokio::test]
async fn the_constants_of_a_connection() {
    let server = service().await;
    let client = |own: bool| {
        let mut builder =
            builder(&server, spec()).connection(basic("ada")).common("salt", "app").common("other", "o");
        if own {
            builder = builder.connection_common("basic", "salt", "own");
        }
        builder.build().unwrap()
    };
    client(true).verify().await.unwrap();
    client(false).verify().await.unwrap();
    assert_eq!(
        server.lines(),
        ["GET /basic?salt=own", "GET /basic?salt=app"],
        "only its own constants are seen"
    );
}

async fn stored(store: &Arc<MemoryStore>, record: Option<ConnectionRecord>, server: &Server) -> Client {
    if let Some(record) = record {
        store.save("user-1", record, None).await.unwrap();
    }
    let stored = StoredConnection::new(store.clone(), "user-1");
    builder(server, spec()).connection(stored).build().unwrap()
}

#[tokio::test]
async fn a_stored_connection_is_read_used_and_written_back() {
    let server = service().await;
    let store = Arc::new(MemoryStore::new());
    let record = ConnectionRecord::new("key", object(r#"{"apiKey":"k-stored"}"#));
    let client = stored(&store, Some(record), &server).await;
    run(&client, tasks(&["key"]), "{}").await.unwrap();
    assert_eq!(server.lines(), ["POST /login", "GET /me", "GET /tasks"]);
    let saved = store.load("user-1").await.unwrap().unwrap();
    assert_eq!((saved.version(), saved.metadata()), (2, Some(&Value::from("ada@tasks.example"))));
    let again = stored(&store, None, &server).await;
    run(&again, tasks(&["key"]), "{}").await.unwrap();
    assert_eq!(server.lines().len(), 4, "what was learned need not be learned again");
    assert_eq!(server.seen().pop().unwrap().header("x-region"), Some("eu"));
}

#[tokio::test]
async fn what_a_store_may_lack_or_hold() {
    let server = service().await;
    let store = Arc::new(MemoryStore::new());
    let missing = stored(&store, None, &server).await;
    let error = run(&missing, tasks(&["key"]), "{}").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::InvalidConfiguration, "the store has no connection \"user-1\"")
    );
    let foreign =
        stored(&store, Some(ConnectionRecord::new("other", linchpin::Object::new())), &server).await;
    assert_eq!(
        run(&foreign, tasks(&["key"]), "{}").await.unwrap_err().kind(),
        ErrorKind::InvalidConfiguration
    );
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_stale_write_is_refused() {
    let store = MemoryStore::new();
    let record = || ConnectionRecord::new("key", linchpin::Object::new());
    assert_eq!(store.save("a", record(), None).await.unwrap(), 1);
    assert_eq!(store.save("a", record(), None).await.unwrap_err().kind(), ErrorKind::Inconsistency);
    assert_eq!(store.save("a", record(), Some(1)).await.unwrap(), 2);
    assert_eq!(store.save("a", record(), Some(1)).await.unwrap_err().kind(), ErrorKind::Inconsistency);
    store.delete("a").await.unwrap();
    store.delete("a").await.unwrap();
    assert_eq!(store.load("a").await.unwrap(), None);
}

#[tokio::test]
async fn a_lock_is_held_by_one() {
    let store = Arc::new(MemoryStore::new());
    let ttl = std::time::Duration::from_secs(30);
    let first = store.lock("a", ttl).await.unwrap();
    let _other_id = store.lock("b", ttl).await.unwrap();
    let waiting = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.lock("a", ttl).await.map(drop) }
    });
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished());
    first.release().await.unwrap();
    waiting.await.unwrap().unwrap();
}

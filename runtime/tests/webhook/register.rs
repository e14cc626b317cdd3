//! Attaching, keeping, changing and detaching (connector.md 13.2).

use linchpin::webhook::HookRecord;
use linchpin::{ErrorKind, Object, Value};

use crate::support::{Reply, Server};
use crate::tickets::{Accounts, Events, Mirror, Plain};
use crate::world::*;

#[tokio::test]
async fn attach_registers_the_url_and_keeps_what_the_service_says() {
    let server = service().await;
    let client = client(&server);
    let hook = events(&client).await;
    let [first, second] = &server.seen()[..] else { panic!("{:?}", server.lines()) };
    assert_eq!(first.line(), "POST /v1/hooks");
    assert_eq!(first.header("x-key"), Some("k-ada-1815"), "attach inherits base");
    assert_eq!(first.text(), r#"{"url":"https://app.example/in/7?t=1","id":"hook-7","queue":"urgent"}"#);
    assert_eq!(second.line(), "PUT /v1/hooks/h%207/active?same=h%207", "webhook.* and data.* at once");
    let record = hook.record();
    assert_eq!(
        (record.webhook(), record.id(), record.url()),
        ("events", "hook-7", "https://app.example/in/7?t=1")
    );
    assert_eq!(record.data("hookId"), Some(&Value::from("h 7")));
}

#[tokio::test]
async fn a_record_goes_through_json_and_serde_and_shows_no_secret() {
    let server = service().await;
    let client = client(&server);
    let hook = events(&client).await;
    let record = hook.record();
    assert!(matches!(record.data("since"), Some(Value::Date(_))));
    assert_eq!(HookRecord::from_json(record.to_json().as_bytes()).unwrap(), *record);
    let text = serde_json::to_string(record).unwrap();
    assert_eq!(serde_json::from_str::<HookRecord>(&text).unwrap(), *record);
    for shown in [format!("{record:?}"), format!("{hook:?}")] {
        assert!(
            !shown.contains("s1gning") && !shown.contains("p1n-0000") && shown.contains("hook-7"),
            "{shown}"
        );
    }
    for broken in [&text[..text.len() - 9], "{}", "[]", &text.replacen("\"format\":1", "\"format\":9", 1)] {
        let error = HookRecord::from_json(broken.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
        assert!(!format!("{error} {error:?}").contains("s1gning"), "{error}");
    }
}

#[tokio::test]
async fn another_process_opens_the_record_and_handles_updates_and_detaches() {
    let server = service().await;
    let record = events(&client(&server)).await.record().to_json();
    let client = client(&server);
    let open = || client.webhooks().events().open(HookRecord::from_json(record.as_bytes()).unwrap()).unwrap();
    let delivery = open().handle(signed(r#"{"events":[{"id":1}]}"#, "s1gning-key")).await.unwrap();
    assert_eq!(delivery.bundles().len(), 1);

    let updated = open().update(Events::new("slow")).await.unwrap();
    let seen = server.seen().pop().unwrap();
    assert_eq!(seen.line(), "PATCH /v1/hooks/h%207");
    assert_eq!(seen.text(), r#"{"queue":"slow","id":"h 7"}"#);
    assert_eq!(updated.record().data("hookId"), Some(&Value::from("h 7")));
    let delivery = updated.handle(signed(r#"{"events":[{"id":1}]}"#, "s1gning-key")).await.unwrap();
    assert_eq!(delivery.bundles()[0].key("queue"), &Value::from("slow"));

    updated.detach().await.unwrap();
    assert_eq!(server.lines()[3..], ["DELETE /v1/hooks/h%207", "DELETE /v1/keys/h%207"]);
    let wrong = client.webhooks().plain().open(updated.record().clone()).unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::InvalidConfiguration);
}

#[tokio::test]
async fn what_is_gone_already_counts_as_detached_and_other_failures_do_not() {
    for (status, detached) in [(404, true), (403, false), (500, false)] {
        let server = Server::start(move |seen| {
            let hook = seen.method == "DELETE" && seen.target.starts_with("/v1/hooks");
            if hook { Reply::json("{}").status(status) } else { Reply::json(r#"{"id":"9"}"#) }
        })
        .await;
        let hook = events(&client(&server)).await;
        let result = hook.detach().await;
        assert_eq!(result.is_ok(), detached, "{status}: {result:?}");
        let keys = server.lines().iter().filter(|line| line.starts_with("DELETE /v1/keys")).count();
        assert_eq!(keys == 1, detached, "what is gone does not keep the rest from being removed");
    }
}

#[tokio::test]
async fn the_form_is_checked_before_any_request() {
    let server = service().await;
    let client = client(&server);
    let form = Events::new("").set("pin", Object::new());
    let error = client.webhooks().events().attach("https://app.example", form).await.unwrap_err();
    assert_eq!((error.kind(), error.module()), (ErrorKind::Data, Some("events")));
    let hook = events(&client).await;
    let before = server.seen().len();
    assert_eq!(hook.update(Object::new()).await.unwrap_err().kind(), ErrorKind::Data);
    assert_eq!(server.seen().len(), before);
}

#[tokio::test]
async fn a_refused_registration_is_an_error_without_secrets() {
    let server = Server::start(|_| Reply::json(r#"{"why":"k-ada-1815 may not"}"#).status(403)).await;
    let client = client(&server);
    let form = Events::new("urgent").pin("p1n-0000");
    let error = client.webhooks().events().attach("https://app.example", form).await.unwrap_err();
    assert_eq!(error.to_string(), "events: no hook for ***: *** may not (response)");
    assert_eq!(error.status(), Some(403));
}

#[tokio::test]
async fn what_was_registered_half_way_is_taken_back() {
    let server = Server::start(|seen| match seen.target.split('?').next().unwrap() {
        "/v1/hooks/9/active" => Reply::json("{}").status(409),
        "/v1/hooks/9" => Reply::json("{}").status(500),
        _ => Reply::json(r#"{"id":"9"}"#),
    })
    .await;
    let error = client(&server)
        .webhooks()
        .events()
        .attach("https://app.example", Events::new("q"))
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(409), "the first error counts");
    let lines = server.lines();
    assert_eq!(lines[..2], ["POST /v1/hooks", "PUT /v1/hooks/9/active?same=9"]);
    assert!(lines[2..].iter().all(|line| line == "DELETE /v1/hooks/9") && lines.len() > 2, "{lines:?}");
}

#[tokio::test]
async fn without_attach_nothing_is_sent_and_ids_differ() {
    let server = service().await;
    let client = client(&server);
    let (one, two) = (
        attach(client.webhooks().plain(), crate::tickets::Plain::new()).await,
        attach(client.webhooks().plain(), crate::tickets::Plain::new()).await,
    );
    assert_ne!(one.record().id(), two.record().id());
    assert_eq!(one.record().id().len(), 36);
    one.update(Plain::new()).await.unwrap().detach().await.unwrap();
    assert!(server.seen().is_empty(), "{:?}", server.lines());
}

#[tokio::test]
async fn a_shared_hook_learns_whose_it_is() {
    let server = service().await;
    let hook =
        client(&server).webhooks().accounts().attach("https://app.example", Accounts::new()).await.unwrap();
    assert_eq!(hook.record().uid(), Some(&Value::from(1)));
    assert_eq!(server.lines(), ["GET /v1/me"], "the connection is asked, once");
    let silent = Server::quiet().await;
    let error =
        client(&silent).webhooks().accounts().attach("https://a.example", Accounts::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
    assert!(error.message().contains("uid"), "{error}");
}

#[tokio::test]
async fn a_missing_connection_is_said_before_any_request() {
    let server = service().await;
    let client = crate::tickets::Client::builder().base_url(&*server.url).build().unwrap();
    let error = client.webhooks().events().attach("https://a.example", Events::new("q")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
    assert!(client.webhooks().mirror().attach("https://a.example", Mirror::new()).await.is_ok());
    assert!(server.seen().is_empty());
}

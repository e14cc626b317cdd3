//! Webhooks, instant triggers and responders whose plans were made at run time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

use bytes::Bytes;
use http::Request;
use linchpin::client::{Client, ClientBuilder};
use linchpin::webhook::{Hook, InstantTrigger, Respond, Webhook};
use linchpin::{Object, Value};
use linchpin_loader::Plans;
use linchpin_spec::Options;

const CONNECTOR: &str = r#"{
    "name": "tickets",
    "common": { "token": "" },
    "webhooks": {
        "events": {
            "parameters": [{ "name": "queue", "type": "text", "required": true }],
            "communication": {
                "verification": {
                    "condition": "{{query.challenge}}",
                    "respond": { "type": "text", "body": "{{query.challenge}}" }
                },
                "condition": "{{headers.`X-Token` = common.token & headers.`X-Other` != common.token}}",
                "iterate": { "container": "{{body.events}}", "condition": "{{switch(item.kind; 'ping'; false; true)}}" },
                "output": { "id": "{{item.id}}", "queue": "{{parameters.queue}}", "first": "{{iterate.container.first.id}}" },
                "respond": { "status": 202, "headers": { "x-count": "{{length(body.events)}}" }, "body": { "ok": true } }
            }
        },
        "failing": { "communication": { "output": { "n": "{{body.n * 2}}" } } }
    },
    "modules": {
        "label": {
            "type": "instant_trigger", "webhook": "events",
            "communication": { "response": { "output": { "label": "{{payload.queue}}/{{payload.id}}" } } }
        },
        "answer": {
            "type": "responder",
            "expect": [{ "name": "text", "type": "any" }],
            "communication": { "response": { "status": "{{200 + 1}}", "body": "{{parameters.text}}" } }
        }
    }
}"#;

fn plans() -> (Plans, Client) {
    let read = linchpin_spec::load_inline("connector.json", CONNECTOR, &Options::default());
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    let plans = linchpin_loader::load(&read.connector.unwrap(), &read.sources);
    let client =
        ClientBuilder::for_connector(plans.connector.clone()).common("token", "t-1").build().unwrap();
    (plans, client)
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}

async fn hook(plans: &Plans, client: &Client, id: &str) -> Hook {
    let mut form = Object::new();
    form.set("queue", "urgent");
    let webhook = Webhook::<Object>::new(client, plans.webhook(id).unwrap());
    webhook.attach("https://app.example/in/7", form).await.unwrap()
}

fn request(target: &str, token: &str, body: &'static str) -> Request<Bytes> {
    let request = Request::post(target).header("content-type", "application/json").header("x-token", token);
    request.body(Bytes::from_static(body.as_bytes())).unwrap()
}

const EVENTS: &str = r#"{"events":[{"id":1,"kind":"new"},{"id":2,"kind":"ping"},{"id":3}]}"#;

#[test]
fn a_loaded_webhook_does_what_a_compiled_one_does() {
    let (plans, client) = plans();
    run(async {
        let hook = hook(&plans, &client, "events").await;
        let delivery = hook.handle(request("/", "t-1", EVENTS)).await.unwrap();
        let expected = r#"[{"id":1,"queue":"urgent","first":1},{"id":3,"queue":"urgent","first":1}]"#;
        assert_eq!(Value::array(delivery.bundles().to_vec()).to_json().unwrap(), expected);
        let reply = delivery.reply();
        assert_eq!((reply.status().as_u16(), &reply.body()[..]), (202, &br#"{"ok":true}"#[..]));
        assert_eq!(reply.headers().get("x-count").unwrap(), "3");
        assert!(hook.handle(request("/", "t-2", EVENTS)).await.unwrap().bundles().is_empty());
        let verified = hook.handle(request("/?challenge=abc", "", "")).await.unwrap();
        assert!(verified.is_verification() && verified.reply().body() == "abc");

        let module = plans.module("label").unwrap();
        let trigger = InstantTrigger::<Value>::new(&client, module, Some("events".into()), Object::new());
        let labels = trigger.run(&delivery).await.unwrap();
        assert_eq!(
            labels.iter().map(|label| label.key("label").to_text()).collect::<Vec<_>>(),
            ["urgent/1", "urgent/3"]
        );
    });
}

#[test]
fn a_loaded_responder_answers_and_a_failure_names_its_place() {
    let (plans, client) = plans();
    run(async {
        let mut input = Object::new();
        input.set("text", "done");
        let call =
            Respond::new(&client, plans.module("answer").unwrap(), plans.responder("answer").unwrap(), input);
        let reply = call.await.unwrap();
        assert_eq!((reply.status().as_u16(), &reply.body()[..]), (201, &b"done"[..]));
        let error = hook(&plans, &client, "failing")
            .await
            .handle(request("/", "", r#"{"n":"x"}"#))
            .await
            .unwrap_err();
        assert_eq!(error.status().as_u16(), 500);
        assert!(
            error.to_string().contains("connector.json:18:") && error.to_string().contains("output.n"),
            "{error}"
        );
    });
}

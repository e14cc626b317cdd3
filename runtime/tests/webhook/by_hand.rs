//! A webhook whose plan was built at run time: nothing knows where plans come from.

use std::borrow::Cow;
use std::sync::Arc;

use linchpin::Object;
use linchpin::plan::{
    Output, ReplyType, Responder, TextTemplate, ValueTemplate, Verification, Webhook as Plan,
};
use linchpin::scope::Root;
use linchpin::webhook::Webhook;

use crate::support::{builder, connector};
use crate::world::*;

fn template(root: Root, key: &'static str) -> ValueTemplate {
    ValueTemplate::Dynamic(Arc::new(move |scope| Ok(scope.root(root).key(key).clone())))
}

#[tokio::test]
async fn a_plan_of_ones_own_runs_as_an_emitted_one() {
    let server = service().await;
    let respond = Responder {
        reply_type: ReplyType::Template(TextTemplate::Const(Cow::Borrowed("text"))),
        status: None,
        headers: None,
        body: Some(template(Root::Body, "hello")),
    };
    let plan = Plan {
        name: Cow::Owned("events".to_owned()),
        shared: false,
        parameters: Vec::new().into(),
        connections: Vec::new().into(),
        attach: Vec::new().into(),
        update: Vec::new().into(),
        detach: Vec::new().into(),
        verification: Some(Verification { condition: None, respond: Some(respond) }),
        condition: None,
        iterate: None,
        output: Output::Whole,
        uid: None,
        respond: None,
        scope: Vec::new().into(),
    };
    let client = builder(&server, connector("{}")).build().unwrap();
    let webhook = Webhook::<Object>::new(&client, Arc::new(plan));
    let hook = webhook.attach("https://app.example", Object::new()).await.unwrap();
    // A verification without a condition takes every request for one (connector.md 13.3).
    let delivery = hook.handle(event(r#"{"hello":"you"}"#)).await.unwrap();
    assert!(delivery.is_verification());
    assert_eq!(shown(delivery.reply()), (200, "you".to_owned()));
}

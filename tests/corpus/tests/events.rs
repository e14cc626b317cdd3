//! Feeds every instant trigger of the corpus by its webhook once: the hook is attached, takes an event, and is detached.

#![allow(clippy::print_stdout, clippy::panic, clippy::unwrap_used, reason = "a test that reports")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use corpus_clients::event::{Event, Happened, ID, URL};
use corpus_clients::oracle::differences;
use corpus_clients::recorder::Recorder;
use corpus_clients::{Prepared, SUBJECTS, Setup};
use linchpin::Object;
use linchpin_spec::Options;
use linchpin_spec::check::place::{Context, Owner};
use linchpin_spec::check::walk;
use linchpin_spec::model::{Connector, Module, ModuleKind, Request, Tree, Webhook};
use serde_json::{Map, Value as Json, json};

/// What takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn every_instant_trigger_takes_an_event() {
    if SUBJECTS.is_empty() {
        println!("there is no corpus; passed over");
        return;
    }
    let recorder = Recorder::default();
    let setup = Setup { transport: Arc::new(recorder.start().await.unwrap()) };
    let (mut count, mut wrong) = (0, Vec::new());
    for subject in SUBJECTS {
        let name = Path::new(subject.folder).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let loaded = linchpin_spec::load(Path::new(subject.folder), &Options::default());
        let (Ok(prepare), Some(connector)) = (subject.prepare, &loaded.connector) else {
            wrong.push(format!("{name}: it does not compile"));
            continue;
        };
        let Prepared { common, credentials, events, .. } = prepare(setup.clone()).unwrap();
        let missed =
            triggers(connector).filter(|module| !events.iter().any(|event| event.module == module.id.value));
        wrong.extend(missed.map(|module| format!("{name}: {}: nothing feeds it", module.id.value)));
        for event in events {
            count += 1;
            let id = event.module;
            let module = triggers(connector).find(|module| module.id.value == id).unwrap();
            let webhook = webhook(connector, module).unwrap();
            let credentials = credentials.iter().find(|(name, _)| uses(webhook, module, name));
            let credentials = credentials.map(|(_, values)| values);
            let body = body(connector, webhook, module);
            let found = run(event, module, webhook, &common, credentials, &body, &recorder).await;
            println!("{name}: {id}: {} differences", found.len());
            wrong.extend(found.into_iter().map(|found| format!("{name}: {id}: {found}")));
        }
    }
    println!("{count} instant triggers");
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

fn triggers(connector: &Connector) -> impl Iterator<Item = &Module> {
    let webhooks = |module: &&Module| webhook(connector, module).is_some();
    connector.modules.iter().filter(|module| module.kind == ModuleKind::InstantTrigger).filter(webhooks)
}

fn webhook<'a>(connector: &'a Connector, module: &Module) -> Option<&'a Webhook> {
    let used = module.webhook.as_ref()?;
    connector.webhooks.iter().find(|webhook| webhook.id.value == used.value)
}

fn uses(webhook: &Webhook, module: &Module, name: &str) -> bool {
    let named = [&webhook.connection, &webhook.alt_connection, &module.connection, &module.alt_connection];
    named.into_iter().flatten().any(|connection| connection.value == name)
}

async fn run(
    event: Event,
    module: &Module,
    webhook: &Webhook,
    common: &Object,
    connection: Option<&Object>,
    body: &Json,
    recorder: &Recorder,
) -> Vec<String> {
    let json_of = |object: &Object| serde_json::to_value(object).unwrap();
    let connection = connection.map_or_else(|| json!({}), json_of);
    let variables = |parameters: Json| {
        json!({ "parameters": parameters, "common": json_of(common), "connection": connection,
            "webhook": { "id": ID, "url": URL } })
    };
    let (form, mut both) = (variables(json_of(&event.form)), json_of(&event.form));
    both.as_object_mut().unwrap().extend(json_of(&event.parameters).as_object().unwrap().clone());

    let request = http::Request::post("/hooks/sample").header("content-type", "application/json");
    let request = request.body(body.to_string().into()).unwrap();
    let outcome = tokio::time::timeout(PATIENCE, (event.run)(request)).await;
    let seen = recorder.take();
    let happened = match outcome {
        Ok(Ok(happened)) => happened,
        Ok(Err(error)) => return vec![format!("{error}")],
        Err(_) => return vec!["it hangs".to_owned()],
    };
    let mut wrong = Vec::new();
    let of_trigger = variables(both);
    let sends =
        |requests: &'_ [Request]| requests.iter().filter(|request| request.url.is_some()).cloned().collect();
    let (attach, own, detach): (Vec<_>, Vec<_>, Vec<_>) =
        (sends(&webhook.attach), sends(&module.requests), sends(&webhook.detach));
    let expected = attach.iter().map(|request| (request, &form));
    let expected = expected.chain(own.iter().map(|request| (request, &of_trigger)));
    // What attaching has stored is in `webhook` by now.
    let mut attached = form.clone();
    attached.as_object_mut().unwrap().remove("webhook");
    let expected: Vec<_> = expected.chain(detach.iter().map(|request| (request, &attached))).collect();
    if seen.len() != expected.len() {
        wrong.push(format!("{} requests were sent, {} expected", seen.len(), expected.len()));
    }
    for ((request, variables), seen) in expected.into_iter().zip(&seen) {
        wrong.extend(differences(request, variables, seen));
    }
    wrong.extend(bundles(webhook, module, &happened, body));
    wrong
}

/// What is wrong with the bundles. A signature cannot be foretold, so a condition that looks for one may hold or not.
fn bundles(webhook: &Webhook, module: &Module, happened: &Happened, body: &Json) -> Vec<String> {
    let mut wrong = Vec::new();
    if webhook.respond.is_none() && happened.status != 200 {
        wrong.push(format!("answered {}", happened.status));
    }
    let condition = webhook.condition.as_ref().and_then(|condition| condition.test.as_ref());
    let is_signed = condition.is_some_and(|test| ["headers", "rawBody"].iter().any(|root| reads(test, root)));
    if happened.bundles.is_empty() && !is_signed {
        wrong.push("no bundle".to_owned());
    }
    let is_whole = match &webhook.output {
        None => true,
        Some(Tree::Template(template)) => &*template.source.value == "{{body}}",
        Some(_) => false,
    };
    if is_whole && webhook.iterate.is_none() && module.requests.is_empty() && !is_signed {
        let found = serde_json::to_value(&happened.bundles).unwrap();
        if found != json!([body]) {
            wrong.push(format!("the bundles are {found}, not {body}"));
        }
    }
    wrong
}

fn reads(tree: &Tree, root: &str) -> bool {
    matches!(tree, Tree::Template(template) if template.source.value.contains(root))
}

/// An event with everything that the templates read of it.
fn body(connector: &Connector, webhook: &Webhook, module: &Module) -> Json {
    let texts = texts(connector, webhook, module);
    let mut body = Map::new();
    body.insert("sample".to_owned(), json!("event"));
    for text in texts {
        for root in ["body.", "payload.", "item."] {
            for path in text.split(root).skip(1) {
                let end = path.find(|char: char| !char.is_alphanumeric() && char != '_' && char != '.');
                let path = &path[..end.unwrap_or(path.len())];
                put(&mut body, path.split('.').filter(|key| !key.is_empty()).collect::<Vec<_>>().as_slice());
            }
        }
    }
    Json::Object(body)
}

/// What the author wrote for requests that arrive, and for the items in them.
fn texts<'a>(connector: &'a Connector, webhook: &Webhook, module: &Module) -> Vec<&'a str> {
    let mut texts = Vec::new();
    walk::templates(connector, &mut |template, place| {
        let is_meant = match place.owner {
            Owner::Webhook(owner) => owner.id.value == webhook.id.value && place.context == Context::Webhook,
            Owner::Module(owner) => owner.id.value == module.id.value,
            _ => false,
        };
        if is_meant {
            texts.push(&*template.source.value);
        }
    });
    texts
}

fn put(object: &mut Map<String, Json>, path: &[&str]) {
    match path {
        [] => {}
        [key] => {
            object.entry(*key).or_insert_with(|| json!(format!("sample-{key}")));
        }
        [key, rest @ ..] => {
            let inner = object.entry(*key).or_insert_with(|| json!({}));
            if !inner.is_object() {
                *inner = json!({});
            }
            put(inner.as_object_mut().unwrap(), rest);
        }
    }
}

//! Connections, modules, webhooks: what each becomes and what is told of it (connector.md 3, 10, 11, 13).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

mod support;

use linchpin_spec::model::{ConnectionKind, ModuleKind, PhaseKind, Tree};
use support::{codes, connector, lines, load_text, module, only, source};

/// The parameters of a module with this `expect`, which must load without a word.

#[test]
fn kinds_of_modules() {
    let of = |module_text: &str| {
        let loaded = load_text(&format!(
            r#"{{ "webhooks": {{ "hook": {{}} }}, "modules": {{ "theModule": {module_text} }} }}"#
        ));
        let kind = loaded.connector.as_ref().map(|connector| module(connector, "theModule").kind);
        (codes(&loaded), kind)
    };
    for (name, kind) in [
        ("action", ModuleKind::Action),
        ("search", ModuleKind::Search),
        ("responder", ModuleKind::Responder),
        ("universal", ModuleKind::Universal),
        ("instant_trigger", ModuleKind::InstantTrigger),
    ] {
        let text = format!(r#"{{ "type": "{name}", "webhook": "hook", "communication": {{}} }}"#);
        assert_eq!(of(&text), (vec![], Some(kind)), "{name}");
    }
    assert_eq!(of(r#"{ "typeId": 9, "communication": {} }"#).0, ["LP0301"], "numbers are for exports");
    assert_eq!(of(r#"{ "type": "serach", "communication": {} }"#).0, ["LP0306"]);
    assert_eq!(of(r#"{ "communication": {} }"#).0, ["LP0407"]);
    assert_eq!(of(r#"{ "type": "action" }"#).0, ["LP0408"]);
}

#[test]
fn kinds_are_inferred_where_they_are_missing() {
    let lenient = linchpin_spec::Options {
        dialect: Some(linchpin_spec::diagnostic::Dialect::Lenient),
        ..Default::default()
    };
    let of = |module_text: &str| {
        let text =
            format!(r#"{{ "webhooks": {{ "hook": {{}} }}, "modules": {{ "theModule": {module_text} }} }}"#);
        let loaded = linchpin_spec::load_inline("connector.json", &text, &lenient);
        assert_eq!(codes(&loaded), ["LP0407"]);
        module(connector(&loaded), "theModule").kind
    };
    let trigger = r#""response": { "trigger": { "type": "id", "order": "asc", "id": "{{body.id}}" } }"#;
    assert_eq!(of(&format!(r#"{{ "communication": {{ "url": "/", {trigger} }} }}"#)), ModuleKind::Trigger);
    assert_eq!(of(r#"{ "webhook": "hook" }"#), ModuleKind::InstantTrigger);
    assert_eq!(
        of(r#"{ "communication": [{}, { "response": { "iterate": "{{body}}" } }] }"#),
        ModuleKind::Search
    );
    assert_eq!(of(r#"{ "communication": { "url": "/" } }"#), ModuleKind::Action);
}

#[test]
fn an_epoch_inherits_from_the_last_request() {
    let text = r#"{ "base": { "baseUrl": "https://a.example", "headers": { "h": "base" } },
        "modules": { "watchThings": { "type": "trigger", "parameters": [{ "name": "limit" }],
            "communication": [{ "url": "/first" }, { "url": "/second", "qs": { "sort": "new", "since": "{{data.lastDate}}" },
                "response": { "iterate": "{{body}}", "output": "{{item}}", "limit": "{{parameters.limit}}",
                    "trigger": { "type": "id", "order": "desc", "id": "{{item.id}}" } } }],
            "epoch": { "qs": { "since": null }, "response": { "limit": 100, "output": { "label": "{{item.title}}", "date": "{{item.at}}" } } } },
          "watchMore": { "type": "trigger", "epoch": {},
            "communication": { "url": "/", "response": { "trigger": { "type": "id", "order": "asc", "id": "{{body.id}}" } } } } } }"#;
    let loaded = load_text(text);
    assert_eq!(lines(&loaded), [""; 0]);
    let watch = module(connector(&loaded), "watchThings");
    assert_eq!(watch.requests.len(), 2);
    let epoch = watch.epoch.as_ref().unwrap();
    assert_eq!(source(&epoch.url), Some("/second"));
    assert_eq!(source(&epoch.base_url), Some("https://a.example"));
    assert!(matches!(&epoch.response.limit, Some(Tree::Number(limit)) if limit.value == "100"));
    assert!(matches!(&epoch.response.output, Some(Tree::Object(_))));
    assert!(epoch.response.iterate.is_some());
    assert!(module(connector(&loaded), "watchMore").epoch.is_none(), "an empty epoch is none");
}

#[test]
fn a_trigger_says_what_tells_items_apart() {
    let reported = |trigger: &str| {
        let text = format!(
            r#"{{ "modules": {{ "watchThings": {{ "type": "trigger", "communication": {{ "url": "https://a.example",
                "response": {{ "iterate": "{{{{body}}}}", "trigger": {trigger} }} }},
                "epoch": {{ "response": {{ "output": {{ "label": "x" }} }} }} }} }} }}"#
        );
        let loaded = load_text(&text);
        loaded.diagnostics.iter().map(|found| found.message.clone()).collect::<Vec<_>>()
    };
    let id = "`trigger` has no `id`, by which items are told apart";
    let date = "`trigger` is of type `date` and has no `date`";
    assert_eq!(reported(r#"{ "type": "id", "order": "asc", "id": "{{item.id}}" }"#), [""; 0]);
    assert_eq!(reported(r#"{ "type": "id", "order": "asc" }"#), [id]);
    assert_eq!(reported(r#"{ "type": "date", "order": "asc", "id": "{{item.id}}" }"#), [date]);
    assert_eq!(reported(r#"{ "type": "date", "order": "desc", "id": null, "date": "" }"#), [id, date]);
}

#[test]
fn names_that_the_platform_keeps_for_itself() {
    let text = r#"{ "connections": { "login": { "parameters": [{ "name": "accountName" }, { "name": "teamID" }, { "name": "team" }] } },
        "modules": { "getIt": { "type": "action", "communication": {}, "expect": [{ "name": "accountName" }] } } }"#;
    assert_eq!(codes(&load_text(text)), ["LP0406", "LP0406"]);
}

#[test]
fn responders_have_only_an_answer() {
    let text = r#"{ "base": { "baseUrl": "https://a.example" }, "modules": { "answer": { "type": "responder",
        "parameters": [{ "name": "status" }],
        "communication": { "response": { "status": "{{parameters.status}}", "headers": { "a": "b" }, "body": "ok" } } } } }"#;
    let loaded = load_text(text);
    assert_eq!(lines(&loaded), [""; 0]);
    let answer = module(connector(&loaded), "answer");
    assert!(answer.requests.is_empty());
    let responder = answer.responder.as_ref().unwrap();
    assert!(responder.status.is_some() && responder.headers.is_some() && responder.body.is_some());
}

#[test]
fn basic_connections() {
    let text = r#"{ "base": { "baseUrl": "https://a.example", "headers": { "h": "base" } }, "connections": {
        "plain": { "parameters": [{ "name": "key", "type": "password" }] },
        "tested": { "type": "basic", "communication": [{ "url": "https://a.example/login" }, { "url": "https://a.example/me",
            "response": { "uid": "{{body.id}}", "metadata": { "type": "email", "value": "{{body.mail}}" }, "data": { "r": 1 } } }],
            "common": { "salt": "x" }, "scope": ["read"] } } }"#;
    let loaded = load_text(text);
    assert_eq!(lines(&loaded), [""; 0]);
    let connections = &connector(&loaded).connections;
    assert!(connections.iter().all(|connection| connection.kind == ConnectionKind::Basic));
    assert!(connections[0].verify.is_empty());
    let tested = &connections[1];
    assert_eq!(tested.verify.len(), 2);
    assert!(tested.verify[0].headers.is_none(), "connections inherit nothing");
    assert!(tested.verify[1].response.uid.is_some() && tested.verify[1].response.data.is_some());
    assert_eq!(tested.verify[1].response.metadata.as_ref().unwrap().ty.as_deref(), Some("email"));
    assert_eq!(tested.common.names.len(), 1);
    assert_eq!(tested.scope.len(), 1);
}

#[test]
fn what_means_nothing_in_a_connection_is_misplaced() {
    let text = r#"{ "connections": { "login": { "communication": { "url": "https://a.example", "pagination": { "qs": {} },
        "response": { "iterate": "{{body}}", "output": 1, "limit": 5, "wrapper": 1 } } } } }"#;
    let loaded = load_text(text);
    assert_eq!(codes(&loaded), ["LP0302"; 5]);
    let request = only(&connector(&loaded).connections[0].verify);
    assert!(request.pagination.is_none() && request.response.iterate.is_none());
}

#[test]
fn oauth_1_phases_share_their_signing_options() {
    let text = r#"{ "connections": { "old": { "communication": {
        "oauth": { "consumer_key": "{{common.key}}", "consumer_secret": "s" },
        "requestToken": { "url": "https://a.example/request", "oauth": { "callback": "c", "consumer_secret": "own" } },
        "authorize": { "url": "https://a.example/authorize" },
        "accessToken": { "url": "https://a.example/access" }, "info": [{ "url": "https://a.example/me" }] } } } }"#;
    let loaded = load_text(text);
    assert_eq!(lines(&loaded), [""; 0]);
    let old = &connector(&loaded).connections[0];
    assert_eq!(old.kind, ConnectionKind::OAuth1);
    let kinds: Vec<PhaseKind> = old.phases.iter().map(|phase| phase.kind).collect();
    assert_eq!(
        kinds,
        [PhaseKind::RequestToken, PhaseKind::Authorize, PhaseKind::AccessToken, PhaseKind::Info]
    );
    for phase in &old.phases {
        let Some(Tree::Object(signing)) = &only(&phase.requests).oauth else { panic!("{:?}", phase.kind) };
        let expected = if phase.kind == PhaseKind::RequestToken { 3 } else { 2 };
        assert_eq!(signing.value.len(), expected, "{:?}", phase.kind);
    }
}

#[test]
fn phases_of_oauth_connections() {
    let reported = |communication: &str| {
        let text = format!(
            r#"{{ "connections": {{ "login": {{ "type": "oauth", "communication": {communication} }} }} }}"#
        );
        codes(&load_text(&text))
    };
    assert_eq!(reported(r#"{ "token": { "method": "POST" } }"#), ["LP0304"]);
    assert_eq!(reported(r#"{ "tokn": { "url": "https://a.example" } }"#), ["LP0301"]);
    assert_eq!(reported(r#"{ "url": "https://a.example" }"#), ["LP0302"]);
    assert_eq!(reported(r#"{ "authorize": { "url": "https://a.example", "method": "POST" } }"#), ["LP0302"]);
    assert_eq!(reported(r#"{ "token": "https://a.example" }"#), ["LP0303"]);
    assert_eq!(reported(r#"{ "info": {}, "token": { "url": "https://a.example" } }"#), ["LP0304"]);
    assert_eq!(
        reported(
            r#"{ "token": { "url": "https://a.example", "response": { "uid": "{{body.id}}", "expires": "{{now}}", "scope": "{{body.scope}}" } } }"#
        ),
        [""; 0]
    );
    let text = r#"{ "connections": { "login": { "type": "oauth" } } }"#;
    assert_eq!(codes(&load_text(text)), ["LP0408"]);
}

#[test]
fn the_kind_of_a_connection_follows_its_communication() {
    let text = r#"{ "connections": {
        "first": { "communication": { "token": { "url": "https://a.example" } } },
        "second": { "type": "apikey", "communication": {} } } }"#;
    let loaded = load_text(text);
    assert_eq!(codes(&loaded), ["LP0306"]);
    let text = text.replace(r#""type": "apikey", "#, "");
    let loaded = load_text(&text);
    let kinds: Vec<ConnectionKind> =
        connector(&loaded).connections.iter().map(|connection| connection.kind).collect();
    assert_eq!(kinds, [ConnectionKind::OAuth2, ConnectionKind::Basic]);
}

#[test]
fn webhooks() {
    let text = r#"{ "base": { "baseUrl": "https://a.example", "headers": { "h": "base" } }, "webhooks": { "hook": {
        "type": "web", "parameters": [{ "name": "events" }], "scope": ["hooks"],
        "attach": { "url": "/hooks", "method": "POST", "response": { "data": { "id": "{{body.id}}" } } },
        "detach": [{ "url": "/hooks/{{webhook.id}}", "method": "DELETE" }], "update": {},
        "communication": { "verification": { "condition": "{{query.challenge}}", "respond": { "type": "text", "body": "{{query.challenge}}" } },
            "condition": "{{body.type != 'ping'}}", "iterate": "{{body.events}}", "output": { "id": "{{item.id}}" },
            "uid": "{{body.account}}", "respond": { "status": 202, "headers": { "x": "y" }, "body": { "ok": true } } } } } }"#;
    let loaded = load_text(text);
    assert_eq!(lines(&loaded), [""; 0]);
    let hook = &connector(&loaded).webhooks[0];
    assert!(only(&hook.attach).headers.is_some(), "registration inherits base");
    assert_eq!((hook.detach.len(), hook.update.len()), (1, 0));
    let verification = hook.verification.as_ref().unwrap();
    assert!(verification.condition.is_some());
    assert_eq!(source(&verification.respond.as_ref().unwrap().body_type), Some("text"));
    assert!(
        hook.condition.is_some() && hook.iterate.is_some() && hook.output.is_some() && hook.uid.is_some()
    );
    assert!(hook.respond.as_ref().unwrap().status.is_some());
    assert_eq!((hook.parameters.len(), hook.scope.len()), (1, 1));
}

#[test]
fn the_answer_of_a_webhook_may_be_called_response() {
    let text = r#"{ "webhooks": { "hook": { "communication": { "url": "/", "response": { "status": 201, "body": "x" } } } } }"#;
    let loaded = load_text(text);
    assert_eq!(codes(&loaded), ["LP0302", "LP0302"]);
    assert!(connector(&loaded).webhooks[0].respond.as_ref().unwrap().status.is_some());
}

#[test]
fn common_gives_names_and_limits_only() {
    let text = r#"{ "common": { "secret": "hunter2", "timeout": 1000, "maxRequestCount": "7",
        "maxPaginationRequestCount": 5, "maxPastRecords": 10 } }"#;
    let loaded = load_text(text);
    let common = &connector(&loaded).common;
    assert_eq!(common.names.len(), 5);
    assert_eq!((common.timeout, common.max_requests, common.max_pages), (Some(1000), Some(7), Some(5)));
    assert_eq!(common.max_past_records, Some(10));
    assert!(!format!("{:?}", loaded.connector).contains("hunter2"), "values stay out of the model");
}

#[test]
fn base_may_be_a_list_of_one_and_has_no_url() {
    let text = r#"{ "base": [{ "baseUrl": "https://a.example", "url": "/all" }], "modules": { "getIt": { "type": "action", "communication": {} } } }"#;
    let loaded = load_text(text);
    assert_eq!(codes(&loaded), ["LP0605"]);
    assert_eq!(source(&only(&module(connector(&loaded), "getIt").requests).url), Some("/all"));
    assert_eq!(codes(&load_text(r#"{ "base": [{}, {}] }"#)), ["LP0303"]);
}

#[test]
fn keys_of_components_and_of_the_connector() {
    assert_eq!(codes(&load_text(r#"{ "modules": {}, "module": {} }"#)), ["LP0301"]);
    let text =
        r#"{ "modules": { "getIt": { "type": "action", "communication": {}, "mappableParams": [] } } }"#;
    assert_eq!(codes(&load_text(text)), ["LP0301"]);
    let text = r#"{ "modules": { "getIt": { "type": "action", "communication": {}, "attach": {} } } }"#;
    assert_eq!(codes(&load_text(text)), ["LP0302"]);
    let text = r#"{ "modules": { "getIt": 5 }, "rpcs": [] , "webhooks": "none" }"#;
    assert_eq!(codes(&load_text(text)), ["LP0303", "LP0303"]);
    let text = r#"{ "modules": { "get it": { "type": "action", "communication": {} } } }"#;
    assert_eq!(codes(&load_text(text)), ["LP0406"]);
}

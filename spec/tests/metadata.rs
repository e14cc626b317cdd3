//! What layouts say of components beside their codes (connector.md 2.2, 2.3).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

mod support;

use linchpin_spec::model::ModuleKind;
use support::{connector, folder, lines, load_path, module, only, source};

#[test]
fn aliases_that_lead_nowhere_keep_their_own_codes() {
    let alias = |to: &str| format!(r#"{{ "name": "other", "type": "basic", "aliasTo": "{to}" }}"#);
    let third = r#"{ "name": "third", "type": "basic", "aliasTo": "other" }"#;
    for (to, complaint) in [
        ("gone", "`other` is an alias of the connection `gone`, which is not there"),
        ("other", "`other` is an alias of itself"),
        ("third", "`other` is an alias of itself"),
    ] {
        let text = alias(to);
        let app = folder(&[
            ("base.imljson", "{}"),
            ("connections/other/metadata.json", &text),
            ("connections/other/api.imljson", r#"{ "url": "https://own.example" }"#),
            ("connections/third/metadata.json", third),
            ("connections/third/api.imljson", r#"{ "url": "https://third.example" }"#),
        ]);
        let loaded = load_path(app.path());
        assert!(
            lines(&loaded).iter().any(|line| line.starts_with("LP0006 warn") && line.contains(complaint)),
            "{to}: {:#?}",
            lines(&loaded)
        );
        let other = connector(&loaded).connections.iter().find(|one| one.id.value == "other").unwrap();
        assert_eq!(source(&only(&other.verify).url), Some("https://own.example"), "{to}");
    }
}

#[test]
fn types_of_modules_may_be_numbers() {
    let kinds = [
        (1, ModuleKind::Trigger),
        (4, ModuleKind::Action),
        (9, ModuleKind::Search),
        (10, ModuleKind::InstantTrigger),
        (11, ModuleKind::Responder),
        (12, ModuleKind::Universal),
    ];
    for (number, kind) in kinds {
        for written in [number.to_string(), format!("\"{number}\"")] {
            let text = format!(r#"{{ "name": "theOne", "typeId": {written} }}"#);
            let trigger = r#"{ "url": "https://a.example", "response": { "trigger": { "type": "id", "order": "asc", "id": "{{body.id}}" } } }"#;
            let api = if kind == ModuleKind::Trigger { trigger } else { "{}" };
            let app = folder(&[
                ("base.imljson", "{}"),
                ("metadata.json", "{}"),
                ("modules/theOne/metadata.json", &text),
                ("modules/theOne/api.imljson", api),
            ]);
            let loaded = load_path(app.path());
            assert_eq!(lines(&loaded), [""; 0], "{written}");
            assert_eq!(module(connector(&loaded), "theOne").kind, kind, "{written}");
        }
    }
}

#[test]
fn endpoints_may_use_the_accounts_that_are_attached() {
    let app = folder(&[
        (
            "makecomapp.json",
            r#"{ "fileVersion": 1, "generalCodeFiles": {}, "components": {
            "connection": { "keyOne": { "connectionType": "basic" }, "keyTwo": { "connectionType": "basic" } },
            "module": {}, "rpc": {}, "webhook": {}, "function": {},
            "endpoint": { "getUser": { "label": "Get", "attachedAccounts": ["keyTwo", "remote-one"], "codeFiles": { "communication": "e.json" } } } },
            "origins": [{ "idMapping": { "connection": [{ "local": "keyOne", "remote": "remote-one" }] } }] }"#,
        ),
        ("e.json", r#"{ "url": "https://a.example/me" }"#),
    ]);
    let loaded = load_path(app.path());
    assert_eq!(lines(&loaded), [""; 0]);
    let endpoint = &connector(&loaded).endpoints[0];
    let accounts: Vec<_> = endpoint.attached_accounts.iter().map(|account| account.value.as_str()).collect();
    assert_eq!(accounts, ["keyTwo", "keyOne"]);
}

//! Components that no manifest names, and what is meant where a component does not say it (connector.md 2.4).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

mod support;

use linchpin_spec::model::ModuleKind;
use support::{codes, connector, folder, lines, load_path, module};

const BASE: &str = r#"{ "baseUrl": "https://api.plants.example" }"#;
const LIST: &str = r#"{ "url": "/plants", "response": { "iterate": "{{body.plants}}" } }"#;

#[test]
fn folders_stand_for_ids_in_kebab_case() {
    let app = folder(&[
        ("makecomapp.json", r#"{ "origins": [] }"#),
        ("modules/list-plants/list-plants.communication.iml.json", LIST),
        (
            "modules/list-plants/list-plants.mappable.iml.json",
            r#"[{ "name": "g", "type": "select", "options": "rpc://listGardens" }]"#,
        ),
        ("rpcs/list-gardens/list-gardens.communication.iml.json", r#"{ "url": "https://a.example" }"#),
        ("modules/groups.json", r#"[{ "label": "All", "modules": ["listPlants"] }]"#),
    ]);
    let loaded = load_path(app.path());
    assert_eq!(codes(&loaded), ["LP0407"], "neither the ids nor what refers to them is wrong");
    assert_eq!(connector(&loaded).groups[0].modules[0].value, "list-plants");
}

#[test]
fn codes_may_lie_flat_in_the_root() {
    let app = folder(&[
        ("base.imljson", BASE),
        ("connection.api.imljson", r#"{ "url": "https://api.plants.example/me" }"#),
        ("connection.parameters.imljson", r#"[{ "name": "key", "type": "text" }]"#),
        ("module.listPlants.api.imljson", LIST),
        ("module.listPlants.interface.imljson", r#"[{ "name": "name" }]"#),
        ("module.watchPlants.interface.imljson", r#"[{ "name": "name" }]"#),
        ("webhook.plantHook.api.imljson", r#"{ "output": "{{body}}" }"#),
        ("webhook.plantHook.attach.imljson", r#"{ "url": "/hooks", "method": "POST" }"#),
        ("README.md", "nothing to compile"),
    ]);
    let loaded = load_path(app.path());
    assert_eq!(codes(&loaded), ["LP0407", "LP0407"]);
    let own = connector(&loaded);
    assert_eq!(own.connections[0].parameters.len(), 1);
    assert_eq!(module(own, "listPlants").kind, ModuleKind::Search);
    let watch = module(own, "watchPlants");
    assert_eq!(
        watch.kind,
        ModuleKind::InstantTrigger,
        "only an instant trigger can do without a communication"
    );
    assert_eq!(watch.webhook.as_ref().unwrap().value, "plantHook", "the only webhook is used");
    assert_eq!(own.webhooks[0].attach.len(), 1);
}

#[test]
fn a_component_may_be_one_file() {
    let app = folder(&[
        ("base.imljson", BASE),
        (
            "connections/plant-key.imljson",
            r#"{ "type": "basic", "parameters": [{ "name": "key" }], "communication": {} }"#,
        ),
        (
            "modules/waterPlant.imljson",
            r#"{ "label": "Water", "type": "action", "connection": "plant-key", "mappable": [{ "name": "plant" }],
                 "communication": { "url": "/plants/{{parameters.plant}}" }, "interface": [{ "name": "done" }] }"#,
        ),
        ("modules/groups.json", r#"[{ "label": "All", "modules": ["waterPlant"] }]"#),
        ("rpcs/listGardens.imljson", r#"{ "connection": "plant-key", "api": { "url": "/gardens" } }"#),
    ]);
    let loaded = load_path(app.path());
    assert_eq!(lines(&loaded), [""; 0]);
    let own = connector(&loaded);
    let [water] = own.modules.as_slice() else { panic!("one module") };
    assert_eq!((water.label.as_deref(), water.kind), (Some("Water"), ModuleKind::Action));
    assert_eq!((water.parameters.len(), water.interface.len()), (1, 1));
    assert_eq!(water.connection.as_ref().unwrap().value, "plant-key");
    assert_eq!((own.connections.len(), own.rpcs.len()), (1, 1));
}

#[test]
fn an_app_without_components_is_noticed() {
    for files in [[("base.imljson", BASE)], [("makecomapp.json", r#"{ "origins": [] }"#)]] {
        let loaded = load_path(folder(&files).path());
        assert_eq!(codes(&loaded), ["LP0006"]);
    }
}

#[test]
fn what_an_entry_does_not_say_is_the_only_one() {
    let manifest = r#"{ "components": {
        "connection": [{ "name": "key", "codeFiles": {} }],
        "webhook": [{ "name": "hook", "codeFiles": {} }],
        "module": [{ "name": "watchPlants", "moduleType": "instant_trigger", "codeFiles": {} },
                   { "name": "publicPlants", "moduleType": "action", "connection": null, "codeFiles": { "api": "a.json" } },
                   { "name": "ownPlants", "moduleType": "action", "codeFiles": { "api": "a.json" } }] } }"#;
    let app = folder(&[("makecomapp.json", manifest), ("a.json", r#"{ "url": "https://a.example" }"#)]);
    let loaded = load_path(app.path());
    assert_eq!(lines(&loaded), [""; 0]);
    let own = connector(&loaded);
    let connection = |id: &str| module(own, id).connection.as_ref().map(|id| id.value.as_str());
    assert_eq!((connection("ownPlants"), connection("publicPlants")), (Some("key"), None));
    assert_eq!(module(own, "watchPlants").webhook.as_ref().unwrap().value, "hook");
}

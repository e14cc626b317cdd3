//! Every layout ends in the same model (connector.md 2).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

mod support;

use linchpin_spec::diagnostic::Dialect;
use linchpin_spec::model::{
    ConnectionKind, Connector, Field, ModuleKind, PhaseKind, QsPolicy, ValidPolicy, WebhookKind,
};
use support::{codes, connector, folder, lines, load_path, load_text, module, only, source, write};

const BASE: &str =
    r#"{ "baseUrl": "https://api.plants.example", "headers": { "x-key": "{{connection.key}}" } }"#;
const LIST: &str =
    r#"{ "url": "/plants", "response": { "iterate": "{{body.plants}}", "output": "{{item}}" } }"#;

/// What all layouts of the same small app must come to.
#[track_caller]
fn is_plants(connector: &Connector) {
    let ids: Vec<&str> = connector.modules.iter().map(|module| module.id.value.as_str()).collect();
    assert_eq!(ids, ["listPlants", "waterPlant"]);
    let list = module(connector, "listPlants");
    assert_eq!(list.kind, ModuleKind::Search);
    assert_eq!(list.label.as_deref(), Some("List plants"));
    assert_eq!(list.connection.as_ref().map(|id| id.value.as_str()), Some("plantKey"));
    let request = only(&list.requests);
    assert_eq!(source(&request.base_url), Some("https://api.plants.example"));
    assert_eq!(source(&request.url), Some("/plants"));
    assert!(request.headers.is_some(), "base's headers are merged");
    assert_eq!(list.interface.len(), 1);
    let water = module(connector, "waterPlant");
    assert_eq!(water.kind, ModuleKind::Action);
    let names: Vec<&str> = water.parameters.iter().map(field_name).collect();
    assert_eq!(names, ["garden", "plant"], "static parameters, then mappable ones");
    let [key] = connector.connections.as_slice() else { panic!("one connection") };
    assert_eq!((key.id.value.as_str(), key.kind), ("plantKey", ConnectionKind::Basic));
    assert_eq!(key.parameters.len(), 1);
    assert_eq!(key.verify.len(), 1);
    assert_eq!(connector.rpcs.len(), 1);
    assert_eq!(connector.groups.len(), 1);
}

fn field_name(field: &Field) -> &str {
    match field {
        Field::Parameter(parameter) => &parameter.name.value,
        Field::Rpc(reference) => &reference.name,
    }
}

const ONE_FILE: &str = r#"{
    "name": "plants", "label": "Plants", "version": 2,
    "base": { "baseUrl": "https://api.plants.example", "headers": { "x-key": "{{connection.key}}" } },
    "connections": { "plantKey": {
        "label": "Key", "type": "basic",
        "parameters": [{ "name": "key", "type": "password", "required": true }],
        "communication": { "url": "https://api.plants.example/me" }
    } },
    "modules": {
        "listPlants": {
            "label": "List plants", "type": "search", "connection": "plantKey",
            "communication": { "url": "/plants", "response": { "iterate": "{{body.plants}}", "output": "{{item}}" } },
            "interface": [{ "name": "name", "type": "text" }]
        },
        "waterPlant": {
            "type": "action", "connection": "plantKey",
            "api": { "url": "/plants/{{parameters.plant}}/water", "method": "POST" },
            "parameters": [{ "name": "garden", "type": "select", "options": "rpc://listGardens" }],
            "expect": [{ "name": "plant", "type": "text" }]
        }
    },
    "rpcs": { "listGardens": { "connection": "plantKey", "communication": { "url": "/gardens" } } },
    "groups": [{ "label": "Plants", "modules": ["listPlants", "waterPlant"] }]
}"#;

#[test]
fn a_one_file_connector() {
    let loaded = load_text(ONE_FILE);
    assert_eq!(lines(&loaded), [""; 0]);
    let plants = connector(&loaded);
    is_plants(plants);
    assert_eq!((plants.name.as_str(), plants.label.as_deref()), ("plants", Some("Plants")));
    assert_eq!((plants.dialect, plants.qs_policy), (Dialect::Strict, QsPolicy::Replace));
    assert_eq!(plants.valid_policy, ValidPolicy::Only);

    let files = folder(&[("connector.json", ONE_FILE)]);
    for path in [files.path().to_path_buf(), files.path().join("connector.json")] {
        let loaded = load_path(&path);
        is_plants(connector(&loaded));
        let names: Vec<&str> = loaded.sources.files().map(|(_, file)| file.name()).collect();
        assert_eq!(names, ["connector.json"]);
        assert!(loaded.folders.is_empty());
    }
}

#[test]
fn policies_are_set_by_the_file_and_then_by_the_options() {
    let text = r#"{ "qsPolicy": "merge", "validPolicy": "and_status", "modules": {} }"#;
    let loaded = load_text(text);
    let own = connector(&loaded);
    assert_eq!((own.qs_policy, own.valid_policy), (QsPolicy::Merge, ValidPolicy::AndStatus));
    let options = linchpin_spec::Options {
        qs_policy: Some(QsPolicy::Replace),
        valid_policy: Some(ValidPolicy::Only),
        dialect: Some(Dialect::Lenient),
        ..Default::default()
    };
    let loaded = linchpin_spec::load_inline("connector.json", text, &options);
    let set = connector(&loaded);
    assert_eq!((set.qs_policy, set.valid_policy), (QsPolicy::Replace, ValidPolicy::Only));
    assert_eq!(set.dialect, Dialect::Lenient);
    let wrong = load_text(r#"{ "qsPolicy": "both", "modules": {} }"#);
    assert_eq!(lines(&wrong), ["LP0306 deny connector.json:1:15: `qsPolicy` cannot be `both`"]);
}

const MANIFEST: &str = r#"{
    "fileVersion": 1,
    "generalCodeFiles": { "base": "general/base.iml.json", "common": "general/common.json",
                          "readme": "README.md", "groups": "modules/groups.json" },
    "components": {
        "connection": { "plantKey": { "label": "Key", "connectionType": "basic", "codeFiles": {
            "communication": "connections/key.communication.iml.json", "params": "connections/key.params.iml.json",
            "common": "connections/secrets.json" } } },
        "webhook": {},
        "module": {
            "listPlants": { "label": "List plants", "moduleType": "search", "connection": "plantKey", "codeFiles": {
                "communication": "modules/list/list.communication.iml.json",
                "interface": "modules/list/list.interface.iml.json" } },
            "waterPlant": { "moduleSubtype": "action", "connection": "plantKey", "codeFiles": {
                "API": "modules/water/api.json", "static_params": "modules/water/static.json",
                "Mappable-Params": "modules/water/mappable.json", "samples": null } },
            "forgotten": null
        },
        "rpc": { "listGardens": { "connection": "plantKey", "codeFiles": { "communication": "rpcs/gardens.json" } } }
    },
    "origins": [{ "appId": "plants-app", "baseUrl": "https://eu1.make.com/api", "idMapping": {
        "module": [{ "local": "waterPlant", "remote": "WaterIt" }, { "local": null, "remote": "gone" }],
        "rpc": [{ "local": "listGardens", "remote": "RemoteGardens" }] } }]
}"#;

fn local_files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("general/base.iml.json", BASE),
        ("modules/groups.json", r#"[{ "label": "Plants", "modules": ["listPlants", "WaterIt"] }]"#),
        ("connections/key.communication.iml.json", r#"{ "url": "https://api.plants.example/me" }"#),
        ("connections/key.params.iml.json", r#"[{ "name": "key", "type": "password" }]"#),
        ("modules/list/list.communication.iml.json", LIST),
        (
            "modules/list/list.interface.iml.json",
            r#"[{ "name": "name", "type": "text" }] // what comes back"#,
        ),
        ("modules/water/api.json", r#"{ "url": "/plants/{{parameters.plant}}/water", "method": "POST" }"#),
        (
            "modules/water/static.json",
            r#"[{ "name": "garden", "type": "select", "options": "rpc://RemoteGardens" }]"#,
        ),
        ("modules/water/mappable.json", r#"[{ "name": "plant", "type": "text" }]"#),
        ("rpcs/gardens.json", r#"{ "url": "/gardens" }"#),
    ]
}

#[test]
fn a_manifest_names_every_file() {
    let mut files = local_files();
    files.push(("makecomapp.json", MANIFEST));
    let app = folder(&files);
    for path in ["", "makecomapp.json", "modules", "modules/water"] {
        let loaded = load_path(&app.path().join(path));
        assert_eq!(lines(&loaded), [""; 0], "missing secrets and readme are no mistake");
        let plants = connector(&loaded);
        is_plants(plants);
        assert_eq!(plants.name, "plants-app");
        assert_eq!((plants.dialect, plants.qs_policy), (Dialect::Lenient, QsPolicy::Merge));
        let group: Vec<&str> = plants.groups[0].modules.iter().map(|id| id.value.as_str()).collect();
        assert_eq!(group, ["listPlants", "waterPlant"], "deployed names mean local ids");
        let Field::Parameter(garden) = &module(plants, "waterPlant").parameters[0] else { panic!() };
        let linchpin_spec::model::ParameterType::Select(options) = &garden.ty else { panic!() };
        assert_eq!(options.rpc.as_ref().unwrap().name, "listGardens");
        let first = loaded.sources.files().next().unwrap().1;
        assert_eq!(first.name(), "makecomapp.json", "the root file comes first");
        assert_eq!(plants.files.len(), 11);
    }
}

#[test]
fn missing_files_of_a_manifest() {
    let mut files = local_files();
    files.push(("makecomapp.json", MANIFEST));
    files.retain(|(name, _)| !name.contains("list.interface") && *name != "general/base.iml.json");
    let app = folder(&files);
    let loaded = load_path(app.path());
    assert_eq!(
        lines(&loaded),
        [
            "LP0006 warn makecomapp.json:3:35: there is no file `general/base.iml.json`",
            "LP0006 warn makecomapp.json:13:30: there is no file `modules/list/list.interface.iml.json`",
        ]
    );
    assert!(loaded.connector.is_some(), "the empty default stands in");

    files.retain(|(name, _)| *name != "rpcs/gardens.json" && !name.starts_with("connections/key.comm"));
    let app = folder(&files);
    let loaded = load_path(app.path());
    assert!(loaded.connector.is_none());
    let denied: Vec<String> = lines(&loaded).into_iter().filter(|line| line.contains("deny")).collect();
    assert_eq!(
        denied,
        [
            "LP0408 deny makecomapp.json:7:30: connection `plantKey` has no communication: there is no file \
             `connections/key.communication.iml.json`",
            "LP0408 deny makecomapp.json:19:93: RPC `listGardens` has no communication: there is no file \
             `rpcs/gardens.json`",
        ]
    );
}

#[test]
fn empty_files_are_absent_codes() {
    let mut files = local_files();
    files.push(("makecomapp.json", MANIFEST));
    for (name, text) in &mut files {
        if name.contains("list.interface") || name.contains("key.communication") || name.contains("gardens") {
            *text = " \n";
        }
    }
    let app = folder(&files);
    let loaded = load_path(app.path());
    assert_eq!(lines(&loaded), [""; 0]);
    let plants = connector(&loaded);
    assert!(module(plants, "listPlants").interface.is_empty());
    assert!(plants.connections[0].verify.is_empty(), "an empty communication is always valid");
}

#[test]
fn components_may_be_lists_with_api_names() {
    let manifest = r#"{ "generalCodeFiles": [], "components": {
        "connection": [{ "name": "plantKey", "codeFiles": { "api": "c/api.json", "parameters": "c/p.json" } }],
        "module": [
            { "name": "listPlants", "codeFiles": { "api": "m/list.json", "interface": "m/i.json", "meta": "m/meta.json" } },
            { "id": "waterPlant", "type": "action", "connection": "plantKey",
              "codeFiles": { "api": "m/water.json", "parameters": "m/static.json", "expect": "m/expect.json" } }
        ],
        "rpc": [{ "name": "listGardens", "codeFiles": { "api": "rpc.json" } }] } }"#;
    let app = folder(&[
        ("makecomapp.json", manifest),
        ("base.json", BASE),
        ("groups.json", r#"[{ "label": "All", "modules": [] }]"#),
        ("c/api.json", r#"{ "url": "https://api.plants.example/me" }"#),
        ("c/p.json", r#"[{ "name": "key", "type": "text" }]"#),
        ("m/list.json", LIST),
        ("m/i.json", r#"[{ "name": "name" }]"#),
        ("m/meta.json", r#"{ "label": "List plants", "type": "search", "connection": "plantKey" }"#),
        ("m/water.json", r#"{ "url": "/water" }"#),
        ("m/static.json", r#"[{ "name": "garden" }]"#),
        ("m/expect.json", r#"[{ "name": "plant" }]"#),
        ("rpc.json", r#"{ "response": { "output": [] } }"#),
    ]);
    let loaded = load_path(app.path());
    assert_eq!(lines(&loaded), [""; 0]);
    is_plants(connector(&loaded));
}

fn exported_files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("base.imljson", BASE),
        ("groups.json", r#"[{ "label": "Plants", "modules": ["listPlants"] }]"#),
        ("connections/plantKey/metadata.json", r#"{ "name": "plantKey", "label": "Key", "type": "basic" }"#),
        ("connections/plantKey/api.imljson", r#"{ "url": "https://api.plants.example/me" }"#),
        ("connections/plantKey/parameters.imljson", r#"[{ "name": "key", "type": "password" }]"#),
        (
            "modules/listPlants/metadata.json",
            r#"{ "name": "listPlants", "label": "List plants", "typeId": 9, "connection": "plantKey" }"#,
        ),
        ("modules/listPlants/api.imljson", LIST),
        ("modules/listPlants/interface.imljson", r#"[{ "name": "name", "type": "text" }]"#),
        (
            "modules/waterPlant/metadata.json",
            r#"{ "type": "action", "connection": "plantKey", "webhook": null }"#,
        ),
        ("modules/waterPlant/api.imljson", r#"{ "url": "/water" }"#),
        ("modules/waterPlant/parameters.imljson", r#"[{ "name": "garden" }]"#),
        ("modules/waterPlant/expect.imljson", r#"[{ "name": "plant" }]"#),
        ("rpcs/listGardens/api.imljson", r#"{ "url": "/gardens" }"#),
    ]
}

#[test]
fn an_exported_app() {
    let mut files = exported_files();
    files.push(("metadata.json", r#"{ "name": "plants", "label": "Plants", "version": 1 }"#));
    let app = folder(&files);
    for path in
        ["", "metadata.json", "base.imljson", "modules/listPlants", "modules/listPlants/metadata.json"]
    {
        let loaded = load_path(&app.path().join(path));
        assert_eq!(lines(&loaded), [""; 0], "{path}");
        let plants = connector(&loaded);
        is_plants(plants);
        assert_eq!((plants.name.as_str(), plants.label.as_deref()), ("plants", Some("Plants")));
        assert_eq!((plants.dialect, plants.qs_policy), (Dialect::Lenient, QsPolicy::Merge));
        let folders: Vec<_> = loaded.folders.iter().map(|folder| folder.file_name().unwrap()).collect();
        assert_eq!(folders, ["connections", "modules", "rpcs"], "new components are looked for");
    }
}

#[test]
fn an_exported_app_without_any_metadata() {
    let mut files = exported_files();
    files.retain(|(name, _)| !name.contains("metadata"));
    let app = folder(&files);
    let loaded = load_path(app.path());
    assert_eq!(codes(&loaded), ["LP0407", "LP0407"], "types are inferred, with a warning");
    let plants = connector(&loaded);
    assert_eq!(module(plants, "listPlants").kind, ModuleKind::Search);
    assert_eq!(module(plants, "waterPlant").kind, ModuleKind::Action);
    let connection = module(plants, "waterPlant").connection.as_ref().unwrap();
    assert_eq!(connection.value, "plantKey", "the only connection is used");
}

#[test]
fn aliases_of_connections_use_the_source_s_codes() {
    let mut files = exported_files();
    files.push((
        "connections/other/metadata.json",
        r#"{ "name": "other", "label": "Other", "type": "basic", "aliasTo": "plantKey" }"#,
    ));
    files.push(("connections/other/api.imljson", r#"{ "url": "https://dead.example" }"#));
    let app = folder(&files);
    let loaded = load_path(app.path());
    let plants = connector(&loaded);
    let other = plants.connections.iter().find(|connection| connection.id.value == "other").unwrap();
    assert_eq!(source(&only(&other.verify).url), Some("https://api.plants.example/me"));
    assert_eq!(other.parameters.len(), 1);
    assert_eq!(other.label.as_deref(), Some("Other"));
}

#[test]
fn components_are_discovered_by_suffix() {
    let manifest = r#"{ "fileVersion": 1, "origins": [{ "appId": "plants", "idMapping": {
        "module": [{ "local": "listPlants", "remote": "listPlants" }, { "local": "waterPlant", "remote": "x" }],
        "connection": [{ "local": "plantKey", "remote": "plants" }],
        "rpc": [{ "local": "listGardens", "remote": "listGardens" }] } }] }"#;
    let app = folder(&[
        ("makecomapp.json", manifest),
        ("general/base.iml.json", BASE),
        ("modules/groups.json", r#"[{ "label": "All", "modules": [] }]"#),
        (
            "connection/plant-key/plant-key.communication.iml.json",
            r#"{ "url": "https://api.plants.example/me" }"#,
        ),
        ("connection/plant-key/plant-key.params.iml.json", r#"[{ "name": "key", "type": "text" }]"#),
        ("modules/list-plants/list-plants.communication.iml.json", LIST),
        ("modules/list-plants/deep/list-plants.interface.iml.json", r#"[{ "name": "name" }]"#),
        ("modules/list-plants/meta.json", r#"{ "label": "List plants", "moduleType": "search" }"#),
        ("modules/water-plant/water-plant.communication.iml.json", r#"{ "url": "/water" }"#),
        ("modules/water-plant/water-plant.static-parameters.iml.json", r#"[{ "name": "garden" }]"#),
        ("modules/water-plant/water-plant.mappable-parameters.iml.json", r#"[{ "name": "plant" }]"#),
        ("modules/notes/README.md", "nothing to compile"),
        ("rpc/list-gardens.communication.iml.json", r#"{ "url": "/gardens" }"#),
        ("functions/shout/code.js", "function shout(text) { return text.toUpperCase(); }"),
        ("functions/shout/test.js", "it('shouts', () => {});"),
    ]);
    let loaded = load_path(app.path());
    assert_eq!(codes(&loaded), ["LP0407"]);
    let plants = connector(&loaded);
    is_plants(plants);
    assert_eq!(plants.functions.len(), 1);
    assert!(plants.functions[0].code.value.contains("toUpperCase"));
    assert_eq!(loaded.folders.len(), 4);
}

#[test]
fn foreign_components_need_no_codes() {
    let manifest = r#"{ "components": {
        "connection": { "shared": { "label": "Shared" } },
        "module": { "listAll": { "moduleType": "search", "connection": "shared",
                                 "codeFiles": { "communication": "list.json" } },
                    "untracked": { "moduleType": "action", "codeFiles": { "communication": null } } } },
        "origins": [{ "idMapping": { "connection": [{ "local": "shared", "remote": "s2", "nonOwnedByApp": true }] } }] }"#;
    let app = folder(&[("makecomapp.json", manifest), ("list.json", r#"{ "url": "https://a.example" }"#)]);
    let loaded = load_path(app.path());
    assert_eq!(
        lines(&loaded),
        [
            "LP0006 warn makecomapp.json:5:92: the communication of module `untracked` is set to null and taken as empty"
        ]
    );
    assert_eq!(connector(&loaded).connections.len(), 1);
}

#[test]
fn functions_answer_to_the_name_they_are_deployed_under() {
    let manifest = r#"{ "components": { "function": { "localName": { "codeFiles": { "code": "f.js", "test": null } } } },
        "origins": [{ "idMapping": { "function": [{ "local": "localName", "remote": "deployedName" }] } }] }"#;
    let app = folder(&[("makecomapp.json", manifest), ("f.js", "function deployedName() {}")]);
    let loaded = load_path(app.path());
    let names: Vec<&str> =
        connector(&loaded).functions.iter().map(|function| function.id.value.as_str()).collect();
    assert_eq!(names, ["localName", "deployedName"]);
}

#[test]
fn a_bare_oauth_2_document() {
    let text = r#"{
        "authorize": { "url": "https://id.plants.example/authorize", "qs": { "scope": "{{join(oauth.scope, ' ')}}" } },
        "token": { "url": "https://id.plants.example/token", "method": "POST", "type": "urlencoded",
                   "response": { "data": { "accessToken": "{{body.access_token}}" } } },
        "refresh": { "condition": "{{data.expires < now}}", "url": "https://id.plants.example/token" }
    }"#;
    let files = folder(&[("login/plants.json", text)]);
    for loaded in [load_path(&files.path().join("login/plants.json")), load_text(text)] {
        assert_eq!(lines(&loaded), [""; 0]);
        let document = connector(&loaded);
        let [connection] = document.connections.as_slice() else { panic!("one connection") };
        assert_eq!(connection.kind, ConnectionKind::OAuth2);
        let phases: Vec<PhaseKind> = connection.phases.iter().map(|phase| phase.kind).collect();
        assert_eq!(phases, [PhaseKind::Authorize, PhaseKind::Token, PhaseKind::Refresh]);
        assert_eq!((document.dialect, document.qs_policy), (Dialect::Strict, QsPolicy::Replace));
        assert!(document.retry_after_access_error, "there is a refresh");
    }
    let loaded = load_path(&files.path().join("login/plants.json"));
    assert_eq!(connector(&loaded).name, "plants");
}

#[test]
fn scripts_may_stand_in_files_of_their_own() {
    let text = r#"{
        "modules": { "compute": { "type": "action", "code": { "file": "blocks/compute.js" } } },
        "functions": { "shout": { "code": "function shout(t) { return t + '!'; }" },
                       "whisper": { "code": { "file": "missing.js" } } },
        "dataSources": { "colours": { "type": "picklist", "code": "module.exports = () => ({ result: [] })" } }
    }"#;
    let files =
        folder(&[("connector.json", text), ("blocks/compute.js", "module.exports = async () => 1;\n")]);
    let loaded = load_path(files.path());
    assert_eq!(codes(&loaded), ["LP0006"]);
    write(files.path(), "missing.js", b"function whisper() {}");
    let loaded = load_path(files.path());
    let own = connector(&loaded);
    let code = module(own, "compute").code.as_ref().unwrap();
    assert_eq!(&*code.value, "module.exports = async () => 1;\n");
    assert_eq!(loaded.sources.file(code.span.file).name(), "blocks/compute.js");
    assert!(module(own, "compute").requests.is_empty());
    assert_eq!((own.functions.len(), own.data_sources.len()), (2, 1));
    let inline = load_text(text);
    assert!(lines(&inline).iter().any(|line| line.contains("given as text has no folder")));
}

#[test]
fn webhooks_take_the_connection_of_their_instant_trigger() {
    let text = r#"{
        "connections": { "keyOne": {}, "keyTwo": {} },
        "webhooks": { "plantHook": { "type": "web-shared", "communication": { "output": "{{body}}" } } },
        "modules": { "watchPlants": { "type": "instant_trigger", "webhook": "plantHook",
            "connection": "keyTwo", "altConnection": "keyOne", "communication": {} } }
    }"#;
    let loaded = load_text(text);
    assert_eq!(lines(&loaded), [""; 0]);
    let own = connector(&loaded);
    let [hook] = own.webhooks.as_slice() else { panic!("one webhook") };
    assert_eq!(hook.kind, WebhookKind::Shared);
    assert_eq!(hook.connection.as_ref().unwrap().value, "keyTwo");
    assert_eq!(hook.alt_connection.as_ref().unwrap().value, "keyOne");
    let watch = module(own, "watchPlants");
    assert!(watch.requests.is_empty(), "items are handed through");
}

//! Integrations: code blocks among the steps of flows (connector.md 18.9).

#![cfg(feature = "yaml")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

mod support;

use linchpin_spec::Loaded;
use linchpin_spec::model::{DataSourceKind, Field, Module, ModuleKind, ParameterType};
use support::{connector, folder, lines, load_path, load_text, module};

fn load(text: &str) -> Loaded {
    let folder = folder(&[("orders.yml", text)]);
    load_path(&folder.path().join("orders.yml"))
}

/// What the author is told, but for the steps that do not run.
fn told(text: &str) -> Vec<String> {
    let lines = lines(&load(text));
    lines.into_iter().filter(|line| !line.starts_with("LP0411")).collect()
}

/// The fields of a module's input as `name(field, ..)`.
fn inputs(module: &Module) -> Vec<String> {
    fn show(field: &Field) -> String {
        let Field::Parameter(field) = field else { panic!("a reference") };
        let name = &field.name.value;
        match &field.ty {
            ParameterType::Collection(spec) => {
                format!("{name}({})", spec.iter().map(show).collect::<Vec<_>>().join(" "))
            }
            _ => name.clone(),
        }
    }
    module.parameters.iter().map(show).collect()
}

const ORDERS: &str = r#"definitionVersion: 7
name: Orders to Depot
requiredConfigVars:
  - key: Depot Region
    dataType: picklist
    dataSource: { key: runCodePicklist, component: { key: code, version: LATEST, isPublic: true } }
    inputs:
      connection: { type: configVar, value: Depot Account }
      code:
        type: value
        value: "module.exports = async ({ configVars }) =>\n\t({ result: [configVars[\"Depot Account\"].key] })"
  - key: Depot Account
    dataType: connection
  - key: Field Map
    dataType: jsonForm
    dataSource:
      key: runCodeJsonForm
      component: { key: code }
    inputs:
      code: { type: value, value: "module.exports = async () => ({ schema: {}, uiSchema: {} })" }
  - { key: Tags, dataType: string, collectionType: valuelist }
flows:
  - name: Send
    steps:
      - name: Order Received
        isTrigger: true
        action: { key: webhook, component: { key: webhook-triggers } }
      - name: Sign Order
        description: Adds a signature.
        action: { key: runCode, component: { key: code } }
        inputs:
          code:
            type: value
            value: |
              module.exports = async ({ configVars }, { orderReceived }) => {
                return { data: orderReceived.results.body.data + configVars["Depot Region"] };
              };
      - name: For each Line
        action: { key: loopOverItems, component: { key: loop } }
        steps:
          - name: Which Kind
            action: { key: branchOnExpression, component: { key: branch } }
            branches:
              - name: Heavy
                steps:
                  - name: Weigh
                    action: { key: runCode, component: { key: code } }
                    inputs:
                      code:
                        type: value
                        value: >-
                          module.exports = async (context,
                          stepResults) => ({ data: [stepResults.forEachLine.currentItem,
                          stepResults.signOrder.results] });
  - name: Receive
    steps:
      - name: Arrived
        isTrigger: true
        action: { key: runCodeTrigger, component: { key: code } }
        inputs: { code: { type: value, value: "module.exports = async (context, payload) => ({ payload })" } }
      - name: Sign Order
        action: { key: runCode, component: { key: code } }
        inputs: { code: { type: value, value: "module.exports = async () => ({ data: 1 })" } }
"#;

#[test]
fn every_code_block_becomes_a_module() {
    let loaded = load(ORDERS);
    let connector = connector(&loaded);
    assert_eq!(connector.name, "Orders to Depot");
    let modules: Vec<_> =
        connector.modules.iter().map(|module| (module.id.value.as_str(), module.kind)).collect();
    assert_eq!(
        modules,
        [
            ("sendSignOrder", ModuleKind::Action),
            ("weigh", ModuleKind::Action),
            ("arrived", ModuleKind::Trigger),
            ("receiveSignOrder", ModuleKind::Action),
        ]
    );
    let sign = module(connector, "sendSignOrder");
    assert_eq!(sign.label.as_deref(), Some("Sign Order"));
    assert_eq!(sign.description.as_deref(), Some("Adds a signature."));
    assert!(sign.code.as_ref().unwrap().value.starts_with("module.exports = async ({ configVars }"));
    assert_eq!(inputs(sign), ["configVars(Depot Region)", "stepResults(orderReceived(results))"]);
    assert_eq!(
        inputs(module(connector, "weigh")),
        ["stepResults(signOrder(results) forEachLine(results currentItem index))"]
    );
    assert!(inputs(module(connector, "arrived")).is_empty());
    assert!(inputs(module(connector, "receiveSignOrder")).is_empty());
    let sources: Vec<_> =
        connector.data_sources.iter().map(|source| (source.id.value.as_str(), source.kind)).collect();
    assert_eq!(sources, [("depotRegion", DataSourceKind::Picklist), ("fieldMap", DataSourceKind::JsonForm)]);
}

#[test]
fn steps_that_are_no_code_are_named_once() {
    let loaded = load(ORDERS);
    assert_eq!(
        lines(&loaded),
        [
            "LP0411 warn orders.yml:25:15: the step `Order Received` and 2 more of other components: only code blocks run here"
        ]
    );
}

#[test]
fn the_older_form_has_its_trigger_and_steps_at_the_root() {
    let text = r"
name: Fuel
requiredConfigVars:
  depotUrl: https://depot.example
trigger:
  name: Fuel Used
steps:
  - name: Compute Litres
    action: { key: runCode, componentKey: code }
    inputs:
      code:
        type: value
        value: |
          module.exports = async ({ configVars }, { fuelUsed }) => ({
            data: fuelUsed.results.gallons * 3.785 + configVars.depotUrl,
          });
";
    let loaded = load(text);
    let connector = connector(&loaded);
    assert_eq!(
        inputs(module(connector, "computeLitres")),
        ["configVars(depotUrl)", "stepResults(fuelUsed(results))"]
    );
    assert!(told(text).is_empty(), "{:?}", told(text));
}

#[test]
fn names_that_stand_for_nothing_are_shown_where_they_stand() {
    let text = r#"
name: Wrong
requiredConfigVars: [{ key: App Base URL, dataType: string }]
flows:
  - name: Only
    steps:
      - name: Fetch Rows
        action: { key: rows, component: { key: sheets } }
      - name: Use Them
        action: { key: runCode, component: { key: code } }
        inputs:
          code:
            type: value
            value: |
              // stepResults.comment is none
              module.exports = async ({ configVars }, stepResults) => {
                const { fetchRow } = stepResults;
                stepResults.hasOwnProperty("x");
                return { data: [configVars.appBaseUrl, stepResults["Fetch Rows"], fetchRow] };
              };
"#;
    assert_eq!(
        told(text),
        [
            "LP0209 warn orders.yml:17:25: there is no step `fetchRow`: `stepResults` has no such member",
            "LP0210 warn orders.yml:19:44: there is no config variable `appBaseUrl`: `configVars` has no such member",
            "LP0209 warn orders.yml:19:68: there is no step `Fetch Rows`: `stepResults` has no such member",
        ]
    );
    let loaded = load(text);
    let helps: Vec<_> = loaded.diagnostics.iter().filter_map(|found| found.help.as_deref()).collect();
    for help in ["did you mean `fetchRows`?", "did you mean `App Base URL`?"] {
        assert!(helps.contains(&help), "{helps:?}");
    }
}

#[test]
fn two_steps_with_one_key_are_warned_of_once() {
    let block = "action: { key: runCode, component: { key: code } }, inputs: { code: { type: value, value: \
                 'module.exports = async (c, { getIt }) => getIt' } }";
    let text = format!(
        "name: Twice\nflows:\n  - name: F\n    steps:\n      - {{ name: Get it, action: {{ key: x, component: {{ key: y }} }} }}\n      \
         - {{ name: Get-It, action: {{ key: x, component: {{ key: y }} }} }}\n      - {{ name: A, {block} }}\n      - {{ name: B, {block} }}\n"
    );
    assert_eq!(
        told(&text),
        [
            "LP0410 warn orders.yml:6:17: the steps `Get it` and `Get-It` are both `getIt` in `stepResults`; code sees the later one"
        ]
    );
    let same =
        format!("name: Same\nsteps:\n  - {{ name: Do it, {block} }}\n  - {{ name: do IT, {block} }}\n");
    let loaded = load(&same);
    let ids: Vec<_> = connector(&loaded).modules.iter().map(|module| module.id.value.as_str()).collect();
    assert_eq!(ids, ["doIt", "doIt2"]);
}

#[test]
fn blocks_without_code_of_their_own_are_left_out() {
    let step = |name: &str, input: &str| {
        format!(
            "  - {{ name: {name}, action: {{ key: runCode, component: {{ key: code }} }}, inputs: {{ code: {input} }} }}\n"
        )
    };
    let text = ["name: Left\nsteps:\n".to_owned()]
        .into_iter()
        .chain([
            step("Kept", "{ type: template, value: 'module.exports = async () => ({ data: `${1}` })' }"),
            step("Filled", "{ type: template, value: 'module.exports = () => {{$x.results}}' }"),
            step("Config", "{ type: configVar, value: My Code }"),
            step("Empty", "{ type: value, value: '' }"),
            "  - { name: Other, action: { key: runCod, component: { key: code } } }\n".to_owned(),
            "  - { action: { key: runCode, component: { key: code } } }\n".to_owned(),
        ])
        .collect::<String>();
    let loaded = load(&text);
    assert_eq!(connector(&loaded).modules.len(), 1);
    let said: Vec<String> =
        told(&text).iter().map(|line| line[..22].to_owned() + &line[line.find(": ").unwrap()..]).collect();
    assert_eq!(
        said,
        [
            "LP0306 warn orders.yml: step `Filled` has code with parts that the platform fills in; it is left out",
            "LP0306 warn orders.yml: step `Config` has code that does not stand in this document; it is left out",
            "LP0306 warn orders.yml: step `Empty` has no code; it is left out",
            "LP0306 warn orders.yml: step `Other`: the component `code` has no such action",
            "LP0306 warn orders.yml: a step has no `name`; it is passed over",
        ]
    );
}

#[test]
fn what_is_no_integration_says_so() {
    let cases = [
        (
            "name: x\nflows: []\n",
            "LP0001 deny orders.yml:2:1: the integration has no code block: there is nothing in it that could run here",
        ),
        ("a: [1\nb: 2\n", "LP0007 deny orders.yml:2:2: "),
        ("modules: {}\n", "LP0001 deny orders.yml:1:1: "),
        ("- 1\n", "LP0001 deny orders.yml:1:1: "),
        ("", "LP0001 deny orders.yml:1:1: "),
    ];
    for (text, expected) in cases {
        let found = lines(&load(text));
        assert!(found.len() == 1 && found[0].starts_with(expected), "{text}: {found:?}");
    }
}

#[test]
fn a_folder_with_an_integration_stands_for_it() {
    let folder = folder(&[("integration.yml", ORDERS)]);
    assert_eq!(connector(&load_path(folder.path())).modules.len(), 4);
}

/// The same with a file for each block: a one-file connector with `configVars` and `steps`.
#[test]
fn a_manifest_names_files_of_code_with_their_steps() {
    let manifest = r#"{
        "name": "depot",
        "configVars": { "Depot Region": "picklist", "Depot Account": "connection", "Rows": "number" },
        "modules": {
            "signOrder": {
                "type": "action",
                "steps": ["Order Received", { "name": "For each Line", "loop": true }],
                "code": { "file": "sign.js" }
            }
        }
    }"#;
    let code = "module.exports = async ({ configVars: { Rows, Row } }, { forEachLine, other }) => Rows;\n";
    let folder = folder(&[("connector.json", manifest), ("sign.js", code)]);
    let loaded = load_path(folder.path());
    assert_eq!(
        inputs(module(connector(&loaded), "signOrder")),
        ["configVars(Rows)", "stepResults(forEachLine(results currentItem index))"]
    );
    assert_eq!(
        lines(&loaded),
        [
            "LP0210 warn sign.js:1:47: there is no config variable `Row`: `configVars` has no such member",
            "LP0209 warn sign.js:1:71: there is no step `other`: `stepResults` has no such member",
        ]
    );
}

#[test]
fn steps_of_the_wrong_form_are_reported() {
    let text = r#"{
        "name": "depot", "configVars": [],
        "modules": { "sign": { "type": "action", "steps": ["***", 5], "code": "module.exports = () => 1" } }
    }"#;
    let codes = support::codes(&load_text(text));
    assert_eq!(codes, ["LP0303", "LP0306", "LP0306"]);
}

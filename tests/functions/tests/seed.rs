//! The page that the Code connector came from, read at test time: its connections, and the code that it offers, which
//! runs as it stands there.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "helpers of tests fail loudly")]

use std::path::Path;

use function_tests::code;
use linchpin::js::{CodeBlock, Context, DataSourceInput, StepResults, TriggerPayload};
use linchpin::transport::{Body, BoxFuture, SendOptions, Transport};
use linchpin::{Error, Object, Value};
use linchpin_spec::model::{Connector, Field, Parameter};

/// A heading of the third level with the rows of its table.
struct Row {
    chapter: String,
    name: String,
    text: String,
    cells: Vec<Vec<String>>,
}

fn page() -> Option<Vec<Row>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds/code-connector.txt");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("there is no ../shared/seeds; passed over");
        return None;
    };
    let (mut rows, mut chapter) = (Vec::<Row>::new(), String::new());
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            name.clone_into(&mut chapter);
        } else if let Some(name) = line.strip_prefix("### ") {
            rows.push(Row {
                chapter: chapter.clone(),
                name: name.to_owned(),
                text: String::new(),
                cells: Vec::new(),
            });
        } else if let Some(row) = rows.last_mut() {
            match line.strip_prefix("| ") {
                Some(cells) if !cells.starts_with("--") && !cells.starts_with("Input ") => {
                    let cells = cells.trim_end_matches('|').splitn(3, " | ");
                    row.cells.push(cells.map(|cell| cell.trim().to_owned()).collect());
                }
                None if !line.is_empty() && row.text.is_empty() => line.clone_into(&mut row.text),
                _ => {}
            }
        }
    }
    Some(rows)
}

impl Row {
    /// The code that the page offers, without what its format did to it.
    fn code(&self) -> String {
        let cell = self.cells.iter().find(|cells| cells[0] == "Code").unwrap();
        let code = cell[2].replace("<br />", "\n").replace("\\*", "*");
        code.replacen("/_", "/*", 1).replacen("_/", "*/", 1)
    }

    fn inputs(&self) -> Vec<&str> {
        self.cells.iter().map(|cells| cells[0].as_str()).collect()
    }
}

fn connector() -> Connector {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/connectors/code");
    linchpin_spec::load(&folder, &linchpin_spec::Options::default()).connector.unwrap()
}

fn labels(fields: &[Field]) -> Vec<&str> {
    fields.iter().filter_map(parameter_of).filter_map(|parameter| parameter.label.as_deref()).collect()
}

fn parameter_of(field: &Field) -> Option<&Parameter> {
    match field {
        Field::Parameter(parameter) => Some(parameter),
        Field::Rpc(_) => None,
    }
}

#[test]
fn every_row_is_there_with_its_inputs() {
    let Some(page) = page() else { return };
    let connector = connector();
    let mut seen = 0;
    for row in &page {
        let name = Some(row.name.as_str());
        match row.chapter.as_str() {
            "Connections" => {
                let found = connector.connections.iter().find(|each| each.label.as_deref() == name);
                let found = found.unwrap_or_else(|| panic!("no connection {name:?}"));
                assert_eq!(labels(&found.parameters), row.inputs(), "{name:?}");
            }
            "Triggers" | "Actions" => {
                let found = connector.modules.iter().find(|each| each.label.as_deref() == name).unwrap();
                assert_eq!(found.description.as_deref(), Some(row.text.as_str()));
                assert_eq!(labels(&found.parameters)[..1], row.inputs(), "{name:?}");
            }
            "Data Sources" => {
                assert!(connector.data_sources.iter().any(|each| each.label.as_deref() == name), "{name:?}");
                assert_eq!(row.inputs(), ["Connection", "Context Value", "Code"]);
            }
            other => panic!("a chapter {other}"),
        }
        seen += 1;
    }
    assert_eq!(seen, 6 + 1 + 1 + 4);
}

fn offered(page: &[Row], name: &str) -> String {
    page.iter().find(|row| row.name == name).unwrap().code()
}

fn client() -> code::Client {
    code::Client::builder().build().unwrap()
}

#[tokio::test]
async fn the_code_that_is_offered_runs() {
    let Some(page) = page() else { return };
    let code = offered(&page, "Code Block Trigger");
    let trigger = client().code_block_trigger(code::CodeBlockTrigger::new(code.clone()));
    let sent: Object = [("n", 1)].into_iter().collect();
    let result = trigger.run(TriggerPayload::with_body(sent)).await.unwrap();
    assert_eq!(result.payload.key("body").key("data").key("n"), &Value::from(1), "the payload is passed on");
    let answer = result.into_http();
    let body = String::from_utf8_lossy(answer.body()).into_owned();
    assert!(answer.status() == 200 && code.contains(&format!("body: \"{body}\"")), "{body}");

    let nothing =
        client().code_block(code::CodeBlock::new(offered(&page, "Code Block"))).optional().await.unwrap();
    assert!(nothing.is_none());

    let sources = client().data_sources();
    let form = sources.code_block_json_form(offered(&page, "Code Block JSON Form"), DataSourceInput::new());
    let form = form.await.unwrap();
    for element in form.ui_schema.key("elements").items() {
        let scope = element.key("scope").to_text();
        assert!(
            !form.schema.key("properties").key(scope.rsplit('/').next().unwrap()).is_nullish(),
            "{scope}"
        );
    }
    for name in form.schema.key("required").items() {
        assert!(!form.data.as_ref().unwrap().key(&name.to_text()).is_nullish());
    }
    let code = offered(&page, "Code Block Object Selection");
    let objects = sources.code_block_object_selection(code, DataSourceInput::new()).await.unwrap();
    let code = offered(&page, "Code Block Picklist");
    let choices = sources.code_block_picklist(code, DataSourceInput::new()).await.unwrap();
    let of_objects: Vec<_> = objects.into_iter().map(|each| each.object).collect();
    assert_eq!(of_objects, choices, "both offer the same");
    assert!(choices.len() == 2 && choices.iter().all(|each| each.label.is_some()));
}

/// Answers every request with a title, and keeps nothing.
struct Titles;

impl Transport for Titles {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
        _: SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, Error>> {
        let title = format!("{{\"title\":\"what is at {}\"}}", request.uri().path());
        Box::pin(async move { Ok(http::Response::new(Body::from(title.into_bytes()))) })
    }
}

#[tokio::test]
async fn the_text_that_is_offered_is_fetched() {
    let Some(page) = page() else { return };
    let block = CodeBlock::new(offered(&page, "Code Block String")).transport(Titles);
    let text = block.string(&Context::new(), DataSourceInput::new()).await.unwrap();
    let number: u32 = text.rsplit('/').next().unwrap().parse().unwrap();
    assert!((1..=100).contains(&number), "{text}");
}

/// The comments of the offered code show results of other kinds; each of them runs in the place of the offered one.
#[tokio::test]
async fn the_results_that_comments_show_are_taken() {
    let Some(page) = page() else { return };
    let shown = |code: &str, head: &str| -> Vec<String> {
        let returns = code.match_indices("return {").map(|(at, _)| {
            let rest = &code[at..];
            let end = rest
                .match_indices('}')
                .map(|(end, _)| &rest[..=end])
                .find(|text| text.matches('{').count() == text.matches('}').count());
            format!("module.exports = async ({head}) => {{ {} }};", end.unwrap())
        });
        returns.collect()
    };
    let code = offered(&page, "Code Block");
    let first = &shown(&code, "context")[0];
    let result = CodeBlock::new(first.as_str()).action(&Context::new(), StepResults::new()).await.unwrap();
    assert!(result.data.as_object().is_some_and(|data| data.len() == 3), "{first}");
    let code = offered(&page, "Code Block Trigger");
    let with_answer = &shown(&code, "context, payload")[1];
    let result =
        CodeBlock::new(with_answer.as_str()).trigger(&Context::new(), TriggerPayload::new()).await.unwrap();
    let answer = result.into_http();
    let kind = answer.headers()["content-type"].to_str().unwrap();
    assert!(with_answer.contains(&format!("contentType: \"{kind}\"")), "{kind}");

    // Config variables by name, and results of steps under their keys.
    let context = Context::new().config_var("App Base URL", "https://app.example");
    let steps = StepResults::new()
        .step("Get Data from API", Value::parse_json(br#"{"foo":"bar","baz":123}"#).unwrap());
    let code = offered(&page, "Code Block");
    let lines: Vec<&str> = code.lines().map(str::trim).filter(|line| line.starts_with("const ")).collect();
    let code = format!(
        "module.exports = async ({{ configVars }}, stepResults) => {{ {} return {{ data: [apiEndpoint, foo, baz] }}; }};",
        lines.join(" ")
    );
    let result = CodeBlock::new(code).action(&context, steps).await.unwrap();
    assert_eq!(result.data.to_json().as_deref(), Some(r#"["https://app.example/api","bar",123]"#));
}

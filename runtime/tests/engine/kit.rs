//! The kit for users' tests: recording, replay, answers made up (rulings 25, 36).

use std::io::Write as _;
use std::sync::Arc;

use super::support::*;
use linchpin::client::{Client, ClientBuilder};
use linchpin::plan::{ModuleKind, Sample};
use linchpin::testing::{Mock, Recorder, Replay};
use linchpin::transport::{HttpTransport, Transport};
use linchpin::{ErrorKind, Object, Value};

const SPEC: &str = r#"{"connections":[{"name":"key","parameters":[{"name":"apiKey","secret":true}]}]}"#;
const LIST: &str = r#"{"url":"/items","qs":{"page":"{pagination.page}","api_key":"{connection.apiKey}"},
    "headers":{"authorization":"Bearer {connection.apiKey}"},
    "response":{"iterate":"{body.items}"},"pagination":{"condition":"{body.more}"}}"#;
const CREATE: &str =
    r#"{"url":"/items","method":"POST","body":{"title":"{parameters.title}","by":"{connection.apiKey}"}}"#;

fn client(url: &str, secret: &str, transport: impl Transport) -> Client {
    ClientBuilder::for_connector(Arc::new(connector(SPEC)))
        .base_url(url)
        .connection(key(secret))
        .transport(transport)
        .build()
        .unwrap()
}

async fn list(client: &Client) -> Result<Vec<Value>, linchpin::Error> {
    let mut module = module(ModuleKind::Search, LIST);
    module.connections = vec!["key".into()].into();
    search(client, module, "{}").await
}

async fn create(client: &Client, title: &str) -> Result<Value, linchpin::Error> {
    let mut module = module(ModuleKind::Action, CREATE);
    module.connections = vec!["key".into()].into();
    let mut input = Object::new();
    input.set("title", title);
    linchpin::client::Call::<Value>::new(client, Arc::new(module), input).await
}

/// A service whose answers are compressed and tell the caller's own secret.
async fn service() -> Server {
    Server::start(|seen| {
        if seen.method == "POST" {
            return Reply::json(r#"{"id":7,"echo":"made by s3cret-recorded","token":"t0ken-of-the-answer"}"#)
                .header("set-cookie", "sid=c00kie");
        }
        let page = if seen.target.contains("page=1") { 1 } else { 2 };
        let body = format!(r#"{{"more":{},"items":[{{"n":{page},"by":"s3cret-recorded"}}]}}"#, page == 1);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(body.as_bytes()).unwrap();
        Reply::json(packed.finish().unwrap()).header("content-encoding", "gzip")
    })
    .await
}

/// A fixture of a list and a call, made with a secret.
async fn fixture(server: &Server) -> String {
    let recorder = Recorder::new(HttpTransport::new());
    let client = client(&server.url, "s3cret-recorded", recorder.clone());
    assert_eq!(list(&client).await.unwrap().len(), 2);
    create(&client, "Tea").await.unwrap();
    assert!(!format!("{recorder:?}").contains("s3cret"));
    recorder.to_json()
}

#[tokio::test]
async fn what_was_recorded_holds_no_secret_and_serves_again() {
    let server = service().await;
    let fixture = fixture(&server).await;
    for secret in ["s3cret", "t0ken", "c00kie"] {
        assert!(!fixture.contains(secret), "{fixture}");
    }
    let asked = server.lines().len();
    let replay = Replay::from_json(&fixture).unwrap();
    let client = client(&server.url, "another-secret", replay.clone());
    let items = list(&client).await.unwrap();
    assert_eq!(items.iter().map(|item| item.key("n").to_text().to_string()).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(replay.unused(), [format!("POST {}/items", server.url)]);
    let created = create(&client, "Tea").await.unwrap();
    assert_eq!(created.key("echo"), &Value::from("made by ***"));
    assert!(replay.unused().is_empty());
    assert_eq!(server.lines().len(), asked, "nothing was sent");
}

#[tokio::test]
async fn another_request_is_shown_beside_the_recorded_one() {
    let server = service().await;
    let replay = Replay::from_json(&fixture(&server).await).unwrap();
    let client = client(&server.url, "another-secret", replay);
    let error = create(&client, "Coffee").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
    let url = &server.url;
    let expected = format!(
        "no exchange was recorded for POST {url}/items\n\
         the most similar one that is left is POST {url}/items:\n- body.json.title: \"Tea\"\n+ body.json.title: \"Coffee\""
    );
    assert_eq!(error.message(), expected);
    create(&client, "Tea").await.unwrap();
    let error = create(&client, "Tea").await.unwrap_err();
    assert!(error.message().contains("has been asked for already"), "{error}");
}

#[tokio::test]
async fn uploads_are_found_again_though_their_boundaries_differ() {
    let server = Server::quiet().await;
    let upload = r#"{"url":"/","method":"POST","type":"multipart/form-data","body":{"note":"a","b":"c"},"response":{"output":{"ok":true}}}"#;
    let recorder = Recorder::new(HttpTransport::new());
    let at = |transport: Arc<dyn Transport>| {
        builder(&server, connector("{}")).transport(transport).build().unwrap()
    };
    act(&at(Arc::new(recorder.clone())), "{}", upload).await.unwrap();
    let replay = Replay::from_json(&recorder.to_json()).unwrap();
    act(&at(Arc::new(replay)), "{}", upload).await.unwrap();
}

#[tokio::test]
async fn fixtures_that_are_none() {
    for text in ["", "[]", "{\"exchanges\":7}"] {
        assert_eq!(Replay::from_json(text).unwrap_err().kind(), ErrorKind::InvalidConfiguration, "{text}");
    }
    let error = Replay::from_file("/nowhere/fixture.json").unwrap_err();
    assert!(error.message().contains("/nowhere/fixture.json"), "{error}");
}

#[tokio::test]
async fn a_mock_answers_with_samples_or_with_what_it_is_told() {
    let sample = Sample {
        module: "listTasks".into(),
        request: 0,
        body: r#"{"more":true,"items":[{"n":1}]}"#.into(),
        last_page: r#"{"items":[]}"#.into(),
    };
    let mock = Mock::new(&[sample]);
    let client = client("http://tasks.example", "a-secret", mock.clone());
    assert_eq!(list(&client).await.unwrap(), [json(r#"{"n":1}"#)]);
    mock.answer("listTasks", 404, r#"{"why":"gone"}"#);
    assert_eq!(create(&client, "Tea").await.unwrap_err().status(), Some(404));
    mock.fail("listTasks", ErrorKind::Data);
    assert_eq!(create(&client, "Tea").await.unwrap_err().kind(), ErrorKind::Data);
    let asked = mock.asked();
    assert_eq!(asked.len(), 4, "two pages, two calls");
    assert_eq!(asked[2].body, r#"{"title":"Tea","by":"a-secret"}"#);
    assert!(!format!("{mock:?}").contains("a-secret"));
}

#[tokio::test]
async fn a_base_without_a_scheme_is_a_host() {
    let mock = Mock::new(&[]);
    let spec = connector(r#"{"baseUrl":"api.tasks.example/v1","connections":[{"name":"key"}]}"#);
    let builder = ClientBuilder::for_connector(Arc::new(spec));
    let client = builder.transport(mock.clone()).connection(key("k-123456")).build().unwrap();
    let request =
        r#"{"url":"/me","baseUrl":"api.tasks.example/v1","headers":{"x-key":"{connection.apiKey}"}}"#;
    let mut module = module(ModuleKind::Action, request);
    module.connections = vec!["key".into()].into();
    run(&client, module, "{}").await.unwrap();
    assert_eq!(mock.asked()[0].url, "https://api.tasks.example/v1/me");
}

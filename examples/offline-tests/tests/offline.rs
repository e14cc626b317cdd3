//! No test here needs a network, or waits.
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use linchpin::testing::{ManualClock, Mock, Recorder, Replay};
use linchpin::transport::Transport;
use linchpin::value::Date;
use offline_tests::{remember, tasks};

fn client(transport: impl Transport) -> tasks::Client {
    tasks::Client::builder()
        .connection(tasks::ApiKey::new("test-key"))
        .transport(transport)
        .clock(ManualClock::new(Date::from_millis(1_700_000_000_000)))
        .build()
        .unwrap()
}

#[tokio::test]
async fn the_sample_comes_out() {
    let mock = Mock::new(tasks::SAMPLES);
    let client = client(mock.clone());
    let task = client.create_task(tasks::CreateTask::new("Buy tea")).await.unwrap();
    assert_eq!((task.id.as_deref(), task.title.as_deref()), (Some("t_1"), Some("Water the plants")));
    let asked = mock.asked();
    assert_eq!((asked[0].module.as_str(), asked[0].method.as_str()), ("createTask", "POST"));
    assert!(asked[0].url.ends_with("/v1/tasks"), "{}", asked[0].url);
}

#[tokio::test]
async fn a_title_that_is_refused_is_shortened() {
    let mock = Mock::new(tasks::SAMPLES);
    mock.answer("createTask", 422, r#"{"error":{"field":"title","message":"too long"}}"#);
    assert_eq!(remember(&client(mock.clone()), "Buy tea, and biscuits, and milk").await.unwrap(), "t_1");
    let bodies: Vec<_> = mock.asked().into_iter().map(|asked| asked.body).collect();
    assert_eq!(bodies.len(), 2);
    assert!(String::from_utf8_lossy(&bodies[1]).contains(r#""title":"Buy tea, and biscuit""#), "{bodies:?}");
}

#[tokio::test]
async fn a_service_that_is_down_for_a_moment_is_waited_for() {
    let mock = Mock::new(tasks::SAMPLES);
    mock.answer("createTask", 429, r#"{"error":{"message":"slow down"}}"#);
    remember(&client(mock.clone()), "Buy tea").await.unwrap();
    assert_eq!(mock.asked().len(), 2);
}

#[tokio::test]
async fn a_recorded_fixture_serves() {
    let replay =
        Replay::from_file(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tasks.json")).unwrap();
    assert_eq!(remember(&client(replay.clone()), "Buy tea").await.unwrap(), "t_42");
    assert!(replay.unused().is_empty());
}

#[tokio::test]
async fn recording_gives_such_a_fixture() {
    // A program records over `HttpTransport`; this test must not, so it records what a mock says.
    let mock = Mock::new(tasks::SAMPLES);
    let recorder = Recorder::new(mock);
    remember(&client(recorder.clone()), "Buy tea").await.unwrap();
    let fixture = recorder.to_json();
    assert!(!fixture.contains("test-key"), "{fixture}");
    assert_eq!(remember(&client(Replay::from_json(&fixture).unwrap()), "Buy tea").await.unwrap(), "t_1");
}

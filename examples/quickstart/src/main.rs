//! A service and a client that is compiled from its connector, in one process: run it, then read it.
//!
//! The connector is `examples/connectors/tasks/connector.json`.

#![allow(clippy::print_stdout, reason = "the output is what this program is for")]

mod service;
mod show;

use std::error::Error;
use std::time::Instant;

use futures_util::TryStreamExt as _;

/// Everything in here is generated while this crate builds: `Client`, one struct for each module and connection.
mod tasks {
    linchpin::include_connector!("../../connectors/tasks/connector.json");
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (address, service) = service::start().await?;
    show::title("A task tracker listens on", &address.to_string());

    // Against the real service, `tasks::Client::new(tasks::ApiKey::new(key))` is enough.
    let client = tasks::Client::builder()
        .connection(tasks::ApiKey::new(service::API_KEY))
        .base_url(format!("http://{address}/v1"))
        .build()?;
    client.verify().await?;
    show::step("verify", "the connection works");
    show::value("account", client.metadata().as_ref().and_then(linchpin::Value::as_text));

    create(&client).await?;
    list(&client).await?;
    upload(&client).await?;
    fail(&client).await;
    wait_for_the_rate_limit(&client).await?;

    service.abort();
    show::title("\nThat was all.", "Next: README.md, \"Your own connector\"");
    Ok(())
}

/// A typed call: the compiler knows the fields, the editor completes them.
async fn create(client: &tasks::Client) -> Result<(), linchpin::Error> {
    show::step("create_task", "a typed call");
    let input = tasks::CreateTask::new("Write a connector").priority(tasks::CreateTaskPriority::High);
    let task = client.create_task(input).await?;
    show::value("id", task.id);
    show::value("title", task.title);
    show::value("created_at", task.created_at.map(|date| date.to_string()));
    for number in 2..=8 {
        client.create_task(tasks::CreateTask::new(format!("Task number {number}"))).await?;
    }
    Ok(())
}

/// A search as a stream: it asks for the next page when the items of the last one are used up.
async fn list(client: &tasks::Client) -> Result<(), linchpin::Error> {
    show::step("list_tasks", "a search, streamed page by page");
    let mut tasks = client.list_tasks(tasks::ListTasks::new().limit(7)).stream();
    while let Some(task) = tasks.try_next().await? {
        show::value(task.id.as_deref().unwrap_or("?"), task.summary);
    }
    Ok(())
}

/// An upload: `multipart/form-data`, from bytes.
async fn upload(client: &tasks::Client) -> Result<(), linchpin::Error> {
    show::step("attach_file", "an upload");
    let file = client.attach_file(tasks::AttachFile::new("t_1", "notes.txt", "Three wishes.\n")).await?;
    show::value("name", file.name);
    show::value("size", file.size);
    Ok(())
}

/// An error, as the connector's author mapped it.
async fn fail(client: &tasks::Client) {
    show::step("get_task", "a call that fails");
    if let Err(error) = client.get_task(tasks::GetTask::new("t_99")).await {
        show::value("kind", Some(format!("{:?}", error.kind())));
        show::value("message", Some(error.message()));
        show::value("status", error.status());
        show::value("retry?", Some(error.is_retryable()));
    }
}

/// A rate limit: the service says how long to wait, and the client waits and sends the request again.
async fn wait_for_the_rate_limit(client: &tasks::Client) -> Result<(), linchpin::Error> {
    show::step("export_tasks", "a call that is refused once for coming too often");
    let begun = Instant::now();
    let export = client.export_tasks(tasks::ExportTasks::new()).await?;
    show::value("waited", Some(format!("{} s, then it was sent again", begun.elapsed().as_secs())));
    show::value("lines", export.text.map(|text| text.lines().count()));
    Ok(())
}

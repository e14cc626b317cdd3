//! A small part of a program that calls a service. Its tests show how it is tested offline: see `docs/testing.md`.

/// The client, with samples for mocks.
pub mod tasks {
    linchpin::include_connector!(path = "../../connectors/tasks/connector.json", samples = true);
}

/// Creates a task, unless the service says that the title is not acceptable: then a shorter one.
///
/// # Errors
/// Those of the call.
pub async fn remember(client: &tasks::Client, title: &str) -> Result<String, linchpin::Error> {
    let created = match client.create_task(tasks::CreateTask::new(title)).await {
        Err(error) if error.kind() == linchpin::ErrorKind::Data => {
            let short: String = title.chars().take(20).collect();
            client.create_task(tasks::CreateTask::new(short)).await?
        }
        other => other?,
    };
    Ok(created.id.unwrap_or_default())
}

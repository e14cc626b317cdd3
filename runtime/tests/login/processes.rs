//! One connection in a file, used by several processes and by processes that are killed (rulings 32, 34).

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use linchpin::connection::{ConnectionStore as _, FileStore};

use super::service::{Service, tasks};

const FOLDER: &str = "LINCHPIN_TEST_CONNECTIONS";
const SERVER: &str = "LINCHPIN_TEST_SERVER";
const ENDLESS: &str = "LINCHPIN_TEST_ENDLESS";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("linchpin-login-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        Self(folder)
    }

    fn store(&self) -> FileStore {
        FileStore::new(&self.0).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn client(folder: PathBuf, server: &str) -> tasks::Client {
    let store = Arc::new(FileStore::new(folder).unwrap());
    tasks::Client::builder()
        .common("server", server)
        .allow_host("127.0.0.1")
        .connection(tasks::Connection::stored(store, "ada"))
        .build()
        .unwrap()
}

/// Not a test of its own: what the other processes of the tests below do.
#[tokio::test]
#[allow(clippy::print_stdout, reason = "it reports to its parent")]
async fn child_process() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let client = client(folder.into(), &std::env::var(SERVER).unwrap());
    if std::env::var_os(ENDLESS).is_some() {
        loop {
            let _ = client.get_task(tasks::GetTask::new("1")).await;
            println!("at work");
        }
    }
    let calls = (0..25).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.get_task(tasks::GetTask::new("1")).await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
}

fn child(folder: &Folder, server: &str, endless: bool) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["processes::child_process", "--exact", "--nocapture", "--test-threads=1"]);
    command.env(FOLDER, &folder.0).env(SERVER, server).stdout(Stdio::piped()).stderr(Stdio::null());
    if endless {
        command.env(ENDLESS, "1");
    }
    command.spawn().unwrap()
}

/// Waits until the child has made its first request: from then on it does little else than to refresh.
async fn at_work(child: &mut Child) {
    let output = child.stdout.take().unwrap();
    let wait =
        move || BufReader::new(output).lines().map_while(Result::ok).any(|line| line.contains("at work"));
    assert!(tokio::task::spawn_blocking(wait).await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_processes_with_a_hundred_tasks_make_one_refresh() {
    let service = Service::start().await;
    let folder = Folder::new("four");
    // Over long ago: the clock of the login stands still, and theirs is the machine's.
    folder.store().save("ada", service.record().await, None).await.unwrap();
    let mut children: Vec<Child> = (0..4).map(|_| child(&folder, &service.server.url, false)).collect();
    let mut failed = 0;
    for child in children.drain(..) {
        let output = tokio::task::spawn_blocking(move || child.wait_with_output()).await.unwrap().unwrap();
        failed += u32::from(!output.status.success());
    }
    assert_eq!((failed, service.refreshes(), service.known.lock().unwrap().reused), (0, 1, 0));
    assert_eq!(service.at("/tasks/1").len(), 100);
    let record = folder.store().load("ada").await.unwrap().unwrap().to_json();
    assert!(record.contains("access-0002") && record.contains("refresh-0002"));
}

/// Every request of the child refreshes, and it is killed at any moment of that.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_killed_while_it_refreshes_loses_nothing_that_was_stored() {
    let service = Service::start().await;
    service.known.lock().unwrap().expires_in = Some("1".to_owned());
    let folder = Folder::new("killed");
    let store = folder.store();
    store.save("ada", service.record().await, None).await.unwrap();
    let (mut went_on, mut logins) = (0, 0);
    for round in 0..200_u64 {
        let mut child = child(&folder, &service.server.url, true);
        at_work(&mut child).await;
        tokio::time::sleep(Duration::from_micros(round * 97 % 12_000)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        let record = store.load("ada").await.unwrap().unwrap();
        let text = record.to_json();
        let (reused, newest) = {
            let known = service.known.lock().unwrap();
            (known.reused, known.refresh.clone().unwrap())
        };
        assert_eq!(reused, logins, "round {round}: no process that lives uses an old token");
        assert!(
            text.contains(&newest) || text.contains("inFlight"),
            "round {round}: an old token without a mark"
        );
        match client(folder.0.clone(), &service.server.url).get_task(tasks::GetTask::new("1")).await {
            Ok(_) => went_on += 1,
            Err(error) => {
                assert!(error.needs_login(), "round {round}: {error}");
                // The server may take a request after its sender has died: then the answer is lost, and the mark tells.
                assert!(text.contains("inFlight"), "round {round}: a token that was never sent was not used");
                logins += 1;
                let version = store.load("ada").await.unwrap().map(|record| record.version());
                service.known.lock().unwrap().redeemed.clear();
                store.save("ada", service.record().await, version).await.unwrap();
            }
        }
    }
    assert!(went_on > 0 && service.refreshes() > 200, "{went_on} went on, {logins} logins");
}

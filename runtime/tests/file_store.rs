//! The file store against other tasks, other processes, and processes that are killed (rulings 34).

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use linchpin::connection::{ConnectionRecord, ConnectionStore, FileStore};
use linchpin::error::ErrorKind;
use linchpin::value::Object;

const FOLDER: &str = "LINCHPIN_TEST_STORE";
const TTL: Duration = Duration::from_secs(60);

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("linchpin-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        Self(folder)
    }

    fn store(&self) -> FileStore {
        FileStore::new(&self.0).unwrap()
    }

    fn file(&self) -> PathBuf {
        self.0.join("id.json")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn record(token: usize) -> ConnectionRecord {
    let mut data = Object::new();
    data.set("token", format!("secret-{token}"));
    // Long enough that a write could be cut in the middle.
    data.set("padding", "x".repeat(64 * 1024));
    ConnectionRecord::new("oauth", data)
}

fn token(record: &ConnectionRecord) -> usize {
    let json = record.to_json();
    let at = json.find("secret-").unwrap() + "secret-".len();
    json[at..].chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

async fn bump(store: &FileStore) -> usize {
    let lease = store.lock("id", TTL).await.unwrap();
    let old = store.load("id").await.unwrap();
    let next = old.as_ref().map_or(0, token) + 1;
    store.save("id", record(next), old.map(|old| old.version())).await.unwrap();
    lease.release().await.unwrap();
    next
}

#[tokio::test]
async fn a_stale_write_is_refused() {
    let folder = Folder::new("stale");
    let store = folder.store();
    assert_eq!(store.save("id", record(1), None).await.unwrap(), 1);
    assert_eq!(store.save("id", record(2), Some(1)).await.unwrap(), 2);
    for expected in [None, Some(1), Some(3)] {
        let error = store.save("id", record(9), expected).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Inconsistency);
    }
    assert_eq!(token(&store.load("id").await.unwrap().unwrap()), 2);
    store.delete("id").await.unwrap();
    store.delete("id").await.unwrap();
    assert!(store.load("id").await.unwrap().is_none());
}

#[tokio::test]
async fn any_id_stays_in_the_folder() {
    let folder = Folder::new("ids");
    let store = folder.store();
    let ids = ["../escape", "a/b", "C:\\x", ".", "größe", "with space"];
    for id in ids {
        store.save(id, record(1), None).await.unwrap();
    }
    let mut expected = ids.map(str::to_owned).to_vec();
    expected.sort();
    assert_eq!(store.ids().unwrap(), expected);
    assert!(store.save("", record(1), None).await.is_err());
    assert!(store.save(&"x".repeat(500), record(1), None).await.is_err());
}

#[cfg(unix)]
#[tokio::test]
async fn files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new("mode");
    let store = folder.store();
    store.save("id", record(1), None).await.unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder.file()), 0o600);
    assert_eq!(mode(&folder.0), 0o700);
    std::fs::set_permissions(folder.file(), std::fs::Permissions::from_mode(0o644)).unwrap();
    let error = store.load("id").await.unwrap_err();
    assert!(error.message().contains("chmod 600"), "{error}");
}

#[tokio::test]
async fn a_damaged_file_is_a_clear_error_without_secrets() {
    let folder = Folder::new("damaged");
    let store = folder.store();
    store.save("id", record(1), None).await.unwrap();
    let text = std::fs::read_to_string(folder.file()).unwrap();
    for damaged in [&text[..text.len() / 2], "", "null", &text.replacen("\"format\":1", "\"format\":2", 1)] {
        std::fs::write(folder.file(), damaged).unwrap();
        let error = store.load("id").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidConfiguration);
        assert!(error.message().contains("id.json"), "{error}");
        assert!(!format!("{error} {error:?}").contains("secret-"));
        // Nothing is lost by writing over what cannot be read.
        assert!(store.save("id", record(2), None).await.is_err());
        assert_eq!(std::fs::read_to_string(folder.file()).unwrap(), damaged);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_tasks_take_turns() {
    let folder = Folder::new("tasks");
    let store = Arc::new(folder.store());
    let inside = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let (store, inside) = (Arc::clone(&store), Arc::clone(&inside));
            tokio::spawn(async move {
                let lease = store.lock("id", TTL).await.unwrap();
                assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                tokio::task::yield_now().await;
                inside.fetch_sub(1, Ordering::SeqCst);
                drop(lease);
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

/// Not a test of its own: what the other processes of the tests below do, until they are killed.
#[tokio::test]
async fn child_process() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let store = FileStore::new(folder).unwrap();
    for _ in 0..std::env::var("ROUNDS").map_or(usize::MAX, |rounds| rounds.parse().unwrap()) {
        println!("written {}", bump(&store).await);
    }
}

fn child(folder: &Folder, rounds: Option<usize>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["child_process", "--exact", "--nocapture", "--test-threads=1"]).env(FOLDER, &folder.0);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    if let Some(rounds) = rounds {
        command.env("ROUNDS", rounds.to_string());
    }
    command.spawn().unwrap()
}

#[tokio::test]
async fn four_processes_lose_no_write() {
    let folder = Folder::new("processes");
    let store = folder.store();
    let children: Vec<Child> = (0..4).map(|_| child(&folder, Some(25))).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(token(&store.load("id").await.unwrap().unwrap()), 100);
}

/// Kills a writer at 200 moments: the file always loads, and holds at least what the writer had reported.
#[tokio::test]
async fn a_killed_writer_leaves_a_whole_record_and_no_lock() {
    let folder = Folder::new("killed");
    let store = folder.store();
    let mut least = 0;
    for round in 0..200_u64 {
        let mut child = child(&folder, None);
        let output = child.stdout.take().unwrap();
        let reader = std::thread::spawn(move || std::io::read_to_string(output).unwrap_or_default());
        tokio::time::sleep(Duration::from_micros(6_000 + round * 61 % 9_000)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        let reported = reader.join().unwrap();
        let reported = reported.lines().filter_map(|line| line.split_once("written ")?.1.parse().ok()).max();
        least = least.max(reported.unwrap_or(0));
        let kept = store.load("id").await.unwrap().as_ref().map_or(0, token);
        assert!(kept >= least, "round {round}: {kept} is kept, {least} was written");
        least = kept;
    }
    assert!(least > 0, "no child lived long enough to write");
    let lease = tokio::time::timeout(Duration::from_secs(5), store.lock("id", TTL)).await;
    assert!(lease.is_ok(), "a dead process holds the lock");
}

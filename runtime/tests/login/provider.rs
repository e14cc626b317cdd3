//! Logins at an authorization server that nobody here wrote: `oidc-provider`, where it is installed
//! (`runtime/tests/login/provider/install.sh`, which needs node).

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use linchpin::connection::{ConnectionRecord, ConnectionStore as _, MemoryStore};
use linchpin::login::{Login, Pkce};
use linchpin::transport::{HttpTransport, SendOptions, Transport as _};
use linchpin::{Error, ErrorKind};
use url::Url;

use super::service::{REDIRECT, query_of};

mod people {
    linchpin::include_connector!("provider/connector.json");
}

/// The server, which ends with the test.
struct Provider {
    url: String,
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
}

impl Provider {
    /// `None` where it is not installed.
    #[allow(clippy::print_stdout, reason = "who runs the tests wants to know")]
    async fn start(code_lifetime: u32) -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/authorization-server");
        if !folder.join("node_modules/oidc-provider").is_dir() {
            println!("oidc-provider is not installed (runtime/tests/login/provider/install.sh): passed over");
            return None;
        }
        let server = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/login/provider/server.mjs");
        std::fs::copy(server, folder.join("server.mjs")).unwrap();
        // The address is part of what the server signs, so the port must be known before.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new("node");
        command.arg("server.mjs").arg(port.to_string()).arg(code_lifetime.to_string()).current_dir(folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let log = Arc::new(Mutex::new(Vec::new()));
        let lines = Arc::clone(&log);
        let (started, starts) = tokio::sync::oneshot::channel();
        std::thread::spawn(move || {
            let listens = output.by_ref().map_while(Result::ok).any(|line| line.starts_with("listening"));
            let _ = started.send(listens);
            output.map_while(Result::ok).for_each(|line| lines.lock().unwrap().push(line));
        });
        assert!(starts.await.unwrap(), "the server has not started");
        Some(Self { url: format!("http://127.0.0.1:{port}"), child, log })
    }

    fn builder(&self) -> people::ClientBuilder {
        people::Client::builder().base_url(&self.url)
    }

    fn login(&self) -> Login {
        let form = people::Account::new("tasks-app", "tasks-app-secret");
        self.builder().login(form).unwrap().pkce(Pkce::Auto)
    }

    async fn record(&self) -> ConnectionRecord {
        let login = self.login();
        let pending = login.start(REDIRECT).await.unwrap();
        let callback = Browser::default().log_in(pending.url(), true).await;
        login.complete(&pending, &callback).await.unwrap()
    }

    /// How often the server has said something: once it has said so `least` times, since that takes a moment.
    async fn count(&self, line: &str, least: usize) -> usize {
        let count = || self.log.lock().unwrap().iter().filter(|known| known.starts_with(line)).count();
        for _ in 0..500 {
            if count() >= least {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        count()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser with a user in front of it.
#[derive(Default)]
struct Browser {
    transport: HttpTransport,
    cookies: HashMap<String, String>,
}

impl Browser {
    /// Logs in, agrees or not, and gives the address that it is sent back to.
    async fn log_in(mut self, url: &str, agrees: bool) -> String {
        let (mut url, mut form) = (Url::parse(url).unwrap(), None);
        for _ in 0..20 {
            if url.as_str().starts_with(REDIRECT) {
                return url.into();
            }
            let (location, page) = self.visit(&url, form.take()).await;
            if let Some(location) = location {
                url = url.join(&location).unwrap();
            } else if page.contains(r#"value="login""#) {
                form = Some("prompt=login&login=ada&password=any");
            } else if page.contains(r#"value="consent""#) && agrees {
                form = Some("prompt=consent");
            } else if page.contains(r#"value="consent""#) {
                url.set_path(&format!("{}/abort", url.path()));
            } else {
                panic!("{url} shows what no user understands: {page}");
            }
        }
        panic!("the login leads nowhere: {url}");
    }

    /// Gets a page, or posts a form: gives where that leads, and what it shows.
    async fn visit(&mut self, url: &Url, form: Option<&'static str>) -> (Option<String>, String) {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let mut request = http::Request::builder().uri(url.as_str());
        request = request.header("cookie", cookies.collect::<Vec<_>>().join("; "));
        if form.is_some() {
            request = request.method("POST").header("content-type", "application/x-www-form-urlencoded");
        }
        let request = request.body(form.unwrap_or_default().into()).unwrap();
        let response = self.transport.send(request, SendOptions::default()).await.unwrap();
        for cookie in response.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let location = response.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
        let mut body = response.into_body();
        let mut page = Vec::new();
        while let Some(piece) = body.next().await {
            page.extend_from_slice(&piece.unwrap());
        }
        (location, String::from_utf8_lossy(&page).into_owned())
    }
}

async fn who(client: &people::Client) -> Result<Option<String>, Error> {
    client.who_am_i(people::WhoAmI::new()).await.map(|me| me.email)
}

#[tokio::test]
async fn a_login_with_pkce_then_rotating_refreshes() {
    let Some(provider) = Provider::start(60).await else { return };
    let record = provider.record().await;
    assert_eq!((record.uid(), record.metadata()), (Some(&"ada".into()), Some(&"ada@tasks.example".into())));
    assert_eq!(record.scope(), ["openid", "offline_access", "email"]);
    let store = Arc::new(MemoryStore::new());
    store.save("ada", record, None).await.unwrap();
    let client = |_: u32| {
        let stored = people::Connection::stored(Arc::clone(&store) as _, "ada");
        provider.builder().connection(stored).build().unwrap()
    };
    let clients = [client(1), client(2)];
    for round in 1..=3 {
        // Tokens live for two seconds.
        tokio::time::sleep(Duration::from_millis(2_100)).await;
        let calls = (0..20).map(|at| who(&clients[at % 2]));
        for result in futures_util::future::join_all(calls).await {
            assert_eq!(result.unwrap().as_deref(), Some("ada@tasks.example"));
        }
        assert_eq!(provider.count("granted refresh_token", round).await, round, "one for all");
    }
    clients[0].refresh().await.unwrap();
    who(&clients[1]).await.unwrap();
    assert_eq!(provider.count("granted refresh_token", 4).await, 4);
    assert_eq!(provider.count("refused", 0).await, 0, "no old token came back");
}

#[tokio::test]
async fn a_stolen_old_token_ends_the_connection_with_a_clear_error() {
    let Some(provider) = Provider::start(60).await else { return };
    let old = provider.record().await;
    let with = |record: ConnectionRecord| {
        provider.builder().connection(people::Connection::record(record)).build().unwrap()
    };
    let client = with(old.clone());
    client.refresh().await.unwrap();
    let thief = with(old).refresh().await.unwrap_err();
    assert_eq!((thief.kind(), thief.needs_login()), (ErrorKind::InvalidAccessToken, true), "{thief}");
    let error = client.refresh().await.unwrap_err();
    assert_eq!((error.kind(), error.needs_login()), (ErrorKind::InvalidAccessToken, true), "{error}");
    assert_eq!(provider.count("refused invalid_grant", 2).await, 2);
    assert!(client.refresh().await.unwrap_err().needs_login());
    assert_eq!(provider.count("refused invalid_grant", 2).await, 2, "never repeated");
}

#[tokio::test]
async fn a_connection_that_is_revoked_is_revoked_at_the_server() {
    let Some(provider) = Provider::start(60).await else { return };
    let record = provider.record().await;
    let kept = provider.builder().connection(people::Connection::record(record.clone())).build().unwrap();
    let client = provider.builder().connection(people::Connection::record(record)).build().unwrap();
    assert_eq!(who(&client).await.unwrap().as_deref(), Some("ada@tasks.example"));
    client.revoke().await.unwrap();
    assert!(who(&client).await.unwrap_err().needs_login());
    assert!(kept.refresh().await.unwrap_err().needs_login());
}

#[tokio::test]
async fn logins_that_do_not_succeed() {
    let Some(provider) = Provider::start(1).await else { return };
    let login = provider.login();
    let pending = login.start(REDIRECT).await.unwrap();
    let denied = Browser::default().log_in(pending.url(), false).await;
    let error = login.complete(&pending, &denied).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LoginDenied, "{error}");

    let pending = login.start(REDIRECT).await.unwrap();
    let other = login.start(REDIRECT).await.unwrap();
    let callback = Browser::default().log_in(pending.url(), true).await;
    let error = login.complete(&other, &callback).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidCallback, "{error}");

    let code = query_of(&callback)["code"].clone();
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    let error = login.complete(&pending, &callback).await.unwrap_err();
    assert_eq!((error.module(), error.status()), (Some("account.token"), Some(400)), "{error}");
    assert!(!format!("{error} {error:?}").contains(&code));
    assert_eq!(provider.count("refused invalid_grant", 1).await, 1);
    assert!(error.message().contains("grant request is invalid"), "{error}");
}

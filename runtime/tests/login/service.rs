//! A service with logins: codes that count once, refresh tokens that rotate, tokens that end; and the clients that the
//! tests use.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use linchpin::client::ClientBuilder;
use linchpin::clock::ManualClock;
use linchpin::connection::{ConnectionRecord, ConnectionStore, MemoryStore};
use linchpin::value::Date;
use url::form_urlencoded;

use super::server::{Reply, Seen, Server};

pub mod tasks {
    linchpin::include_connector!("connector.json");
}

pub const REDIRECT: &str = "http://127.0.0.1:9/callback";
/// Saturday, 1 March 2025, noon.
pub const NOON: i64 = 1_740_830_400_000;

/// What the service knows.
#[derive(Default)]
pub struct Known {
    pub issued: u32,
    pub access: Option<String>,
    pub refresh: Option<String>,
    /// A refresh token was used that had been replaced.
    pub reused: u32,
    pub refreshes: u32,
    /// Answers that the token endpoint gives first, in turn.
    pub planned: Vec<Planned>,
    pub expires_in: Option<String>,
    pub redeemed: Vec<String>,
    pub revoked: Vec<String>,
}

pub enum Planned {
    Says(u16, &'static str),
    /// Issues tokens, with this in place of what it says.
    Issues(&'static str),
}

pub struct Service {
    pub server: Server,
    pub known: Arc<Mutex<Known>>,
    pub clock: Arc<ManualClock>,
}

/// The pairs of a query or a form.
pub fn pairs(text: &str) -> HashMap<String, String> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

pub fn query_of(url: &str) -> HashMap<String, String> {
    pairs(url.split_once('?').map_or("", |(_, query)| query))
}

impl Service {
    pub async fn start() -> Self {
        let known = Arc::new(Mutex::new(Known::default()));
        let state = Arc::clone(&known);
        let server = Server::start(move |seen| answer(seen, &mut state.lock().unwrap())).await;
        Self { server, known, clock: Arc::new(ManualClock::new(Date::from_millis(NOON))) }
    }

    pub fn builder(&self) -> ClientBuilder<tasks::Client> {
        tasks::Client::builder()
            .common("server", self.server.url.as_str())
            .allow_host("127.0.0.1")
            .clock(Arc::clone(&self.clock))
    }

    pub fn login(&self) -> linchpin::login::Login {
        self.builder().login(tasks::Oauth::new("client-1", "client-secret")).unwrap()
    }

    /// A record of a login by a code.
    pub async fn record(&self) -> ConnectionRecord {
        let login = self.login();
        let pending = login.start(REDIRECT).await.unwrap();
        login.complete(&pending, &come_back(pending.url())).await.unwrap()
    }

    /// A client whose connection lies in a store, and the store.
    pub async fn stored(&self) -> (tasks::Client, Arc<MemoryStore>) {
        let store = Arc::new(MemoryStore::new());
        store.save("ada", self.record().await, None).await.unwrap();
        (self.client(&store), store)
    }

    pub fn client(&self, store: &Arc<MemoryStore>) -> tasks::Client {
        self.builder().connection(tasks::Connection::stored(Arc::clone(store) as _, "ada")).build().unwrap()
    }

    pub fn plan(&self, planned: Planned) {
        self.known.lock().unwrap().planned.push(planned);
    }

    pub fn refreshes(&self) -> u32 {
        self.known.lock().unwrap().refreshes
    }

    /// Requests to a path, in order.
    pub fn at(&self, path: &str) -> Vec<Seen> {
        let seen = self.server.seen().into_iter();
        seen.filter(|seen| seen.target.split('?').next() == Some(path)).collect()
    }
}

/// The user agrees: what the browser is sent back to.
pub fn come_back(url: &str) -> String {
    let query = query_of(url);
    let back = form_urlencoded::Serializer::new(String::new())
        .append_pair("code", "code-0001")
        .append_pair("state", &query["state"])
        .finish();
    format!("{}?{back}", query["redirect_uri"])
}

fn issue(known: &mut Known, replaced: &str) -> Reply {
    known.issued += 1;
    let (access, refresh) = (format!("access-{:04}", known.issued), format!("refresh-{:04}", known.issued));
    known.access = Some(access.clone());
    known.refresh = Some(refresh.clone());
    let expires = known.expires_in.clone().unwrap_or_else(|| "3600".to_owned());
    let rest = if replaced.is_empty() { format!(r#""expires_in":{expires}"#) } else { replaced.to_owned() };
    Reply::json(format!(r#"{{"access_token":"{access}","refresh_token":"{refresh}",{rest}}}"#))
}

fn token(seen: &Seen, known: &mut Known) -> Reply {
    let form = pairs(seen.text());
    let is_refresh = form["grant_type"] == "refresh_token";
    known.refreshes += u32::from(is_refresh);
    let refused = |why: &str| {
        Reply::json(format!(r#"{{"error":"invalid_grant","error_description":"{why}"}}"#)).status(400)
    };
    let mut replaced = "";
    if !known.planned.is_empty() {
        match known.planned.remove(0) {
            Planned::Says(status, body) => return Reply::json(body).status(status),
            Planned::Issues(rest) => replaced = rest,
        }
    }
    if is_refresh && known.refresh.as_deref() != Some(form["refresh_token"].as_str()) {
        known.reused += 1;
        known.refresh = None;
        known.access = None;
        return refused("this token was used before");
    }
    if form["grant_type"] == "authorization_code" {
        let code = form["code"].clone();
        if known.redeemed.contains(&code) {
            return refused("the code has expired");
        }
        known.redeemed.push(code);
    }
    issue(known, replaced)
}

fn answer(seen: &Seen, known: &mut Known) -> Reply {
    let path = seen.target.split('?').next().unwrap();
    match path {
        "/discover" => return Reply::json(r#"{"prompt":"consent","region":"eu"}"#),
        "/token" => return token(seen, known),
        "/revoke" => {
            known.revoked.push(pairs(seen.text())["token"].clone());
            return Reply::new(500);
        }
        _ => {}
    }
    let bearer = seen.header("authorization").and_then(|text| text.strip_prefix("Bearer "));
    if bearer.is_none() || bearer != known.access.as_deref() {
        return Reply::json(r#"{"why":"unknown token"}"#).status(401);
    }
    match path {
        "/me" => Reply::json(r#"{"id":77,"email":"ada@tasks.example"}"#),
        "/list" => {
            let more = !seen.target.contains("page=3");
            Reply::json(format!(r#"{{"tasks":[{{"title":"a"}},{{"title":"b"}}],"more":{more}}}"#))
        }
        _ => Reply::json(r#"{"title":"Water the plants"}"#),
    }
}

//! A small authorization server with a service behind it: codes count once, tokens end after a second, and refresh
//! tokens are replaced at each use.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{Query, Request, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::{Url, form_urlencoded};

pub(crate) const CLIENT_SECRET: &str = "books-app-secret";

const LIFETIME: Duration = Duration::from_secs(1);

/// What the server knows.
#[derive(Default)]
pub(crate) struct State {
    issued: u32,
    code: Option<String>,
    refresh_token: Option<String>,
    access_token: Option<(String, Instant)>,
    books: Vec<Value>,
    pub(crate) refreshes: u32,
    pub(crate) revoked: bool,
}

type Form = HashMap<String, String>;
type Known = Arc<Mutex<State>>;

/// A server that runs until the process ends.
pub(crate) struct Server {
    pub(crate) url: String,
    state: Known,
}

impl Server {
    /// What it has to tell.
    pub(crate) fn told<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&lock(&self.state))
    }
}

/// Starts it on a port of its own.
///
/// # Errors
/// When no port is free.
pub(crate) async fn start() -> std::io::Result<Server> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let state = Known::default();
    let service = Router::new()
        .route("/me", get(|| async { Json(json!({ "id": "u_7", "name": "Ada" })) }))
        .route("/shelf", get(shelf).post(add))
        .layer(middleware::from_fn_with_state(Arc::clone(&state), check_token));
    let app = Router::new()
        .route("/oauth/authorize", get(authorize))
        .route("/oauth/token", post(token))
        .route("/oauth/revoke", post(revoke))
        .merge(service)
        .with_state(Arc::clone(&state));
    tokio::spawn(async move {
        // Ends with the process; there is nobody to tell.
        let _ = axum::serve(listener, app).await;
    });
    Ok(Server { url, state })
}

fn lock(state: &Known) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The page where the user agrees; `answer` is what he says.
async fn authorize(Shared(state): Shared<Known>, Query(query): Query<Form>) -> Response {
    let text = |key: &str| query.get(key).map_or("", String::as_str);
    let Ok(mut back) = Url::parse(text("redirect_uri")) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if text("answer") == "yes" && !text("code_challenge").is_empty() {
        let mut state = lock(&state);
        state.issued += 1;
        let code = format!("code-{}", state.issued);
        back.query_pairs_mut().append_pair("code", &code);
        state.code = Some(code);
    } else {
        back.query_pairs_mut().append_pair("error", "access_denied");
    }
    back.query_pairs_mut().append_pair("state", text("state"));
    Redirect::to(back.as_str()).into_response()
}

async fn token(Shared(state): Shared<Known>, body: String) -> Response {
    let form: Form = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let said = |key: &str| form.get(key).map(String::as_str);
    let mut state = lock(&state);
    let is_good = said("client_secret") == Some(CLIENT_SECRET)
        && match said("grant_type") {
            // A real server compares the verifier with the challenge, too.
            Some("authorization_code") => {
                said("code_verifier").is_some() && take(&mut state.code, said("code"))
            }
            Some("refresh_token") => {
                state.refreshes += 1;
                take(&mut state.refresh_token, said("refresh_token"))
            }
            _ => false,
        };
    if !is_good {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    }
    state.issued += 1;
    let (access, refresh) = (format!("access-{}", state.issued), format!("refresh-{}", state.issued));
    state.access_token = Some((access.clone(), Instant::now() + LIFETIME));
    state.refresh_token = Some(refresh.clone());
    let answer =
        json!({ "access_token": access, "refresh_token": refresh, "expires_in": LIFETIME.as_secs() });
    Json(answer).into_response()
}

/// What is kept counts once.
fn take(kept: &mut Option<String>, given: Option<&str>) -> bool {
    kept.take().is_some_and(|kept| Some(kept.as_str()) == given)
}

async fn revoke(Shared(state): Shared<Known>) -> StatusCode {
    let mut state = lock(&state);
    (state.refresh_token, state.access_token, state.revoked) = (None, None, true);
    StatusCode::OK
}

async fn check_token(
    Shared(state): Shared<Known>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    let known = lock(&state).access_token.clone().filter(|(_, end)| *end > Instant::now());
    let given = headers.get("authorization").and_then(|value| value.to_str().ok());
    if known.is_some_and(|(token, _)| given == Some(&format!("Bearer {token}"))) {
        return next.run(request).await;
    }
    (StatusCode::UNAUTHORIZED, Json(json!({ "error": "the token is unknown or over" }))).into_response()
}

async fn shelf(Shared(state): Shared<Known>) -> Json<Value> {
    Json(json!({ "books": lock(&state).books }))
}

async fn add(Shared(state): Shared<Known>, Json(book): Json<Value>) -> Json<Value> {
    lock(&state).books.push(book.clone());
    Json(book)
}

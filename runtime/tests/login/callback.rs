//! Callbacks that are not what they should be (connector.md 10.3; RFC 6749, 4.1.2).

use linchpin::ErrorKind;

use super::service::{REDIRECT, Service, come_back, query_of};

#[tokio::test]
async fn a_state_that_is_missing_wrong_or_there_twice() {
    let service = Service::start().await;
    let login = service.login();
    let pending = login.start(REDIRECT).await.unwrap();
    let state = query_of(pending.url())["state"].clone();
    let other = query_of(login.start(REDIRECT).await.unwrap().url())["state"].clone();
    let before = service.server.seen().len();
    for callback in [
        "?code=code-0001".to_owned(),
        "?code=code-0001&state=".to_owned(),
        format!("?code=code-0001&state={other}"),
        format!("?code=code-0001&state={state}x"),
        format!("?code=code-0001&state={}", &state[..42]),
        format!("?code=code-0001&state={state}&state={state}"),
        format!("?code=code-0001&code=code-0002&state={state}"),
        "?error=access_denied".to_owned(),
        String::new(),
        "https://app.example/callback".to_owned(),
    ] {
        let error = login.complete(&pending, &callback).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidCallback, "{callback}");
        for secret in [state.as_str(), other.as_str(), "code-0001"] {
            assert!(!format!("{error} {error:?}").contains(secret), "{callback}: {error}");
        }
    }
    assert_eq!(service.server.seen().len(), before, "nothing is sent for a callback that is not ours");
    login.complete(&pending, &come_back(pending.url())).await.unwrap();
}

#[tokio::test]
async fn a_login_that_is_refused_is_an_error_of_a_kind() {
    let service = Service::start().await;
    let login = service.login();
    let pending = login.start(REDIRECT).await.unwrap();
    let before = service.server.seen().len();
    let state = query_of(pending.url())["state"].clone();
    for (said, kind, message) in [
        ("error=access_denied", ErrorKind::LoginDenied, "the authorization server says access_denied"),
        (
            "error=access_denied&error_description=not%0Atoday",
            ErrorKind::LoginDenied,
            "the authorization server says access_denied: not today",
        ),
        (
            "error=temporarily_unavailable",
            ErrorKind::Connection,
            "the authorization server says temporarily_unavailable",
        ),
        (
            "error=invalid_scope",
            ErrorKind::InvalidConfiguration,
            "the authorization server says invalid_scope",
        ),
        ("error=made_up_here", ErrorKind::Runtime, "the authorization server says made_up_here"),
        (
            "error=access_denied&code=code-0001",
            ErrorKind::LoginDenied,
            "the authorization server says access_denied",
        ),
    ] {
        let error = login.complete(&pending, &format!("{REDIRECT}?{said}&state={state}")).await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (kind, message), "{said}");
        assert_eq!(error.module(), Some("oauth.authorize"));
    }
    assert_eq!(service.server.seen().len(), before);
}

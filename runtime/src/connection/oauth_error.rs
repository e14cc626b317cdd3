//! The error codes of OAuth 2 (RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core, 3.1.2.6).

use crate::error::{Error, ErrorKind};

/// The longest code or description that is shown.
const LONGEST: usize = 300;

/// What kind of thing a code says.
pub(crate) fn kind(code: &str) -> ErrorKind {
    match code {
        "access_denied"
        | "login_required"
        | "consent_required"
        | "interaction_required"
        | "account_selection_required" => ErrorKind::LoginDenied,
        "temporarily_unavailable" | "server_error" => ErrorKind::Connection,
        "invalid_grant" => ErrorKind::InvalidAccessToken,
        "invalid_request"
        | "invalid_client"
        | "unauthorized_client"
        | "unsupported_response_type"
        | "unsupported_grant_type"
        | "invalid_scope" => ErrorKind::InvalidConfiguration,
        _ => ErrorKind::Runtime,
    }
}

/// The error that a code stands for. Both texts come from outside: they are shown in one line, and not at any length.
pub(crate) fn error(code: &str, description: Option<&str>) -> Error {
    let code_shown = shown(code);
    let message = match description.map(shown).filter(|text| !text.is_empty()) {
        Some(description) => format!("the authorization server says {code_shown}: {description}"),
        None => format!("the authorization server says {code_shown}"),
    };
    Error::new(kind(code), message)
}

fn shown(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST)
        .collect::<String>()
        .trim()
        .to_owned()
}

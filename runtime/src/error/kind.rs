//! Kinds of errors.

use std::fmt;

/// What kind of thing went wrong (connector.md 8.4).
///
/// The connector's author chooses the kind of an answer that failed; the runtime chooses the rest. Match with a
/// wildcard arm: kinds may be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// `RuntimeError`: anything without a kind of its own.
    Runtime,
    /// `DataError`: the input is not acceptable.
    Data,
    /// `RateLimitError`: too many requests.
    RateLimit,
    /// `OutOfSpaceError`: a quota of the service is used up.
    OutOfSpace,
    /// `ConnectionError`: the service cannot be reached or is down.
    Connection,
    /// `InvalidConfigurationError`: the call cannot work as it is set up.
    InvalidConfiguration,
    /// `InvalidAccessTokenError`: the credentials are refused or have expired.
    InvalidAccessToken,
    /// `IncompleteDataError`: the data is not ready yet.
    IncompleteData,
    /// `DuplicateDataError`: the data is there already.
    DuplicateData,
    /// `InconsistencyError`: the state of the service does not fit together.
    Inconsistency,
    /// `UnexpectedError`: a state that must not be.
    Unexpected,
    /// `MaxResultsExceededError`: more results than allowed.
    MaxResultsExceeded,
    /// `MaxFileSizeExceededError`: more bytes than allowed, also an answer above the client's cap.
    MaxFileSizeExceeded,
    /// `ModuleTimeoutError`: no complete answer in time.
    Timeout,
    /// A cap on pages or requests ended the results early (rulings 28).
    PageLimit,
    /// An action yielded no bundle (rulings 19).
    NoBundle,
    /// The user, or the server, has refused a login.
    LoginDenied,
    /// What came back from the authorization server does not belong to the login that was begun: its state is
    /// missing or another one, or a parameter is there twice.
    InvalidCallback,
}

/// Names that authors write, each with its kind.
const NAMES: [(&str, ErrorKind); 14] = [
    ("RuntimeError", ErrorKind::Runtime),
    ("DataError", ErrorKind::Data),
    ("RateLimitError", ErrorKind::RateLimit),
    ("OutOfSpaceError", ErrorKind::OutOfSpace),
    ("ConnectionError", ErrorKind::Connection),
    ("InvalidConfigurationError", ErrorKind::InvalidConfiguration),
    ("InvalidAccessTokenError", ErrorKind::InvalidAccessToken),
    ("IncompleteDataError", ErrorKind::IncompleteData),
    ("DuplicateDataError", ErrorKind::DuplicateData),
    ("InconsistencyError", ErrorKind::Inconsistency),
    ("UnexpectedError", ErrorKind::Unexpected),
    ("MaxResultsExceededError", ErrorKind::MaxResultsExceeded),
    ("MaxFileSizeExceededError", ErrorKind::MaxFileSizeExceeded),
    ("ModuleTimeoutError", ErrorKind::Timeout),
];

impl ErrorKind {
    /// The kind that an author means by `name`, such as `DataError`; any other name is [`ErrorKind::Runtime`]
    /// (connector.md 8.1).
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        NAMES.iter().find(|(known, _)| *known == name).map_or(Self::Runtime, |(_, kind)| *kind)
    }

    /// The name that authors use, such as `DataError`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PageLimit => "PageLimitError",
            Self::NoBundle => "NoBundleError",
            Self::LoginDenied => "LoginDeniedError",
            Self::InvalidCallback => "InvalidCallbackError",
            _ => NAMES.iter().find(|(_, kind)| *kind == self).map_or("RuntimeError", |(name, _)| name),
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_kinds_lead_to_each_other() {
        for (name, kind) in NAMES {
            assert_eq!(ErrorKind::from_name(name), kind);
            assert_eq!(kind.name(), name);
        }
        assert_eq!(ErrorKind::from_name("404"), ErrorKind::Runtime);
        assert_eq!(ErrorKind::from_name("UnknownError"), ErrorKind::Runtime);
        assert_eq!(ErrorKind::PageLimit.to_string(), "PageLimitError");
    }
}

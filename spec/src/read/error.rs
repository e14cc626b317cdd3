//! `response.error` (connector.md 8.1).

use super::directives::ERROR;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::json::{Kind, Member, Node};
use crate::model::{ErrorEntry, ErrorMap};
use crate::similar;

/// The error classes that a connector may name (connector.md 8.4).
pub(crate) const TYPES: &[&str] = &[
    "RuntimeError",
    "DataError",
    "InconsistencyError",
    "RateLimitError",
    "OutOfSpaceError",
    "ConnectionError",
    "InvalidConfigurationError",
    "InvalidAccessTokenError",
    "UnexpectedError",
    "MaxResultsExceededError",
    "MaxFileSizeExceededError",
    "IncompleteDataError",
    "DuplicateDataError",
    "ModuleTimeoutError",
    "ScenarioTimeoutError",
    "OperationsLimitExceededError",
    "DataSizeLimitExceededError",
    "ExecutionInterruptedError",
    "UnknownError",
];

impl Reader<'_> {
    /// The long form, or the short one, which is a message for any status.
    pub(super) fn error_map(&mut self, node: &Node) -> Option<ErrorMap> {
        let Kind::Object(members) = &node.kind else {
            let general = self.error_entry(node)?;
            return Some(ErrorMap { general, by_status: Vec::new() });
        };
        let mut map = ErrorMap { general: self.error_entry(node).unwrap_or_default(), by_status: Vec::new() };
        for member in members.iter().filter(|member| !ERROR.contains(&&*member.key.value)) {
            match status(member) {
                Some(status) => {
                    let entry = self.error_entry(&member.value);
                    map.by_status.extend(entry.map(|entry| (status, entry)));
                    self.check_entry(&member.value);
                }
                None => self.unknown_error_key(member),
            }
        }
        Some(map)
    }

    fn error_entry(&mut self, node: &Node) -> Option<ErrorEntry> {
        match &node.kind {
            Kind::Null => None,
            Kind::Object(_) => {
                if let Some(ty) = node.get_set("type") {
                    self.check_type(ty);
                }
                Some(ErrorEntry {
                    message: node.get_set("message").map(|message| self.tree(message)),
                    ty: node.get("type").and_then(|ty| self.template("error.type", ty)),
                })
            }
            Kind::Array(_) => {
                self.wrong_type("error", "a message or an object", node);
                None
            }
            _ => Some(ErrorEntry { message: Some(self.tree(node)), ty: None }),
        }
    }

    fn check_entry(&mut self, node: &Node) {
        if node.is_object() {
            self.check_keys("error", node, ERROR);
        }
    }

    fn check_type(&mut self, node: &Node) {
        if let Some(ty) = node.as_str()
            && !ty.contains("{{")
            && !TYPES.contains(&ty.trim())
        {
            self.wrong_value("error.type", node, TYPES);
        }
    }

    fn unknown_error_key(&mut self, member: &Member) {
        let key = &*member.key.value;
        let message = format!("`error` has no `{key}`");
        let diagnostic = Diagnostic::new(Code::UnknownDirective, message, member.key.span)
            .help("beside `message` and `type` it takes statuses, such as `404`");
        self.sink.push(match similar::nearest(key, ERROR.iter().copied()) {
            Some(closest) => diagnostic.help(format!("did you mean `{closest}`?")),
            None => diagnostic,
        });
    }
}

fn status(member: &Member) -> Option<u16> {
    member.key.value.trim().parse().ok().filter(|status| (1..=999).contains(status))
}

/// Fills what `error` leaves open from `fallback`, entry by entry.
pub(super) fn with_fallback(error: Option<ErrorMap>, fallback: Option<ErrorMap>) -> Option<ErrorMap> {
    let (mut error, fallback) = match (error, fallback) {
        (Some(error), Some(fallback)) => (error, fallback),
        (error, fallback) => return error.or(fallback),
    };
    fill(&mut error.general, fallback.general);
    for (status, entry) in fallback.by_status {
        match error.by_status.iter_mut().find(|(own, _)| *own == status) {
            Some((_, own)) => fill(own, entry),
            None => error.by_status.push((status, entry)),
        }
    }
    Some(error)
}

fn fill(entry: &mut ErrorEntry, fallback: ErrorEntry) {
    entry.message = entry.message.take().or(fallback.message);
    entry.ty = entry.ty.take().or(fallback.ty);
}

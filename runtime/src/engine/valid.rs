//! `response.valid` (connector.md 7.5).

use super::eval;
use crate::error::Error;
use crate::plan::{Valid, ValidPolicy};
use crate::scope::Scope;

/// Whether an answer counts as a success.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Verdict {
    Good,
    /// By its status.
    BadStatus,
    /// By the author's own test.
    Invalid,
}

/// Judges an answer; without a status, as in request-less mode, only the author's test counts.
pub(crate) fn check(
    valid: Option<&Valid>,
    status: Option<u16>,
    policy: ValidPolicy,
    scope: &Scope,
) -> Result<Verdict, Error> {
    let Some((valid, condition)) = valid.and_then(|valid| Some((valid, valid.condition.as_ref()?))) else {
        return Ok(match status {
            Some(status) if !(200..400).contains(&status) => Verdict::BadStatus,
            _ => Verdict::Good,
        });
    };
    if !eval::value(condition, scope)?.is_truthy() {
        return Ok(Verdict::Invalid);
    }
    let stays_error =
        policy == ValidPolicy::AndStatus && !valid.reads_status && status.is_some_and(|status| status >= 400);
    Ok(if stays_error { Verdict::BadStatus } else { Verdict::Good })
}

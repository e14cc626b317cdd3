//! What a request has brought.

use std::fmt;
use std::sync::Arc;

use super::record::HookRecord;
use super::reply::Reply;
use crate::value::Value;

/// What a request has brought to a hook: the answer to send, and the bundles.
///
/// [`Hook::handle`](super::Hook::handle) gives them as they are, an [`InstantTrigger`](super::InstantTrigger) as its
/// output.
#[derive(Clone)]
pub struct Delivery<T = Value> {
    role: Role,
    reply: Reply,
    bundles: Vec<T>,
    record: Arc<HookRecord>,
}

/// What a request was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Verification,
    Event,
}

impl<T> Delivery<T> {
    pub(super) fn new(role: Role, reply: Reply, bundles: Vec<T>, record: &Arc<HookRecord>) -> Self {
        Self { role, reply, bundles, record: Arc::clone(record) }
    }

    /// The same with other bundles.
    pub(super) fn with<U>(self, bundles: Vec<U>) -> Delivery<U> {
        Delivery { role: self.role, reply: self.reply, bundles, record: self.record }
    }

    /// The answer to send once the bundles are safe.
    #[must_use]
    pub fn reply(&self) -> &Reply {
        &self.reply
    }

    /// The bundles, in the order of the request.
    #[must_use]
    pub fn bundles(&self) -> &[T] {
        &self.bundles
    }

    /// Takes the bundles.
    #[must_use]
    pub fn into_bundles(self) -> Vec<T> {
        self.bundles
    }

    /// Takes answer and bundles.
    #[must_use]
    pub fn into_parts(self) -> (Reply, Vec<T>) {
        (self.reply, self.bundles)
    }

    /// The request only asked whether the url answers; there are no bundles.
    #[must_use]
    pub fn is_verification(&self) -> bool {
        self.role == Role::Verification
    }

    /// The hook that was called.
    #[must_use]
    pub fn record(&self) -> &HookRecord {
        &self.record
    }
}

impl<T> fmt::Debug for Delivery<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("role", &self.role)
            .field("status", &self.reply.status())
            .field("bundles", &self.bundles.len())
            .field("record", &self.record)
            .finish_non_exhaustive()
    }
}

//! Where connections are kept between runs of a program (rulings 34).

use std::time::Duration;

use super::record::ConnectionRecord;
use crate::error::Error;
use crate::transport::BoxFuture;

/// Keeps connections. One trait to implement for a database, a vault, a file.
///
/// A record is the unit: it is read and written as a whole. Two writers cannot overwrite each other unseen, since a
/// write says which version it has read.
pub trait ConnectionStore: Send + Sync + 'static {
    /// The record under `id`, if there is one.
    ///
    /// # Errors
    /// The store cannot be read, or holds something that is no record.
    fn load<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<ConnectionRecord>, Error>>;

    /// Writes a record and gives its new version, which is greater than the old one. `expected` is the version that
    /// was read; `None` says that there must be no record yet.
    ///
    /// # Errors
    /// [`ErrorKind::Inconsistency`](crate::error::ErrorKind::Inconsistency) when the store holds another version than
    /// the expected one; nothing is written then.
    fn save<'a>(
        &'a self,
        id: &'a str,
        record: ConnectionRecord,
        expected: Option<u64>,
    ) -> BoxFuture<'a, Result<u64, Error>>;

    /// Removes a record. None to remove is a success.
    ///
    /// # Errors
    /// The store cannot be written.
    fn delete<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<(), Error>>;

    /// Waits until nobody else holds `id`, in any process that uses the store, and holds it.
    ///
    /// A holder that dies loses it after `ttl`, if the store cannot tell earlier.
    ///
    /// # Errors
    /// The store cannot be reached.
    fn lock<'a>(&'a self, id: &'a str, ttl: Duration) -> BoxFuture<'a, Result<Box<dyn Lease>, Error>>;
}

/// A lock on a record, held until it is released or dropped.
pub trait Lease: Send {
    /// Lets go, and waits until the store knows.
    ///
    /// # Errors
    /// The store cannot be reached; the lease then ends with its time.
    fn release(self: Box<Self>) -> BoxFuture<'static, Result<(), Error>>;
}

//! What lets calls survive bad days: retries, limits of rate, and what users put around each attempt.
//!
//! An *attempt* is one request with the redirects that it leads to. The engine makes another one below paging and
//! `repeat`, so that a page which fails for a moment costs neither the pages before it nor a run of `repeat`.
//! `docs/resilience.md` lists the defaults and their reasons.

mod interceptor;
mod limiter;
mod rate_limit;
mod retries;
mod retry;

pub(crate) use interceptor::Interceptors;
pub use interceptor::{Attempt, Interceptor, Received};
pub(crate) use limiter::{Limiter, Permit};
pub use rate_limit::RateLimit;
pub(crate) use retries::{Retries, is_safe, later};
pub use retry::RetryPolicy;

//! The attempts at one request so far.

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use http::{HeaderMap, Method};

use super::RetryPolicy;
use crate::error::{Error, ErrorKind};
use crate::random::Random;
use crate::value::Date;

/// The attempts at one request so far.
pub(crate) struct Retries<'a> {
    policy: &'a RetryPolicy,
    started: Date,
    made: u32,
    delays: Option<ExponentialBackoff>,
}

impl<'a> Retries<'a> {
    /// Begins with the first attempt.
    pub(crate) fn new(policy: &'a RetryPolicy, now: Date) -> Self {
        Self { policy, started: now, made: 1, delays: None }
    }

    /// The attempt that runs: 1 is the first one.
    pub(crate) fn number(&self) -> u32 {
        self.made
    }

    /// How long to wait before the next attempt; `None` when `error` is final. No attempt begins after `deadline`.
    pub(crate) fn next(
        &mut self,
        error: &Error,
        safe: bool,
        now: Date,
        deadline: Option<Date>,
        random: &dyn Random,
    ) -> Option<Duration> {
        let policy = self.policy;
        let wanted = policy.decide.as_ref().map_or_else(|| error.is_retryable(), |decide| decide(error));
        if self.made >= policy.attempts || !wanted || !(safe || policy.repeats_unsafe) {
            return None;
        }
        let asked = error.retry_after().unwrap_or_default();
        if asked > policy.longest_retry_after {
            return None;
        }
        let delays = self.delays.get_or_insert_with(|| {
            let builder = ExponentialBuilder::new().with_jitter().with_jitter_seed(random.next());
            builder.with_min_delay(policy.base_delay).without_max_delay().without_max_times().build()
        });
        let delay = delays.next().unwrap_or_default().min(policy.max_delay).max(asked);
        let begins = later(now, delay);
        if begins > later(self.started, policy.budget) || deadline.is_some_and(|deadline| begins >= deadline)
        {
            return None;
        }
        self.made += 1;
        Some(delay)
    }
}

/// Whether sending a request again does no harm after this error.
pub(crate) fn is_safe(error: &Error, method: &Method, headers: &HeaderMap) -> bool {
    !error.may_have_been_sent()
        || method.is_idempotent()
        || headers.contains_key("idempotency-key")
        // The server says that it refused the request, so it did nothing.
        || error.kind() == ErrorKind::RateLimit
        || error.status() == Some(429)
}

/// An instant after another one, in whole milliseconds.
pub(crate) fn later(from: Date, by: Duration) -> Date {
    Date::from_millis(from.as_millis().saturating_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    const NOW: Date = Date::from_millis(1_000_000);

    fn gone() -> Error {
        Error::new(ErrorKind::Connection, "gone")
    }

    fn waits(policy: &RetryPolicy, error: &Error) -> Vec<Duration> {
        let (mut retries, random) = (Retries::new(policy, NOW), SeededRandom::new(1));
        let mut now = NOW;
        std::iter::from_fn(|| {
            let wait = retries.next(error, true, now, None, &random)?;
            now = later(now, wait);
            Some(wait)
        })
        .collect()
    }

    #[test]
    fn waits_double_and_are_never_equal_to_each_others() {
        let policy = RetryPolicy::new().attempts(5);
        let waits = waits(&policy, &gone());
        assert_eq!(waits.len(), 4);
        for (at, wait) in waits.iter().enumerate() {
            let least = Duration::from_millis(500 << at);
            assert!((least..least * 2).contains(wait), "wait {at}: {wait:?}");
        }
        let other = SeededRandom::new(2);
        let first = Retries::new(&policy, NOW).next(&gone(), true, NOW, None, &other);
        assert_ne!(first, waits.first().copied());
    }

    #[test]
    fn the_longest_wait_and_the_budget_hold() {
        let capped = RetryPolicy::new().attempts(9).max_delay(Duration::from_secs(1));
        assert_eq!(waits(&capped, &gone()).iter().max(), Some(&Duration::from_secs(1)));
        let short = RetryPolicy::new().attempts(1_000).budget(Duration::from_secs(30));
        assert!(waits(&short, &gone()).iter().sum::<Duration>() <= Duration::from_secs(30));
    }

    #[test]
    fn no_attempt_begins_when_the_call_must_have_ended() {
        let (policy, random) = (RetryPolicy::new(), SeededRandom::new(1));
        let deadline = |millis| Some(later(NOW, Duration::from_millis(millis)));
        assert_eq!(Retries::new(&policy, NOW).next(&gone(), true, NOW, deadline(400), &random), None);
        assert!(Retries::new(&policy, NOW).next(&gone(), true, NOW, deadline(5_000), &random).is_some());
    }

    #[test]
    fn the_server_is_waited_for_but_not_for_ever() {
        let asked =
            |seconds| Error::new(ErrorKind::RateLimit, "").with_retry_after(Duration::from_secs(seconds));
        assert_eq!(waits(&RetryPolicy::new(), &asked(7)), [Duration::from_secs(7); 2]);
        assert_eq!(waits(&RetryPolicy::new(), &asked(61)), []);
    }

    #[test]
    fn what_may_be_sent_twice() {
        let (plain, mut keyed) = (HeaderMap::new(), HeaderMap::new());
        keyed.insert("idempotency-key", http::HeaderValue::from_static("k-1"));
        let sent = gone().with_may_have_been_sent(true);
        assert!(is_safe(&gone(), &Method::POST, &plain), "nothing was sent");
        assert!(is_safe(&sent, &Method::PUT, &plain) && is_safe(&sent, &Method::POST, &keyed));
        assert!(!is_safe(&sent, &Method::POST, &plain) && !is_safe(&sent, &Method::PATCH, &plain));
        let refused = Error::new(ErrorKind::RateLimit, "slow down").with_may_have_been_sent(true);
        assert!(is_safe(&refused, &Method::POST, &plain));
    }
}

//! Keeps a client to its rate.
//!
//! The crates for this count by buckets that refill, so that twice the allowed number may begin within one window,
//! and have one window each; services count each window exactly and ban those who exceed it. So the limiter keeps the
//! instants of the latest attempts.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::RateLimit;
use crate::clock::Clock;
use crate::error::{Error, ErrorKind};
use crate::value::Date;

/// However long a server asks to wait, the whole client pauses no longer: one answer must not stop it for a day.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Keeps a client to its rate.
pub(crate) struct Limiter {
    /// Number and span in milliseconds.
    windows: Vec<(usize, i64)>,
    longest_wait: Option<Duration>,
    slots: Option<Arc<Semaphore>>,
    line: Mutex<Line>,
}

/// When the latest attempts began, or will begin; in order.
#[derive(Default)]
struct Line {
    starts: VecDeque<i64>,
    /// Nothing begins before, since the server asked to wait.
    not_before: i64,
    latest_now: i64,
}

/// Leave to send; giving it back lets another one send.
pub(crate) struct Permit(#[allow(dead_code, reason = "it is held, not read")] Option<OwnedSemaphorePermit>);

impl Limiter {
    /// # Errors
    /// `InvalidConfiguration` for a window or a concurrency that lets nothing through.
    pub(crate) fn new(limit: &RateLimit) -> Result<Self, Error> {
        let blocks = |(requests, span): &(u32, Duration)| *requests == 0 || span.is_zero();
        if limit.windows.iter().any(blocks) || limit.concurrency == Some(0) {
            let message = "the rate limit has a part of size zero, which would let nothing through";
            return Err(Error::new(ErrorKind::InvalidConfiguration, message));
        }
        let window = |(requests, span): &(u32, Duration)| {
            (usize::try_from(*requests).unwrap_or(usize::MAX), millis(*span))
        };
        let slots = limit.concurrency.map(|most| usize::try_from(most).unwrap_or(Semaphore::MAX_PERMITS));
        Ok(Self {
            windows: limit.windows.iter().map(window).collect(),
            longest_wait: limit.longest_wait,
            slots: slots.map(|most| Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS)))),
            line: Mutex::default(),
        })
    }

    /// Waits for leave to send. Dropping the future gives up the place in the line.
    ///
    /// # Errors
    /// `RateLimit` when the wait would be longer than allowed, or not over at `deadline`.
    pub(crate) async fn enter(&self, clock: &dyn Clock, deadline: Option<Date>) -> Result<Permit, Error> {
        let slot = match &self.slots {
            Some(slots) => Some(Arc::clone(slots).acquire_owned().await.map_err(|_| self.refusal(0))?),
            None => None,
        };
        let (mut place, wait) = self.take_place(clock);
        if wait > 0 {
            let allowed = self.longest_wait.is_none_or(|longest| wait <= millis(longest));
            if !allowed || deadline.is_some_and(|deadline| place.at >= deadline.as_millis()) {
                return Err(self.refusal(wait));
            }
            clock.sleep(Duration::from_millis(wait.unsigned_abs())).await;
        }
        place.used = true;
        Ok(Permit(slot))
    }

    /// Lets nothing begin until a server that refused a request is ready again.
    pub(crate) fn pause(&self, clock: &dyn Clock, delay: Duration) {
        let until = clock.now().as_millis().saturating_add(millis(delay.min(LONGEST_PAUSE)));
        let mut line = self.lock();
        line.not_before = line.not_before.max(until);
    }

    /// A place in the line, and the milliseconds until its turn.
    fn take_place(&self, clock: &dyn Clock) -> (Place<'_>, i64) {
        let mut line = self.lock();
        // Read under the lock, so that only a clock that was set back goes back.
        let now = clock.now().as_millis();
        line.follow(now);
        let longest = self.windows.iter().map(|(_, span)| *span).max().unwrap_or(0);
        while line.starts.front().is_some_and(|start| start.saturating_add(longest) <= now) {
            line.starts.pop_front();
        }
        let mut at = now.max(line.not_before).max(line.starts.back().copied().unwrap_or(now));
        for (most, span) in &self.windows {
            let earlier = line.starts.len().checked_sub(*most).and_then(|index| line.starts.get(index));
            at = at.max(earlier.map_or(at, |earlier| earlier.saturating_add(*span)));
        }
        line.starts.push_back(at);
        (Place { limiter: self, at, used: false }, at - now)
    }

    fn refusal(&self, wait: i64) -> Error {
        let message = format!("the client's own rate limit lets the request go only in {wait} ms");
        Error::new(ErrorKind::RateLimit, message).with_retry_after(Duration::from_millis(wait.unsigned_abs()))
    }

    fn lock(&self) -> MutexGuard<'_, Line> {
        // Whatever it holds when a thread panics, it is a list of instants in order.
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    /// When the clock was set back, what has begun moves along: windows are about spans, not about dates.
    fn follow(&mut self, now: i64) {
        let back = self.latest_now - now;
        if back > 0 && self.latest_now != 0 {
            self.starts.iter_mut().for_each(|start| *start -= back);
            self.not_before -= back;
        }
        self.latest_now = now;
    }
}

/// A place in the line, given up unless it is used.
struct Place<'a> {
    limiter: &'a Limiter,
    at: i64,
    used: bool,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if self.used {
            return;
        }
        let mut line = self.limiter.lock();
        if let Some(index) = line.starts.iter().rposition(|start| *start == self.at) {
            line.starts.remove(index);
        }
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_nanos().div_ceil(1_000_000)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use super::*;
    use crate::clock::{ManualClock, Sleep};

    fn ready<T>(future: impl Future<Output = T>) -> T {
        match std::pin::pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("pending"),
        }
    }

    /// Its sleeps never end.
    struct Stopped;

    impl Clock for Stopped {
        fn now(&self) -> Date {
            Date::from_millis(5_000)
        }

        fn sleep(&self, _: Duration) -> Sleep {
            Box::pin(std::future::pending())
        }
    }

    #[test]
    fn no_span_holds_more_than_its_window_allows() {
        let windows = [(3, 1_000), (5, 10_000)];
        let limit = RateLimit::new().per_second(3).window(5, Duration::from_secs(10));
        let (limiter, clock) = (Limiter::new(&limit).unwrap(), ManualClock::new(Date::from_millis(1)));
        let mut starts = Vec::new();
        for at in 0..50_u64 {
            ready(limiter.enter(&clock, None)).unwrap();
            starts.push(clock.now().as_millis());
            clock.advance(Duration::from_millis(at * 37 % 400));
        }
        for (most, span) in windows {
            for pair in starts.windows(most + 1) {
                assert!(pair[most] - pair[0] >= span, "{most} in {span} ms: {pair:?}");
            }
        }
        // The wait is for the window, not for more.
        assert!(starts[5] - starts[0] < 11_000, "{starts:?}");
    }

    #[test]
    fn who_gives_up_leaves_no_gap() {
        let limiter = Limiter::new(&RateLimit::new().per_second(1)).unwrap();
        ready(limiter.enter(&Stopped, None)).unwrap();
        for _ in 0..3 {
            let mut waiting = Box::pin(limiter.enter(&Stopped, None));
            assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        let (place, wait) = limiter.take_place(&Stopped);
        assert_eq!(wait, 1_000);
        drop(place);
    }

    #[test]
    fn who_gives_up_does_not_make_room_in_a_full_window() {
        let limiter = Limiter::new(&RateLimit::new().per_second(2)).unwrap();
        for _ in 0..2 {
            ready(limiter.enter(&Stopped, None)).unwrap();
        }
        drop(limiter.take_place(&Stopped));
        assert_eq!(limiter.take_place(&Stopped).1, 1_000);
    }

    #[test]
    fn too_long_a_wait_is_an_error_that_says_how_long() {
        let limit = RateLimit::new().per_minute(1).longest_wait(Duration::from_secs(5));
        let (limiter, clock) = (Limiter::new(&limit).unwrap(), ManualClock::new(Date::from_millis(0)));
        ready(limiter.enter(&clock, None)).unwrap();
        let error = ready(limiter.enter(&clock, None)).err().unwrap();
        assert_eq!(
            (error.kind(), error.retry_after()),
            (ErrorKind::RateLimit, Some(Duration::from_secs(60)))
        );
        assert!(!error.may_have_been_sent());
        clock.advance(Duration::from_secs(56));
        ready(limiter.enter(&clock, Some(Date::from_millis(60_001)))).unwrap();
        let error = ready(limiter.enter(&clock, Some(Date::from_millis(60_002)))).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::RateLimit);
    }

    #[test]
    fn a_clock_that_was_set_back_makes_nobody_wait_for_its_old_time() {
        let limiter = Limiter::new(&RateLimit::new().per_second(1)).unwrap();
        let clock = ManualClock::new(Date::from_millis(90_000_000));
        ready(limiter.enter(&clock, None)).unwrap();
        clock.set(Date::from_millis(1_000));
        ready(limiter.enter(&clock, None)).unwrap();
        assert_eq!(clock.now(), Date::from_millis(2_000));
    }

    #[test]
    fn a_server_that_asks_for_a_pause_gets_it() {
        let limiter = Limiter::new(&RateLimit::new().per_second(100)).unwrap();
        let clock = ManualClock::new(Date::from_millis(0));
        limiter.pause(&clock, Duration::from_secs(9));
        ready(limiter.enter(&clock, None)).unwrap();
        assert_eq!(clock.now(), Date::from_millis(9_000));
        limiter.pause(&clock, Duration::from_secs(86_400));
        ready(limiter.enter(&clock, None)).unwrap();
        assert_eq!(clock.now(), Date::from_millis(69_000), "no more than a minute");
    }

    #[test]
    fn a_limit_that_lets_nothing_through_is_refused() {
        for limit in [RateLimit::new().per_second(0), RateLimit::new().concurrency(0)] {
            assert_eq!(Limiter::new(&limit).err().unwrap().kind(), ErrorKind::InvalidConfiguration);
        }
        let no_span = RateLimit::new().window(1, Duration::ZERO);
        assert!(Limiter::new(&no_span).is_err());
    }
}

//! The threads that JavaScript runs on (rulings 38).
//!
//! A thread takes one job after another. A job that does not stop when it is told to is given up: its thread counts
//! as stuck, another one takes its place, and when the job ends after all, its thread ends with it.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::limits::JsLimits;
use super::watch::Watchdog;
use crate::error::{Error, ErrorKind};

/// What a thread runs: one run of JavaScript, from a fresh interpreter to its end.
pub(super) type Job = Box<dyn FnOnce() + Send>;

/// A thread without work ends after this time.
const IDLE: Duration = Duration::from_secs(10);
/// What native code above the interpreter's own stack may use.
const STACK_BESIDE: usize = 3 << 20;

const WAITING: u8 = 0;
const RUNNING: u8 = 1;
const ENDED: u8 = 2;
const GIVEN_UP: u8 = 3;

/// A job's state, shared with those who wait for it.
#[derive(Debug, Default)]
pub(super) struct Ticket(AtomicU8);

impl Ticket {
    fn step(&self, from: u8, to: u8) -> bool {
        self.0.compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    /// Whether a thread has taken the job.
    pub(super) fn has_begun(&self) -> bool {
        self.0.load(Ordering::Acquire) != WAITING
    }
}

pub(super) struct Pool {
    limits: JsLimits,
    state: Mutex<State>,
    wake: Condvar,
    watchdog: Arc<Watchdog>,
}

#[derive(Default)]
struct State {
    queue: VecDeque<(Arc<Ticket>, Job)>,
    idle: usize,
    /// Threads that were started for a job and have not come to take one yet.
    starting: usize,
    live: usize,
    stuck: usize,
    closed: bool,
}

impl Pool {
    pub(super) fn new(limits: JsLimits) -> Arc<Self> {
        Arc::new(Self { limits, state: Mutex::default(), wake: Condvar::new(), watchdog: Arc::default() })
    }

    pub(super) fn limits(&self) -> &JsLimits {
        &self.limits
    }

    pub(super) fn watchdog(&self) -> &Arc<Watchdog> {
        &self.watchdog
    }

    /// Threads that live, and threads that are stuck.
    pub(super) fn threads(&self) -> (usize, usize) {
        let state = self.lock();
        (state.live, state.stuck)
    }

    /// Whether a run waits for a thread, and none is on its way to it.
    pub(super) fn lacks_threads(&self) -> bool {
        let state = self.lock();
        state.queue.len() > state.idle + state.starting
    }

    /// Queues a job.
    ///
    /// # Errors
    ///
    /// When too many threads are stuck, or the system gives no thread.
    pub(super) fn submit(self: &Arc<Self>, job: Job) -> Result<Arc<Ticket>, Error> {
        let ticket = Arc::<Ticket>::default();
        let mut state = self.lock();
        if state.stuck >= self.limits.most_stuck_threads() {
            let message =
                format!("{} JavaScript threads do not stop; no run begins until one does", state.stuck);
            return Err(Error::new(ErrorKind::Timeout, message));
        }
        state.queue.push_back((Arc::clone(&ticket), job));
        if state.idle + state.starting >= state.queue.len() {
            self.wake.notify_one();
        } else if state.live < self.limits.most_threads()
            && let Err(error) = self.spawn(&mut state)
            && state.live == 0
        {
            state.queue.pop_back();
            return Err(Error::new(ErrorKind::Runtime, format!("no thread for JavaScript: {error}")));
        }
        Ok(ticket)
    }

    /// Gives a job up that does not stop, or that has not begun.
    pub(super) fn give_up(self: &Arc<Self>, ticket: &Ticket) {
        if ticket.step(WAITING, GIVEN_UP) || !ticket.step(RUNNING, GIVEN_UP) {
            return;
        }
        let mut state = self.lock();
        state.live -= 1;
        state.stuck += 1;
        if !state.queue.is_empty() && state.live < self.limits.most_threads() {
            // Should there be no thread, the next job to come asks for one again.
            let _ = self.spawn(&mut state);
        }
    }

    /// Lets threads without work end.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.wake.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn spawn(self: &Arc<Self>, state: &mut State) -> std::io::Result<()> {
        let pool = Arc::clone(self);
        thread::Builder::new()
            .name("linchpin-js".to_owned())
            .stack_size(self.limits.stack_bytes() + STACK_BESIDE)
            .spawn(move || pool.work())?;
        state.live += 1;
        state.starting += 1;
        Ok(())
    }

    fn work(&self) {
        let mut starts = true;
        while let Some((ticket, job)) = self.next_job(std::mem::take(&mut starts)) {
            if !ticket.step(WAITING, RUNNING) {
                continue;
            }
            // A panic inside the bindings must not take the thread's place in the count with it.
            let _ = catch_unwind(AssertUnwindSafe(job));
            if !ticket.step(RUNNING, ENDED) {
                self.lock().stuck -= 1;
                return;
            }
        }
    }

    /// Waits for a job. `None` ends the thread, which is no longer counted then.
    fn next_job(&self, starts: bool) -> Option<(Arc<Ticket>, Job)> {
        let mut state = self.lock();
        state.starting -= usize::from(starts);
        loop {
            if let Some(next) = state.queue.pop_front() {
                return Some(next);
            }
            if state.closed {
                state.live -= 1;
                return None;
            }
            state.idle += 1;
            let (back, timeout) = self.wake.wait_timeout(state, IDLE).unwrap_or_else(PoisonError::into_inner);
            state = back;
            state.idle -= 1;
            if timeout.timed_out() && state.queue.is_empty() {
                state.live -= 1;
                return None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn jobs_share_threads_and_a_panic_takes_none_away() {
        let pool = Pool::new(JsLimits::new().threads(2));
        let (sender, receiver) = mpsc::channel();
        for at in 0..20 {
            let sender = sender.clone();
            pool.submit(Box::new(move || {
                assert!(at != 3, "one job fails");
                sender.send(at).unwrap();
            }))
            .unwrap();
        }
        drop(sender);
        assert_eq!(receiver.iter().count(), 19);
        assert!(pool.threads().0 <= 2);
        pool.close();
    }

    #[test]
    fn a_job_that_a_thread_is_on_its_way_to_lacks_none() {
        for _ in 0..50 {
            let pool = Pool::new(JsLimits::new().threads(2));
            let (release, wait) = mpsc::channel::<()>();
            pool.submit(Box::new(|| {})).unwrap();
            assert!(!pool.lacks_threads());
            pool.submit(Box::new(move || {
                let _ = wait.recv();
            }))
            .unwrap();
            assert!(!pool.lacks_threads());
            release.send(()).unwrap();
            pool.close();
        }
    }

    #[test]
    fn a_stuck_thread_is_replaced_and_their_number_is_bounded() {
        let pool = Pool::new(JsLimits::new().threads(1).stuck_threads(1));
        let (release, wait) = mpsc::channel::<()>();
        let (began, has_begun) = mpsc::channel();
        let stuck = pool
            .submit(Box::new(move || {
                began.send(()).unwrap();
                let _ = wait.recv();
            }))
            .unwrap();
        has_begun.recv().unwrap();
        let (done, is_done) = mpsc::channel();
        pool.submit(Box::new(move || done.send(()).unwrap())).unwrap();
        pool.give_up(&stuck);
        is_done.recv().unwrap();
        assert_eq!(pool.threads(), (1, 1));
        let refused = pool.submit(Box::new(|| {})).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Timeout);
        release.send(()).unwrap();
        while pool.threads().1 > 0 {
            thread::yield_now();
        }
        pool.submit(Box::new(|| {})).unwrap();
        pool.close();
    }
}

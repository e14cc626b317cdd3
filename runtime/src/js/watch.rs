//! Watches over runs whose threads may not stop by themselves (rulings 38).
//!
//! It goes by the wall clock and needs no timer of the caller's: a test with virtual time, or an executor without a
//! timer, sees the same limits.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::Instant;

/// What is watched.
pub(super) trait Watched: Send + Sync {
    /// The time is over. May ask for more of it.
    fn expire(&self) -> Option<Instant>;
}

/// One thread for all watches; it ends when there is nothing to watch.
#[derive(Default)]
pub(super) struct Watchdog {
    watches: Mutex<Watches>,
    wake: Condvar,
}

#[derive(Default)]
struct Watches {
    due: BinaryHeap<Reverse<(Instant, u64)>>,
    watched: HashMap<u64, Weak<dyn Watched>>,
    last: u64,
    is_running: bool,
}

impl Watchdog {
    /// Calls [`Watched::expire`] at `deadline`, unless it is gone by then.
    pub(super) fn watch(
        self: &Arc<Self>,
        deadline: Instant,
        watched: Weak<dyn Watched>,
    ) -> std::io::Result<()> {
        let mut watches = self.lock();
        watches.last += 1;
        let id = watches.last;
        let is_first = watches.due.peek().is_none_or(|Reverse((first, _))| deadline < *first);
        watches.due.push(Reverse((deadline, id)));
        watches.watched.insert(id, watched);
        if watches.is_running {
            // The thread sleeps to the first deadline in any case.
            if is_first {
                self.wake.notify_one();
            }
            return Ok(());
        }
        let own = Arc::clone(self);
        thread::Builder::new().name("linchpin-js-watch".to_owned()).spawn(move || own.run())?;
        watches.is_running = true;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Watches> {
        self.watches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        let mut watches = self.lock();
        loop {
            // A run that has ended needs no watch; the thread must not outlive the last one by its whole time limit.
            while let Some(Reverse((_, id))) = watches.due.peek()
                && watches.watched.get(id).is_none_or(|watched| watched.strong_count() == 0)
            {
                if let Some(Reverse((_, id))) = watches.due.pop() {
                    watches.watched.remove(&id);
                }
            }
            let Some(&Reverse((deadline, id))) = watches.due.peek() else {
                watches.is_running = false;
                return;
            };
            let left = deadline.saturating_duration_since(Instant::now());
            if !left.is_zero() {
                watches = self.wake.wait_timeout(watches, left).unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            watches.due.pop();
            let watched = watches.watched.remove(&id);
            drop(watches);
            let watched = watched.and_then(|watched| watched.upgrade());
            let more = watched.as_ref().and_then(|watched| watched.expire());
            watches = self.lock();
            if let (Some(deadline), Some(watched)) = (more, watched) {
                watches.last += 1;
                let id = watches.last;
                watches.due.push(Reverse((deadline, id)));
                watches.watched.insert(id, Arc::downgrade(&watched));
            }
        }
    }
}

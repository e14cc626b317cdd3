//! A kit for testing code that uses clients, offline (feature `testing`).
//!
//! Three transports take the place of the network; everything else of a client runs as ever:
//!
//! - [`Mock`] answers with the connector's samples, or with what a test tells it to.
//! - [`Recorder`] sends requests as ever and notes them with their answers in a file, secrets blotted out.
//! - [`Replay`] answers from such a file, and shows the difference when it was asked for something else.
//!
//! [`ManualClock`] and [`SeededRandom`] fix time and randomness, so that waits cost no time and what is sent stays the
//! same. `docs/testing.md` shows them at work.

mod difference;
mod mock;
mod pretty;
mod record;
mod replay;
mod tape;

pub use crate::clock::ManualClock;
pub use crate::plan::Sample;
pub use crate::random::SeededRandom;
pub use mock::{Asked, Mock};
pub use record::Recorder;
pub use replay::Replay;

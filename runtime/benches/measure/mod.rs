//! Measures ways to do the same thing in turns, and prints how they compare.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// One way to do it.
pub(crate) struct Way<'a> {
    pub(crate) name: &'a str,
    pub(crate) run: Box<dyn FnMut() + 'a>,
}

impl<'a> Way<'a> {
    /// The result is kept from the optimiser, and dropping it is part of the work.
    pub(crate) fn new<T: 'a>(name: &'a str, mut run: impl FnMut() -> T + 'a) -> Self {
        Self { name, run: Box::new(move || drop(black_box(run()))) }
    }
}

const ROUNDS: usize = 301;
const ROUND: Duration = Duration::from_millis(1);

/// Prints nanoseconds a run, and each way's ratio to the first. The ways take turns in short rounds; of these the tenth
/// part that is fastest counts, since what else the machine does only adds time.
pub(crate) fn compare(title: &str, ways: Vec<Way<'_>>) -> Vec<f64> {
    let mut ways: Vec<_> = ways.into_iter().map(|way| (calibrate(way), Vec::new())).collect();
    for _ in 0..ROUNDS {
        for ((way, runs), times) in &mut ways {
            times.push(time(way, *runs).as_nanos() as f64 / f64::from(*runs));
        }
    }
    println!("\n{title}");
    let mut best = Vec::new();
    for ((way, _), times) in &mut ways {
        times.sort_by(f64::total_cmp);
        best.push(times[times.len() / 10]);
        let ratio = best[best.len() - 1] / best[0];
        println!("  {:<34} {:>12.1} ns   {ratio:>7.2} x", way.name, best[best.len() - 1]);
    }
    best
}

fn calibrate(mut way: Way<'_>) -> (Way<'_>, u32) {
    let mut runs = 1;
    while time(&mut way, runs) < ROUND {
        runs *= 2;
    }
    (way, runs)
}

fn time(way: &mut Way<'_>, runs: u32) -> Duration {
    #[allow(clippy::disallowed_methods)]
    let start = Instant::now();
    for _ in 0..runs {
        (way.run)();
    }
    start.elapsed()
}

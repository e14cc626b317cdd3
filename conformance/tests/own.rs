//! Runs the vectors of this crate, which hold the corners of the language. What they expect was worked out with Node,
//! moment.js, decimal.js and jsonwebtoken wherever the language follows those.

use std::process::ExitCode;

use conformance::{files, run};

fn main() -> ExitCode {
    run::run_all("corners", &files::own())
}

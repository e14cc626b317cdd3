//! Runs every vector that is named, or that lies beside the workspace.

#![allow(clippy::print_stdout, reason = "this program's output is the report")]

use std::process::ExitCode;

use conformance::{files, run};

fn main() -> ExitCode {
    let Some(place) = files::place() else {
        println!(
            "no vectors: {} is not set, and there is no ../shared/conformance; passed over",
            files::VARIABLE
        );
        return ExitCode::SUCCESS;
    };
    run::run_all("vectors", &place)
}

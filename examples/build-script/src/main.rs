//! The connector of the quickstart without a macro: `build.rs` compiles it, `include!` takes the result in.

#![allow(clippy::print_stdout, reason = "the output is what this program is for")]

mod tasks {
    include!(concat!(env!("OUT_DIR"), "/tasks.rs"));
}

fn main() {
    // A client and an input; a call would be `client.create_task(input).await`, as in the quickstart.
    let client = tasks::Client::new(tasks::ApiKey::new("demo-key"));
    let input = tasks::CreateTask::new("Read the generated code");
    println!("client: {client:?}");
    println!("input: {input:?}");
}

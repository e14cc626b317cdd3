//! Writes the client to `OUT_DIR/tasks.rs`, where it can be read and stepped through like any other source.

fn main() {
    linchpin_codegen::Builder::new("../connectors/tasks/connector.json").build("tasks.rs");
}

mod tasks {
    linchpin::include_connector!("../../../examples/connectors/tasks/connector.json");
}

fn main() {
    let _ = tasks::ListTasks::new().limit("ten");
}

mod tasks {
    linchpin::include_connector!(path = "../../../examples/connectors/tasks/connector.json", onyl = [getTask]);
}

fn main() {}

mod tasks {
    linchpin::include_connector!(path = "../../../examples/connectors/tasks/connector.json", only = [getTask, listTask]);
}

fn main() {}

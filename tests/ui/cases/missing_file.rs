mod tasks {
    linchpin::include_connector!("no-such-connector.json");
}

fn main() {}

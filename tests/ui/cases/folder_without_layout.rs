mod tasks {
    linchpin::include_connector!("../tests");
}

fn main() {}

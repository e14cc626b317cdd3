mod tasks {
    linchpin::include_connector!(inline = r#"{
        "name": "tasks",
        "modules": {
            "getTask": {
                "type": "action"
                "communication": { "url": "https://api.tasks.example/1", "method": GET }
            }
        }
    }"#);
}

fn main() {}

mod tasks {
    linchpin::include_connector!(inline = r#"{
        "name": "tasks",
        "base": { "baseUrl": "https://api.tasks.example" },
        "modules": {
            "getTask": {
                "type": "action",
                "connection": "apiKey",
                "communication": { "url": "/tasks" }
            }
        }
    }"#);
}

fn main() {}

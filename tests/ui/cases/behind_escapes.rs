mod tasks {
    linchpin::include_connector!(inline = r#"{
        "name": "tasks",
        "base": { "baseUrl": "https://api.tasks.example" },
        "modules": {
            "getTask": {
                "type": "action",
                "communication": { "url": "/a\"\u00e9\\b/{{uper(parameters.id)}}" }
            }
        }
    }"#);
}

fn main() {}

mod tasks {
    linchpin::include_connector!(inline = r#"{
        "name": "tasks",
        "base": { "baseUrl": "https://api.tasks.example" },
        "modules": {
            "getTask": {
                "type": "action",
                "communication": {
                    "url": "/tasks/{{parameters.ids[0]}}",
                    "qs": { "at": "{{formatDat(now; 'X')}}" },
                    "response": { "output": "{{bdy}}" }
                }
            }
        }
    }"#);
}

fn main() {}

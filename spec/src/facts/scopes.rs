//! Which scopes the components that use a connection need (connector.md 3.11).

use crate::model::{Connection, ConnectionKind, Connector};
use crate::span::Spanned;

/// Modules, webhooks, endpoints and RPCs with scopes of their own that may use `connection`, by name. A component that
/// names no connection may use any.
pub fn scopes_of_components<'a>(
    connector: &'a Connector,
    connection: &Connection,
) -> Vec<(&'a str, Vec<&'a str>)> {
    if connection.kind == ConnectionKind::Basic {
        return Vec::new();
    }
    let modules = connector.modules.iter().map(|module| {
        let connections = module.connection.iter().chain(&module.alt_connection).collect();
        (&module.id, &module.scope, connections)
    });
    let webhooks = connector.webhooks.iter().map(|webhook| {
        let connections = webhook.connection.iter().chain(&webhook.alt_connection).collect();
        (&webhook.id, &webhook.scope, connections)
    });
    let endpoints = connector.endpoints.iter().map(|endpoint| {
        let connections = endpoint.connection.iter().chain(&endpoint.attached_accounts).collect();
        (&endpoint.id, &endpoint.scope, connections)
    });
    let rpcs = connector.rpcs.iter().map(|rpc| {
        let connections = rpc.connection.iter().chain(&rpc.alt_connection).collect();
        (&rpc.id, &rpc.scope, connections)
    });
    let uses = |connections: &Vec<&Spanned<String>>| {
        connections.is_empty() || connections.iter().any(|id| id.value == connection.id.value)
    };
    modules
        .chain(webhooks)
        .chain(endpoints)
        .chain(rpcs)
        .filter(|(_, scope, connections)| !scope.is_empty() && uses(connections))
        .map(|(id, scope, _)| (id.value.as_str(), scope.iter().map(|scope| scope.value.as_str()).collect()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn scopes_of_everything_that_uses_a_connection() {
        let text = r#"{ "name": "tasks", "connections": {
            "a": { "type": "oauth", "communication": { "token": { "url": "https://auth.tasks.example/a" } } },
            "b": { "type": "oauth", "communication": { "token": { "url": "https://auth.tasks.example/b" } } },
            "key": { "type": "basic" }
        }, "modules": {
            "one": { "type": "action", "communication": {}, "connection": "a", "altConnection": "key",
                "scope": ["x", "y"] },
            "two": { "type": "action", "communication": {}, "connection": "key", "altConnection": "b",
                "scope": ["z"] },
            "three": { "type": "action", "communication": {}, "connection": "a" }
        }, "webhooks": { "events": { "type": "web", "connection": "a", "scope": ["w"] } },
        "rpcs": { "list": { "connection": "b", "communication": {}, "scope": ["r"] } } }"#;
        let loaded = crate::load_inline("connector.json", text, &crate::Options::default());
        let connector = loaded.connector.unwrap();
        let of = |at: usize| scopes_of_components(&connector, &connector.connections[at]);
        assert_eq!(of(0), [("one", vec!["x", "y"]), ("events", vec!["w"])]);
        assert_eq!(of(1), [("two", vec!["z"]), ("list", vec!["r"])]);
        assert!(of(2).is_empty());
    }
}

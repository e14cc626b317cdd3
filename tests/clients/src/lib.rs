//! Generated clients, compiled with warnings denied.

#![deny(warnings)]

/// The clients that were reviewed as source text.
pub mod golden {
    /// Its text stands in `codegen/tests/golden/blocks`.
    pub mod blocks {
        include!("../../../codegen/tests/golden/blocks/expected.rs");
    }
    /// Its text stands in `codegen/tests/golden/desk`.
    pub mod desk {
        include!("../../../codegen/tests/golden/desk/expected.rs");
    }
    /// Its text stands in `codegen/tests/golden/feeds`.
    pub mod feeds {
        include!("../../../codegen/tests/golden/feeds/expected.rs");
    }
    /// Its text stands in `codegen/tests/golden/files`.
    pub mod files {
        include!("../../../codegen/tests/golden/files/expected.rs");
    }
    /// Its text stands in `codegen/tests/golden/parcels`.
    pub mod parcels {
        include!("../../../codegen/tests/golden/parcels/expected.rs");
    }
    /// Its text stands in `codegen/tests/golden/tasks`.
    pub mod tasks {
        include!("../../../codegen/tests/golden/tasks/expected.rs");
    }
    /// Its text stands in `codegen/tests/golden/tickets`.
    pub mod tickets {
        include!("../../../codegen/tests/golden/tickets/expected.rs");
    }
    /// Its text stands in `codegen/tests/golden/users`.
    pub mod users {
        include!("../../../codegen/tests/golden/users/expected.rs");
    }
    /// Its text stands in `codegen/tests/golden/weather`.
    pub mod weather {
        include!("../../../codegen/tests/golden/weather/expected.rs");
    }
}

/// Modules, triggers and data sources that are code.
pub mod blocks {
    linchpin::include_connector!("../connectors/blocks.json");
}

/// The code blocks of an integration.
pub mod depot {
    linchpin::include_connector!("../connectors/depot.yml");
}

/// A client with a form of every kind, and texts that are hard on rustdoc.
pub mod kitchen {
    linchpin::include_connector!("../connectors/kitchen.json", derives = [Serialize, Deserialize, PartialEq]);
}

/// Components of several kinds with one name, RPCs that nothing refers to, and a large constant.
pub mod catalogue {
    linchpin::include_connector!("../connectors/catalogue.json");
}

/// What one module reaches of it.
pub mod book {
    linchpin::include_connector!(path = "../connectors/catalogue.json", only = [addBook]);
}

/// A part of the kitchen.
pub mod part {
    linchpin::include_connector!(path = "../connectors/kitchen.json", only = [bake]);
}

/// All but that part, with the RPCs that are still reached.
pub mod rest {
    linchpin::include_connector!(path = "../connectors/kitchen.json", except = ["bake", "taste", "wash"]);
}

/// Custom functions in Rust.
pub mod functions {
    use linchpin::{Error, Scope, Value};

    /// Adds a mark.
    ///
    /// # Errors
    /// Never.
    pub fn mark_it(_: &Scope, args: &[Value]) -> Result<Value, Error> {
        let text = args.first().map(Value::to_text).unwrap_or_default();
        Ok(Value::from(format!("<{text}>")))
    }

    /// A client that calls it.
    pub mod client {
        linchpin::include_connector!(
            inline = r#"{
                "name": "marks",
                "functions": { "markIt": { "code": "function markIt(x) { return '<' + x + '>'; }" } },
                "modules": { "mark": {
                    "type": "action",
                    "expect": [{ "name": "x", "type": "text", "required": true }],
                    "communication": { "response": { "output": { "marked": "{{markIt(parameters.x)}}" } } }
                } }
            }"#,
            functions = super,
        );
    }
}

/// The examples of `docs/`.
#[cfg(doctest)]
pub mod pages {
    #[doc = include_str!("../../../docs/forms.md")]
    pub struct Forms;
    #[doc = include_str!("../../../docs/triggers.md")]
    pub struct Triggers;
    #[doc = include_str!("../../../docs/webhooks.md")]
    pub struct Webhooks;
}

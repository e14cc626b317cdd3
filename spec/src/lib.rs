//! Reads connectors: file layouts, JSON with places, the model, the IML front end, checks and diagnostics.
//!
//! ```
//! let text = r#"{
//!     "name": "tasks",
//!     "base": { "baseUrl": "https://api.tasks.example" },
//!     "modules": {
//!         "getTask": {
//!             "type": "action",
//!             "expect": [{ "name": "id", "type": "text", "required": true }],
//!             "communication": { "url": "/tasks/{{parameters.id}}" }
//!         }
//!     }
//! }"#;
//! let loaded = linchpin_spec::load_inline("connector.json", text, &linchpin_spec::Options::default());
//! assert!(loaded.diagnostics.is_empty());
//! assert_eq!(loaded.connector.map(|connector| connector.modules.len()), Some(1));
//! ```

mod access;
mod base;
pub mod check;
pub mod diagnostic;
pub mod facts;
pub mod iml;
pub mod json;
mod levels;
mod load;
pub mod model;
mod read;
#[cfg(test)]
mod schema_tests;
mod script;
pub mod similar;
pub mod source;
pub mod span;
mod suggest;
mod template;
pub mod visit;
#[cfg(feature = "yaml")]
mod yaml;

pub use load::{Loaded, Options, load, load_inline};
pub use template::{LoadedTemplate, load_template};

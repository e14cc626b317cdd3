//! Compiles connectors to Rust.
//!
//! `include_connector!` and `iml!` are thin shells around [`generate`] and [`compile_template`]; a build script uses
//! `Builder`. Everything here works on plain token streams, so that it runs in tests as it does in the compiler.
//!
//! ```
//! use linchpin_codegen::{Config, Source, generate};
//!
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
//! let output = generate(Source::Inline { name: "connector.json", text }, &Config::default());
//! assert!(output.diagnostics.is_empty());
//! assert!(output.tokens.to_string().contains("pub fn get_task"));
//! ```

#[cfg(feature = "format")]
mod builder;
mod config;
mod emit;
mod generate;
mod lower;
mod macros;
mod path;
mod report;
mod stubs;
mod template;

#[cfg(feature = "format")]
pub use builder::Builder;
pub use config::{Config, Functions};
pub use generate::{Output, Source, generate};
pub use macros::{Bases, expand_iml, expand_include_connector};
pub use path::{BadPath, RustPath};
pub use stubs::function_stubs;
pub use template::{Shape, TemplateConfig, TemplateError, compile_template};

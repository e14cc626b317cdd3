//! The runtime of Linchpin: what generated clients call and users touch.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod client;
pub mod clock;
mod codec;
pub mod connection;
pub mod convert;
pub mod custom;
mod decimal;
mod emitted;
mod engine;
pub mod error;
pub mod functions;
#[cfg(feature = "js")]
pub mod js;
pub mod login;
mod needs;
pub mod ops;
pub mod plan;
pub mod random;
pub mod resilience;
pub mod scope;
mod sign;
pub mod template;
#[cfg(feature = "testing")]
pub mod testing;
pub mod transport;
mod validate;
pub mod value;
pub mod webhook;

pub use convert::Secret;
pub use error::{Error, ErrorKind};
pub use scope::Scope;
pub use template::Template;
pub use value::{Date, Object, Value};

#[cfg(feature = "macros")]
pub use linchpin_macros::{iml, include_connector};

//! From the connector to what is generated, as plain data: names, types, what is reached, and facts that plans state.

mod api;
pub(crate) mod doc;
mod enums;
mod forms;
pub(crate) mod names;
mod reach;
mod structs;
mod types;

pub(crate) use api::{Api, Call, CallKind, RpcCall, WebhookType, lower};
pub(crate) use reach::{Selection, keep};
pub(crate) use types::{Default, Enum, Field, Role, Struct, Type};

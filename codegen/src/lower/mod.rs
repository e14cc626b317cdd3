//! From the connector to what is generated, as plain data: names, types, what is reached, and facts that plans state.

mod api;
pub(crate) mod doc;
mod enums;
mod forms;
mod javascript;
pub(crate) mod json;
pub(crate) mod names;
mod reach;
mod samples;
mod structs;
mod types;

pub(crate) use api::{Api, Call, CallKind, EndpointCall, RpcCall, SourceCall, WebhookType, lower};
pub(crate) use forms::RpcUse;
pub(crate) use reach::{Selection, keep};
pub(crate) use samples::{Sample, samples};
pub(crate) use types::{Default, Enum, Field, Role, Struct, Type};

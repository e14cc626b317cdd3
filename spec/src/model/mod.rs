//! The connector as we hold it: one struct per concept, with the field's own words.
//!
//! All layouts end here; base is merged; nothing after this stage knows which files there were.

mod component;
mod connector;
mod parameter;
mod request;
mod value;

pub use component::{
    Connection, ConnectionKind, DataSource, DataSourceKind, Endpoint, Function, Metadata, Module, ModuleKind,
    Phase, PhaseKind, Responder, Rpc, Verification, Webhook, WebhookKind,
};
pub use connector::{Common, Connector, Constants, Group, Installation, QsPolicy, ValidPolicy};
pub use parameter::{
    Button, Choice, Convert, Field, Item, Options, Parameter, ParameterType, RpcReference, Validation,
};
pub use request::{
    BodyType, Condition, EndpointCall, ErrorEntry, ErrorMap, Iterate, MetadataSpec, Pagination, ParseAs,
    Repeat, Request, Response, ResponseType, TriggerOrder, TriggerSpec, Valid,
};
pub use value::{Entry, KeyTemplate, Tree};

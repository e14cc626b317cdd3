//! What emitted code refers to (rulings 16, 17). Nothing here is for people.
//!
//! The module's number changes when emitted code of one version could not run on another.

/// Names of this version.
pub mod v1 {
    pub use std::borrow::Cow;
    pub use std::clone::Clone;
    pub use std::cmp::PartialEq;
    pub use std::convert::{From, Into};
    pub use std::default::Default;
    pub use std::fmt;
    pub use std::include_bytes;
    pub use std::ops::Deref;
    pub use std::option::Option::{self, None, Some};
    pub use std::primitive::{bool, f64, i64, str, u16, u64};
    pub use std::result::Result::{self, Err, Ok};
    pub use std::string::String;
    pub use std::sync::Arc;
    pub use std::vec;
    pub use std::vec::Vec;

    pub use bytes::Bytes;
    pub use serde_core as serde;
    pub use smol_str::SmolStr;

    pub use crate::__needs_js as needs_js;
    pub use crate::client::{
        Bundle, Call, CallFuture, Choice, Client, ClientBuilder, Generated, Input, Installation, Optional,
        Outcome, Pages, Plain, Response, RpcCall, RpcFuture, RpcShape, Search, SearchFuture, SearchStream,
        Shape, Trigger, WithResponse,
    };
    pub use crate::connection::{
        ConnectionRecord, ConnectionStore, Credentials, GivenConnection, StoredConnection,
    };
    pub use crate::convert::{
        self, FromBundle, FromValue, IntoValue, Secret, Secrets, ToObject, ToValue, put, take,
    };
    pub use crate::custom::custom;
    pub use crate::emitted::{
        NO_LIMITS, call, copy, fields, ifempty, instant_trigger, literal, own, parameter, pick, request,
        respond, response, search, some, take_bool, take_date, take_f64, take_i64, take_text, take_u64,
        take_value, trigger,
    };
    pub use crate::error::Error;
    pub use crate::form::Fields;
    #[cfg(feature = "js")]
    pub use crate::js;
    pub use crate::plan::{self, TextTemplate, ValueTemplate};
    pub use crate::scope::{Root, Scope, Site};
    pub use crate::template::Template;
    pub use crate::value::{Date, Number, Object, Value};
    pub use crate::webhook::{InstantTrigger, Respond, Webhook};
    pub use crate::{functions, ops};
}

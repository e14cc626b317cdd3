//! The variables that a template can see (connector.md 9).

use std::collections::BTreeMap;

use crate::value::Value;

/// Roots that have a slot of their own (connector.md 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Root {
    /// `parameters`
    Parameters,
    /// `connection`
    Connection,
    /// `common`
    Common,
    /// `data`
    Data,
    /// `temp`
    Temp,
    /// `body`
    Body,
    /// `headers`; its keys are compared without regard to case.
    Headers,
    /// `statusCode`
    StatusCode,
    /// `item`
    Item,
    /// `iterate`
    Iterate,
    /// `output`
    Output,
    /// `pagination`
    Pagination,
    /// `query`
    Query,
    /// `payload`
    Payload,
    /// `webhook`
    Webhook,
    /// `oauth`
    Oauth,
    /// `metadata`
    Metadata,
    /// `environment`
    Environment,
    /// `scenario`
    Scenario,
    /// `trigger`
    Trigger,
    /// `method`
    Method,
    /// `rawBody`
    RawBody,
    /// `uid`
    Uid,
}

impl Root {
    /// Every root, in order.
    pub const ALL: [(Self, &'static str); 23] = [
        (Self::Parameters, "parameters"),
        (Self::Connection, "connection"),
        (Self::Common, "common"),
        (Self::Data, "data"),
        (Self::Temp, "temp"),
        (Self::Body, "body"),
        (Self::Headers, "headers"),
        (Self::StatusCode, "statusCode"),
        (Self::Item, "item"),
        (Self::Iterate, "iterate"),
        (Self::Output, "output"),
        (Self::Pagination, "pagination"),
        (Self::Query, "query"),
        (Self::Payload, "payload"),
        (Self::Webhook, "webhook"),
        (Self::Oauth, "oauth"),
        (Self::Metadata, "metadata"),
        (Self::Environment, "environment"),
        (Self::Scenario, "scenario"),
        (Self::Trigger, "trigger"),
        (Self::Method, "method"),
        (Self::RawBody, "rawBody"),
        (Self::Uid, "uid"),
    ];

    /// Finds a root by the name that templates use.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(root, _)| *root)
    }
}

/// The variables that a template can see. Values are cheap to clone, so a scope owns them.
#[derive(Clone, Default)]
pub struct Scope {
    roots: [Value; Root::ALL.len()],
    others: BTreeMap<String, Value>,
}

impl Scope {
    /// An empty scope: every variable is undefined.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a root; undefined when it was not set.
    pub fn root(&self, root: Root) -> &Value {
        &self.roots[root as usize]
    }

    /// Sets a root.
    pub fn set(&mut self, root: Root, value: impl Into<Value>) {
        self.roots[root as usize] = value.into();
    }

    /// The value of a root that has no slot.
    pub fn named(&self, name: &str) -> &Value {
        self.others.get(name).unwrap_or(&Value::UNDEFINED)
    }

    /// Sets a variable by name, also one that has a slot.
    pub fn insert(&mut self, name: &str, value: impl Into<Value>) {
        match Root::find(name) {
            Some(root) => self.set(root, value),
            None => {
                self.others.insert(name.to_owned(), value.into());
            }
        }
    }

    /// The place of a template, for the errors of what is called there.
    pub fn at(&self, place: &'static str) -> Site<'_> {
        Site { scope: self, place }
    }
}

/// A scope and the place of the template that is running: what functions are given.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The scope, with clock, randomness and time zone.
    pub scope: &'a Scope,
    /// The template's place: file, line, column and key path.
    pub place: &'static str,
}

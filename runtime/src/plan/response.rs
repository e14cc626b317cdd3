//! Responses (connector.md 7, 8).

use super::{List, TextTemplate, ValueTemplate};

/// `response` (connector.md 7).
#[derive(Clone)]
pub struct Response {
    /// `type`: ranges of statuses, narrowest first.
    pub parse_as: List<(u16, u16, ParseAs)>,
    /// `temp`
    pub temp: Option<ValueTemplate>,
    /// `valid`
    pub valid: Option<Valid>,
    /// `error`
    pub error: Option<ErrorMap>,
    /// `iterate`
    pub iterate: Option<Iterate>,
    /// `output`
    pub output: Output,
    /// `limit`
    pub limit: Option<ValueTemplate>,
    /// `wrapper`
    pub wrapper: Option<ValueTemplate>,
    /// `trigger`
    pub trigger: Option<Trigger>,
    /// What connections and webhooks keep.
    pub account: Option<Account>,
    /// `unwrap` of endpoints.
    pub unwrap: bool,
}

/// What connections, attach and update keep of a response (connector.md 7.10).
#[derive(Clone)]
pub struct Account {
    /// `data`
    pub data: Option<ValueTemplate>,
    /// `metadata.value`
    pub metadata: Option<ValueTemplate>,
    /// `uid`
    pub uid: Option<ValueTemplate>,
    /// `expires`
    pub expires: Option<ValueTemplate>,
    /// `scope`
    pub scope: Option<ValueTemplate>,
    /// `oauth`
    pub oauth: Option<ValueTemplate>,
}

/// `output` (connector.md 7.7).
#[derive(Clone)]
pub enum Output {
    /// Absent: the body, or the item.
    Whole,
    /// Literally `null` or `false`: yields nothing.
    Nothing,
    /// A template.
    Template(ValueTemplate),
}

/// How a body is read (connector.md 7.2).
#[derive(Clone)]
pub enum ParseAs {
    /// By the content type.
    Automatic,
    /// `json`
    Json,
    /// `urlencoded`
    Urlencoded,
    /// `xml`
    Xml,
    /// `text`, `string`, `raw`
    Text,
    /// `binary`
    Binary,
    /// Decided when it runs.
    Template(TextTemplate),
}

/// `valid` (connector.md 7.5).
#[derive(Clone)]
pub struct Valid {
    /// The verdict; absent is the test of the status.
    pub condition: Option<ValueTemplate>,
    /// It reads `statusCode`.
    pub reads_status: bool,
    /// Message of its own.
    pub message: Option<ValueTemplate>,
    /// Type of its own.
    pub ty: Option<TextTemplate>,
}

/// `error` (connector.md 8.1).
#[derive(Clone)]
pub struct ErrorMap {
    /// For any status.
    pub general: ErrorEntry,
    /// By status.
    pub by_status: List<(u16, ErrorEntry)>,
}

/// Message and type of an error.
#[derive(Clone)]
pub struct ErrorEntry {
    /// `message`
    pub message: Option<ValueTemplate>,
    /// `type`
    pub ty: Option<TextTemplate>,
}

/// `iterate` (connector.md 7.6).
#[derive(Clone)]
pub struct Iterate {
    /// What to walk.
    pub container: ValueTemplate,
    /// Which items count.
    pub condition: Option<ValueTemplate>,
}

/// `trigger` (connector.md 11.4).
#[derive(Clone)]
pub struct Trigger {
    /// Compare dates instead of ids.
    pub by_date: bool,
    /// The order in which the service delivers.
    pub order: TriggerOrder,
    /// Id of an item.
    pub id: Option<ValueTemplate>,
    /// Date of an item.
    pub date: Option<ValueTemplate>,
}

/// The order in which a service delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TriggerOrder {
    /// Oldest first.
    Ascending,
    /// Newest first.
    Descending,
    /// No order.
    Unordered,
}

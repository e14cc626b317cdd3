//! Results of data sources (connector.md 18.4).

use super::result::shape;
use crate::error::Error;
use crate::value::{Object, Value};

/// What a data source is called with.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct DataSourceInput {
    /// `connection`
    pub connection: Value,
    /// `contextValue`: the value of another config variable.
    pub context_value: Value,
}

impl DataSourceInput {
    /// Neither connection nor context value.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the connection, mostly a [`ConnectionValue`](super::ConnectionValue).
    #[must_use]
    pub fn connection(mut self, connection: impl Into<Value>) -> Self {
        self.connection = connection.into();
        self
    }

    /// Sets the context value.
    #[must_use]
    pub fn context_value(mut self, value: impl Into<Value>) -> Self {
        self.context_value = value.into();
        self
    }

    pub(super) fn into_value(self) -> Value {
        let members = [("connection", self.connection), ("contextValue", self.context_value)];
        Value::from(members.into_iter().collect::<Object>())
    }
}

/// A form: its schema, its layout, and what it is filled with at first.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct JsonForm {
    /// `schema`: a JSON schema.
    pub schema: Value,
    /// `uiSchema`: the layout.
    pub ui_schema: Value,
    /// `data`
    pub data: Option<Value>,
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Element {
    /// `key`: what is stored.
    pub key: String,
    /// `label`: what is shown.
    pub label: Option<String>,
}

/// An object that can be chosen, with its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ObjectSelection {
    /// `object`
    pub object: Element,
    /// `fields`
    pub fields: Vec<Element>,
    /// `defaultSelected`
    pub default_selected: bool,
}

/// The result of a data source of any kind.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum DataSourceResult {
    /// `{ schema, uiSchema, data }`
    JsonForm(JsonForm),
    /// A list of objects with `object`.
    ObjectSelection(Vec<ObjectSelection>),
    /// A list of texts, or of objects with `key`.
    Picklist(Vec<Element>),
    /// Anything else, as text.
    String(String),
}

impl DataSourceResult {
    pub(super) fn read(returned: &Value) -> Result<Self, Error> {
        let result = returned.key("result");
        if !returned.key("schema").is_nullish() || !result.key("schema").is_nullish() {
            return JsonForm::read(returned).map(Self::JsonForm);
        }
        match result.as_array() {
            Some(items) if items.iter().any(|item| !item.key("object").is_nullish()) => {
                object_selection(returned).map(Self::ObjectSelection)
            }
            Some(_) => picklist(returned).map(Self::Picklist),
            None => string(returned).map(Self::String),
        }
    }
}

/// The result in the form in which code returns it.
impl From<DataSourceResult> for Value {
    fn from(result: DataSourceResult) -> Self {
        match result {
            DataSourceResult::JsonForm(form) => {
                let data = form.data.map(|data| ("data", data));
                let members = [("schema", form.schema), ("uiSchema", form.ui_schema)];
                Self::from(members.into_iter().chain(data).collect::<Object>())
            }
            DataSourceResult::ObjectSelection(objects) => {
                Self::array(objects.into_iter().map(Self::from).collect())
            }
            DataSourceResult::Picklist(choices) => Self::array(choices.into_iter().map(Self::from).collect()),
            DataSourceResult::String(text) => Self::from(text),
        }
    }
}

impl From<Element> for Value {
    fn from(element: Element) -> Self {
        let label = element.label.map(|label| ("label", Self::from(label)));
        Self::from([("key", Self::from(element.key))].into_iter().chain(label).collect::<Object>())
    }
}

impl From<ObjectSelection> for Value {
    fn from(selection: ObjectSelection) -> Self {
        let fields = Self::array(selection.fields.into_iter().map(Self::from).collect());
        let members = [
            ("object", Self::from(selection.object)),
            ("fields", fields),
            ("defaultSelected", Self::from(selection.default_selected)),
        ];
        Self::from(members.into_iter().collect::<Object>())
    }
}

impl JsonForm {
    pub(super) fn read(returned: &Value) -> Result<Self, Error> {
        let form = match returned.key("result") {
            wrapped @ Value::Object(_) if returned.key("schema").is_nullish() => wrapped,
            _ => returned,
        };
        for name in ["schema", "uiSchema"] {
            if form.key(name).as_object().is_none() {
                return Err(shape(name, "an object", form.key(name)));
            }
        }
        let data = Some(form.key("data").clone()).filter(|data| !data.is_nullish());
        if let Some(data) = data.as_ref().filter(|data| data.as_object().is_none()) {
            return Err(shape("data", "an object", data));
        }
        Ok(Self { schema: form.key("schema").clone(), ui_schema: form.key("uiSchema").clone(), data })
    }
}

impl Element {
    fn read(value: &Value, name: &str) -> Result<Self, Error> {
        let key = match value.key("key") {
            Value::Text(key) => key.to_string(),
            number @ Value::Number(_) => number.to_text().to_string(),
            other => return Err(shape(&format!("{name}.key"), "text", other)),
        };
        let label = match value.key("label") {
            Value::Undefined | Value::Null => None,
            Value::Text(label) => Some(label.to_string()),
            other => return Err(shape(&format!("{name}.label"), "text", other)),
        };
        Ok(Self { key, label })
    }
}

fn list<'a>(value: &'a Value, name: &str) -> Result<&'a [Value], Error> {
    value.as_array().ok_or_else(|| shape(name, "a list", value))
}

/// `result`: a list of texts, or of keys with labels.
pub(super) fn picklist(returned: &Value) -> Result<Vec<Element>, Error> {
    let items = list(returned.key("result"), "result")?.iter().enumerate();
    let read = |(at, item): (usize, &Value)| match item {
        Value::Text(key) => Ok(Element { key: key.to_string(), label: None }),
        Value::Object(_) => Element::read(item, &format!("result[{at}]")),
        other => Err(shape(&format!("result[{at}]"), "text or an object with `key`", other)),
    };
    items.map(read).collect()
}

/// `result`: a list of objects with their fields.
pub(super) fn object_selection(returned: &Value) -> Result<Vec<ObjectSelection>, Error> {
    let items = list(returned.key("result"), "result")?.iter().enumerate();
    let read = |(at, item): (usize, &Value)| {
        let name = format!("result[{at}]");
        let fields = match item.key("fields") {
            Value::Undefined | Value::Null => Vec::new(),
            fields => list(fields, &format!("{name}.fields"))?
                .iter()
                .map(|field| Element::read(field, &format!("{name}.fields")))
                .collect::<Result<_, _>>()?,
        };
        let object = Element::read(item.key("object"), &format!("{name}.object"))?;
        Ok(ObjectSelection { object, fields, default_selected: item.key("defaultSelected").is_truthy() })
    };
    items.map(read).collect()
}

/// `result`: text, or what becomes text.
pub(super) fn string(returned: &Value) -> Result<String, Error> {
    match returned.key("result") {
        none @ (Value::Undefined | Value::Null) => Err(shape("result", "text", none)),
        value => Ok(value.to_text().to_string()),
    }
}

//! Fields that a service supplies.

use super::choice::Choice;
use super::{check, read, resolve};
use crate::client::{Client, Input};
use crate::error::Error;
use crate::scope::Scope;
use crate::validate;
use crate::value::{Object, Value};

/// Fields of a form that an RPC supplies.
///
/// They cannot be types: their values go into `extra` of an input (`set`). [`Fields::check`] checks them as the client
/// checks the fields that it knows.
///
/// ```
/// use linchpin::form::Fields;
/// use linchpin::Value;
///
/// let told = br#"[{"name": "size", "type": "uinteger", "required": true}, {"name": "note", "type": "text"}]"#;
/// let fields = Fields::read(&Value::parse_json(told)?)?;
/// let mut values = linchpin::Object::new();
/// values.set("note", "fragile");
/// assert!(fields.check(&mut values).is_err());
/// values.set("size", "3");
/// fields.check(&mut values)?;
/// assert_eq!(values.get("size"), Some(&Value::from(3)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Fields {
    /// The fields, in order. Those that show something and hold nothing are left out.
    pub list: Vec<Field>,
    /// RPCs that supply more fields: [`Fields::resolve`] calls them.
    pub more: Vec<RpcReference>,
}

/// One field of a form.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Field {
    /// The key of its value.
    pub name: String,
    /// What a user sees; the name, where the RPC gives no label.
    pub label: String,
    /// Its type, as connectors name types; `any` where the RPC says none.
    pub kind: String,
    /// It must be filled in.
    pub required: bool,
    /// What it begins with.
    pub default: Value,
    /// Options that are listed in it.
    pub choices: Vec<Choice>,
    /// The RPC that lists its options.
    pub options_from: Option<RpcReference>,
    /// Of a collection, or of an array whose items are collections: what is in it.
    pub members: Fields,
    /// Of an array whose items are no collections: each of them.
    pub item: Option<Box<Field>>,
    /// Fields of its own level that appear with a value of it.
    pub nested: Vec<NestedFields>,
    /// All that the RPC says about it.
    pub definition: Object,
    /// Its options were listed by an RPC, which leaves other values to their users (connector.md 15.4).
    pub(super) is_listed: bool,
}

/// Fields of one level that appear with a value of another field (connector.md 14.2).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct NestedFields {
    /// The value.
    pub when: When,
    /// The fields.
    pub fields: Fields,
}

/// The value with which fields appear.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum When {
    /// This one.
    Is(Value),
    /// Any, unless the option that is chosen has fields of its own.
    Filled,
    /// None: nothing is chosen.
    Empty,
}

/// A reference to another RPC, `rpc://name?key=value` (connector.md 14.1).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RpcReference {
    /// The RPC's name in the connector.
    pub name: String,
    /// Parameters that it is given besides the values of the form; they win.
    pub parameters: Object,
    /// How many fields stand in front of those that it supplies.
    pub(super) at: usize,
}

impl Fields {
    /// Reads what an RPC has given.
    ///
    /// # Errors
    /// `Runtime` for what is no list of fields: it says which item is none, and why.
    pub fn read(result: &Value) -> Result<Self, Error> {
        read::fields(result)
    }

    /// The field of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Field> {
        self.list.iter().find(|field| field.name == name)
    }

    /// The fields that a form with these values shows. Those that appear with a value belong to the level of the field
    /// that they wait for, and stand behind it (connector.md 14.2).
    #[must_use]
    pub fn shown(&self, values: &Object) -> Vec<&Field> {
        let mut shown = Vec::with_capacity(self.list.len());
        for field in &self.list {
            shown.push(field);
            let nested = field.appearing(values).into_iter().filter_map(|at| field.nested.get(at));
            nested.for_each(|nested| shown.extend(nested.fields.shown(values)));
        }
        shown
    }

    /// Calls the RPCs that the fields refer to, and puts what they give in place of the references: further fields,
    /// members of collections and arrays, options, and fields that appear with the values that `form` has. What those
    /// refer to is followed as well (connector.md 14.2).
    ///
    /// Each RPC is given the values of `form`, and what stands behind its name, which wins. Values that are none of
    /// the options that an RPC lists are taken (connector.md 15.4). A reference to an RPC that the connector does not
    /// have stays as it is.
    ///
    /// # Errors
    /// Those of the calls; `Runtime` when RPCs refer to one another in a circle, or more than 10 deep, and for results
    /// that are no fields or options; `PageLimit` for more than 100 calls or 10,000 fields.
    pub async fn resolve(&self, client: &Client, form: impl Input) -> Result<Self, Error> {
        // The form may be of a type that cannot move between threads; its values can.
        resolve::resolve(client.clone(), form.into_object(), self.clone()).await
    }

    /// Checks values against the fields, those of nested forms included, and converts what forms convert. Values that
    /// belong to no field are left alone.
    ///
    /// # Errors
    /// `Data`, with every violation and its path, such as `address.city`. Values are never shown.
    pub fn check(&self, values: &mut Object) -> Result<(), Error> {
        validate::check(&check::parameters(self), values, true, &Scope::new())
    }
}

impl Field {
    /// Which of its nested fields appear, in a form whose level has these values.
    pub(super) fn appearing(&self, values: &Object) -> Vec<usize> {
        let value = values.get(&self.name).cloned().unwrap_or_default();
        validate::appearing(&check::parameter(self), &value)
    }
}

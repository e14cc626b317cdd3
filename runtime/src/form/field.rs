//! Fields that a service supplies.

use super::choice::Choice;
use super::read;
use crate::error::Error;
use crate::plan::Parameter;
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
    /// RPCs that supply more fields: call each with the values of the form and what it says itself.
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
    /// All that the RPC says about it.
    pub definition: Object,
    pub(super) parameter: Parameter,
}

/// A reference to another RPC, `rpc://name?key=value` (connector.md 14.1).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RpcReference {
    /// The RPC's name in the connector.
    pub name: String,
    /// Parameters that it is given besides the values of the form; they win.
    pub parameters: Object,
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

    /// Checks values against the fields, those of nested forms included, and converts what forms convert. Values that
    /// belong to no field are left alone.
    ///
    /// # Errors
    /// `Data`, with every violation and its path, such as `address.city`. Values are never shown.
    pub fn check(&self, values: &mut Object) -> Result<(), Error> {
        let parameters: Vec<Parameter> = self.list.iter().map(|field| field.parameter.clone()).collect();
        validate::check(&parameters, values, true, &Scope::new())
    }
}

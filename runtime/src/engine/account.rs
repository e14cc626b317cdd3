//! What answers leave behind: `response.data`, `metadata`, `uid` (connector.md 7.10).

use super::eval;
use crate::error::Error;
use crate::plan::Account;
use crate::scope::Scope;
use crate::value::{Object, Value};

/// What a run has learned, kept until it is known to have succeeded as a whole.
#[derive(Clone, Default)]
pub(crate) struct Kept {
    /// Keys to store.
    pub(crate) data: Object,
    /// What tells the account to its user.
    pub(crate) metadata: Option<Value>,
    /// The stable id of the account.
    pub(crate) uid: Option<Value>,
    /// Until when the connection can be used.
    pub(crate) expires: Option<Value>,
}

impl Kept {
    /// Evaluates the directives over one answer. Gives the new keys, undefined ones left out.
    pub(crate) fn learn(&mut self, account: &Account, scope: &Scope) -> Result<Object, Error> {
        let mut fresh = Object::new();
        if let Some(Value::Object(mut data)) = eval::optional(account.data.as_ref(), scope)? {
            data.retain(|_, value| !matches!(value, Value::Undefined));
            self.data.spread(&Value::from(data.clone()));
            fresh = data;
        }
        for (slot, template) in [
            (&mut self.metadata, &account.metadata),
            (&mut self.uid, &account.uid),
            (&mut self.expires, &account.expires),
        ] {
            if let Some(value) = eval::optional(template.as_ref(), scope)?.filter(|value| !value.is_nullish())
            {
                *slot = Some(value);
            }
        }
        Ok(fresh)
    }
}

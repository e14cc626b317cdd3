//! What answers leave behind: `response.data`, `metadata`, `uid` (connector.md 7.10).

use super::eval;
use super::job::Job;
use super::run::Run;
use crate::error::Error;
use crate::plan::Account;
use crate::scope::{Root, Scope};
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
    /// Scopes that were granted.
    pub(crate) scope: Vec<String>,
    /// Keys that were to be stored and that the answer does not have.
    pub(crate) missing: Vec<String>,
}

impl Kept {
    /// Evaluates the directives over one answer. Gives the new keys, undefined ones left out, and what went wrong:
    /// a server may give a token only once, so what can be read is kept whatever else fails.
    pub(crate) fn learn(&mut self, account: &Account, scope: &Scope) -> (Object, Result<(), Error>) {
        let mut fresh = Object::new();
        let mut failed = None;
        let data = account.data.as_ref().map(|data| eval::members(data, scope));
        match data.transpose() {
            Ok(Some((Value::Object(mut data), error))) => {
                let missing = data.iter().filter(|(_, value)| value.is_blank());
                self.missing.extend(missing.map(|(key, _)| key.to_string()));
                data.retain(|_, value| !matches!(value, Value::Undefined));
                self.data.spread(&Value::from(data.clone()));
                fresh = data;
                failed = error;
            }
            Ok(_) => {}
            Err(error) => failed = Some(error),
        }
        let result = failed.map_or(Ok(()), Err).and_then(|()| self.learn_rest(account, scope));
        (fresh, result)
    }

    fn learn_rest(&mut self, account: &Account, scope: &Scope) -> Result<(), Error> {
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
        let scopes = eval::optional(account.scope.as_ref(), scope)?.map(|granted| list(&granted));
        if let Some(scopes) = scopes.filter(|scopes| !scopes.is_empty()) {
            self.scope = scopes;
        }
        Ok(())
    }
}

impl Run {
    /// Keeps what an answer leaves behind, and shows it to what follows.
    pub(super) fn remember(&mut self, account: &Account) -> Result<(), Error> {
        let (fresh, result) = self.kept.learn(account, &self.scope);
        self.show_kept(fresh);
        result?;
        self.remember_oauth(account)
    }

    /// Keys that an answer adds are seen at once.
    fn show_kept(&mut self, fresh: Object) {
        if fresh.is_empty() {
            return;
        }
        let fresh = Value::from(fresh);
        let roots: &[Root] = match self.job {
            Job::Verify(..) | Job::Phase(..) => &[Root::Data, Root::Parameters, Root::Connection],
            Job::Hook(..) => &[Root::Data, Root::Webhook],
            _ => &[Root::Data],
        };
        for root in roots {
            let slot = self.scope.root_mut(*root);
            let mut merged = slot.as_object().cloned().unwrap_or_default();
            merged.spread(&fresh);
            *slot = Value::from(merged);
        }
        if let Some(name) = self.job.data_key() {
            self.core.keep_module_data(name, &fresh);
        }
    }

    /// `response.oauth` becomes part of `oauth.*` (connector.md 7.1).
    fn remember_oauth(&mut self, account: &Account) -> Result<(), Error> {
        if let Some(fresh @ Value::Object(_)) = eval::optional(account.oauth.as_ref(), &self.scope)? {
            let slot = self.scope.root_mut(Root::Oauth);
            let mut merged = slot.as_object().cloned().unwrap_or_default();
            merged.spread(&fresh);
            *slot = Value::from(merged);
        }
        Ok(())
    }
}

/// Scopes as servers write them: a list, or a text with spaces or commas (connector.md 10.3).
fn list(granted: &Value) -> Vec<String> {
    let text = |item: &Value| item.to_text();
    let words = granted.items().iter().filter(|item| !item.is_nullish()).map(text);
    let split = |text: smol_str::SmolStr| -> Vec<String> {
        text.split([' ', ',']).filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
    };
    words.flat_map(split).collect()
}

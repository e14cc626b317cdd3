//! Follows the RPCs that fields refer to (connector.md 14.2).

use std::collections::HashMap;
use std::pin::pin;

use super::choice::choices;
use super::field::{Field, Fields, RpcReference};
use super::read;
use crate::client::Client;
use crate::client::setup::{Ticket, within};
use crate::engine::filter;
use crate::error::{Error, ErrorKind};
use crate::plan::{Connector, Module, Plan};
use crate::resilience::RetryPolicy;
use crate::transport::BoxFuture;
use crate::value::{Date, Object, Value};

/// RPCs that refer to one another are followed this far.
const MOST_DEEP: usize = 10;
/// Calls for one form, and fields of it, which are more than any form needs.
const MOST_CALLS: usize = 100;
const MOST_FIELDS: usize = 10_000;

/// Fields with all that they refer to, for a form with these values.
pub(super) async fn resolve(client: Client, form: Object, fields: Fields) -> Result<Fields, Error> {
    let limit = client.core()?.call_timeout;
    within(limit, "form", pin!(Resolver::new(client, form).run(fields))).await
}

/// Calls RPCs for one form.
pub(crate) struct Resolver {
    client: Client,
    form: Object,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) deadline: Option<Date>,
    /// The RPCs whose results lead to where we are.
    chain: Vec<RpcReference>,
    /// What the RPCs have given, by name and parameters.
    given: HashMap<(String, String), Value>,
    fields: usize,
}

impl Resolver {
    pub(crate) fn new(client: Client, form: Object) -> Self {
        let (chain, given) = (Vec::new(), HashMap::new());
        Self { client, form, retry: None, deadline: None, chain, given, fields: 0 }
    }

    /// Goes on behind an RPC that has been called already.
    pub(crate) fn behind(mut self, name: &str, parameters: Object) -> Self {
        self.chain.push(RpcReference { name: name.to_owned(), parameters, at: 0 });
        self
    }

    pub(crate) async fn run(mut self, mut fields: Fields) -> Result<Fields, Error> {
        let form = self.form.clone();
        self.level(&mut fields, &form).await?;
        Ok(fields)
    }

    /// The fields of one level, which has these values.
    fn level<'w>(
        &'w mut self,
        fields: &'w mut Fields,
        values: &'w Object,
    ) -> BoxFuture<'w, Result<(), Error>> {
        Box::pin(async move {
            for field in &mut fields.list {
                self.field(field, values).await?;
            }
            // From the last one on, so that the places of the others stay as they are.
            for reference in std::mem::take(&mut fields.more).into_iter().rev() {
                let Some(told) = self.follow(&reference).await? else {
                    fields.more.insert(0, reference);
                    continue;
                };
                let mut more = Fields::read(&told).map_err(|error| error.in_module(&reference.name))?;
                self.level(&mut more, values).await?;
                self.chain.pop();
                let at = reference.at.min(fields.list.len());
                fields.list.splice(at..at, more.list);
                fields.more.extend(more.more);
            }
            read::keep_first(&mut fields.list);
            Ok(())
        })
    }

    async fn field(&mut self, field: &mut Field, values: &Object) -> Result<(), Error> {
        self.fields += 1;
        if self.fields > MOST_FIELDS {
            return Err(Error::new(
                ErrorKind::PageLimit,
                format!("the form has more than {MOST_FIELDS} fields"),
            ));
        }
        self.options(field).await?;
        let own = match values.get(&field.name) {
            Some(Value::Object(own)) => own.clone(),
            _ => Object::new(),
        };
        self.level(&mut field.members, &own).await?;
        if let Some(item) = &mut field.item {
            Box::pin(self.field(item, &Object::new())).await?;
        }
        // Only what appears is followed: its RPCs are given the value with which it does.
        for at in field.appearing(values) {
            if let Some(nested) = field.nested.get_mut(at) {
                self.level(&mut nested.fields, values).await?;
            }
        }
        Ok(())
    }

    async fn options(&mut self, field: &mut Field) -> Result<(), Error> {
        let Some(reference) = field.options_from.clone() else { return Ok(()) };
        let Some(told) = self.follow(&reference).await? else { return Ok(()) };
        self.chain.pop();
        let in_rpc = |error: Error| error.in_module(&reference.name);
        let options = field.definition.get("options").unwrap_or(&Value::UNDEFINED);
        field.choices = choices(&told, &read::keys(options)).map_err(in_rpc)?;
        let of_choices = read::nested_of_choices(&field.choices).map_err(in_rpc)?;
        field.nested.splice(0..0, of_choices);
        field.options_from = None;
        field.is_listed = true;
        Ok(())
    }

    /// What an RPC gives, which then leads on; `None` for one that the connector does not have.
    async fn follow(&mut self, reference: &RpcReference) -> Result<Option<Value>, Error> {
        let core = self.client.core()?;
        let Some(rpc) = find(&core.plan, &reference.name) else {
            tracing::warn!(target: "linchpin", rpc = reference.name, "fields refer to an RPC that is not there");
            return Ok(None);
        };
        self.check_chain(reference)?;
        let parameters = Value::from(reference.parameters.clone()).to_json().unwrap_or_default();
        let key = (reference.name.clone(), parameters);
        let told = match self.given.get(&key) {
            Some(told) => told.clone(),
            None => self.call(rpc, reference).await?,
        };
        self.given.insert(key, told.clone());
        self.chain.push(reference.clone());
        Ok(Some(told))
    }

    async fn call(&self, rpc: Plan<Module>, reference: &RpcReference) -> Result<Value, Error> {
        if self.given.len() >= MOST_CALLS {
            let message = format!("the form needs more than {MOST_CALLS} calls of RPCs");
            return Err(Error::new(ErrorKind::PageLimit, message).in_module(&reference.name));
        }
        let mut input = self.form.clone();
        input.spread(&Value::from(reference.parameters.clone()));
        let mut ticket = Ticket::new(&self.client, rpc, input);
        ticket.retry.clone_from(&self.retry);
        ticket.deadline = self.deadline;
        let result = ticket.begin().await?.finish().await?;
        Ok(filter::rpc(result))
    }

    fn check_chain(&self, reference: &RpcReference) -> Result<(), Error> {
        let is_same =
            |known: &RpcReference| known.name == reference.name && known.parameters == reference.parameters;
        let complaint = if self.chain.iter().any(is_same) {
            "RPCs refer to one another in a circle".to_owned()
        } else if self.chain.len() >= MOST_DEEP {
            format!("RPCs refer to one another more than {MOST_DEEP} deep")
        } else {
            return Ok(());
        };
        let names = self.chain.iter().chain([reference]).map(|reference| reference.name.as_str());
        let path = names.collect::<Vec<_>>().join(" > ");
        Err(super::wrong(format!("{complaint}: {path}")).in_module(&reference.name))
    }
}

/// The RPC of this name.
fn find(connector: &Plan<Connector>, name: &str) -> Option<Plan<Module>> {
    match connector {
        Plan::Static(connector) => connector.rpcs.iter().find(|rpc| rpc.name == name).map(Plan::Static),
        Plan::Shared(connector) => {
            let rpc = connector.rpcs.iter().find(|rpc| rpc.name == name).cloned();
            rpc.map(|rpc| Plan::Shared(rpc.into()))
        }
    }
}

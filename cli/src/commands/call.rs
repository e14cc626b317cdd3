//! `linchpin call`: runs one module and prints what it gives.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use futures_util::StreamExt;
use linchpin::client::{Call, Client, RpcCall, Search, Trigger};
use linchpin::plan::{Module, ModuleKind, Plan};
use linchpin::{Object, Value};

use crate::form::fill_defaults;
use crate::given::{Given, given, read_object};
use crate::opened::{Opened, Place};
use crate::output::{hand_over, print, told};
use crate::settings::Settings;
use crate::state::State;
use crate::stored::{self, Store};

/// Run one module of a connector and print its bundles
///
/// Each bundle is one line of JSON, printed as soon as it is there. Runs actions, searches, universal modules and RPCs,
/// with the connection that `linchpin login` has stored, and polls triggers: what is new since the last run.
#[derive(Args)]
#[command(after_help = "\
Examples:
  linchpin call tasks.json getTask --param taskId=t_1
  linchpin call tasks.json listTasks --take 10 | jq .title
  linchpin call apps/crm createDeal --input deal.json
  linchpin call apps/crm watchDeals --state deals.state --start 2026-01-31
  echo '{\"name\": \"Ada\"}' | linchpin call apps/crm createDeal --input -")]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Id of the module or RPC
    module: String,
    /// A JSON file with an object of parameters; `-` reads the standard input
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// A parameter, which wins over the file; texts become what the parameter's type asks for
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = given)]
    parameters: Vec<Given>,
    /// End after this many bundles of a search
    #[arg(long, value_name = "COUNT")]
    take: Option<u64>,
    #[command(flatten)]
    state: State,
    #[command(flatten)]
    store: Store,
    #[command(flatten)]
    settings: Settings,
}

/// Calls the module; false when the connector does not compile.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let Some(opened) = arguments.place.open() else { return Ok(false) };
    let target = target(&opened, &arguments.module)?;
    let input = arguments.values(&opened)?;
    let connection = arguments.store.connection_for(&opened, &target)?;
    let mut builder = arguments.settings.builder(&opened, connection.as_ref().map(|(name, _)| *name))?;
    if let Some((_, connection)) = connection {
        builder = builder.connection(connection);
    }
    let client = builder.build().map_err(|error| told(&error))?;
    if target.kind == ModuleKind::Trigger {
        let epoch = opened.plans.epoch(&target.name).map(Plan::from);
        return poll(&Trigger::new(&client, target.clone(), epoch, input), &target, &arguments.state)
            .map(|()| true);
    }
    arguments.state.check_unused()?;
    let work = show(&client, target, input, arguments.take);
    crate::runtime()?.block_on(work).map_err(|error| stored::describe(&error))?;
    Ok(true)
}

impl Arguments {
    /// The parameters: of the file, of the command line, which wins, and what the connector says of the rest.
    fn values(&self, opened: &Opened) -> Result<Object, String> {
        let mut input = self.input.as_deref().map(read_object).transpose()?.unwrap_or_default();
        for given in &self.parameters {
            input.set(given.name.as_str(), given.read("PARAM")?.as_str());
        }
        if let Some(module) = opened.connector.modules.iter().find(|module| module.id.value == self.module) {
            fill_defaults(&module.parameters, &mut input);
        }
        Ok(input)
    }
}

/// The module or RPC with this id.
fn target(opened: &Opened, id: &str) -> Result<Arc<Module>, String> {
    let plans = &opened.plans;
    let found = plans.module(id).or_else(|| plans.rpc(id)).ok_or_else(|| {
        let ids = || plans.modules.iter().chain(&plans.rpcs).map(|module| &*module.name);
        match linchpin_spec::similar::nearest(id, ids()) {
            Some(similar) => format!("there is no module or RPC `{id}`; did you mean `{similar}`?"),
            None => format!(
                "there is no module or RPC `{id}`; there are {}",
                ids().collect::<Vec<_>>().join(", ")
            ),
        }
    })?;
    let is_fed = matches!(found.kind, ModuleKind::InstantTrigger | ModuleKind::Responder)
        || found.kind == ModuleKind::Trigger && found.code.is_some();
    match is_fed {
        true => Err(format!(
            "`{id}` waits for requests that a service sends; `call` runs actions, searches, universal modules, RPCs \
             and polling triggers"
        )),
        false => Ok(found),
    }
}

/// Prints what is new since the state, which is kept when somebody has taken all of it.
fn poll(trigger: &Trigger<Value>, module: &Module, state: &State) -> Result<(), String> {
    let by_date = module.requests.last().and_then(|last| last.response.trigger.as_ref());
    let mut now = state.load(by_date.is_some_and(|trigger| trigger.by_date))?;
    let bundles =
        crate::runtime()?.block_on(trigger.poll(&mut now)).map_err(|error| stored::describe(&error))?;
    if !bundles.iter().all(|bundle| hand_over(&line(bundle))) {
        return Err("nobody takes the bundles; the state stays as it was".to_owned());
    }
    state.save(&now)
}

async fn show(
    client: &Client,
    module: Arc<Module>,
    input: Object,
    take: Option<u64>,
) -> Result<(), linchpin::Error> {
    let put = |value: &Value| print(&line(value));
    match module.kind {
        ModuleKind::Search => {
            let search = Search::<Value>::new(client, module, input);
            let mut bundles = search.take(take.unwrap_or(u64::MAX)).stream();
            while let Some(bundle) = bundles.next().await {
                put(&bundle?);
            }
        }
        ModuleKind::Rpc => put(&RpcCall::<Value>::new(client, module, input).await?),
        _ => Call::<Value>::new(client, module, input).optional().await?.iter().for_each(put),
    }
    Ok(())
}

/// A value as a line of JSON.
fn line(value: &Value) -> String {
    format!("{}\n", value.to_json().as_deref().unwrap_or("null"))
}

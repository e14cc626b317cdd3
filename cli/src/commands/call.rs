//! `linchpin call`: runs one module and prints what it gives.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use futures_util::StreamExt;
use linchpin::client::{Call, Client, RpcCall, Search};
use linchpin::plan::{Module, ModuleKind};
use linchpin::{Object, Value};

use crate::given::{Given, given, read_object};
use crate::opened::{Opened, Place};
use crate::output::{print, told};
use crate::settings::Settings;
use crate::stored::{self, Store};

/// Run one module of a connector and print its bundles
///
/// Each bundle is one line of JSON, printed as soon as it is there. Runs actions, searches, universal modules and RPCs,
/// with the connection that `linchpin login` has stored.
#[derive(Args)]
#[command(after_help = "\
Examples:
  linchpin call tasks.json getTask --param taskId=t_1
  linchpin call tasks.json listTasks --take 10 | jq .title
  linchpin call apps/crm createDeal --input deal.json
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
    store: Store,
    #[command(flatten)]
    settings: Settings,
}

/// Calls the module; false when the connector does not compile.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let Some(opened) = arguments.place.open() else { return Ok(false) };
    let target = target(&opened, &arguments.module)?;
    let mut input = arguments.input.as_deref().map(read_object).transpose()?.unwrap_or_default();
    for given in &arguments.parameters {
        input.set(given.name.as_str(), given.read("PARAM")?.as_str());
    }
    let mut builder = arguments.settings.builder(&opened)?;
    if let Some(connection) = arguments.store.connection_for(&opened, &target)? {
        builder = builder.connection(connection);
    }
    let client = builder.build().map_err(|error| told(&error))?;
    let work = show(&client, target, input, arguments.take);
    crate::runtime()?.block_on(work).map_err(|error| stored::describe(&error))?;
    Ok(true)
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
    match found.kind {
        ModuleKind::Trigger | ModuleKind::InstantTrigger | ModuleKind::Responder => {
            Err(format!("`{id}` waits for events; `call` runs actions, searches, universal modules and RPCs"))
        }
        _ => Ok(found),
    }
}

async fn show(
    client: &Client,
    module: Arc<Module>,
    input: Object,
    take: Option<u64>,
) -> Result<(), linchpin::Error> {
    match module.kind {
        ModuleKind::Search => {
            let search = Search::<Value>::new(client, module, input);
            let mut bundles = search.take(take.unwrap_or(u64::MAX)).stream();
            while let Some(bundle) = bundles.next().await {
                line(&bundle?);
            }
        }
        ModuleKind::Rpc => line(&RpcCall::<Value>::new(client, module, input).await?),
        _ => Call::<Value>::new(client, module, input).optional().await?.iter().for_each(line),
    }
    Ok(())
}

/// Prints one value as a line of JSON.
fn line(value: &Value) {
    print(&format!("{}\n", value.to_json().as_deref().unwrap_or("null")));
}

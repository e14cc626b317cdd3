//! The generated client, as data.

use linchpin_spec::facts;
use linchpin_spec::model::{
    Connection, Connector, DataSource, Field, Module, ModuleKind, Request, Rpc, Webhook,
};

use super::doc;
use super::forms::{self, RpcUse};
use super::javascript::{JavaScript, javascript};
use super::names::{self, Namespace};
use super::structs::Types;
use super::types::{Enum, Role, Struct};

/// Types that every client has, and the variant of `Connection` that is no type.
const RESERVED_TYPES: &[&str] =
    &["Client", "ClientBuilder", "Connection", "DataSources", "Endpoints", "Rpc", "Stored", "Webhooks"];
/// Methods that every client has.
const RESERVED_METHODS: &[&str] = &[
    "new",
    "builder",
    "endpoints",
    "rpc",
    "data_sources",
    "webhooks",
    "verify",
    "metadata",
    "uid",
    "connection_value",
    "refresh",
    "revoke",
    "connection_record",
    "expires",
    "code_connection",
];

/// Everything that is generated for a connector.
pub(crate) struct Api<'a> {
    /// The connector, reduced to what is kept.
    pub(crate) connector: &'a Connector,
    /// Ways to log in.
    pub(crate) connections: Vec<ConnectionType>,
    /// Methods of the client.
    pub(crate) calls: Vec<Call<'a>>,
    /// Methods of the accessor of endpoints.
    pub(crate) endpoints: Vec<EndpointCall>,
    /// Methods of the RPC accessor.
    pub(crate) rpcs: Vec<RpcCall<'a>>,
    /// Methods of the accessor of webhooks.
    pub(crate) webhooks: Vec<WebhookType<'a>>,
    /// Methods of the accessor of data sources.
    pub(crate) sources: Vec<SourceCall<'a>>,
    /// What runs in JavaScript.
    pub(crate) javascript: JavaScript<'a>,
    /// Structs, in the order in which they are emitted.
    pub(crate) structs: Vec<Struct>,
    /// Enums.
    pub(crate) enums: Vec<Enum>,
    /// Hosts that may be sent credentials (rulings 35).
    pub(crate) hosts: Vec<String>,
}

/// A connection and its struct.
pub(crate) struct ConnectionType {
    /// Name of its struct and of its variant.
    pub(crate) name: String,
    /// Keys that only its verification sets (rulings 24).
    pub(crate) learned: Vec<String>,
}

/// A method of the client.
pub(crate) struct Call<'a> {
    /// The module.
    pub(crate) module: &'a Module,
    /// Its kind.
    pub(crate) kind: CallKind,
    /// Name of the method.
    pub(crate) method: String,
    /// Name of the input struct.
    pub(crate) input: String,
    /// Name of the output struct; `None` where every output is literally nothing (rulings 19).
    pub(crate) output: Option<String>,
    /// Lines of the method's doc comment.
    pub(crate) doc: Vec<String>,
}

/// What a method returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallKind {
    /// One bundle.
    Call,
    /// A list of bundles, or a stream of them.
    Search,
    /// What is new.
    Trigger,
    /// Code that an HTTP request starts.
    CodeTrigger,
    /// The bundles of a webhook.
    InstantTrigger,
    /// An answer to a webhook's caller.
    Responder,
}

/// A method of the accessor of endpoints, in the order of the connector's endpoints.
pub(crate) struct EndpointCall {
    /// Name of the method.
    pub(crate) method: String,
    /// Name of the input struct.
    pub(crate) input: String,
    /// Name of the output struct.
    pub(crate) output: String,
    /// Its result is a list, rather than one bundle (connector.md 17).
    pub(crate) lists: bool,
    /// Lines of the method's doc comment.
    pub(crate) doc: Vec<String>,
}

/// A webhook and the struct of its form.
pub(crate) struct WebhookType<'a> {
    /// The webhook.
    pub(crate) webhook: &'a Webhook,
    /// Name of the method.
    pub(crate) method: String,
    /// Name of the struct.
    pub(crate) form: String,
    /// Lines of the method's doc comment.
    pub(crate) doc: Vec<String>,
}

/// A method of the RPC accessor.
pub(crate) struct RpcCall<'a> {
    /// The RPC.
    pub(crate) rpc: &'a Rpc,
    /// Name of the method.
    pub(crate) method: String,
    /// What it lists; otherwise its result is a plain value (connector.md 14.2).
    pub(crate) lists: Option<RpcUse>,
    /// Lines of the method's doc comment.
    pub(crate) doc: Vec<String>,
}

/// A method of the accessor of data sources.
pub(crate) struct SourceCall<'a> {
    /// The data source.
    pub(crate) source: &'a DataSource,
    /// Name of the method.
    pub(crate) method: String,
    /// Lines of the method's doc comment.
    pub(crate) doc: Vec<String>,
}

/// Names everything and finds the types. `in_rust` tells custom functions that are given in Rust.
pub(crate) fn lower<'a>(connector: &'a Connector, in_rust: &dyn Fn(&str) -> bool) -> Api<'a> {
    let mut type_names = Namespace::reserving(RESERVED_TYPES);
    let called: Vec<(&Module, CallKind)> =
        connector.modules.iter().filter_map(|module| Some((module, kind(module)?))).collect();
    let natural = called.iter().map(|(module, _)| names::ty(&module.id.value)).collect();
    let inputs = type_names.claim_all(natural);
    let ids = connector.connections.iter().map(|connection| &connection.id);
    let connection_names = type_names.claim_for("Connection", ids);
    let forms = type_names.claim_for("Webhook", connector.webhooks.iter().map(|webhook| &webhook.id));
    let natural = called.iter().map(|(module, _)| names::value(&module.id.value)).collect();
    let methods = Namespace::reserving(RESERVED_METHODS).claim_all(natural);

    let with_output = called.iter().zip(&inputs).filter(|((module, kind), _)| has_output(module, *kind));
    let natural = with_output.map(|(_, input)| format!("{}Output", input.trim_end_matches('_'))).collect();
    let mut outputs = type_names.claim_all(natural).into_iter();

    let endpoint_names = endpoint_names(connector, &mut type_names);
    let installations = installations(connector, &connection_names, &mut type_names);
    let rpcs = rpcs(connector);
    let methods_by_rpc = rpcs.iter().map(|call| (call.rpc.id.value.clone(), call.method.clone())).collect();
    let mut types = Types::new(type_names, methods_by_rpc);
    let mut connections = Vec::new();
    for (connection, name) in connector.connections.iter().zip(connection_names) {
        let role = Role::Credentials(connection.id.value.clone());
        types.add(&name, &role, credentials_doc(connection), &connection.parameters);
        let learned = facts::learned(connector, connection);
        connections.push(ConnectionType { name, learned });
    }
    let mut calls = Vec::new();
    for (((module, kind), method), input) in called.into_iter().zip(methods).zip(inputs) {
        let id = &module.id.value;
        let doc = titled("Input of", id, module.label.as_deref(), module.description.as_deref());
        types.add(&input, &Role::Input, doc, &module.parameters);
        let output = if has_output(module, kind) { outputs.next() } else { None };
        if let Some(output) = &output {
            let doc = titled("A bundle of", id, None, None);
            types.add(output, &Role::Output, doc, &module.interface);
        }
        let doc = titled("Calls", id, module.label.as_deref(), module.description.as_deref());
        calls.push(Call { module, kind, method, input, output, doc });
    }
    let endpoints = endpoints(connector, endpoint_names, &mut types);
    add_installations(connector, installations, &mut types);
    let webhooks = webhooks(connector, forms, &mut types);
    Api {
        connector,
        connections,
        calls,
        endpoints,
        rpcs,
        sources: sources(connector),
        javascript: javascript(connector, in_rust),
        webhooks,
        structs: types.structs,
        enums: types.enums,
        hosts: facts::hosts(connector),
    }
}

/// What a module's method returns; `None` for kinds that the runtime does not run.
fn kind(module: &Module) -> Option<CallKind> {
    match module.kind {
        ModuleKind::Action | ModuleKind::Universal => Some(CallKind::Call),
        ModuleKind::Search => Some(CallKind::Search),
        ModuleKind::Trigger | ModuleKind::InstantTrigger if module.code.is_some() => {
            Some(CallKind::CodeTrigger)
        }
        ModuleKind::Trigger => Some(CallKind::Trigger),
        ModuleKind::InstantTrigger => Some(CallKind::InstantTrigger),
        ModuleKind::Responder => Some(CallKind::Responder),
    }
}

/// Names of the types of endpoints, input and output. They are claimed last, so that an endpoint that is added moves
/// no other name.
fn endpoint_names(connector: &Connector, type_names: &mut Namespace) -> Vec<(String, String)> {
    let inputs = type_names.claim_for("Endpoint", connector.endpoints.iter().map(|endpoint| &endpoint.id));
    let natural = inputs.iter().map(|input| format!("{}Output", input.trim_end_matches('_'))).collect();
    let outputs = type_names.claim_all(natural);
    inputs.into_iter().zip(outputs).collect()
}

/// The form of an installation: the name of its struct, the id of its connection, its fields.
type InstallationForm<'a> = (String, Option<String>, &'a [Field]);

/// Names the forms of installations.
fn installations<'a>(
    connector: &'a Connector,
    connection_names: &[String],
    type_names: &mut Namespace,
) -> Vec<InstallationForm<'a>> {
    let own = connector.install.iter().map(|install| ("Install".to_owned(), None, install));
    let of_connections =
        connector.connections.iter().zip(connection_names).filter_map(|(connection, name)| {
            let name = format!("{}Install", name.trim_end_matches('_'));
            Some((name, Some(connection.id.value.clone()), connection.install.as_ref()?))
        });
    let forms: Vec<_> = own.chain(of_connections).filter(|(.., install)| !install.form.is_empty()).collect();
    let names = type_names.claim_all(forms.iter().map(|(name, ..)| name.clone()).collect());
    let forms = forms.into_iter().zip(names);
    forms.map(|((_, connection, install), name)| (name, connection, install.form.as_slice())).collect()
}

fn add_installations(connector: &Connector, forms: Vec<InstallationForm<'_>>, types: &mut Types) {
    for (name, connection, form) in forms {
        let of = connection.as_deref().unwrap_or(&connector.name);
        let doc = titled("The form of the installation of", of, None, None);
        types.add(&name, &Role::Installation(connection), doc, form);
    }
}

fn endpoints(
    connector: &Connector,
    type_names: Vec<(String, String)>,
    types: &mut Types,
) -> Vec<EndpointCall> {
    let natural = connector.endpoints.iter().map(|endpoint| names::value(&endpoint.id.value)).collect();
    let methods = Namespace::default().claim_all(natural);
    let named = connector.endpoints.iter().zip(methods).zip(type_names);
    let calls = named.map(|((endpoint, method), (input, output))| {
        let id = &endpoint.id.value;
        let (label, description) = (endpoint.label.as_deref(), endpoint.description.as_deref());
        let doc = titled("Input of the endpoint", id, label, description);
        types.add(&input, &Role::Input, doc, &endpoint.parameters);
        let doc = titled("Output of the endpoint", id, None, None);
        types.add(&output, &Role::Output, doc, &endpoint.interface);
        let response = &endpoint.request.response;
        let lists = response.iterate.is_some() || response.unwrap == Some(false);
        let doc = titled("Calls the endpoint", id, label, description);
        EndpointCall { method, input, output, lists, doc }
    });
    calls.collect()
}

/// Whether any request can yield something: not every output is literally `null` or `false` (rulings 19).
fn has_output(module: &Module, kind: CallKind) -> bool {
    let requests: &[Request] = &module.requests;
    let yields = |request: &Request| !facts::yields_nothing(request.response.output.as_ref());
    let gives_bundles = !matches!(kind, CallKind::Responder | CallKind::CodeTrigger);
    gives_bundles && (requests.is_empty() || requests.iter().any(yields))
}

fn rpcs(connector: &Connector) -> Vec<RpcCall<'_>> {
    let mut uses = Vec::new();
    forms::all(connector, &mut |name, rpc_use| uses.push((name.to_owned(), rpc_use)));
    let natural = connector.rpcs.iter().map(|rpc| names::value(&rpc.id.value)).collect();
    let methods = Namespace::default().claim_all(natural);
    let calls = connector.rpcs.iter().zip(methods).map(|(rpc, method)| {
        let uses = || uses.iter().filter(|(name, _)| *name == rpc.id.value).map(|(_, rpc_use)| *rpc_use);
        let lists = match uses().next() {
            Some(first) => Some(first).filter(|first| uses().all(|other| other == *first)),
            None => forms::shape(&rpc.requests),
        };
        let doc = titled("Calls the RPC", &rpc.id.value, rpc.label.as_deref(), None);
        RpcCall { rpc, method, lists, doc }
    });
    calls.collect()
}

fn sources(connector: &Connector) -> Vec<SourceCall<'_>> {
    let natural = connector.data_sources.iter().map(|source| names::value(&source.id.value)).collect();
    let methods = Namespace::default().claim_all(natural);
    let calls = connector.data_sources.iter().zip(methods).map(|(source, method)| {
        let doc = titled("Runs the data source", &source.id.value, source.label.as_deref(), None);
        SourceCall { source, method, doc }
    });
    calls.collect()
}

/// The webhooks, with a struct for the form of each.
fn webhooks<'a>(connector: &'a Connector, forms: Vec<String>, types: &mut Types) -> Vec<WebhookType<'a>> {
    let natural = connector.webhooks.iter().map(|webhook| names::value(&webhook.id.value)).collect();
    let methods = Namespace::default().claim_all(natural);
    let mut lowered = Vec::new();
    for ((webhook, method), form) in connector.webhooks.iter().zip(methods).zip(forms) {
        let (id, label) = (&webhook.id.value, webhook.label.as_deref());
        types.add(
            &form,
            &Role::Input,
            titled("The form of the webhook", id, label, None),
            &webhook.parameters,
        );
        let doc = titled("The webhook", id, label, None);
        lowered.push(WebhookType { webhook, method, form, doc });
    }
    lowered
}

/// What is told of a connection: its label, and the scopes of its catalogue (connector.md 3.11).
fn credentials_doc(connection: &Connection) -> Vec<String> {
    let mut lines =
        titled("Credentials of the connection", &connection.id.value, connection.label.as_deref(), None);
    if !connection.scopes.is_empty() {
        lines.extend([String::new(), "Scopes of the service:".to_owned(), String::new()]);
    }
    lines.extend(connection.scopes.iter().map(|(scope, meaning)| match doc::plain(meaning).as_str() {
        "" => format!("- {}", doc::code(scope)),
        meaning => format!("- {}: {meaning}", doc::code(scope)),
    }));
    lines
}

/// A doc comment: what the item is, and what the author says about it.
fn titled(what: &str, id: &str, label: Option<&str>, help: Option<&str>) -> Vec<String> {
    let mut lines = vec![format!("{what} {}.", doc::code(id))];
    let told = doc::lines(label, help);
    if !told.is_empty() {
        lines.push(String::new());
        lines.extend(told);
    }
    lines
}

//! How much there is in a connector.

use linchpin_spec::iml::ast::Template;
use linchpin_spec::model::{
    BodyType, Condition, Connector, EndpointCall, Entry, ErrorEntry, KeyTemplate, Pagination, ParseAs, Request,
    Responder, Response, ResponseType, Tree, Webhook,
};

/// Numbers for the summary line.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    /// Modules of all kinds.
    pub(crate) modules: usize,
    /// RPCs.
    pub(crate) rpcs: usize,
    /// Strings with an expression in them, base's counted in each request that inherits them.
    pub(crate) templates: usize,
}

impl Counts {
    /// Counts what `connector` holds.
    pub(crate) fn of(connector: &Connector) -> Self {
        let phases = |connection: &linchpin_spec::model::Connection| -> usize {
            let phases: usize = connection.phases.iter().map(|phase| requests(&phase.requests)).sum();
            phases + requests(&connection.verify) + trees([&connection.install])
        };
        let templates = connector.connections.iter().map(phases).sum::<usize>()
            + connector.modules.iter().map(module).sum::<usize>()
            + connector.rpcs.iter().map(|rpc| requests(&rpc.requests)).sum::<usize>()
            + connector.webhooks.iter().map(webhook).sum::<usize>()
            + connector.endpoints.iter().map(|endpoint| request(&endpoint.request)).sum::<usize>();
        Self { modules: connector.modules.len(), rpcs: connector.rpcs.len(), templates }
    }
}

fn module(module: &linchpin_spec::model::Module) -> usize {
    requests(&module.requests)
        + module.responder.as_ref().map_or(0, responder)
        + module.epoch.as_ref().map_or(0, request)
}

fn webhook(hook: &Webhook) -> usize {
    let verification = hook.verification.as_ref().map_or(0, |verification| {
        trees([&verification.condition]) + verification.respond.as_ref().map_or(0, responder)
    });
    requests(&hook.attach)
        + requests(&hook.update)
        + requests(&hook.detach)
        + verification
        + hook.condition.as_ref().map_or(0, condition)
        + hook.iterate.as_ref().map_or(0, |iterate| template(&iterate.container) + trees([&iterate.condition]))
        + trees([&hook.output])
        + templates([&hook.uid])
        + hook.respond.as_ref().map_or(0, responder)
}

fn responder(responder: &Responder) -> usize {
    templates([&responder.body_type]) + trees([&responder.status, &responder.headers, &responder.body])
}

fn requests(list: &[Request]) -> usize {
    list.iter().map(request).sum()
}

fn request(request: &Request) -> usize {
    let body_type = if let BodyType::Template(found) = &request.body_type { template(found) } else { 0 };
    templates([&request.url, &request.base_url, &request.method, &request.ca])
        + trees([&request.qs, &request.headers, &request.body, &request.reject_unauthorized, &request.temp])
        + trees([&request.aws, &request.oauth])
        + body_type
        + request.condition.as_ref().map_or(0, condition)
        + request.pagination.as_ref().map_or(0, pagination)
        + request.repeat.as_ref().map_or(0, |repeat| trees([&repeat.condition]))
        + request.endpoint.as_ref().map_or(0, endpoint)
        + response(&request.response)
}

fn condition(condition: &Condition) -> usize {
    trees([&condition.test, &condition.default])
}

fn endpoint(call: &EndpointCall) -> usize {
    trees([&call.connection, &call.input])
}

fn pagination(pagination: &Pagination) -> usize {
    templates([&pagination.url, &pagination.method])
        + trees([&pagination.headers, &pagination.qs, &pagination.body, &pagination.condition])
        + pagination.endpoint.as_ref().map_or(0, endpoint)
}

fn response(response: &Response) -> usize {
    let errors = response.error.as_ref().map_or(0, |map| {
        error(&map.general) + map.by_status.iter().map(|(_, entry)| error(entry)).sum::<usize>()
    });
    let valid =
        response.valid.as_ref().map_or(0, |valid| trees([&valid.condition]) + templates([&valid.message, &valid.ty]));
    let iterate =
        response.iterate.as_ref().map_or(0, |iterate| template(&iterate.container) + trees([&iterate.condition]));
    let metadata = response.metadata.as_ref().map_or(0, |metadata| trees([&metadata.value]));
    let trigger = response.trigger.as_ref().map_or(0, |trigger| templates([&trigger.id, &trigger.date]));
    trees([&response.temp, &response.data, &response.uid, &response.scope, &response.oauth])
        + trees([&response.output, &response.limit, &response.wrapper])
        + templates([&response.expires])
        + parse_as(&response.parse_as)
        + errors
        + valid
        + iterate
        + metadata
        + trigger
}

fn error(entry: &ErrorEntry) -> usize {
    trees([&entry.message]) + templates([&entry.ty])
}

fn parse_as(kind: &ResponseType) -> usize {
    let one = |found: &ParseAs| if let ParseAs::Template(found) = found { template(found) } else { 0 };
    match kind {
        ResponseType::One(found) => one(found),
        ResponseType::Ranges(ranges) => ranges.iter().map(|(_, _, found)| one(found)).sum(),
    }
}

fn trees<const N: usize>(list: [&Option<Tree>; N]) -> usize {
    list.into_iter().flatten().map(tree).sum()
}

fn templates<const N: usize>(list: [&Option<Template>; N]) -> usize {
    list.into_iter().flatten().map(template).sum()
}

fn tree(found: &Tree) -> usize {
    match found {
        Tree::Null(_) | Tree::Bool(_) | Tree::Number(_) => 0,
        Tree::Template(found) => template(found),
        Tree::Array(items) => items.value.iter().map(tree).sum(),
        Tree::Object(entries) => entries.value.iter().map(entry).sum(),
    }
}

fn entry(entry: &Entry) -> usize {
    match entry {
        Entry::Field { key: KeyTemplate::Template(key), value } => template(key) + tree(value),
        Entry::Field { value, .. } => tree(value),
        Entry::Spread(value) => tree(value),
    }
}

fn template(found: &Template) -> usize {
    usize::from(found.literal().is_none())
}

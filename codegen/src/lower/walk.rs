//! Visits the templates of requests.

use linchpin_spec::iml::ast::Template;
use linchpin_spec::model::{
    BodyType, Condition, Connector, EndpointCall, Entry, ErrorEntry, KeyTemplate, Pagination, ParseAs, Request,
    Response, ResponseType, Tree,
};

/// Shows `seen` every template of a request.
pub(crate) fn request<'a>(request: &'a Request, seen: &mut dyn FnMut(&'a Template)) {
    let templates = [&request.url, &request.base_url, &request.method, &request.ca];
    templates.into_iter().flatten().for_each(|template| seen(template));
    let trees = [
        &request.qs,
        &request.headers,
        &request.body,
        &request.reject_unauthorized,
        &request.temp,
        &request.aws,
        &request.oauth,
    ];
    trees.into_iter().flatten().for_each(|value| tree(value, seen));
    if let BodyType::Template(template) = &request.body_type {
        seen(template);
    }
    condition(request.condition.as_ref(), seen);
    if let Some(pages) = &request.pagination {
        pagination(pages, seen);
    }
    if let Some(value) = request.repeat.as_ref().and_then(|repeat| repeat.condition.as_ref()) {
        tree(value, seen);
    }
    endpoint(request.endpoint.as_ref(), seen);
    response(&request.response, seen);
}

fn pagination<'a>(pages: &'a Pagination, seen: &mut dyn FnMut(&'a Template)) {
    [&pages.url, &pages.method].into_iter().flatten().for_each(|template| seen(template));
    let trees = [&pages.headers, &pages.qs, &pages.body, &pages.condition];
    trees.into_iter().flatten().for_each(|value| tree(value, seen));
    endpoint(pages.endpoint.as_ref(), seen);
}

fn response<'a>(response: &'a Response, seen: &mut dyn FnMut(&'a Template)) {
    match &response.parse_as {
        ResponseType::One(ParseAs::Template(template)) => seen(template),
        ResponseType::One(_) => {}
        ResponseType::Ranges(ranges) => {
            for (_, _, kind) in ranges {
                if let ParseAs::Template(template) = kind {
                    seen(template);
                }
            }
        }
    }
    if let Some(valid) = &response.valid {
        valid.condition.iter().for_each(|value| tree(value, seen));
        [&valid.message, &valid.ty].into_iter().flatten().for_each(|template| seen(template));
    }
    if let Some(error) = &response.error {
        error_entry(&error.general, seen);
        error.by_status.iter().for_each(|(_, entry)| error_entry(entry, seen));
    }
    if let Some(iterate) = &response.iterate {
        seen(&iterate.container);
        iterate.condition.iter().for_each(|value| tree(value, seen));
    }
    if let Some(trigger) = &response.trigger {
        [&trigger.id, &trigger.date].into_iter().flatten().for_each(|template| seen(template));
    }
    response.expires.iter().for_each(|template| seen(template));
    let metadata = response.metadata.as_ref().and_then(|metadata| metadata.value.as_ref());
    metadata.into_iter().for_each(|value| tree(value, seen));
    let trees = [
        &response.temp,
        &response.data,
        &response.uid,
        &response.scope,
        &response.oauth,
        &response.output,
        &response.limit,
        &response.wrapper,
    ];
    trees.into_iter().flatten().for_each(|value| tree(value, seen));
}

fn condition<'a>(condition: Option<&'a Condition>, seen: &mut dyn FnMut(&'a Template)) {
    let trees = condition.into_iter().flat_map(|condition| [&condition.test, &condition.default]);
    trees.flatten().for_each(|value| tree(value, seen));
}

fn endpoint<'a>(call: Option<&'a EndpointCall>, seen: &mut dyn FnMut(&'a Template)) {
    let trees = call.into_iter().flat_map(|call| [&call.connection, &call.input]);
    trees.flatten().for_each(|value| tree(value, seen));
}

fn error_entry<'a>(entry: &'a ErrorEntry, seen: &mut dyn FnMut(&'a Template)) {
    entry.message.iter().for_each(|value| tree(value, seen));
    entry.ty.iter().for_each(|template| seen(template));
}

/// Shows `seen` every template of a value, keys included.
pub(crate) fn tree<'a>(value: &'a Tree, seen: &mut dyn FnMut(&'a Template)) {
    match value {
        Tree::Null(_) | Tree::Bool(_) | Tree::Number(_) => {}
        Tree::Template(template) => seen(template),
        Tree::Array(items) => items.value.iter().for_each(|item| tree(item, seen)),
        Tree::Object(entries) => {
            for entry in &entries.value {
                match entry {
                    Entry::Spread(value) => tree(value, seen),
                    Entry::Field { key, value } => {
                        if let KeyTemplate::Template(template) = key {
                            seen(template);
                        }
                        tree(value, seen);
                    }
                }
            }
        }
    }
}

/// Every request of a connector.
pub(crate) fn requests(connector: &Connector) -> impl Iterator<Item = &Request> {
    let of_connections = connector.connections.iter().flat_map(|connection| {
        connection.verify.iter().chain(connection.phases.iter().flat_map(|phase| &phase.requests))
    });
    let of_modules =
        connector.modules.iter().flat_map(|module| module.requests.iter().chain(module.epoch.as_ref()));
    let of_webhooks = connector
        .webhooks
        .iter()
        .flat_map(|webhook| webhook.attach.iter().chain(&webhook.update).chain(&webhook.detach));
    of_connections
        .chain(of_modules)
        .chain(connector.rpcs.iter().flat_map(|rpc| &rpc.requests))
        .chain(of_webhooks)
        .chain(connector.endpoints.iter().map(|endpoint| &endpoint.request))
}

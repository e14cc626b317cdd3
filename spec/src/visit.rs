//! Walks over every template of a connector.

use crate::iml::ast::Template;
use crate::model::{
    BodyType, Condition, Connector, EndpointCall, Entry, ErrorEntry, ErrorMap, Field, Installation, Iterate,
    KeyTemplate, Pagination, Parameter, ParameterType, ParseAs, Request, Responder, Response, ResponseType,
    RpcReference, Tree, Webhook,
};

/// What is done with each template.
pub type Visit<'v> = dyn FnMut(&mut Template) + 'v;

/// Calls `visit` with every template of the connector. Templates of base are met once in each component that
/// inherits them.
pub fn for_each_template(connector: &mut Connector, visit: &mut Visit<'_>) {
    connector.base_url.iter_mut().for_each(&mut *visit);
    connector.install.iter_mut().for_each(|install| installation(install, visit));
    for connection in &mut connector.connections {
        requests(&mut connection.verify, visit);
        connection.phases.iter_mut().for_each(|phase| requests(&mut phase.requests, visit));
        fields(&mut connection.parameters, visit);
        connection.install.iter_mut().for_each(|install| installation(install, visit));
    }
    for module in &mut connector.modules {
        requests(&mut module.requests, visit);
        module.epoch.iter_mut().for_each(|epoch| request(epoch, visit));
        module.responder.iter_mut().for_each(|answer| responder(answer, visit));
        fields(&mut module.parameters, visit);
        fields(&mut module.interface, visit);
    }
    for rpc in &mut connector.rpcs {
        requests(&mut rpc.requests, visit);
        fields(&mut rpc.parameters, visit);
    }
    for endpoint in &mut connector.endpoints {
        request(&mut endpoint.request, visit);
        fields(&mut endpoint.parameters, visit);
        fields(&mut endpoint.interface, visit);
    }
    connector.webhooks.iter_mut().for_each(|hook| webhook(hook, visit));
}

fn installation(installation: &mut Installation, visit: &mut Visit<'_>) {
    installation.common.iter_mut().for_each(|node| tree(node, visit));
    fields(&mut installation.form, visit);
}

fn webhook(webhook: &mut Webhook, visit: &mut Visit<'_>) {
    requests(&mut webhook.attach, visit);
    requests(&mut webhook.update, visit);
    requests(&mut webhook.detach, visit);
    fields(&mut webhook.parameters, visit);
    if let Some(verification) = &mut webhook.verification {
        verification.condition.iter_mut().for_each(|node| tree(node, visit));
        verification.respond.iter_mut().for_each(|answer| responder(answer, visit));
    }
    webhook.condition.iter_mut().for_each(|node| condition(node, visit));
    webhook.iterate.iter_mut().for_each(|node| iterate(node, visit));
    webhook.output.iter_mut().for_each(|node| tree(node, visit));
    webhook.uid.iter_mut().for_each(&mut *visit);
    webhook.respond.iter_mut().for_each(|answer| responder(answer, visit));
}

fn requests(requests: &mut [Request], visit: &mut Visit<'_>) {
    requests.iter_mut().for_each(|node| request(node, visit));
}

fn request(request: &mut Request, visit: &mut Visit<'_>) {
    let texts = [&mut request.url, &mut request.base_url, &mut request.method, &mut request.ca];
    texts.into_iter().flatten().for_each(&mut *visit);
    if let BodyType::Template(template) = &mut request.body_type {
        visit(template);
    }
    let trees = [
        &mut request.qs,
        &mut request.headers,
        &mut request.body,
        &mut request.reject_unauthorized,
        &mut request.temp,
        &mut request.aws,
        &mut request.oauth,
    ];
    trees.into_iter().flatten().for_each(|node| tree(node, visit));
    request.condition.iter_mut().for_each(|node| condition(node, visit));
    request.pagination.iter_mut().for_each(|node| pagination(node, visit));
    if let Some(repeat) = &mut request.repeat {
        repeat.condition.iter_mut().for_each(|node| tree(node, visit));
    }
    request.endpoint.iter_mut().for_each(|call| endpoint_call(call, visit));
    response(&mut request.response, visit);
}

fn condition(condition: &mut Condition, visit: &mut Visit<'_>) {
    [&mut condition.test, &mut condition.default].into_iter().flatten().for_each(|node| tree(node, visit));
}

fn pagination(pagination: &mut Pagination, visit: &mut Visit<'_>) {
    [&mut pagination.url, &mut pagination.method].into_iter().flatten().for_each(&mut *visit);
    let trees =
        [&mut pagination.headers, &mut pagination.qs, &mut pagination.body, &mut pagination.condition];
    trees.into_iter().flatten().for_each(|node| tree(node, visit));
    pagination.endpoint.iter_mut().for_each(|call| endpoint_call(call, visit));
}

fn endpoint_call(call: &mut EndpointCall, visit: &mut Visit<'_>) {
    [&mut call.connection, &mut call.input].into_iter().flatten().for_each(|node| tree(node, visit));
}

fn iterate(iterate: &mut Iterate, visit: &mut Visit<'_>) {
    visit(&mut iterate.container);
    iterate.condition.iter_mut().for_each(|node| tree(node, visit));
}

fn response(response: &mut Response, visit: &mut Visit<'_>) {
    match &mut response.parse_as {
        ResponseType::One(one) => parse_as(one, visit),
        ResponseType::Ranges(ranges) => ranges.iter_mut().for_each(|(_, _, one)| parse_as(one, visit)),
    }
    let trees = [
        &mut response.temp,
        &mut response.data,
        &mut response.uid,
        &mut response.scope,
        &mut response.oauth,
        &mut response.output,
        &mut response.limit,
        &mut response.wrapper,
    ];
    trees.into_iter().flatten().for_each(|node| tree(node, visit));
    response.expires.iter_mut().for_each(&mut *visit);
    if let Some(valid) = &mut response.valid {
        valid.condition.iter_mut().for_each(|node| tree(node, visit));
        [&mut valid.message, &mut valid.ty].into_iter().flatten().for_each(&mut *visit);
    }
    response.error.iter_mut().for_each(|map| error_map(map, visit));
    if let Some(metadata) = &mut response.metadata {
        metadata.value.iter_mut().for_each(|node| tree(node, visit));
    }
    response.iterate.iter_mut().for_each(|node| iterate(node, visit));
    if let Some(trigger) = &mut response.trigger {
        [&mut trigger.id, &mut trigger.date].into_iter().flatten().for_each(&mut *visit);
    }
}

fn error_map(map: &mut ErrorMap, visit: &mut Visit<'_>) {
    let mut entry = |entry: &mut ErrorEntry| {
        entry.message.iter_mut().for_each(|node| tree(node, visit));
        entry.ty.iter_mut().for_each(&mut *visit);
    };
    entry(&mut map.general);
    map.by_status.iter_mut().for_each(|(_, own)| entry(own));
}

fn parse_as(parse_as: &mut ParseAs, visit: &mut Visit<'_>) {
    if let ParseAs::Template(template) = parse_as {
        visit(template);
    }
}

fn responder(responder: &mut Responder, visit: &mut Visit<'_>) {
    responder.body_type.iter_mut().for_each(&mut *visit);
    let trees = [&mut responder.status, &mut responder.headers, &mut responder.body];
    trees.into_iter().flatten().for_each(|node| tree(node, visit));
}

fn fields(fields: &mut [Field], visit: &mut Visit<'_>) {
    for field in fields {
        match field {
            Field::Parameter(own) => parameter(own, visit),
            Field::Rpc(reference) => rpc_reference(reference, visit),
        }
    }
}

fn parameter(parameter: &mut Parameter, visit: &mut Visit<'_>) {
    parameter_type(&mut parameter.ty, visit);
    fields(&mut parameter.nested, visit);
    fields(&mut parameter.nested_false, visit);
    if let Some(button) = &mut parameter.button {
        rpc_reference(&mut button.rpc, visit);
        fields(&mut button.form, visit);
    }
    parameter.offers.iter_mut().for_each(|reference| rpc_reference(reference, visit));
}

fn parameter_type(ty: &mut ParameterType, visit: &mut Visit<'_>) {
    match ty {
        ParameterType::Array(item) => parameter_type(item, visit),
        ParameterType::Collection(spec) => fields(spec, visit),
        ParameterType::Select(options) => {
            options.choices.iter_mut().for_each(|choice| fields(&mut choice.nested, visit));
            options.rpc.iter_mut().for_each(|reference| rpc_reference(reference, visit));
            fields(&mut options.nested, visit);
            fields(&mut options.placeholder_nested, visit);
        }
        _ => {}
    }
}

fn rpc_reference(reference: &mut RpcReference, visit: &mut Visit<'_>) {
    reference.query.iter_mut().for_each(|(_, value)| visit(value));
}

fn tree(node: &mut Tree, visit: &mut Visit<'_>) {
    match node {
        Tree::Template(template) => visit(template),
        Tree::Array(items) => items.value.iter_mut().for_each(|item| tree(item, visit)),
        Tree::Object(entries) => entries.value.iter_mut().for_each(|entry| match entry {
            Entry::Field { key, value } => {
                if let KeyTemplate::Template(template) = key {
                    visit(template);
                }
                tree(value, visit);
            }
            Entry::Spread(value) => tree(value, visit),
        }),
        Tree::Null(_) | Tree::Bool(_) | Tree::Number(_) => {}
    }
}

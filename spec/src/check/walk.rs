//! Walks over every template of a connector and says where it stands.

use super::place::{Context, Owner, Part, Place};
use crate::iml::ast::Template;
use crate::model::{
    BodyType, Condition, Connection, Connector, EndpointCall, Entry, ErrorEntry, Field, Installation,
    KeyTemplate, Module, Pagination, ParameterType, ParseAs, Request, Responder, Response, ResponseType,
    RpcReference, Tree, Webhook,
};

/// Shows `seen` every template of `connector` with its place. What base says is shown in each component that inherits it.
pub fn templates<'a>(connector: &'a Connector, seen: &mut dyn FnMut(&'a Template, Place<'a>)) {
    let mut walk = Walk { seen, owner: Owner::Connector, context: Context::Install };
    connector.install.iter().for_each(|install| walk.installation(install));
    connector.connections.iter().for_each(|connection| walk.connection(connection));
    connector.modules.iter().for_each(|module| walk.module(module));
    for rpc in &connector.rpcs {
        walk.enter(Owner::Rpc(rpc), Context::Rpc);
        walk.requests(&rpc.requests);
        walk.fields(&rpc.parameters);
    }
    connector.webhooks.iter().for_each(|webhook| walk.webhook(webhook));
    for endpoint in &connector.endpoints {
        walk.enter(Owner::Endpoint(endpoint), Context::Endpoint);
        walk.request(&endpoint.request);
        walk.fields(&endpoint.parameters);
        walk.fields(&endpoint.interface);
    }
}

/// Shows `seen` every `rpc://` reference in fields, nested ones included.
pub fn references<'a>(fields: &'a [Field], seen: &mut dyn FnMut(&'a RpcReference)) {
    for field in fields {
        match field {
            Field::Rpc(reference) => seen(reference),
            Field::Parameter(parameter) => {
                type_references(&parameter.ty, seen);
                references(&parameter.nested, seen);
                references(&parameter.nested_false, seen);
                if let Some(button) = &parameter.button {
                    seen(&button.rpc);
                    references(&button.form, seen);
                }
                parameter.offers.iter().for_each(&mut *seen);
            }
        }
    }
}

fn type_references<'a>(ty: &'a ParameterType, seen: &mut dyn FnMut(&'a RpcReference)) {
    match ty {
        ParameterType::Array(item) => type_references(item, seen),
        ParameterType::Collection(spec) => references(spec, seen),
        ParameterType::Select(options) => {
            options.rpc.iter().for_each(&mut *seen);
            options.choices.iter().for_each(|choice| references(&choice.nested, seen));
            references(&options.nested, seen);
            references(&options.placeholder_nested, seen);
        }
        _ => {}
    }
}

/// Shows `seen` every request of `connector` with its owner and context.
pub fn requests<'a>(connector: &'a Connector, seen: &mut dyn FnMut(&'a Request, Owner<'a>, Context)) {
    for connection in &connector.connections {
        let owner = Owner::Connection(connection);
        let context = Context::of_connection(connection.kind);
        connection.verify.iter().for_each(|request| seen(request, owner, context));
        for phase in &connection.phases {
            phase.requests.iter().for_each(|request| seen(request, owner, Context::Phase(phase.kind)));
        }
    }
    for module in &connector.modules {
        let (owner, context) = (Owner::Module(module), Context::of_module(module.kind));
        module.requests.iter().for_each(|request| seen(request, owner, context));
        module.epoch.iter().for_each(|request| seen(request, owner, Context::Epoch));
    }
    for rpc in &connector.rpcs {
        rpc.requests.iter().for_each(|request| seen(request, Owner::Rpc(rpc), Context::Rpc));
    }
    for webhook in &connector.webhooks {
        let all = webhook.attach.iter().chain(&webhook.update).chain(&webhook.detach);
        all.for_each(|request| seen(request, Owner::Webhook(webhook), Context::WebhookRequest));
    }
    for endpoint in &connector.endpoints {
        seen(&endpoint.request, Owner::Endpoint(endpoint), Context::Endpoint);
    }
}

struct Walk<'a, 's> {
    seen: &'s mut dyn FnMut(&'a Template, Place<'a>),
    owner: Owner<'a>,
    context: Context,
}

impl<'a> Walk<'a, '_> {
    fn enter(&mut self, owner: Owner<'a>, context: Context) {
        self.owner = owner;
        self.context = context;
    }

    fn template(&mut self, template: &'a Template, part: Part) {
        (self.seen)(template, Place { owner: self.owner, context: self.context, part });
    }

    fn connection(&mut self, connection: &'a Connection) {
        let owner = Owner::Connection(connection);
        self.enter(owner, Context::of_connection(connection.kind));
        self.requests(&connection.verify);
        for phase in &connection.phases {
            self.enter(owner, Context::Phase(phase.kind));
            self.requests(&phase.requests);
        }
        self.enter(owner, Context::Install);
        connection.install.iter().for_each(|install| self.installation(install));
        self.fields(&connection.parameters);
    }

    fn installation(&mut self, installation: &'a Installation) {
        installation.common.iter().for_each(|common| self.tree(common, Part::Request));
        self.fields(&installation.form);
    }

    fn module(&mut self, module: &'a Module) {
        self.enter(Owner::Module(module), Context::of_module(module.kind));
        self.requests(&module.requests);
        module.responder.iter().for_each(|responder| self.responder(responder));
        if let Some(epoch) = &module.epoch {
            self.context = Context::Epoch;
            self.request(epoch);
        }
        self.fields(&module.parameters);
        self.fields(&module.interface);
    }

    fn webhook(&mut self, webhook: &'a Webhook) {
        self.enter(Owner::Webhook(webhook), Context::Webhook);
        if let Some(verification) = &webhook.verification {
            verification.condition.iter().for_each(|test| self.tree(test, Part::Request));
            verification.respond.iter().for_each(|responder| self.responder(responder));
        }
        webhook.condition.iter().for_each(|condition| self.condition(condition));
        let item = self.iterate(webhook.iterate.as_ref());
        webhook.output.iter().for_each(|output| self.tree(output, item));
        webhook.uid.iter().for_each(|uid| self.template(uid, item));
        webhook.respond.iter().for_each(|responder| self.responder(responder));
        self.context = Context::WebhookRequest;
        self.requests(&webhook.attach);
        self.requests(&webhook.update);
        self.requests(&webhook.detach);
        self.fields(&webhook.parameters);
    }

    /// Walks over `iterate` and gives the part that an output belongs to.
    fn iterate(&mut self, iterate: Option<&'a crate::model::Iterate>) -> Part {
        let Some(iterate) = iterate else { return Part::Output };
        self.template(&iterate.container, Part::Response);
        iterate.condition.iter().for_each(|test| self.tree(test, Part::Item));
        Part::Item
    }

    fn requests(&mut self, requests: &'a [Request]) {
        requests.iter().for_each(|request| self.request(request));
    }

    fn request(&mut self, request: &'a Request) {
        let part = Part::Request;
        let texts = [&request.url, &request.base_url, &request.method, &request.ca];
        texts.into_iter().flatten().for_each(|template| self.template(template, part));
        if let BodyType::Template(template) = &request.body_type {
            self.template(template, part);
        }
        let trees = [
            &request.qs,
            &request.headers,
            &request.body,
            &request.reject_unauthorized,
            &request.temp,
            &request.aws,
            &request.oauth,
        ];
        trees.into_iter().flatten().for_each(|tree| self.tree(tree, part));
        request.condition.iter().for_each(|condition| self.condition(condition));
        request.endpoint.iter().for_each(|call| self.endpoint_call(call, part));
        request.pagination.iter().for_each(|pagination| self.pagination(pagination));
        let repeat = request.repeat.as_ref().and_then(|repeat| repeat.condition.as_ref());
        repeat.into_iter().for_each(|test| self.tree(test, Part::Repeat));
        self.response(&request.response);
    }

    fn condition(&mut self, condition: &'a Condition) {
        [&condition.test, &condition.default]
            .into_iter()
            .flatten()
            .for_each(|tree| self.tree(tree, Part::Request));
    }

    fn endpoint_call(&mut self, call: &'a EndpointCall, part: Part) {
        [&call.connection, &call.input].into_iter().flatten().for_each(|tree| self.tree(tree, part));
    }

    fn pagination(&mut self, pagination: &'a Pagination) {
        let part = Part::Pagination;
        [&pagination.url, &pagination.method]
            .into_iter()
            .flatten()
            .for_each(|template| self.template(template, part));
        let trees = [&pagination.headers, &pagination.qs, &pagination.body, &pagination.condition];
        trees.into_iter().flatten().for_each(|tree| self.tree(tree, part));
        pagination.endpoint.iter().for_each(|call| self.endpoint_call(call, part));
    }

    fn response(&mut self, response: &'a Response) {
        let part = Part::Response;
        match &response.parse_as {
            ResponseType::One(one) => self.parse_as(one),
            ResponseType::Ranges(ranges) => ranges.iter().for_each(|(_, _, one)| self.parse_as(one)),
        }
        let trees = [
            &response.temp,
            &response.data,
            &response.uid,
            &response.scope,
            &response.oauth,
            &response.limit,
        ];
        trees.into_iter().flatten().for_each(|tree| self.tree(tree, part));
        response.expires.iter().for_each(|template| self.template(template, part));
        if let Some(valid) = &response.valid {
            valid.condition.iter().for_each(|tree| self.tree(tree, part));
            [&valid.message, &valid.ty]
                .into_iter()
                .flatten()
                .for_each(|template| self.template(template, part));
        }
        if let Some(error) = &response.error {
            self.error_entry(&error.general);
            error.by_status.iter().for_each(|(_, entry)| self.error_entry(entry));
        }
        let metadata = response.metadata.as_ref().and_then(|metadata| metadata.value.as_ref());
        metadata.into_iter().for_each(|tree| self.tree(tree, part));
        let item = self.iterate(response.iterate.as_ref());
        response.output.iter().for_each(|tree| self.tree(tree, item));
        response.wrapper.iter().for_each(|tree| self.tree(tree, Part::Wrapper));
        if let Some(trigger) = &response.trigger {
            [&trigger.id, &trigger.date]
                .into_iter()
                .flatten()
                .for_each(|template| self.template(template, item));
        }
    }

    fn parse_as(&mut self, parse_as: &'a ParseAs) {
        if let ParseAs::Template(template) = parse_as {
            self.template(template, Part::Response);
        }
    }

    fn error_entry(&mut self, entry: &'a ErrorEntry) {
        entry.message.iter().for_each(|tree| self.tree(tree, Part::Response));
        entry.ty.iter().for_each(|template| self.template(template, Part::Response));
    }

    fn responder(&mut self, responder: &'a Responder) {
        responder.body_type.iter().for_each(|template| self.template(template, Part::Request));
        let trees = [&responder.status, &responder.headers, &responder.body];
        trees.into_iter().flatten().for_each(|tree| self.tree(tree, Part::Request));
    }

    fn fields(&mut self, fields: &'a [Field]) {
        let context = std::mem::replace(&mut self.context, Context::Form);
        references(fields, &mut |reference| {
            reference.query.iter().for_each(|(_, value)| self.template(value, Part::Request));
        });
        self.context = context;
    }

    // JSON is at most `json::MAX_DEPTH` deep.
    fn tree(&mut self, tree: &'a Tree, part: Part) {
        match tree {
            Tree::Template(template) => self.template(template, part),
            Tree::Array(items) => items.value.iter().for_each(|item| self.tree(item, part)),
            Tree::Object(entries) => entries.value.iter().for_each(|entry| match entry {
                Entry::Field { key, value } => {
                    if let KeyTemplate::Template(template) = key {
                        self.template(template, part);
                    }
                    self.tree(value, part);
                }
                Entry::Spread(value) => self.tree(value, part),
            }),
            Tree::Null(_) | Tree::Bool(_) | Tree::Number(_) => {}
        }
    }
}

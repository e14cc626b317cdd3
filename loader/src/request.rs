//! Requests (connector.md 6, 12).

use std::borrow::Cow;

use linchpin::plan;
use linchpin_spec::facts;
use linchpin_spec::model::{BodyType, Condition, EndpointCall, Pagination, Repeat, Request};

use crate::maker::Maker;

impl Maker<'_> {
    /// The requests of a component.
    pub(crate) fn requests(&self, requests: &[Request]) -> plan::List<plan::Request> {
        requests.iter().map(|request| self.request(request)).collect()
    }

    fn request(&self, request: &Request) -> plan::Request {
        plan::Request {
            target: self.target(request),
            method: self.text("method", request.method.as_ref()),
            headers: self.value("headers", request.headers.as_ref()),
            qs: self.value("qs", request.qs.as_ref()),
            body: self.value("body", request.body.as_ref()),
            body_type: self.body_type(&request.body_type),
            temp: self.value("temp", request.temp.as_ref()),
            condition: request.condition.as_ref().map(|condition| self.condition(condition)),
            options: options(request),
            ca: self.text("ca", request.ca.as_ref()),
            oauth: self.value("oauth", request.oauth.as_ref()),
            aws: self.value("aws", request.aws.as_ref()),
            sanitize: request.sanitize.iter().map(|path| Cow::Owned(path.value.clone())).collect(),
            pagination: self
                .under("pagination", || request.pagination.as_ref().map(|found| self.pagination(found))),
            repeat: self.under("repeat", || request.repeat.as_ref().map(|repeat| self.repeat(repeat))),
            response: self.under("response", || self.response(&request.response)),
        }
    }

    fn target(&self, request: &Request) -> plan::Target {
        if let Some(call) = &request.endpoint {
            return plan::Target::Endpoint(self.endpoint_call(call));
        }
        match self.text("url", request.url.as_ref()) {
            None => plan::Target::None,
            Some(url) => plan::Target::Url { url, base: self.text("baseUrl", request.base_url.as_ref()) },
        }
    }

    fn endpoint_call(&self, call: &EndpointCall) -> plan::EndpointCall {
        plan::EndpointCall {
            name: Cow::Owned(call.name.value.clone()),
            connection: self.value("connection", call.connection.as_ref()),
            input: self.value("input", call.input.as_ref()),
        }
    }

    fn body_type(&self, ty: &BodyType) -> plan::BodyType {
        match ty {
            BodyType::Json => plan::BodyType::Json,
            BodyType::Urlencoded => plan::BodyType::Urlencoded,
            BodyType::Multipart => plan::BodyType::Multipart,
            BodyType::Text => plan::BodyType::Text,
            BodyType::Binary => plan::BodyType::Binary,
            BodyType::Template(template) => {
                plan::BodyType::Template(self.under("type", || self.text_template(template)))
            }
        }
    }

    fn condition(&self, condition: &Condition) -> plan::Condition {
        plan::Condition {
            test: self.value("condition", condition.test.as_ref()),
            default: self.value("condition.default", condition.default.as_ref()),
        }
    }

    fn pagination(&self, pagination: &Pagination) -> plan::Pagination {
        plan::Pagination {
            merge_with_parent: pagination.merge_with_parent,
            url: self.text("url", pagination.url.as_ref()),
            method: self.text("method", pagination.method.as_ref()),
            headers: self.value("headers", pagination.headers.as_ref()),
            qs: self.value("qs", pagination.qs.as_ref()),
            body: self.value("body", pagination.body.as_ref()),
            condition: self.value("condition", pagination.condition.as_ref()),
            endpoint: pagination.endpoint.as_ref().map(|call| self.endpoint_call(call)),
        }
    }

    fn repeat(&self, repeat: &Repeat) -> plan::Repeat {
        plan::Repeat {
            condition: self.value("condition", repeat.condition.as_ref()),
            delay: repeat.delay,
            limit: repeat.limit,
        }
    }
}

/// Switches that are not templates.
fn options(request: &Request) -> plan::RequestOptions {
    plan::RequestOptions {
        encode_url: request.encode_url,
        timeout: request.timeout,
        gzip: request.gzip,
        follow_redirects: request.follow_redirects,
        follow_all_redirects: request.follow_all_redirects,
        reject_unauthorized: facts::verifies_certificates(request),
    }
}

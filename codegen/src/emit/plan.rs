//! Requests and responses as plans: data with templates as callables (rulings 14, 15).

use linchpin_spec::facts;
use linchpin_spec::iml::ast::Template;
use linchpin_spec::model::{
    BodyType, Condition, EndpointCall, ErrorEntry, ErrorMap, Iterate, Pagination, ParseAs, Repeat, Request,
    Response, ResponseType, Tree, TriggerOrder, TriggerSpec, Valid,
};
use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::shared::Piece;

/// `Some(..)` or `None` of the runtime.
pub(crate) fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(__lp::Some(#value)),
        None => quote!(__lp::None),
    }
}

/// A list that is part of the program.
pub(crate) fn list(items: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    let items = items.into_iter();
    quote!(__lp::Cow::Borrowed(&[#(#items),*]))
}

/// A name that is part of the program.
pub(crate) fn name(name: &str) -> TokenStream {
    quote!(__lp::Cow::Borrowed(#name))
}

/// A list of names.
pub(crate) fn names<'n>(names: impl IntoIterator<Item = &'n str>) -> TokenStream {
    list(names.into_iter().map(name))
}

impl Context<'_> {
    /// The requests of a component, as a `plan::List<plan::Request>`.
    pub(crate) fn requests(&self, requests: &[Request]) -> TokenStream {
        list(requests.iter().map(|request| self.request(request)))
    }

    fn request(&self, request: &Request) -> TokenStream {
        let target = self.target(request);
        let method = self.text("method", request.method.as_ref());
        let headers = self.value("headers", request.headers.as_ref());
        let qs = self.value("qs", request.qs.as_ref());
        let body = self.value("body", request.body.as_ref());
        let sanitize = names(request.sanitize.iter().map(|path| path.value.as_str()));
        let pagination = option(
            request
                .pagination
                .as_ref()
                .map(|pagination| self.under("pagination", || self.pagination(pagination))),
        );
        let response = self.under("response", || self.response(&request.response));
        let options = request_options(request);
        if options.is_none() && is_short_request(request) {
            return quote! {
                __lp::request(#target, #method, #headers, #qs, #body, #sanitize, #pagination, #response)
            };
        }
        let options = options.unwrap_or_else(|| quote!(__lp::plan::RequestOptions::DEFAULT));
        let body_type = self.body_type(&request.body_type);
        let temp = self.value("temp", request.temp.as_ref());
        let condition = option(request.condition.as_ref().map(|condition| self.condition(condition)));
        let ca = self.text("ca", request.ca.as_ref());
        let oauth = self.value("oauth", request.oauth.as_ref());
        let aws = self.value("aws", request.aws.as_ref());
        let repeat =
            option(request.repeat.as_ref().map(|repeat| self.under("repeat", || self.repeat(repeat))));
        quote! {
            __lp::plan::Request {
                target: #target, method: #method, headers: #headers, qs: #qs, body: #body, body_type: #body_type,
                temp: #temp, condition: #condition, options: #options, ca: #ca, oauth: #oauth, aws: #aws,
                sanitize: #sanitize, pagination: #pagination, repeat: #repeat, response: #response,
            }
        }
    }

    /// An optional directive that is text.
    pub(crate) fn text(&self, key: &str, template: Option<&Template>) -> TokenStream {
        option(template.map(|template| self.under(key, || self.text_template(template))))
    }

    /// An optional directive that is a value.
    pub(crate) fn value(&self, key: &str, tree: Option<&Tree>) -> TokenStream {
        option(tree.map(|tree| self.under(key, || self.value_template(tree))))
    }

    /// A value whose members, where they are known, are evaluated one by one.
    pub(crate) fn keyed(&self, whole: &Tree, members: Option<Vec<(&str, &Tree)>>) -> TokenStream {
        let Some(members) = members else { return self.value_template(whole) };
        let members = list(members.into_iter().map(|(key, value)| {
            let value = self.under(key, || self.value_template(value));
            let key = name(key);
            quote!((#key, #value))
        }));
        quote!(__lp::ValueTemplate::Object(#members))
    }

    /// An optional directive that is one template and keeps its type.
    pub(crate) fn single(&self, key: &str, template: Option<&Template>) -> TokenStream {
        option(template.map(|template| self.under(key, || self.single_template(template))))
    }

    fn target(&self, request: &Request) -> TokenStream {
        if let Some(call) = &request.endpoint {
            let call = self.endpoint_call(call);
            return quote!(__lp::plan::Target::Endpoint(#call));
        }
        let Some(url) = &request.url else { return quote!(__lp::plan::Target::None) };
        let url = self.under("url", || self.text_template(url));
        let base = self.text("baseUrl", request.base_url.as_ref());
        quote!(__lp::plan::Target::Url { url: #url, base: #base })
    }

    fn endpoint_call(&self, call: &EndpointCall) -> TokenStream {
        let name = name(&call.name.value);
        let connection = self.value("connection", call.connection.as_ref());
        let input = self.value("input", call.input.as_ref());
        quote!(__lp::plan::EndpointCall { name: #name, connection: #connection, input: #input })
    }

    fn body_type(&self, ty: &BodyType) -> TokenStream {
        let variant = match ty {
            BodyType::Json => quote!(Json),
            BodyType::Urlencoded => quote!(Urlencoded),
            BodyType::Multipart => quote!(Multipart),
            BodyType::Text => quote!(Text),
            BodyType::Binary => quote!(Binary),
            BodyType::Template(template) => {
                let template = self.under("type", || self.text_template(template));
                quote!(Template(#template))
            }
        };
        quote!(__lp::plan::BodyType::#variant)
    }

    fn condition(&self, condition: &Condition) -> TokenStream {
        let test = self.value("condition", condition.test.as_ref());
        let default = self.value("condition.default", condition.default.as_ref());
        quote!(__lp::plan::Condition { test: #test, default: #default })
    }

    fn pagination(&self, pagination: &Pagination) -> TokenStream {
        let merge_with_parent = pagination.merge_with_parent;
        let url = self.text("url", pagination.url.as_ref());
        let method = self.text("method", pagination.method.as_ref());
        let headers = self.value("headers", pagination.headers.as_ref());
        let qs = self.value("qs", pagination.qs.as_ref());
        let body = self.value("body", pagination.body.as_ref());
        let condition = self.value("condition", pagination.condition.as_ref());
        let endpoint = option(pagination.endpoint.as_ref().map(|call| self.endpoint_call(call)));
        quote! {
            __lp::plan::Pagination {
                merge_with_parent: #merge_with_parent, url: #url, method: #method, headers: #headers, qs: #qs,
                body: #body, condition: #condition, endpoint: #endpoint,
            }
        }
    }

    fn repeat(&self, repeat: &Repeat) -> TokenStream {
        let condition = self.value("condition", repeat.condition.as_ref());
        let delay = repeat.delay;
        let limit = option(repeat.limit.map(|limit| quote!(#limit)));
        quote!(__lp::plan::Repeat { condition: #condition, delay: #delay, limit: #limit })
    }

    fn response(&self, response: &Response) -> TokenStream {
        let valid = option(response.valid.as_ref().map(|valid| self.under("valid", || self.valid(valid))));
        let error =
            option(response.error.as_ref().map(|error| self.under("error", || self.error_map(error))));
        let iterate =
            option(response.iterate.as_ref().map(|iterate| self.under("iterate", || self.iterate(iterate))));
        let output = self.output(response.output.as_ref());
        let limit = self.value("limit", response.limit.as_ref());
        let account = self.account(response);
        if account.is_none() && is_short_response(response) {
            return quote!(__lp::response(#valid, #error, #iterate, #output, #limit));
        }
        let parse_as = self.response_type(&response.parse_as);
        let temp = self.value("temp", response.temp.as_ref());
        let wrapper = self.value("wrapper", response.wrapper.as_ref());
        let trigger =
            option(response.trigger.as_ref().map(|trigger| self.under("trigger", || self.trigger(trigger))));
        let account = option(account);
        let unwrap = response.unwrap.unwrap_or(true);
        quote! {
            __lp::plan::Response {
                parse_as: #parse_as, temp: #temp, valid: #valid, error: #error, iterate: #iterate, output: #output,
                limit: #limit, wrapper: #wrapper, trigger: #trigger, account: #account, unwrap: #unwrap,
            }
        }
    }

    fn response_type(&self, ty: &ResponseType) -> TokenStream {
        list(facts::ways_to_read(ty).into_iter().map(|(from, to, kind)| {
            let kind = self.under("type", || self.parse_as(kind));
            quote!((#from, #to, #kind))
        }))
    }

    fn parse_as(&self, kind: &ParseAs) -> TokenStream {
        let variant = match kind {
            ParseAs::Automatic => quote!(Automatic),
            ParseAs::Json => quote!(Json),
            ParseAs::Urlencoded => quote!(Urlencoded),
            ParseAs::Xml => quote!(Xml),
            ParseAs::Text => quote!(Text),
            ParseAs::Binary => quote!(Binary),
            ParseAs::Template(template) => {
                let template = self.text_template(template);
                quote!(Template(#template))
            }
        };
        quote!(__lp::plan::ParseAs::#variant)
    }

    fn valid(&self, valid: &Valid) -> TokenStream {
        let condition = self.value("condition", valid.condition.as_ref());
        let reads_status = facts::reads_status(valid);
        let message = self.single("message", valid.message.as_ref());
        let ty = self.text("type", valid.ty.as_ref());
        quote! {
            __lp::plan::Valid { condition: #condition, reads_status: #reads_status, message: #message, ty: #ty }
        }
    }

    /// Base's map stands in most requests, so it is shared as a whole.
    fn error_map(&self, error: &ErrorMap) -> TokenStream {
        self.shared(&Piece::Errors(error)).unwrap_or_else(|| self.new_error_map(error))
    }

    pub(crate) fn new_error_map(&self, error: &ErrorMap) -> TokenStream {
        let general = self.error_entry(&error.general);
        let by_status = list(error.by_status.iter().map(|(status, entry)| {
            let entry = self.under(&status.to_string(), || self.error_entry(entry));
            quote!((#status, #entry))
        }));
        quote!(__lp::plan::ErrorMap { general: #general, by_status: #by_status })
    }

    fn error_entry(&self, entry: &ErrorEntry) -> TokenStream {
        let message = self.value("message", entry.message.as_ref());
        let ty = self.text("type", entry.ty.as_ref());
        quote!(__lp::plan::ErrorEntry { message: #message, ty: #ty })
    }

    pub(crate) fn iterate(&self, iterate: &Iterate) -> TokenStream {
        let container = self.under("container", || self.single_template(&iterate.container));
        let condition = self.value("condition", iterate.condition.as_ref());
        quote!(__lp::plan::Iterate { container: #container, condition: #condition })
    }

    pub(crate) fn output(&self, output: Option<&Tree>) -> TokenStream {
        match output {
            None => quote!(__lp::plan::Output::Whole),
            Some(_) if facts::yields_nothing(output) => quote!(__lp::plan::Output::Nothing),
            Some(tree) => {
                let template = self.under("output", || self.value_template(tree));
                quote!(__lp::plan::Output::Template(#template))
            }
        }
    }

    fn trigger(&self, trigger: &TriggerSpec) -> TokenStream {
        let by_date = trigger.by_date;
        let order = match trigger.order {
            TriggerOrder::Ascending => quote!(Ascending),
            TriggerOrder::Descending => quote!(Descending),
            TriggerOrder::Unordered => quote!(Unordered),
        };
        let id = self.single("id", trigger.id.as_ref());
        let date = self.single("date", trigger.date.as_ref());
        quote! {
            __lp::plan::Trigger {
                by_date: #by_date, order: __lp::plan::TriggerOrder::#order, id: #id, date: #date,
            }
        }
    }

    /// What connections and webhooks keep; most responses keep nothing.
    fn account(&self, response: &Response) -> Option<TokenStream> {
        if !facts::keeps_something(response) {
            return None;
        }
        let metadata = response.metadata.as_ref().and_then(|metadata| metadata.value.as_ref());
        let data = option(
            response.data.as_ref().map(|data| self.under("data", || self.keyed(data, facts::members(data)))),
        );
        let metadata = self.value("metadata", metadata);
        let uid = self.value("uid", response.uid.as_ref());
        let expires = self.single("expires", response.expires.as_ref());
        let scope = self.value("scope", response.scope.as_ref());
        let oauth = self.value("oauth", response.oauth.as_ref());
        Some(quote! {
            __lp::plan::Account {
                data: #data, metadata: #metadata, uid: #uid, expires: #expires, scope: #scope, oauth: #oauth,
            }
        })
    }
}

/// A request that the runtime's short form can say: what it has no argument for is absent.
fn is_short_request(request: &Request) -> bool {
    let Request { body_type, temp, condition, ca, oauth, aws, repeat, .. } = request;
    *body_type == BodyType::Json
        && temp.is_none()
        && condition.is_none()
        && ca.is_none()
        && oauth.is_none()
        && aws.is_none()
        && repeat.is_none()
}

/// A response that the runtime's short form can say, if it keeps nothing either.
fn is_short_response(response: &Response) -> bool {
    let Response { parse_as, temp, wrapper, trigger, unwrap, .. } = response;
    *parse_as == ResponseType::One(ParseAs::Automatic)
        && temp.is_none()
        && wrapper.is_none()
        && trigger.is_none()
        && unwrap.unwrap_or(true)
}

/// Switches that are not templates; `None` for those of an ordinary request.
fn request_options(request: &Request) -> Option<TokenStream> {
    let reject_unauthorized = facts::verifies_certificates(request);
    let is_default = request.encode_url
        && request.timeout.is_none()
        && !request.gzip
        && request.follow_redirects
        && request.follow_all_redirects
        && reject_unauthorized;
    if is_default {
        return None;
    }
    let (encode_url, gzip) = (request.encode_url, request.gzip);
    let (follow_redirects, follow_all_redirects) = (request.follow_redirects, request.follow_all_redirects);
    let timeout = option(request.timeout.map(|timeout| quote!(#timeout)));
    Some(quote! {
        __lp::plan::RequestOptions {
            encode_url: #encode_url, timeout: #timeout, gzip: #gzip, follow_redirects: #follow_redirects,
            follow_all_redirects: #follow_all_redirects, reject_unauthorized: #reject_unauthorized,
        }
    })
}

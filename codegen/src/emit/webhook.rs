//! Webhooks, instant triggers and responders (connector.md 11.5, 11.6, 13).

use linchpin_spec::iml::ast::Template;
use linchpin_spec::model::{Responder, Verification, Webhook, WebhookKind};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::client::{module, output};
use super::context::Context;
use super::parameter::parameters;
use super::plan::{name, names, option};
use super::types::{allow, doc};
use crate::lower::{Api, Call, WebhookType};

/// The method of the client that gives the webhooks, and the type that it gives.
pub(super) fn webhooks(context: &Context<'_>, api: &Api<'_>) -> (TokenStream, TokenStream) {
    if api.webhooks.is_empty() {
        return (TokenStream::new(), TokenStream::new());
    }
    let method = quote! {
        /// The webhooks: receivers of the events that the service sends.
        pub fn webhooks(&self) -> Webhooks { Webhooks(__lp::Clone::clone(&self.0)) }
    };
    let allow = allow();
    let webhooks = api.webhooks.iter().map(|webhook| self::webhook(context, webhook));
    let item = quote! {
        /// The webhooks of the connector.
        #allow
        #[derive(__lp::Clone, __lp::fmt::Debug)]
        pub struct Webhooks(__lp::Client);
        #allow
        impl Webhooks { #(#webhooks)* }
    };
    (method, item)
}

fn webhook(context: &Context<'_>, lowered: &WebhookType<'_>) -> TokenStream {
    let doc = doc(&lowered.doc);
    let (method, form) = (format_ident!("{}", lowered.method), format_ident!("{}", lowered.form));
    let plan = context.webhook(lowered.webhook);
    quote! {
        #doc
        pub fn #method(&self) -> __lp::Webhook<#form> {
            static PLAN: __lp::plan::Webhook = #plan;
            __lp::Webhook::new(&self.0, &PLAN)
        }
    }
}

/// The method of an instant trigger.
pub(super) fn instant_trigger(context: &Context<'_>, call: &Call<'_>) -> TokenStream {
    let (doc, method) = (doc(&call.doc), format_ident!("{}", call.method));
    let (input, output) = (format_ident!("{}", call.input), output(call));
    let plan = module(context, call.module);
    let webhook = call.module.webhook.as_ref().map(|webhook| webhook.value.as_str());
    let webhook = option(webhook.map(|webhook| quote!(#webhook)));
    quote! {
        #doc
        pub fn #method(&self, input: #input) -> __lp::InstantTrigger<#output> {
            static PLAN: __lp::plan::Module = #plan;
            __lp::instant_trigger(&self.0, &PLAN, #webhook, &input)
        }
    }
}

/// The method of a responder.
pub(super) fn responder(context: &Context<'_>, call: &Call<'_>) -> TokenStream {
    let (doc, method) = (doc(&call.doc), format_ident!("{}", call.method));
    let input = format_ident!("{}", call.input);
    let plan = module(context, call.module);
    let nothing = Responder { body_type: None, status: None, headers: None, body: None };
    let responder = call.module.responder.as_ref().unwrap_or(&nothing);
    let responder = context.under("response", || context.responder(responder, &quote!(Automatic)));
    quote! {
        #doc
        pub fn #method(&self, input: #input) -> __lp::Respond {
            static PLAN: __lp::plan::Module = #plan;
            static REPLY: __lp::plan::Responder = #responder;
            __lp::respond(&self.0, &PLAN, &REPLY, &input)
        }
    }
}

impl Context<'_> {
    fn webhook(&self, webhook: &Webhook) -> TokenStream {
        let id = name(&webhook.id.value);
        let shared = webhook.kind == WebhookKind::Shared;
        let form = parameters(&webhook.parameters);
        let connections = webhook.connection.iter().chain(&webhook.alt_connection);
        let connections = names(connections.map(|connection| connection.value.as_str()));
        let attach = self.under("attach", || self.requests(&webhook.attach));
        let update = self.under("update", || self.requests(&webhook.update));
        let detach = self.under("detach", || self.requests(&webhook.detach));
        let incoming = self.secretly(|| self.incoming(webhook));
        let scope = names(webhook.scope.iter().map(|scope| scope.value.as_str()));
        quote! {
            __lp::plan::Webhook {
                name: #id, shared: #shared, parameters: #form, connections: #connections, attach: #attach,
                update: #update, detach: #detach, #incoming scope: #scope,
            }
        }
    }

    /// What looks at a request that has arrived.
    fn incoming(&self, webhook: &Webhook) -> TokenStream {
        let verification = webhook.verification.as_ref();
        let verification = option(
            verification.map(|verification| self.under("verification", || self.verification(verification))),
        );
        let condition = webhook.condition.as_ref().and_then(|condition| condition.test.as_ref());
        let condition = self.value("condition", condition);
        let iterate = webhook.iterate.as_ref();
        let iterate = option(iterate.map(|iterate| self.under("iterate", || self.iterate(iterate))));
        let output = self.output(webhook.output.as_ref());
        let uid = self.single("uid", webhook.uid.as_ref());
        let respond = self.respond(webhook.respond.as_ref());
        quote! {
            verification: #verification, condition: #condition, iterate: #iterate, output: #output, uid: #uid,
            respond: #respond,
        }
    }

    fn verification(&self, verification: &Verification) -> TokenStream {
        let condition = self.value("condition", verification.condition.as_ref());
        let respond = self.respond(verification.respond.as_ref());
        quote!(__lp::plan::Verification { condition: #condition, respond: #respond })
    }

    fn respond(&self, responder: Option<&Responder>) -> TokenStream {
        let respond = |responder| self.under("respond", || self.responder(responder, &quote!(Json)));
        option(responder.map(respond))
    }

    /// An answer; `usual` is how its body is written where the author does not say.
    fn responder(&self, responder: &Responder, usual: &TokenStream) -> TokenStream {
        let reply_type = match &responder.body_type {
            None => usual.clone(),
            Some(template) => self.under("type", || self.reply_type(template)),
        };
        let status = self.value("status", responder.status.as_ref());
        let headers = self.value("headers", responder.headers.as_ref());
        let body = self.value("body", responder.body.as_ref());
        quote! {
            __lp::plan::Responder {
                reply_type: __lp::plan::ReplyType::#reply_type, status: #status, headers: #headers, body: #body,
            }
        }
    }

    /// A word that is known when it is compiled needs no template.
    fn reply_type(&self, template: &Template) -> TokenStream {
        match template.literal() {
            Some("json") => quote!(Json),
            Some("urlencoded") => quote!(Urlencoded),
            Some("text" | "string" | "raw") => quote!(Text),
            _ => {
                let template = self.text_template(template);
                quote!(Template(#template))
            }
        }
    }
}

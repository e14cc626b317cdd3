//! Webhooks, and the answers of webhooks and responders (connector.md 11.6, 13).

use std::borrow::Cow;

use linchpin::plan::{self, ReplyType};
use linchpin_spec::iml::ast::Template;
use linchpin_spec::model::{Responder, Verification, Webhook, WebhookKind};

use crate::component::names;
use crate::maker::Maker;
use crate::parameter::parameters;

impl Maker<'_> {
    /// A webhook. What looks at a request that has arrived compares texts in constant time (rulings 30).
    pub(crate) fn webhook(&self, webhook: &Webhook) -> plan::Webhook {
        let registering = |key, requests| self.under(key, || self.requests(requests));
        let condition = webhook.condition.as_ref().and_then(|condition| condition.test.as_ref());
        let (verification, iterate) = (webhook.verification.as_ref(), webhook.iterate.as_ref());
        let (attach, update, detach) = (
            registering("attach", &webhook.attach),
            registering("update", &webhook.update),
            registering("detach", &webhook.detach),
        );
        self.secretly(|| plan::Webhook {
            name: Cow::Owned(webhook.id.value.clone()),
            shared: webhook.kind == WebhookKind::Shared,
            parameters: parameters(&webhook.parameters),
            connections: names(webhook.connection.iter().chain(&webhook.alt_connection)),
            attach,
            update,
            detach,
            verification: verification
                .map(|verification| self.under("verification", || self.verification(verification))),
            condition: self.value("condition", condition),
            iterate: iterate.map(|iterate| self.under("iterate", || self.iterate(iterate))),
            output: self.output(webhook.output.as_ref()),
            uid: self.single("uid", webhook.uid.as_ref()),
            respond: self.respond(webhook.respond.as_ref()),
            scope: names(&webhook.scope),
        })
    }

    fn verification(&self, verification: &Verification) -> plan::Verification {
        plan::Verification {
            condition: self.value("condition", verification.condition.as_ref()),
            respond: self.respond(verification.respond.as_ref()),
        }
    }

    fn respond(&self, responder: Option<&Responder>) -> Option<plan::Responder> {
        responder.map(|responder| self.under("respond", || self.responder(responder, ReplyType::Json)))
    }

    /// An answer; `usual` is how its body is written where the author does not say.
    pub(crate) fn responder(&self, responder: &Responder, usual: ReplyType) -> plan::Responder {
        let reply_type = responder.body_type.as_ref();
        plan::Responder {
            reply_type: reply_type.map_or(usual, |template| self.under("type", || self.reply_type(template))),
            status: self.value("status", responder.status.as_ref()),
            headers: self.value("headers", responder.headers.as_ref()),
            body: self.value("body", responder.body.as_ref()),
        }
    }

    fn reply_type(&self, template: &Template) -> ReplyType {
        match template.literal() {
            Some("json") => ReplyType::Json,
            Some("urlencoded") => ReplyType::Urlencoded,
            Some("text" | "string" | "raw") => ReplyType::Text,
            _ => ReplyType::Template(self.text_template(template)),
        }
    }
}

//! Instant triggers, fed by their webhooks.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::Request;
use linchpin::client::Input;
use linchpin::webhook::{HookRecord, InstantTrigger, Webhook, WebhookError};
use linchpin::{Object, Value};

use crate::Prepared;

/// Where the hooks of the tests are.
pub const URL: &str = "https://app.example/hooks/sample";
/// The id of the hooks of the tests.
pub const ID: &str = "sample-hook";

/// An instant trigger that waits for a request to its webhook.
pub struct Event {
    /// The module.
    pub module: &'static str,
    /// Its parameters.
    pub parameters: Object,
    /// The form of the webhook.
    pub form: Object,
    /// Attaches a hook, lets it take a request, and detaches it.
    pub run: Box<dyn FnOnce(Request<Bytes>) -> Happening + Send>,
}

/// Something that is awaited.
pub type Happening = Pin<Box<dyn Future<Output = Result<Happened, WebhookError>> + Send>>;

/// What came of a request.
pub struct Happened {
    /// The status of the answer.
    pub status: u16,
    /// The bundles of the trigger.
    pub bundles: Vec<Value>,
}

impl Prepared {
    /// Notes an instant trigger. The hook goes through its record, as from one process to another.
    pub fn event<P: Input + Clone + Send + 'static>(
        &mut self,
        module: &'static str,
        webhook: Webhook<P>,
        form: P,
        trigger: InstantTrigger<Value>,
        parameters: impl Input,
    ) {
        let values = form.clone().into_object();
        let run = move |request| -> Happening {
            Box::pin(async move {
                let attached = webhook.clone().with_id(ID).attach(URL, form).await?;
                let record = HookRecord::from_json(attached.record().to_json().as_bytes())?;
                let hook = webhook.open(record)?;
                let delivery = trigger.handle(&hook, request).await?;
                hook.detach().await?;
                let (reply, bundles) = delivery.into_parts();
                Ok(Happened { status: reply.status().as_u16(), bundles })
            })
        };
        let parameters = parameters.into_object();
        self.events.push(Event { module, parameters, form: values, run: Box::new(run) });
    }
}

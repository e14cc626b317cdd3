//! Code that feeds every instant trigger by its webhook.

use std::fmt::Write as _;

use linchpin_spec::model::{Connector, Field, ModuleKind};

use crate::generated::Generated;
use crate::samples::{Samples, rules};

/// Statements that note an event for each instant trigger that has a webhook.
pub(crate) fn events(generated: &Generated, connector: &Connector) -> String {
    let mut code = String::new();
    for module in connector.modules.iter().filter(|module| module.kind == ModuleKind::InstantTrigger) {
        let id = &module.id.value;
        let Some(method) = generated.methods.iter().find(|method| method.module == *id) else { continue };
        let used = module.webhook.as_ref().map(|webhook| webhook.value.as_str());
        let Some(webhook) = generated.webhooks.iter().find(|known| Some(&*known.module) == used) else {
            continue;
        };
        let spec = connector.webhooks.iter().find(|known| Some(&*known.id.value) == used);
        let form = spec.map_or(&[][..], |webhook| &webhook.parameters);
        let sample = |fields: &[Field], ident: &str| Samples::new(generated, rules(fields)).literal(ident, 0);
        let (input, form) = (sample(&module.parameters, &method.input), sample(form, &webhook.input));
        let (method, webhook) = (&method.ident, &webhook.ident);
        let _ = writeln!(
            code,
            "{{ let (input, form) = ({input}, {form}); let trigger = client.{method}(input.clone()).raw(); \
             prepared.event({id:?}, client.webhooks().{webhook}(), form, trigger, input); }}"
        );
    }
    code
}

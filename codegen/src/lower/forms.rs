//! Which RPCs a form refers to, and for what.

use linchpin_spec::facts;
use linchpin_spec::iml::ast::Piece;
use linchpin_spec::json::{Kind, Node};
use linchpin_spec::model::{
    Connector, Entry, Field, KeyTemplate, Parameter, ParameterType, Request, Rpc, Tree,
};

const SCHEME: &str = "rpc://";

/// What an RPC is asked for (connector.md 14.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RpcUse {
    /// The options of a select.
    Options,
    /// Fields of a form or of an output.
    Fields,
    /// An example bundle.
    Samples,
    /// The value of a field, at the press of a button.
    Button,
}

/// Shows `seen` every RPC that a list of fields refers to.
pub(crate) fn references(fields: &[Field], seen: &mut dyn FnMut(&str, RpcUse)) {
    for field in fields {
        match field {
            Field::Rpc(reference) => seen(&reference.name, RpcUse::Fields),
            Field::Parameter(parameter) => of_parameter(parameter, seen),
        }
    }
}

fn of_parameter(parameter: &Parameter, seen: &mut dyn FnMut(&str, RpcUse)) {
    references(&parameter.nested, seen);
    references(&parameter.nested_false, seen);
    if let Some(button) = &parameter.button {
        seen(&button.rpc.name, RpcUse::Button);
        references(&button.form, seen);
    }
    parameter.offers.iter().for_each(|reference| seen(&reference.name, RpcUse::Options));
    of_type(&parameter.ty, seen);
}

fn of_type(ty: &ParameterType, seen: &mut dyn FnMut(&str, RpcUse)) {
    match ty {
        ParameterType::Array(item) => of_type(item, seen),
        ParameterType::Collection(fields) => references(fields, seen),
        ParameterType::Select(options) => {
            options.rpc.iter().for_each(|reference| seen(&reference.name, RpcUse::Options));
            options.choices.iter().for_each(|choice| references(&choice.nested, seen));
            references(&options.nested, seen);
            references(&options.placeholder_nested, seen);
        }
        _ => {}
    }
}

/// Shows `seen` the RPC that supplies samples, if one does.
pub(crate) fn samples(samples: Option<&Node>, seen: &mut dyn FnMut(&str, RpcUse)) {
    let Some(Node { kind: Kind::String(text), .. }) = samples else { return };
    if let Some(reference) = text.value.strip_prefix(SCHEME) {
        seen(reference.split(['@', '?']).next().unwrap_or_default(), RpcUse::Samples);
    }
}

/// Shows `seen` every RPC to which the result of another one is seen to refer (connector.md 14.2).
pub(crate) fn in_results(rpc: &Rpc, seen: &mut dyn FnMut(&str)) {
    let outputs = rpc.requests.iter().filter_map(|request| request.response.output.as_ref());
    let wrappers = rpc.requests.iter().filter_map(|request| request.response.wrapper.as_ref());
    for tree in outputs.chain(wrappers) {
        facts::templates(tree, &mut |template| {
            if let Some(Piece::Literal(text)) = template.pieces.first()
                && let Some(target) = text.trim_start().strip_prefix(SCHEME)
            {
                seen(target.split(['@', '?', '/']).next().unwrap_or_default());
            }
        });
    }
}

/// What an RPC that nothing refers to lists, by what its last output looks like.
pub(crate) fn shape(requests: &[Request]) -> Option<RpcUse> {
    let output = requests.iter().rev().find_map(|request| request.response.output.as_ref())?;
    let entries = match output {
        Tree::Array(items) => items.value.first()?,
        one => one,
    };
    let Tree::Object(entries) = entries else { return None };
    let has = |name: &str| {
        let is_it = |entry: &Entry| matches!(entry, Entry::Field { key: KeyTemplate::Literal(key), .. } if key.value == name);
        entries.value.iter().any(is_it)
    };
    match (has("value"), has("name") && has("type")) {
        (true, _) => Some(RpcUse::Options),
        (false, true) => Some(RpcUse::Fields),
        (false, false) => None,
    }
}

/// Shows `seen` every RPC that a connector refers to.
pub(crate) fn all(connector: &Connector, seen: &mut dyn FnMut(&str, RpcUse)) {
    for module in &connector.modules {
        references(&module.parameters, seen);
        references(&module.interface, seen);
        samples(module.samples.as_ref(), seen);
    }
    connector.rpcs.iter().for_each(|rpc| references(&rpc.parameters, seen));
    connector.webhooks.iter().for_each(|webhook| references(&webhook.parameters, seen));
    connector.connections.iter().for_each(|connection| references(&connection.parameters, seen));
    for endpoint in &connector.endpoints {
        references(&endpoint.parameters, seen);
        references(&endpoint.interface, seen);
    }
}

//! What a connector implies beyond what stands in it: decisions that every maker of plans shares, so that emitted code
//! and plans that are made at run time cannot differ.

mod fields;
mod forms;
mod hosts;
mod javascript;
mod learned;
mod places;
mod scopes;
mod steps;
mod templates;

use crate::iml::usage::Usage;
use crate::model::{Entry, KeyTemplate, Module, ParseAs, Request, Response, ResponseType, Tree, Valid};

pub use fields::{Flat, flatten};
pub use forms::{Appears, Variant, appearing, default, is_open, is_secret, takes_many};
pub use hosts::hosts;
pub use javascript::{called_functions, code_parameter, runs_javascript};
pub use learned::learned;
pub use places::place;
pub use scopes::scopes_of_components;
pub use steps::step_key;
pub use templates::templates;

/// Bundles may leave before the last page is read: the last request is not repeated, and no wrapper needs them all
/// (rulings 21).
pub fn streams(requests: &[Request]) -> bool {
    let has_wrapper = requests.iter().any(|request| request.response.wrapper.is_some());
    requests.last().is_some_and(|last| last.repeat.is_none()) && !has_wrapper
}

/// What lists where a polling trigger may start: the module with its epoch in place of the last request
/// (connector.md 3.15).
pub fn epoch(module: &Module) -> Option<Module> {
    let epoch = module.epoch.clone()?;
    let before = module.requests.split_last().map_or(&[][..], |(_, before)| before);
    let requests = before.iter().cloned().chain([epoch]).collect();
    Some(Module { requests, ..module.clone() })
}

/// Whether an output is literally `null` or `false`, which yields nothing (connector.md 7.7).
pub fn yields_nothing(output: Option<&Tree>) -> bool {
    match output {
        Some(Tree::Null(_)) => true,
        Some(Tree::Bool(bool)) => !bool.value,
        _ => false,
    }
}

/// Whether a verdict looks at `statusCode`, so that it replaces the test of the status under either policy
/// (connector.md 7.5).
pub fn reads_status(valid: &Valid) -> bool {
    let mut reads = false;
    valid.condition.iter().for_each(|tree| {
        templates(tree, &mut |template| reads |= Usage::of(template).reads("statusCode"));
    });
    reads
}

/// Whether certificates are verified. Anything but a literal `false` does: no template may turn that off by accident.
pub fn verifies_certificates(request: &Request) -> bool {
    !matches!(&request.reject_unauthorized, Some(Tree::Bool(verify)) if !verify.value)
}

/// How answers are read by their status, the narrowest range first (connector.md 7.2). One way for all statuses is the
/// widest range; nothing stands for reading by the content type.
pub fn ways_to_read(ty: &ResponseType) -> Vec<(u16, u16, &ParseAs)> {
    match ty {
        ResponseType::One(ParseAs::Automatic) => Vec::new(),
        ResponseType::One(kind) => vec![(1, 999, kind)],
        ResponseType::Ranges(ranges) => {
            let mut ranges: Vec<_> = ranges.iter().map(|(from, to, kind)| (*from, *to, kind)).collect();
            ranges.sort_by_key(|(from, to, _)| to.saturating_sub(*from));
            ranges
        }
    }
}

/// Whether something of an answer is kept, as connections and webhooks do (connector.md 7.10).
pub fn keeps_something(response: &Response) -> bool {
    let metadata = response.metadata.as_ref().is_some_and(|metadata| metadata.value.is_some());
    let trees = [&response.data, &response.uid, &response.scope, &response.oauth];
    metadata || response.expires.is_some() || trees.iter().any(|tree| tree.is_some())
}

/// The members of what is kept of an answer, to be evaluated one by one: a token that an answer brings is kept even
/// where the member beside it fails. `None` where that is not possible, or makes no difference.
pub fn members(data: &Tree) -> Option<Vec<(&str, &Tree)>> {
    entries(data).filter(|members| members.len() > 1)
}

/// The members of an object whose keys are all known; `None` for any other value.
pub fn entries(tree: &Tree) -> Option<Vec<(&str, &Tree)>> {
    let Tree::Object(entries) = tree else { return None };
    let member = |entry| match entry {
        &Entry::Field { key: KeyTemplate::Literal(ref key), ref value } => Some((key.value.as_str(), value)),
        _ => None,
    };
    entries.value.iter().map(member).collect()
}

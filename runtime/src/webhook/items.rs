//! What a request that has arrived yields (connector.md 13.3, steps 2 to 5).

use super::{Reply, reply};
use crate::engine::{eval, iterate};
use crate::error::Error;
use crate::plan::{Output, Webhook};
use crate::scope::{Root, Scope};
use crate::value::Value;

/// What a request is.
pub(super) enum Verdict {
    /// It only verifies the url; this is the answer.
    Verification(Reply),
    /// It does not count.
    Ignored,
    /// It has items.
    Counts,
}

/// Looks at `verification`, then at `condition`.
pub(super) fn judge(webhook: &Webhook, scope: &Scope) -> Result<Verdict, Error> {
    if let Some(verification) = &webhook.verification
        && eval::holds(verification.condition.as_ref(), scope)?
    {
        let reply = reply::compose(verification.respond.as_ref(), scope);
        return reply.map(Verdict::Verification);
    }
    let counts = eval::holds(webhook.condition.as_ref(), scope)?;
    Ok(if counts { Verdict::Counts } else { Verdict::Ignored })
}

/// Whose items a request holds: each `uid` once, in the order of the items.
pub(super) fn uids(webhook: &Webhook, scope: &mut Scope) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    each(webhook, scope, |scope| {
        let uid = uid(webhook, scope)?;
        if !uid.is_empty() && !found.contains(&uid) {
            found.push(uid);
        }
        Ok(())
    })?;
    Ok(found)
}

/// The bundles of a request; with `wanted`, only those whose `uid` it is.
pub(super) fn bundles(
    webhook: &Webhook,
    wanted: Option<&str>,
    scope: &mut Scope,
) -> Result<Vec<Value>, Error> {
    let condition = webhook.iterate.as_ref().and_then(|iterate| iterate.condition.as_ref());
    let mut bundles = Vec::new();
    each(webhook, scope, |scope| {
        let uid = uid(webhook, scope)?;
        if wanted.is_some_and(|wanted| wanted != uid) || !eval::holds(condition, scope)? {
            return Ok(());
        }
        let whole = if webhook.iterate.is_some() { Root::Item } else { Root::Body };
        let bundle = match &webhook.output {
            Output::Whole => scope.root(whole).clone(),
            Output::Nothing => Value::Undefined,
            Output::Template(template) => eval::value(template, scope)?,
        };
        match bundle {
            // A list that is not walked is a list of bundles.
            Value::Array(list) if webhook.iterate.is_none() => bundles.extend(list.iter().cloned()),
            bundle => bundles.push(bundle),
        }
        Ok(())
    })?;
    bundles.retain(|bundle| !bundle.is_nullish());
    Ok(bundles)
}

/// Runs for each item, which `scope` then shows; once where there is no list.
fn each(
    webhook: &Webhook,
    scope: &mut Scope,
    mut run: impl FnMut(&mut Scope) -> Result<(), Error>,
) -> Result<(), Error> {
    let Some(iterate) = &webhook.iterate else { return run(scope) };
    let container = eval::value(&iterate.container, scope)?;
    iterate::set_ends(container.items(), scope);
    for item in container.items() {
        scope.set(Root::Item, item.clone());
        run(scope)?;
    }
    scope.set(Root::Item, Value::Undefined);
    Ok(())
}

/// The `uid` of the item that `scope` shows, which templates see from then on.
fn uid(webhook: &Webhook, scope: &mut Scope) -> Result<String, Error> {
    let Some(template) = &webhook.uid else { return Ok(String::new()) };
    let uid = eval::value(template, scope)?;
    let text = uid.to_text().into();
    scope.set(Root::Uid, uid);
    Ok(text)
}

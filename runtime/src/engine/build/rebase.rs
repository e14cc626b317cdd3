//! Moves addresses of the connector's own service to the base URL that the builder gives.

use url::Url;

use super::url::is_absolute;
use crate::client::core::Core;
use crate::engine::eval;
use crate::scope::Scope;

/// Where an absolute address goes when the builder overrides the base URL: what lies under the connector's own
/// `baseUrl`, or on its host, moves along. `None` when it stays.
pub(crate) fn moved(written: &str, scope: &Scope, core: &Core) -> Option<String> {
    let over = core.base_url.as_deref().filter(|_| is_absolute(written))?;
    // A base that cannot be evaluated here is not where this address points.
    let original = eval::text(core.plan.base_url.as_ref()?, scope).ok()?;
    rebase(written, original.trim(), over)
}

fn rebase(written: &str, original: &str, over: &str) -> Option<String> {
    let prefix = original.trim_end_matches('/');
    let (from, to) = (Url::parse(original).ok()?, Url::parse(over).ok()?);
    if let Some(rest) = written.strip_prefix(prefix)
        && (rest.is_empty() || rest.starts_with(['/', '?', '#']))
    {
        return Some(format!("{}{rest}", over.trim_end_matches('/')));
    }
    let place = Url::parse(written).ok()?;
    if place.origin() != from.origin() {
        return None;
    }
    let scheme_end = written.find("://")? + 3;
    let rest = written.get(scheme_end..)?;
    let path = rest.find(['/', '?', '#']).and_then(|at| rest.get(at..)).unwrap_or_default();
    Some(format!("{}{path}", to.origin().ascii_serialization()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_service_moves_and_others_stay() {
        let (original, over) = ("https://api.tasks.example/v2", "http://127.0.0.1:4000/mock/");
        let moved = |written| rebase(written, original, over);
        assert_eq!(
            moved("https://api.tasks.example/v2/me?a=b").unwrap(),
            "http://127.0.0.1:4000/mock/me?a=b"
        );
        assert_eq!(moved("https://api.tasks.example/v2x/y").unwrap(), "http://127.0.0.1:4000/v2x/y");
        assert_eq!(moved("https://api.tasks.example").unwrap(), "http://127.0.0.1:4000");
        assert_eq!(moved("https://login.tasks.example/v2/me"), None);
    }
}

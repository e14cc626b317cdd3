//! Hosts that stand literally in a connector: only they are sent credentials (rulings 35).

use std::collections::BTreeSet;

use crate::check::walk;
use crate::iml::ast::{ExprKind, Piece, Template};
use crate::iml::usage::visit;
use crate::model::Connector;

/// Every host of a url in the connector, in lower case and in alphabetical order, with the port if one is written.
pub fn hosts(connector: &Connector) -> Vec<String> {
    let mut hosts = BTreeSet::new();
    let mut urls = Vec::new();
    let mut bases: Vec<&Template> = connector.base_url.iter().collect();
    walk::requests(connector, &mut |request, _, _| {
        urls.extend(&request.url);
        bases.extend(&request.base_url);
        urls.extend(request.pagination.iter().filter_map(|pagination| pagination.url.as_ref()));
    });
    // A base without a scheme begins with its host.
    let bare = bases.iter().filter_map(|base| match base.pieces.first()? {
        Piece::Literal(text) if !text.contains("://") => {
            host(&format!("https://{}", text.trim().trim_start_matches('/')))
        }
        _ => None,
    });
    hosts.extend(bare);
    for url in urls.into_iter().chain(bases) {
        collect(url, &mut hosts);
    }
    hosts.into_iter().collect()
}

fn collect(url: &Template, hosts: &mut BTreeSet<String>) {
    for (at, piece) in url.pieces.iter().enumerate() {
        match piece {
            Piece::Literal(text) if at == 0 => hosts.extend(host(text)),
            Piece::Literal(_) => {}
            Piece::Mustache(expr) => visit(expr, &mut |expr, _| {
                if let ExprKind::Text(text) = &expr.kind {
                    hosts.extend(host(text));
                }
            }),
        }
    }
}

/// The host of an address as the author wrote it. What may follow in a template behind it cannot widen it: another
/// text makes another host, which is not in the list.
fn host(text: &str) -> Option<String> {
    let lower = text.trim_start().to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iml::parse_template;
    use crate::span::{Span, Text};

    fn hosts_of(url: &str) -> Vec<String> {
        let template = parse_template(&Text::detached(url, Span::default()), &mut Vec::new());
        let mut hosts = BTreeSet::new();
        collect(&template, &mut hosts);
        hosts.into_iter().collect()
    }

    #[test]
    fn only_what_is_written_counts() {
        assert_eq!(hosts_of("https://API.tasks.example/v1?x=http://other.example"), ["api.tasks.example"]);
        assert_eq!(hosts_of("http://user:key@api.tasks.example:8443"), ["api.tasks.example:8443"]);
        assert_eq!(hosts_of("/relative/https://other.example"), Vec::<String>::new());
        assert_eq!(hosts_of("https://{{connection.host}}/v1"), Vec::<String>::new());
        assert_eq!(
            hosts_of("{{if(connection.eu, 'https://eu.tasks.example', 'https://us.tasks.example')}}/v1"),
            ["eu.tasks.example", "us.tasks.example"]
        );
        assert_eq!(hosts_of("https://api{{common.n}}.tasks.example"), ["api"]);
        assert_eq!(hosts_of("{{body.next}}https://other.example"), Vec::<String>::new());
    }
}

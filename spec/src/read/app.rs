//! What belongs to the whole connector: base, common, groups, policies (connector.md 3).

use super::directives::{INSTALL, Place};
use super::parameter::Purpose;
use super::reader::{Reader, label, number};
use crate::diagnostic::{Code, Diagnostic};
use crate::iml::ast::Template;
use crate::json::Node;
use crate::model::{Common, Constants, Group, Installation, QsPolicy, ValidPolicy};
use crate::source::{ComponentKind, Sources};
use crate::span::Spanned;

/// The policies of connector.md 6.3 with their names.
pub(crate) const QS_POLICIES: &[(&str, QsPolicy)] =
    &[("replace", QsPolicy::Replace), ("merge", QsPolicy::Merge)];
/// The policies of connector.md 7.5 with their names.
pub(crate) const VALID_POLICIES: &[(&str, ValidPolicy)] =
    &[("only", ValidPolicy::Only), ("replace", ValidPolicy::Only), ("and_status", ValidPolicy::AndStatus)];

impl Reader<'_> {
    /// The object that everything inherits from, and its `baseUrl`. It is read here once for itself, so that
    /// mistakes in it are found even where nothing inherits it.
    pub(super) fn base<'n>(&mut self, node: Option<&'n Node>) -> (Option<&'n Node>, Option<Template>) {
        let Some(node) = node.filter(|node| !node.is_empty_value()) else { return (None, None) };
        let base = match node.items() {
            [only] => only,
            _ => node,
        };
        if !base.is_object() {
            self.wrong_type("base", "an object", base);
            return (None, None);
        }
        self.check_request(base, Place::Base);
        if let Some(url) = base.get_set("url") {
            let message = "`url` in base becomes the url of whatever has none";
            let diagnostic = Diagnostic::new(Code::BaseUrlInBase, message, url.span);
            self.sink.push(diagnostic.help("write `baseUrl`"));
        }
        let base_url = self.request(base, Place::Base).base_url;
        (Some(base), base_url)
    }

    /// Constants: their names, and the values of those that steer the engine (connector.md 3.3, rulings 13).
    pub(super) fn common(&mut self, node: Option<&Node>) -> Common {
        let Some(node) = node.filter(|node| !node.is_empty_value()) else { return Common::default() };
        if !node.is_object() {
            self.wrong_type("common", "an object", node);
            return Common::default();
        }
        let names = node
            .members()
            .iter()
            .map(|member| Spanned::new(member.key.value.to_string(), member.key.span))
            .collect();
        Common {
            names,
            values: Constants::new(node.members()),
            timeout: constant(node, "timeout"),
            max_requests: constant(node, "maxRequestCount"),
            max_pages: constant(node, "maxPaginationRequestCount"),
            max_past_records: constant(node, "maxPastRecords"),
        }
    }

    /// `installSpec` and `install` (connector.md 3.16); `None` where both are empty.
    pub(super) fn installation(
        &mut self,
        form: Option<&Node>,
        directives: Option<&Node>,
    ) -> Option<Installation> {
        let form = form.map(|node| self.fields("installSpec", node, Purpose::Input)).unwrap_or_default();
        let directives = directives.filter(|node| !node.is_empty_value());
        let common = directives.and_then(|node| {
            if !node.is_object() {
                self.passed_over("install", "an object", node);
                return None;
            }
            self.check_keys("install", node, INSTALL);
            node.get_set("common").and_then(|common| self.collection("install.common", common))
        });
        (!form.is_empty() || common.is_some()).then_some(Installation { form, common })
    }

    /// Groups of modules (connector.md 3.10). They only order things, so what is wrong with them is passed over.
    pub(super) fn groups(&mut self, node: Option<&Node>) -> Vec<Group> {
        let items = node.map(Node::items).unwrap_or_default();
        let mut groups = Vec::with_capacity(items.len());
        for item in items {
            let modules = item.get_set("modules").map(|node| self.names("modules", node)).unwrap_or_default();
            let modules = modules.into_iter().map(|name| self.resolve(ComponentKind::Module, name)).collect();
            groups.push(Group { label: label(item.get("label")).unwrap_or_default(), modules });
        }
        groups
    }

    /// What `qs` does to a query in the url: of the file, else of the layout (rulings 7).
    pub(super) fn qs_policy(&mut self, sources: &Sources) -> QsPolicy {
        let set = sources.qs_policy_set.as_ref();
        set.and_then(|node| self.policy("qsPolicy", node, QS_POLICIES)).unwrap_or(sources.qs_policy)
    }

    /// What `valid` does to the test of the status: of the file, else the default.
    pub(super) fn valid_policy(&mut self, sources: &Sources) -> ValidPolicy {
        let set = sources.valid_policy_set.as_ref();
        set.and_then(|node| self.policy("validPolicy", node, VALID_POLICIES)).unwrap_or_default()
    }

    fn policy<T: Copy>(&mut self, what: &str, node: &Node, table: &[(&str, T)]) -> Option<T> {
        let known = node.as_str().and_then(|name| table.iter().find(|row| row.0 == name));
        if known.is_none() {
            self.wrong_value(what, node, &table.iter().map(|row| row.0).collect::<Vec<_>>());
        }
        known.map(|row| row.1)
    }
}

/// A positive whole number among the constants; anything else is an ordinary constant of that name.
fn constant(node: &Node, name: &str) -> Option<u64> {
    let value = number(node.get(name)?).filter(|value| *value >= 1.0 && value.is_finite())?;
    // Larger numbers saturate, which is no limit at all.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(value as u64)
}

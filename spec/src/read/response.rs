//! Response specifications (connector.md 7).

use super::directives::{ITERATE, METADATA, Place, RESPONSE, TRIGGER, VALID};
use super::keys::Directives;
use super::path::is_known_path;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::iml::ast::Template;
use crate::iml::parse_expression;
use crate::json::{Kind, Node};
use crate::model::{
    Iterate, MetadataSpec, ParseAs, Response, ResponseType, Tree, TriggerOrder, TriggerSpec, Valid,
};

/// The body types of connector.md 7.2 with all their spellings.
pub(crate) const PARSE_AS: &[(&str, ParseAs)] = &[
    ("automatic", ParseAs::Automatic),
    ("json", ParseAs::Json),
    ("urlencoded", ParseAs::Urlencoded),
    ("xml", ParseAs::Xml),
    ("text", ParseAs::Text),
    ("string", ParseAs::Text),
    ("raw", ParseAs::Text),
    ("binary", ParseAs::Binary),
];

/// The orders of connector.md 11.4.
pub(crate) const ORDERS: &[(&str, TriggerOrder)] = &[
    ("asc", TriggerOrder::Ascending),
    ("desc", TriggerOrder::Descending),
    ("unordered", TriggerOrder::Unordered),
];

impl Reader<'_> {
    /// `response`, and the `error` that stands beside `url` as a fallback (connector.md 4.2).
    pub(super) fn response(
        &mut self,
        node: Option<&Node>,
        root_error: Option<&Node>,
        place: Place,
    ) -> Response {
        let fallback = root_error.and_then(|error| self.error_map(error));
        let Some(node) = node.filter(|node| self.is_response(node)) else {
            return Response { error: fallback, ..Response::default() };
        };
        let keys = Directives { node, table: RESPONSE, place };
        let error = keys.get("error").and_then(|error| self.error_map(error));
        Response {
            parse_as: keys.get("type").map(|ty| self.response_type(ty)).unwrap_or_default(),
            temp: keys.get("temp").and_then(|temp| self.collection("response.temp", temp)),
            valid: keys.get("valid").and_then(|valid| self.valid(valid)),
            error: super::error::with_fallback(error, fallback),
            data: keys.get("data").and_then(|data| self.collection("response.data", data)),
            metadata: keys.get("metadata").and_then(|metadata| self.metadata(metadata)),
            uid: keys.get("uid").map(|uid| self.tree(uid)),
            expires: keys.get("expires").and_then(|expires| self.template("response.expires", expires)),
            scope: keys.get("scope").map(|scope| self.tree(scope)),
            oauth: keys.get("oauth").and_then(|oauth| self.collection("response.oauth", oauth)),
            iterate: keys.get("iterate").and_then(|iterate| self.iterate(iterate)),
            output: keys.get_or_null("output").map(|output| self.output(output)),
            limit: keys.get("limit").map(|limit| self.tree(limit)),
            wrapper: keys.get("wrapper").map(|wrapper| self.tree(wrapper)),
            trigger: keys.get("trigger").and_then(|trigger| self.trigger(trigger)),
            unwrap: keys.get("unwrap").and_then(|unwrap| self.flag("response.unwrap", unwrap)),
        }
    }

    fn is_response(&mut self, node: &Node) -> bool {
        if !node.is_object() && !node.is_empty_value() {
            self.wrong_type("response", "an object", node);
        }
        node.is_object()
    }

    /// `response.type`, for every status or by ranges (connector.md 7.2).
    fn response_type(&mut self, node: &Node) -> ResponseType {
        let Kind::Object(members) = &node.kind else {
            return ResponseType::One(self.parse_as(node));
        };
        let mut ranges = Vec::with_capacity(members.len());
        for member in members {
            let parse_as = self.parse_as(&member.value);
            match status_range(&member.key.value) {
                Some((from, to)) => ranges.push((from, to, parse_as)),
                None => {
                    let message = format!("`{}` is no range of statuses", member.key.value);
                    let diagnostic = Diagnostic::new(Code::WrongValue, message, member.key.span);
                    self.sink.push(diagnostic.help("write `*`, one status such as `404`, or `400-499`"));
                }
            }
        }
        ResponseType::Ranges(ranges)
    }

    fn parse_as(&mut self, node: &Node) -> ParseAs {
        let Some(text) = node.as_text() else {
            if !node.is_null() {
                self.wrong_type("response.type", "a string, or an object of strings by status", node);
            }
            return ParseAs::Automatic;
        };
        if text.value.contains("{{") {
            return self.template("response.type", node).map_or(ParseAs::Automatic, ParseAs::Template);
        }
        let name = text.value.trim().to_ascii_lowercase();
        match PARSE_AS.iter().find(|(known, _)| *known == name) {
            Some((_, parse_as)) => parse_as.clone(),
            None if name.is_empty() => ParseAs::Automatic,
            None => {
                self.wrong_value(
                    "response.type",
                    node,
                    &PARSE_AS.iter().map(|row| row.0).collect::<Vec<_>>(),
                );
                ParseAs::Automatic
            }
        }
    }

    /// `valid`, short or long (connector.md 7.5).
    fn valid(&mut self, node: &Node) -> Option<Valid> {
        match &node.kind {
            Kind::Object(_) => {
                self.check_keys("valid", node, VALID);
                Some(Valid {
                    condition: node.get_set("condition").map(|condition| self.tree(condition)),
                    message: node.get("message").and_then(|message| self.template("valid.message", message)),
                    ty: node.get("type").and_then(|ty| self.template("valid.type", ty)),
                })
            }
            Kind::Array(_) => {
                self.wrong_type("valid", "a boolean, a template or an object", node);
                None
            }
            _ => Some(Valid { condition: Some(self.tree(node)), message: None, ty: None }),
        }
    }

    /// `metadata` (connector.md 7.10); a lone template is its value.
    fn metadata(&mut self, node: &Node) -> Option<MetadataSpec> {
        if !node.is_object() {
            return match &node.kind {
                Kind::String(_) => Some(MetadataSpec { ty: None, value: Some(self.tree(node)) }),
                _ => {
                    self.wrong_type("metadata", "an object", node);
                    None
                }
            };
        }
        self.check_keys("metadata", node, METADATA);
        let ty = node.get_set("type").and_then(|ty| match ty.as_str() {
            Some(name) if matches!(name, "text" | "email") => Some(name.to_owned()),
            _ => {
                self.wrong_value("metadata.type", ty, &["text", "email"]);
                None
            }
        });
        Some(MetadataSpec { ty, value: node.get_set("value").map(|value| self.tree(value)) })
    }

    /// `iterate`, short or long (connector.md 7.6).
    pub(super) fn iterate(&mut self, node: &Node) -> Option<Iterate> {
        if !node.is_object() {
            let container = self.container(node)?;
            return Some(Iterate { container, condition: None });
        }
        self.check_keys("iterate", node, ITERATE);
        let Some(container) = node.get_set("container") else {
            let message = "`iterate` has no `container` and is passed over";
            let diagnostic = Diagnostic::new(Code::WrongValue, message, node.span);
            self.sink.push(
                diagnostic.help("write `\"container\": \"{{body.items}}\"`, with the list of the answer"),
            );
            return None;
        };
        let container = self.container(container)?;
        Some(Iterate {
            container,
            condition: node.get_set("condition").map(|condition| self.tree(condition)),
        })
    }

    fn container(&mut self, node: &Node) -> Option<Template> {
        let Some(text) = node.as_text() else {
            self.wrong_type("iterate", "a template", node);
            return None;
        };
        if text.value.trim().is_empty() {
            return None;
        }
        if text.value.contains("{{") {
            return self.template("iterate", node);
        }
        Some(self.bare_expression(text))
    }

    fn bare_expression(&mut self, text: &crate::span::Text) -> Template {
        let message = format!("`{}` is taken as an expression", text.value);
        let help = format!("write `{{{{{}}}}}`", text.value.trim());
        self.sink.push(Diagnostic::new(Code::BareExpression, message, text.span).help(help));
        parse_expression(text, self.sink)
    }

    /// `output`. A whole string that is a path from a known variable is an expression (connector.md 7.6).
    pub(super) fn output(&mut self, node: &Node) -> Tree {
        match node.as_text() {
            Some(text) if is_known_path(&text.value) => Tree::Template(self.bare_expression(text)),
            _ => self.tree(node),
        }
    }

    /// `trigger` (connector.md 11.4).
    fn trigger(&mut self, node: &Node) -> Option<TriggerSpec> {
        if !node.is_object() {
            self.wrong_type("trigger", "an object", node);
            return None;
        }
        self.check_keys("trigger", node, TRIGGER);
        let date = node.get("date").and_then(|date| self.template("trigger.date", date));
        let by_date = match node.get_set("type") {
            Some(ty) if ty.as_str() == Some("date") => true,
            Some(ty) if ty.as_str() == Some("id") => false,
            given => {
                self.wrong_value("trigger.type", given.unwrap_or(node), &["date", "id"]);
                date.is_some()
            }
        };
        let order = node.get_set("order");
        let known = order.and_then(Node::as_str).and_then(|order| ORDERS.iter().find(|row| row.0 == order));
        if known.is_none() {
            self.wrong_value("trigger.order", order.unwrap_or(node), &ORDERS.map_names());
        }
        let id = node.get_set("id").filter(|id| !id.is_empty_value());
        if id.is_none() {
            self.incomplete_trigger(node, "has no `id`, by which items are told apart");
        }
        if by_date && node.get_set("date").is_none_or(Node::is_empty_value) {
            self.incomplete_trigger(node, "is of type `date` and has no `date`");
        }
        Some(TriggerSpec {
            by_date,
            // Reading everything is right for every order, only slower.
            order: known.map_or(TriggerOrder::Unordered, |row| row.1),
            id: id.and_then(|id| self.template("trigger.id", id)),
            date,
        })
    }

    /// Without them, every poll fails.
    fn incomplete_trigger(&mut self, node: &Node, lack: &str) {
        let diagnostic = Diagnostic::new(Code::WrongValue, format!("`trigger` {lack}"), node.span);
        self.sink.push(diagnostic.help("`id` and `date` are templates over `item`"));
    }
}

/// The names of a table's rows.
trait Names {
    fn map_names(&self) -> Vec<&'static str>;
}

impl<T> Names for [(&'static str, T)] {
    fn map_names(&self) -> Vec<&'static str> {
        self.iter().map(|row| row.0).collect()
    }
}

/// `*`, `404` or `400-499`, both ends included.
fn status_range(key: &str) -> Option<(u16, u16)> {
    if key.trim() == "*" {
        return Some((1, 999));
    }
    let (from, to) = key.split_once('-').unwrap_or((key, key));
    let range = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    (range.0 <= range.1 && range.1 <= 999).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::status_range;

    #[test]
    fn ranges_of_statuses() {
        assert_eq!(status_range("*"), Some((1, 999)));
        assert_eq!(status_range("404"), Some((404, 404)));
        assert_eq!(status_range("400-408"), Some((400, 408)));
        for wrong in ["", "4xx", "500-400", "1-1000", "-5", "400-"] {
            assert_eq!(status_range(wrong), None, "{wrong}");
        }
    }
}

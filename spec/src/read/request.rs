//! Request specifications (connector.md 6, 12).

use super::directives::{AWS, CONDITION, ENDPOINT, LOG, OAUTH, PAGINATION, Place, REPEAT, REQUEST};
use super::keys::Directives;
use super::reader::Reader;
use crate::base;
use crate::diagnostic::{Code, Diagnostic};
use crate::json::{Kind, Node};
use crate::model::{BodyType, Condition, EndpointCall, Pagination, Repeat, Request, Tree};
use crate::span::Spanned;

/// The longest time that a request may take, in milliseconds (connector.md 6.8).
const MAX_TIMEOUT: u64 = 300_000;
/// The most iterations of `repeat` (connector.md 12.3).
const MAX_REPEAT: u64 = 1000;

/// The body types of connector.md 6.5 with all their spellings.
pub(crate) const BODY_TYPES: &[(&str, BodyType)] = &[
    ("json", BodyType::Json),
    ("urlencoded", BodyType::Urlencoded),
    ("multipart/form-data", BodyType::Multipart),
    ("multipart", BodyType::Multipart),
    ("text", BodyType::Text),
    ("string", BodyType::Text),
    ("raw", BodyType::Text),
    ("binary", BodyType::Binary),
];

impl Reader<'_> {
    /// The requests of a communication: an object, or an array of objects (connector.md 4.2). Each one inherits
    /// from `base`.
    pub(super) fn requests(&mut self, node: &Node, base: Option<&Node>, place: Place) -> Vec<Request> {
        let elements = match &node.kind {
            Kind::Object(_) => std::slice::from_ref(node),
            Kind::Array(items) => items.as_slice(),
            Kind::Null => &[],
            _ => {
                self.wrong_type("communication", "a request or an array of requests", node);
                &[]
            }
        };
        elements.iter().filter_map(|element| self.inheriting_request(element, base, place)).collect()
    }

    /// One request with what it inherits. Its keys are checked as the author wrote them; base's keys are checked
    /// once, where base is read.
    pub(super) fn inheriting_request(
        &mut self,
        own: &Node,
        base: Option<&Node>,
        place: Place,
    ) -> Option<Request> {
        if !own.is_object() {
            self.wrong_type("communication", "a request or an array of requests", own);
            return None;
        }
        self.check_request(own, place);
        match base {
            Some(base) => Some(self.request(&base::merge(base, own), place)),
            None => Some(self.request(own, place)),
        }
    }

    /// Reports keys that do not belong into a request at this place.
    pub(super) fn check_request(&mut self, own: &Node, place: Place) {
        self.check_directives(own, REQUEST, place);
        if let Some(response) = own.get("response") {
            self.check_directives(response, super::directives::RESPONSE, place);
        }
        if place.is_phase() && own.get_set("url").is_none() {
            let message = format!("{} has no `url`", place.noun());
            let diagnostic = Diagnostic::new(Code::MissingUrl, message, own.span);
            self.sink
                .push(diagnostic.help("connections have no request-less mode: give it an absolute `url`"));
        }
    }

    /// Reads a request whose base is merged.
    pub(super) fn request(&mut self, node: &Node, place: Place) -> Request {
        let keys = Directives { node, table: REQUEST, place };
        let endpoint = self.endpoint_call(keys);
        Request {
            span: node.span,
            // Base's `url` gives way to an endpoint: both together mean nothing (connector.md 17).
            url: keys.get("url").filter(|_| endpoint.is_none()).and_then(|url| self.template("url", url)),
            base_url: keys.get("baseUrl").and_then(|url| self.template("baseUrl", url)),
            encode_url: self.flag_or(keys, "encodeUrl", true),
            method: keys.get("method").and_then(|method| self.template("method", method)),
            qs: keys.get("qs").and_then(|qs| self.collection("qs", qs)),
            headers: keys.get("headers").and_then(|headers| self.collection("headers", headers)),
            body: keys.get("body").map(|body| self.tree(body)),
            body_type: keys.get("type").map_or(BodyType::Json, |ty| self.body_type(ty)),
            ca: keys.get("ca").and_then(|ca| self.template("ca", ca)),
            reject_unauthorized: keys.get("rejectUnauthorized").map(|value| self.tree(value)),
            condition: keys.get("condition").and_then(|condition| self.condition(condition)),
            temp: keys.get("temp").and_then(|temp| self.collection("temp", temp)),
            timeout: keys.get("timeout").and_then(|timeout| self.limited("timeout", timeout, MAX_TIMEOUT)),
            gzip: self.flag_or(keys, "gzip", false),
            follow_redirects: self.flag_or(keys, "followRedirects", true),
            follow_all_redirects: self.flag_or(keys, "followAllRedirects", true),
            aws: self.signing(keys, "aws", AWS),
            oauth: self.signing(keys, "oauth", OAUTH),
            sanitize: keys.get("log").map(|log| self.sanitize(log)).unwrap_or_default(),
            pagination: keys.get("pagination").and_then(|pagination| self.pagination(pagination, place)),
            repeat: keys.get("repeat").and_then(|repeat| self.repeat(repeat, place)),
            endpoint,
            response: self.response(keys.get("response"), keys.get("error"), place),
        }
    }

    fn flag_or(&mut self, keys: Directives<'_>, name: &str, default: bool) -> bool {
        keys.get(name).and_then(|value| self.flag(name, value)).unwrap_or(default)
    }

    fn signing(&mut self, keys: Directives<'_>, name: &str, known: &[&str]) -> Option<Tree> {
        let node = keys.get(name)?;
        self.check_keys(name, node, known);
        self.collection(name, node)
    }

    fn body_type(&mut self, node: &Node) -> BodyType {
        let Some(text) = node.as_text() else {
            self.wrong_type("type", "a string", node);
            return BodyType::Json;
        };
        if text.value.contains("{{") {
            return self.template("type", node).map_or(BodyType::Json, BodyType::Template);
        }
        let name = text.value.trim().to_ascii_lowercase();
        match BODY_TYPES.iter().find(|(known, _)| *known == name) {
            Some((_, ty)) => ty.clone(),
            None if name.is_empty() => BodyType::Json,
            None => {
                self.wrong_value("type", node, &BODY_TYPES.iter().map(|row| row.0).collect::<Vec<_>>());
                BodyType::Json
            }
        }
    }

    /// A literal number that is cut to `most`.
    fn limited(&mut self, what: &str, node: &Node, most: u64) -> Option<u64> {
        let value = self.count(what, node)?;
        if value > most {
            self.report(Code::ClampedLimit, format!("`{what}` is cut to {most}"), node.span);
        }
        Some(value.min(most))
    }

    /// `condition`, short or long (connector.md 6.6).
    pub(super) fn condition(&mut self, node: &Node) -> Option<Condition> {
        match &node.kind {
            Kind::Null => None,
            Kind::Object(_) => {
                self.check_keys("condition", node, CONDITION);
                Some(Condition {
                    test: node.get_set("condition").map(|test| self.tree(test)),
                    default: node.get("default").map(|default| self.tree(default)),
                })
            }
            Kind::Array(_) => {
                self.wrong_type("condition", "a boolean, a template or an object", node);
                None
            }
            _ => Some(Condition { test: Some(self.tree(node)), default: None }),
        }
    }

    fn sanitize(&mut self, log: &Node) -> Vec<Spanned<String>> {
        if !log.is_object() {
            if !log.is_empty_value() {
                self.wrong_type("log", "an object", log);
            }
            return Vec::new();
        }
        self.check_keys("log", log, LOG);
        log.get_set("sanitize").map(|paths| self.names("log.sanitize", paths)).unwrap_or_default()
    }

    fn pagination(&mut self, node: &Node, place: Place) -> Option<Pagination> {
        if !node.is_object() || node.is_empty_value() {
            if !node.is_empty_value() {
                self.wrong_type("pagination", "an object", node);
            }
            return None;
        }
        self.check_directives(node, PAGINATION, place);
        let keys = Directives { node, table: PAGINATION, place };
        Some(Pagination {
            merge_with_parent: self.flag_or(keys, "mergeWithParent", true),
            url: keys.get("url").and_then(|url| self.template("pagination.url", url)),
            method: keys.get("method").and_then(|method| self.template("pagination.method", method)),
            headers: keys.get("headers").and_then(|headers| self.collection("pagination.headers", headers)),
            qs: keys.get("qs").and_then(|qs| self.collection("pagination.qs", qs)),
            body: keys.get("body").map(|body| self.tree(body)),
            condition: keys.get("condition").map(|condition| self.tree(condition)),
            endpoint: self.endpoint_call(keys),
        })
    }

    fn repeat(&mut self, node: &Node, place: Place) -> Option<Repeat> {
        if !node.is_object() || node.is_empty_value() {
            if !node.is_empty_value() {
                self.wrong_type("repeat", "an object", node);
            }
            return None;
        }
        self.check_directives(node, REPEAT, place);
        let keys = Directives { node, table: REPEAT, place };
        Some(Repeat {
            condition: keys.get("condition").map(|condition| self.tree(condition)),
            delay: keys.get("delay").and_then(|delay| self.count("repeat.delay", delay)).unwrap_or(0),
            limit: keys.get("limit").and_then(|limit| self.limited("repeat.limit", limit, MAX_REPEAT)),
        })
    }

    /// `endpoint` and its `input` (connector.md 17).
    fn endpoint_call(&mut self, keys: Directives<'_>) -> Option<EndpointCall> {
        let node = keys.get("endpoint")?;
        if node.is_object() {
            self.check_keys("endpoint", node, ENDPOINT);
        }
        let name = if node.is_object() { node.get("name")?.as_name() } else { node.as_name() };
        let Some(name) = name else {
            self.wrong_type("endpoint", "the name of an endpoint", node);
            return None;
        };
        Some(EndpointCall {
            name,
            connection: node.get_set("connection").map(|connection| self.tree(connection)),
            input: keys.get("input").map(|input| self.tree(input)),
        })
    }
}

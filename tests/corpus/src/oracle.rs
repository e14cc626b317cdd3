//! Compares a request that arrived with what the connector's author wrote.
//!
//! Layouts and the merge of base come from the reader; templates are read as text by [`crate::pattern`]. Whatever
//! that cannot foretell may be anything, everything else must be there.

use linchpin_spec::iml::ast::Template;
use linchpin_spec::model::{BodyType, Entry, KeyTemplate, Request, Tree};
use percent_encoding::percent_decode_str;
use serde_json::Value as Json;

use crate::pattern::{Expected, Part, expect, fits};
use crate::recorder::Seen;

/// What is wrong with `seen`, if `request` is what should have been sent; nothing when it fits.
pub fn differences(request: &Request, variables: &Json, seen: &Seen) -> Vec<String> {
    let mut oracle = Oracle { variables, wrong: Vec::new() };
    oracle.method(request, seen);
    oracle.url(request, seen);
    oracle.query(request, seen);
    oracle.headers(request, seen);
    oracle.body(request, seen);
    oracle.wrong
}

struct Oracle<'a> {
    variables: &'a Json,
    wrong: Vec<String>,
}

impl Oracle<'_> {
    fn parts(&self, template: &Template) -> Vec<Part> {
        match expect(&template.source.value, self.variables) {
            Expected::Text(parts) => parts,
            Expected::Value(value) => value.as_ref().map_or_else(Vec::new, text_of),
            Expected::Anything => vec![Part::Any],
        }
    }

    fn check(&mut self, what: &str, parts: &[Part], found: &str) {
        if !fits(parts, found) {
            self.wrong.push(format!("{what}: expected {parts:?}, found {found:?}"));
        }
    }

    fn method(&mut self, request: &Request, seen: &Seen) {
        let parts = request.method.as_ref().map_or_else(|| exact("GET"), |method| self.parts(method));
        let upper = |part: Part| match part {
            Part::Exact(text) => Part::Exact(text.to_ascii_uppercase()),
            Part::Any => Part::Any,
        };
        // An empty method is the default one.
        if parts.iter().any(|part| *part != Part::Exact(String::new())) {
            let parts: Vec<Part> = parts.into_iter().map(upper).collect();
            self.check("method", &parts, &seen.method);
        }
    }

    fn url(&mut self, request: &Request, seen: &Seen) {
        let Some(url) = &request.url else { return };
        let mut parts = self.parts(url);
        let absolute = matches!(parts.first(), Some(Part::Exact(text)) if text.contains("://"));
        let unknown = matches!(parts.first(), Some(Part::Any));
        if let (false, false, Some(base)) = (absolute, unknown, &request.base_url) {
            let mut whole = self.parts(base);
            if matches!(whole.first(), Some(Part::Exact(text)) if !text.contains("://")) {
                whole.insert(0, Part::Exact("https://".to_owned()));
            }
            whole.extend(exact("/"));
            whole.extend(parts);
            parts = whole;
        }
        let found = format!("{}", seen.url);
        let found = decode(found.split(['?', '#']).next().unwrap_or_default());
        // Where nothing is known, it may have been nothing, and slashes around it are one.
        if parts.contains(&Part::Any) {
            let bare = |part: Part| match part {
                Part::Exact(text) => Part::Exact(text.replace('/', "")),
                Part::Any => Part::Any,
            };
            let parts: Vec<Part> = path_parts(parts).into_iter().map(bare).collect();
            self.check("url", &parts, &tidy(&found).replace('/', ""));
            return;
        }
        self.check("url", &path_parts(parts), &tidy(&found));
    }

    fn query(&mut self, request: &Request, seen: &Seen) {
        let pairs = pairs(seen.url.query().unwrap_or_default());
        match &request.qs {
            Some(Tree::Object(entries)) => {
                self.members("qs", &entries.value, &pairs);
                if !has_query(request) {
                    self.nothing_else("qs", &entries.value, &pairs);
                }
            }
            Some(_) => {}
            None if !has_query(request) && !pairs.is_empty() => {
                self.wrong.push(format!("qs: nothing was asked for, found {pairs:?}"));
            }
            None => {}
        }
    }

    /// Every pair has its member; members of collections and of lists have their name in brackets.
    fn nothing_else(&mut self, what: &str, entries: &[Entry], pairs: &[(String, String)]) {
        let own = |name: &str| {
            let name = name.split('[').next().unwrap_or_default();
            literal_members(entries).any(|(key, _)| key == name)
        };
        let extra: Vec<&String> = pairs.iter().map(|(name, _)| name).filter(|name| !own(name)).collect();
        if !is_open(entries) && !extra.is_empty() {
            self.wrong.push(format!("{what}: nobody asked for {extra:?}"));
        }
    }

    /// Members of a flat object that was sent as pairs of names and texts.
    fn members(&mut self, what: &str, entries: &[Entry], pairs: &[(String, String)]) {
        for (key, value) in literal_members(entries) {
            let found: Vec<&str> =
                pairs.iter().filter(|(name, _)| name == key).map(|(_, value)| value.as_str()).collect();
            let name = format!("{what}.{key}");
            match self.expected(value) {
                Expected::Anything => {}
                Expected::Value(None) => {
                    if !found.is_empty() {
                        self.wrong.push(format!("{name}: expected nothing, found {found:?}"));
                    }
                }
                Expected::Value(Some(value)) => self.value_as_text(&name, &value, &found),
                Expected::Text(parts) => self.one(&name, &parts, &found),
            }
        }
    }

    fn value_as_text(&mut self, name: &str, value: &Json, found: &[&str]) {
        match value {
            Json::Null | Json::Object(_) => {}
            Json::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
                let expected: Vec<String> = items.iter().map(plain).collect();
                if expected != found {
                    self.wrong.push(format!("{name}: expected {expected:?}, found {found:?}"));
                }
            }
            Json::Array(_) => {}
            scalar => self.one(name, &text_of(scalar), found),
        }
    }

    fn one(&mut self, name: &str, parts: &[Part], found: &[&str]) {
        match found {
            [found] => self.check(name, parts, found),
            [] if parts.iter().all(|part| *part == Part::Exact(String::new()) || *part == Part::Any) => {}
            _ => self.wrong.push(format!("{name}: expected {parts:?}, found {found:?}")),
        }
    }

    fn headers(&mut self, request: &Request, seen: &Seen) {
        let Some(Tree::Object(entries)) = &request.headers else { return };
        for (key, value) in literal_members(&entries.value) {
            let found: Vec<&str> =
                seen.headers.get_all(key).iter().filter_map(|value| value.to_str().ok()).collect();
            let name = format!("headers.{key}");
            let multipart = key.eq_ignore_ascii_case("content-type")
                && found.first().is_some_and(|found| found.contains("; boundary="));
            match self.expected(value) {
                _ if multipart => {}
                Expected::Value(Some(value)) => self.value_as_text(&name, &value, &found),
                // White space around the value of a header is not sent.
                Expected::Text(parts) if matches!(found.as_slice(), [one] if fits(&parts, &format!("{one} "))) =>
                    {}
                Expected::Text(parts) => self.one(&name, &parts, &found),
                Expected::Value(None) | Expected::Anything => {}
            }
        }
    }

    fn body(&mut self, request: &Request, seen: &Seen) {
        if matches!(seen.method.as_str(), "GET" | "HEAD") {
            if !seen.body.is_empty() {
                self.wrong.push(format!("body: a {} has none, found {:?}", seen.method, seen.body));
            }
            return;
        }
        let Some(tree) = &request.body else {
            if !seen.body.is_empty() {
                self.wrong.push(format!("body: expected none, found {:?}", seen.body));
            }
            return;
        };
        let text = String::from_utf8_lossy(&seen.body).into_owned();
        match &request.body_type {
            BodyType::Json => self.json_body(tree, &text),
            BodyType::Urlencoded => {
                if let Tree::Object(entries) = tree {
                    self.members("body", &entries.value, &pairs(&text));
                    self.nothing_else("body", &entries.value, &pairs(&text));
                }
            }
            BodyType::Multipart => self.multipart(tree, &text),
            BodyType::Text => {
                if let Tree::Template(template) = tree {
                    let parts = self.parts(template);
                    self.check("body", &parts, &text);
                }
            }
            BodyType::Binary | BodyType::Template(_) => {}
        }
    }

    fn json_body(&mut self, tree: &Tree, text: &str) {
        let literal = matches!(tree, Tree::Object(_) | Tree::Array(_));
        let nothing =
            matches!(self.expected(tree), Expected::Value(None | Some(Json::Null)) | Expected::Anything);
        let blank = !literal && nothing;
        match serde_json::from_str::<Json>(text) {
            Ok(found) => self.json("body", tree, Some(&found)),
            Err(_) if text.is_empty() && blank => {}
            Err(error) => self.wrong.push(format!("body: {error} in {text:?}")),
        }
    }

    fn json(&mut self, at: &str, tree: &Tree, found: Option<&Json>) {
        match (tree, found) {
            (Tree::Object(entries), Some(Json::Object(members))) => {
                for (key, value) in literal_members(&entries.value) {
                    self.json(&format!("{at}.{key}"), value, members.get(key));
                }
                let open = is_open(&entries.value);
                let declared = |key: &str| literal_members(&entries.value).any(|(own, _)| own == key);
                let extra: Vec<&String> = members.keys().filter(|key| !open && !declared(key)).collect();
                if !extra.is_empty() {
                    self.wrong.push(format!("{at}: nobody asked for {extra:?}"));
                }
            }
            (Tree::Array(items), Some(Json::Array(found))) if items.value.len() == found.len() => {
                for (number, (item, found)) in items.value.iter().zip(found).enumerate() {
                    // What is undefined has a place in a list, and is null there.
                    if found.is_null() && self.expected(item) == Expected::Value(None) {
                        continue;
                    }
                    self.json(&format!("{at}[{}]", number + 1), item, Some(found));
                }
            }
            (Tree::Object(_) | Tree::Array(_), found) => {
                self.wrong.push(format!("{at}: expected a collection or a list, found {found:?}"));
            }
            (scalar, found) => match self.expected(scalar) {
                Expected::Anything => {}
                Expected::Value(expected) if same(expected.as_ref(), found) => {}
                Expected::Text(parts)
                    if found.and_then(Json::as_str).is_some_and(|text| fits(&parts, text)) => {}
                expected => self.wrong.push(format!("{at}: expected {expected:?}, found {found:?}")),
            },
        }
    }

    fn multipart(&mut self, tree: &Tree, text: &str) {
        let Tree::Object(entries) = tree else { return };
        for (key, value) in literal_members(&entries.value) {
            let part = format!("name=\"{key}\"");
            let (wanted, content) = match self.expected(value) {
                Expected::Value(None | Some(Json::Null)) => (Some(false), None),
                Expected::Value(Some(Json::String(text))) => (Some(true), Some(text)),
                Expected::Value(Some(_)) => (Some(true), None),
                Expected::Text(_) => (Some(true), None),
                // The file's own condition decides whether there is a part.
                Expected::Anything => (None, None),
            };
            if wanted.is_some_and(|wanted| wanted != text.contains(&part)) {
                self.wrong.push(format!("body.{key}: expected to be there: {wanted:?}"));
            }
            if content.is_some_and(|content| !text.contains(&content)) {
                self.wrong.push(format!("body.{key}: its value is not in the body"));
            }
        }
    }

    /// What a directive's value must be. A collection or a list in the definition may be anything here.
    fn expected(&self, tree: &Tree) -> Expected {
        match tree {
            Tree::Null(_) => Expected::Value(Some(Json::Null)),
            Tree::Bool(value) => Expected::Value(Some(Json::Bool(value.value))),
            Tree::Number(value) => Expected::Value(serde_json::from_str(&value.value).ok()),
            Tree::Template(template) => expect(&template.source.value, self.variables),
            Tree::Array(_) | Tree::Object(_) => Expected::Anything,
        }
    }
}

fn exact(text: &str) -> Vec<Part> {
    vec![Part::Exact(text.to_owned())]
}

/// A scalar as text; a collection or a list as anything.
fn text_of(value: &Json) -> Vec<Part> {
    match value {
        Json::Array(_) | Json::Object(_) => vec![Part::Any],
        scalar => exact(&plain(scalar)),
    }
}

fn plain(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Absent and null differ; numbers are compared as numbers.
fn same(expected: Option<&Json>, found: Option<&Json>) -> bool {
    match (expected, found) {
        (None, None) => true,
        (Some(Json::Number(left)), Some(Json::Number(right))) => left.as_f64() == right.as_f64(),
        (Some(Json::Array(left)), Some(Json::Array(right))) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| same(Some(left), Some(right)))
        }
        (Some(Json::Object(left)), Some(Json::Object(right))) => {
            left.len() == right.len() && left.iter().all(|(key, value)| same(Some(value), right.get(key)))
        }
        (left, right) => left == right,
    }
}

/// The members whose values are those that stand there: what a function spreads behind them may replace them. Lists of
/// pairs, which universal modules spread, hold other keys here.
fn literal_members(entries: &[Entry]) -> impl Iterator<Item = (&str, &Tree)> {
    let is_list = |value: &Tree| match value {
        Tree::Template(template) => template.source.value.trim_start().starts_with("{{toCollection("),
        _ => false,
    };
    let replaces = |entry: &Entry| matches!(entry, Entry::Spread(value) if !is_list(value));
    let from = entries.iter().rposition(replaces).unwrap_or(0);
    entries.iter().skip(from).filter_map(literal_member)
}

fn literal_member(entry: &Entry) -> Option<(&str, &Tree)> {
    match entry {
        Entry::Field { key: KeyTemplate::Literal(key), value } => Some((key.value.as_str(), value)),
        _ => None,
    }
}

/// True when some members are only known when the definition is evaluated.
fn is_open(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| !matches!(entry, Entry::Field { key: KeyTemplate::Literal(_), .. }))
}

fn has_query(request: &Request) -> bool {
    request
        .url
        .as_ref()
        .is_some_and(|url| url.source.value.contains('?') || url.source.value.starts_with("{{"))
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The pairs of a query or a form, decoded.
fn pairs(query: &str) -> Vec<(String, String)> {
    let pair = |pair: &str| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(&key.replace('+', " ")), decode(&value.replace('+', " ")))
    };
    query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

/// The parts of a url up to its query, with slashes as the engine leaves them.
fn path_parts(parts: Vec<Part>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for part in parts {
        let (text, last) = match part {
            Part::Any => (None, false),
            Part::Exact(text) => {
                let before = text.split(['?', '#']).next().unwrap_or_default().to_owned();
                let last = before.len() < text.len();
                (Some(before), last)
            }
        };
        match (text, out.last_mut()) {
            (Some(text), Some(Part::Exact(open))) => open.push_str(&text),
            (Some(text), _) => out.push(Part::Exact(text)),
            (None, Some(Part::Any)) => {}
            (None, _) => out.push(Part::Any),
        }
        if last {
            break;
        }
    }
    let tidied = out.into_iter().map(|part| match part {
        Part::Exact(text) => Part::Exact(tidy(&decode(&text))),
        Part::Any => Part::Any,
    });
    tidied.collect()
}

/// Runs of slashes are one, except behind the scheme; a bare root has none (connector.md 6.2).
fn tidy(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").map_or(("", url), |(scheme, rest)| (scheme, rest));
    let mut path = String::with_capacity(rest.len());
    for letter in rest.chars() {
        if letter != '/' || !path.ends_with('/') {
            path.push(letter);
        }
    }
    if path.matches('/').count() == 1 && !scheme.is_empty() {
        path = path.trim_end_matches('/').to_owned();
    }
    if scheme.is_empty() { path } else { format!("{scheme}://{path}") }
}

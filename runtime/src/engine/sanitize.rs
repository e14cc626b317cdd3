//! What must not be seen of a request and its answer (connector.md 6.12).

use smol_str::SmolStr;
use url::form_urlencoded;

use super::blotter::{BLOT, Blotter};
use super::build::Prepared;
use super::parse;
use super::send::Answer;
use crate::plan::Name;
use crate::value::{Object, Value};

/// Keys whose values are blotted wherever they stand: in headers, queries and bodies. Compared without regard to
/// case, dashes and underscores.
const SECRET_KEYS: [&str; 20] = [
    "authorization",
    "proxyauthorization",
    "cookie",
    "setcookie",
    "xapikey",
    "apikey",
    "key",
    "xauthtoken",
    "token",
    "accesstoken",
    "refreshtoken",
    "idtoken",
    "oauthtoken",
    "oauthtokensecret",
    "password",
    "passwd",
    "secret",
    "clientsecret",
    "signature",
    "codeverifier",
];

/// The tree that the paths of `log.sanitize` walk: `request` and `response` with their parts.
pub(crate) fn tree(prepared: Option<&Prepared>, answer: Option<(&Answer, &Value)>) -> Value {
    let mut tree = Object::with_capacity(2);
    if let Some(prepared) = prepared {
        let mut request = Object::with_capacity(5);
        request.insert("method", Value::from(prepared.method.as_str()));
        request.insert("url", Value::from(prepared.url.as_str()));
        request.insert("headers", parse::headers(&prepared.headers));
        request.insert("qs", query(prepared.url.query().unwrap_or_default()));
        request.insert("body", prepared.body_value.clone());
        tree.insert("request", Value::from(request));
    }
    if let Some((answer, body)) = answer {
        let mut response = Object::with_capacity(3);
        response.insert("status", Value::from(answer.status.as_u16()));
        response.insert("headers", parse::headers(&answer.headers));
        response.insert("body", body.clone());
        tree.insert("response", Value::from(response));
    }
    Value::from(tree)
}

fn query(query: &str) -> Value {
    form_urlencoded::parse(query.as_bytes())
        .map(|(key, value)| (SmolStr::new(key), Value::from(&*value)))
        .collect::<Object>()
        .into()
}

/// Teaches `blotter` the values at the author's paths and in the headers of a request that hold credentials.
pub(crate) fn learn(tree: &Value, paths: &[Name], blotter: &mut Blotter) {
    for path in paths {
        visit(tree, &segments(path), &mut |value| add_leaves(value, blotter));
    }
    if let Some(headers) = tree.key("request").key("headers").as_object() {
        for (_, value) in headers.iter().filter(|(name, _)| is_secret_key(name)) {
            let text = value.to_text();
            blotter.add_secret(&text);
            // `Bearer`, `Basic` and the like are no secret, what follows them is.
            if let Some((_, credentials)) = text.trim().split_once(' ') {
                blotter.add_secret(credentials);
            }
        }
    }
}

/// Replaces the values at the author's paths and of keys that hold secrets by their nature.
pub(crate) fn mask(tree: &mut Value, paths: &[Name]) {
    for path in paths {
        replace(tree, &segments(path));
    }
    mask_keys(tree);
}

fn segments(path: &str) -> Vec<String> {
    let mut segments = Vec::new();
    let mut quoted = false;
    let mut segment = String::new();
    for c in path.chars() {
        match c {
            '`' => quoted = !quoted,
            '.' if !quoted => segments.push(std::mem::take(&mut segment)),
            c => segment.push(c),
        }
    }
    segments.push(segment);
    // Lists are walked whole, so that an index says nothing.
    for segment in &mut segments {
        if let Some(at) = segment.find('[') {
            segment.truncate(at);
        }
    }
    segments.retain(|segment| !segment.is_empty());
    segments
}

fn visit(value: &Value, path: &[String], found: &mut impl FnMut(&Value)) {
    match (path.split_first(), value) {
        (None, value) => found(value),
        (Some(_), Value::Array(items)) => items.iter().for_each(|item| visit(item, path, found)),
        (Some((key, rest)), Value::Object(object)) => {
            for (_, member) in object.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key)) {
                visit(member, rest, found);
            }
        }
        _ => {}
    }
}

fn add_leaves(value: &Value, blotter: &mut Blotter) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| add_leaves(item, blotter)),
        Value::Object(object) => object.values().for_each(|member| add_leaves(member, blotter)),
        Value::Text(text) => blotter.add_secret(text),
        Value::Number(_) => blotter.add_data(&value.to_text()),
        _ => {}
    }
}

fn replace(value: &mut Value, path: &[String]) {
    let Some((key, rest)) = path.split_first() else {
        *value = Value::text(BLOT);
        return;
    };
    match value {
        Value::Array(items) => {
            let mut changed = items.to_vec();
            changed.iter_mut().for_each(|item| replace(item, path));
            *value = Value::array(changed);
        }
        Value::Object(object) => {
            let names: Vec<SmolStr> = object
                .iter()
                .filter(|(name, _)| name.eq_ignore_ascii_case(key))
                .map(|(name, _)| name.clone())
                .collect();
            for name in names {
                if let Some(member) = object.get_mut(&name) {
                    replace(member, rest);
                }
            }
        }
        _ => {}
    }
}

fn mask_keys(value: &mut Value) {
    match value {
        Value::Array(items) => {
            let mut changed = items.to_vec();
            changed.iter_mut().for_each(mask_keys);
            *value = Value::array(changed);
        }
        Value::Object(object) => {
            let keys: Vec<SmolStr> = object.iter().map(|(key, _)| key.clone()).collect();
            for key in keys {
                if let Some(member) = object.get_mut(&key) {
                    match member {
                        Value::Object(_) | Value::Array(_) if !is_header_list(&key) => mask_keys(member),
                        member if is_secret_key(&key) => *member = Value::text(BLOT),
                        _ => {}
                    }
                }
            }
        }
        _ => {}
    }
}

/// `set-cookie` is a list, and secret as a whole.
fn is_header_list(key: &str) -> bool {
    key.eq_ignore_ascii_case("set-cookie")
}

/// Whether a key holds a secret by its nature.
pub(crate) fn is_secret_key(key: &str) -> bool {
    let plain: String =
        key.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect();
    SECRET_KEYS.contains(&plain.as_str())
        || ["token", "secret", "password", "apikey"].iter().any(|end| plain.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_authors() {
        assert_eq!(segments("request.headers.`x-api.key`"), ["request", "headers", "x-api.key"]);
        assert_eq!(segments("response.body.items[].token"), ["response", "body", "items", "token"]);
    }

    #[test]
    fn masks_by_path_and_by_name() {
        let text = r#"{"request":{"headers":{"X-Odd":"a","authorization":"b","set-cookie":["c"],"x-trace":"d"},
            "body":{"list":[{"pin":1},{"pin":2}],"access_token":"e","title":"f"}}}"#;
        let mut tree = Value::parse_json(text.as_bytes()).unwrap();
        mask(&mut tree, &["request.headers.x-odd".into(), "request.body.list.PIN".into()]);
        let expected = r#"{"request":{"headers":{"X-Odd":"***","authorization":"***","set-cookie":"***","x-trace":"d"},"body":{"list":[{"pin":"***"},{"pin":"***"}],"access_token":"***","title":"f"}}}"#;
        assert_eq!(tree.to_json().unwrap(), expected);
    }
}

//! Queries: `qs`, and what stands in the url (connector.md 6.3).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::plan::QsPolicy;
use crate::value::{Object, Value};

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Keys and values, not yet encoded, in the order in which they are sent.
pub(crate) type Pairs = Vec<(String, String)>;

/// Where a request's query comes from.
pub(crate) enum Sources<'a> {
    /// From `qs`; `None` when the directive is absent or no collection.
    Own(Option<&'a Object>),
    /// From a link that paging follows: its keys stand, `over` replaces, `under` only adds.
    Link { under: Option<&'a Object>, over: Option<&'a Object> },
}

/// The query of a request, encoded, from the one that stands in its url and the directives.
pub(crate) fn combine(written: Option<String>, sources: &Sources<'_>, policy: QsPolicy) -> Option<String> {
    match sources {
        Sources::Own(None) => written,
        Sources::Own(Some(qs)) => {
            let over = flatten(qs);
            let written = written.filter(|_| policy == QsPolicy::Merge);
            Some(replace(written.as_deref(), &over))
        }
        Sources::Link { under, over } => {
            let replaced = over.map(flatten).unwrap_or_default();
            let mut query = replace(written.as_deref(), &replaced);
            if let Some(under) = under {
                let mut added = (*under).clone();
                if let Some(over) = over {
                    added.retain(|key, _| !over.contains_key(key));
                }
                let known: Vec<String> = query.split('&').map(|part| key_of(part).into_owned()).collect();
                for (key, value) in flatten(&added).into_iter().filter(|(key, _)| !known.contains(key)) {
                    push(&mut query, &key, &value);
                }
            }
            Some(query)
        }
    }
}

/// Pairs in the written form, with repeated keys for lists and brackets for members. Undefined and null are dropped
/// (iml.md 12).
pub(crate) fn flatten(object: &Object) -> Pairs {
    let mut pairs = Pairs::with_capacity(object.len());
    for (key, value) in object {
        flatten_value(key, value, &mut pairs);
    }
    pairs
}

fn flatten_value(key: &str, value: &Value, pairs: &mut Pairs) {
    match value {
        Value::Undefined | Value::Null => {}
        Value::Array(items) => {
            for item in items.iter() {
                flatten_value(key, item, pairs);
            }
        }
        Value::Object(object) => {
            for (member, value) in object {
                flatten_value(&format!("{key}[{member}]"), value, pairs);
            }
        }
        scalar => pairs.push((key.to_owned(), scalar.to_text().into())),
    }
}

/// Encodes pairs: form style, with `%20` for a space.
pub(crate) fn encode(pairs: &Pairs) -> String {
    let mut out = String::new();
    for (key, value) in pairs {
        push(&mut out, key, value);
    }
    out
}

fn push(out: &mut String, key: &str, value: &str) {
    if !out.is_empty() {
        out.push('&');
    }
    out.extend(utf8_percent_encode(key, RESERVED));
    out.push('=');
    out.extend(utf8_percent_encode(value, RESERVED));
}

/// The written query with `over` in place of its equal keys, each where it first stood.
fn replace(written: Option<&str>, over: &Pairs) -> String {
    let Some(written) = written else { return encode(over) };
    let mut out = String::with_capacity(written.len() + 32);
    let mut done: Vec<&str> = Vec::new();
    for part in written.split('&').filter(|part| !part.is_empty()) {
        let key = key_of(part);
        match over.iter().find(|(known, _)| *known == *key) {
            None => {
                if !out.is_empty() {
                    out.push('&');
                }
                out.push_str(part);
            }
            Some((known, _)) if !done.contains(&known.as_str()) => {
                done.push(known);
                for (key, value) in over.iter().filter(|(key, _)| key == known) {
                    push(&mut out, key, value);
                }
            }
            Some(_) => {}
        }
    }
    for (key, value) in over.iter().filter(|(key, _)| !done.contains(&key.as_str())) {
        push(&mut out, key, value);
    }
    out
}

/// The key of one part of a query, decoded.
pub(crate) fn key_of(part: &str) -> Cow<'_, str> {
    let key = part.split('=').next().unwrap_or_default();
    if key.contains('+') {
        let spaced = key.replace('+', " ");
        return Cow::Owned(percent_decode_str(&spaced).decode_utf8_lossy().into_owned());
    }
    percent_decode_str(key).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(json: &str) -> Object {
        Value::parse_json(json.as_bytes()).unwrap().as_object().unwrap().clone()
    }

    fn own(written: &str, qs: &str, policy: QsPolicy) -> String {
        combine(Some(written.to_owned()), &Sources::Own(Some(&object(qs))), policy).unwrap()
    }

    #[test]
    fn both_policies() {
        let qs = r#"{"state":"a new one","limit":5}"#;
        assert_eq!(own("state=open&sort=age", qs, QsPolicy::Replace), "state=a%20new%20one&limit=5");
        assert_eq!(own("state=open&sort=age", qs, QsPolicy::Merge), "state=a%20new%20one&sort=age&limit=5");
        assert_eq!(own("state=open", "{}", QsPolicy::Replace), "");
        assert_eq!(own("state=open", "{}", QsPolicy::Merge), "state=open");
        assert_eq!(combine(Some("a=b".into()), &Sources::Own(None), QsPolicy::Replace).unwrap(), "a=b");
    }

    #[test]
    fn every_kind_of_value() {
        let qs =
            r#"{"n":1.50,"t":true,"none":null,"empty":"","list":["a","b c"],"no":[],"in":{"x":{"y":"ä&="}}}"#;
        assert_eq!(
            encode(&flatten(&object(qs))),
            "n=1.5&t=true&empty=&list=a&list=b%20c&in%5Bx%5D%5By%5D=%C3%A4%26%3D"
        );
    }

    #[test]
    fn a_repeated_key_is_replaced_as_a_whole() {
        assert_eq!(
            own("a=1&b=2&a=3&c%5Bx%5D=4", r#"{"a":["8","9"],"c":{"x":5}}"#, QsPolicy::Merge),
            "a=8&a=9&b=2&c%5Bx%5D=5"
        );
    }

    #[test]
    fn a_link_keeps_its_keys() {
        let (under, over) = (object(r#"{"page":"1","size":50}"#), object(r#"{"size":20,"x":null}"#));
        let sources = Sources::Link { under: Some(&under), over: Some(&over) };
        assert_eq!(
            combine(Some("page=2&x=y".into()), &sources, QsPolicy::Replace).unwrap(),
            "page=2&x=y&size=20"
        );
        let sources = Sources::Link { under: Some(&under), over: None };
        assert_eq!(combine(Some("page=2".into()), &sources, QsPolicy::Merge).unwrap(), "page=2&size=50");
    }
}

//! Headers of requests (connector.md 6.4).

use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::error::{Error, ErrorKind};
use crate::value::{Object, Value};

/// Puts an evaluated `headers` over `map`: names are compared without regard to case, a later one replaces an
/// earlier one, null and undefined take it away, a list repeats it.
pub(crate) fn overlay(map: &mut HeaderMap, headers: &Object) -> Result<(), Error> {
    for (name, value) in headers {
        let parsed = HeaderName::from_bytes(name.trim().as_bytes())
            .map_err(|_| Error::new(ErrorKind::Runtime, format!("{name:?} is not the name of a header")))?;
        map.remove(&parsed);
        match value {
            Value::Array(items) => {
                for item in items.iter().filter(|item| !item.is_nullish()) {
                    map.append(parsed.clone(), text(name, item)?);
                }
            }
            value if value.is_nullish() => {}
            value => {
                map.insert(parsed, text(name, value)?);
            }
        }
    }
    Ok(())
}

fn text(name: &str, value: &Value) -> Result<HeaderValue, Error> {
    let text = value.to_text();
    // Neither the value nor its part may stand in the message: it is often a secret.
    HeaderValue::from_bytes(text.trim().as_bytes()).map_err(|_| {
        Error::new(
            ErrorKind::Runtime,
            format!("the header {name:?} holds a line break or a control character"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(json: &str) -> Result<HeaderMap, Error> {
        let mut map = HeaderMap::new();
        let value = Value::parse_json(json.as_bytes()).unwrap();
        overlay(&mut map, value.as_object().unwrap())?;
        Ok(map)
    }

    #[test]
    fn names_without_case_and_values_as_text() {
        let map =
            headers(r#"{"X-Count":5,"Accept":"a","ACCEPT":" b ","X-List":["1","2"],"X-None":null}"#).unwrap();
        assert_eq!(map["x-count"], "5");
        assert_eq!(map["accept"], "b");
        assert_eq!(map.get_all("x-list").iter().collect::<Vec<_>>(), ["1", "2"]);
        assert!(!map.contains_key("x-none"));
        assert!(headers(r#"{"a":"x","A":null}"#).unwrap().is_empty());
    }

    #[test]
    fn a_line_break_is_refused_and_not_shown() {
        let error = headers(r#"{"X-Key":"secret\r\nX-Evil: 1"}"#).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Runtime);
        assert!(!error.to_string().contains("secret"));
        assert!(headers(r#"{"X Key":"1"}"#).is_err());
    }
}

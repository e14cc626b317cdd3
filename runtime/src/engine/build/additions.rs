//! What a login adds to a request of its own accord.

use url::Url;

use super::query;
use crate::value::{Object, Value};

/// Parameters that the author of a connector need not write: the verifier of PKCE (rulings 33), the callback of
/// OAuth 1 (connector.md 10.5). What he writes himself stands.
#[derive(Debug, Default)]
pub(crate) struct Additions {
    /// For the body, or where there can be none, for the query.
    pub(crate) form: Vec<(&'static str, String)>,
    /// For the settings of the signature.
    pub(crate) signing: Vec<(&'static str, String)>,
}

impl Additions {
    pub(super) fn add_to_query(&self, url: &mut Url) {
        for (key, value) in &self.form {
            if !url.query_pairs().any(|(known, _)| known == *key) {
                url.query_pairs_mut().append_pair(key, value);
            }
        }
    }

    pub(super) fn add_to_body(&self, body: Value) -> Value {
        if self.form.is_empty() {
            return body;
        }
        match body {
            Value::Object(mut object) => {
                add(&mut object, &self.form);
                object.into()
            }
            // A form that the author has written as text.
            Value::Text(text) if text.contains('=') => {
                let pairs = self.form.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
                format!("{text}&{}", query::encode(&pairs.collect())).into()
            }
            other => other,
        }
    }

    pub(super) fn add_to_signing(&self, settings: &mut Object) {
        add(settings, &self.signing);
    }
}

fn add(object: &mut Object, pairs: &[(&'static str, String)]) {
    for (key, value) in pairs {
        if object.get(key).is_none_or(Value::is_nullish) {
            object.insert(key, Value::from(value.as_str()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verifier() -> Additions {
        Additions { form: vec![("code_verifier", "v v".to_owned())], signing: Vec::new() }
    }

    #[test]
    fn what_the_author_writes_stands() {
        let own: Object = [("code_verifier", "own")].into_iter().collect();
        assert_eq!(verifier().add_to_body(own.clone().into()), Value::from(own));
        let added = verifier().add_to_body(Object::new().into());
        assert_eq!(added.key("code_verifier"), &Value::from("v v"));
        assert_eq!(verifier().add_to_body("a=b".into()), Value::from("a=b&code_verifier=v%20v"));
        let mut url = Url::parse("https://auth.tasks.example/token?code_verifier=own").unwrap();
        verifier().add_to_query(&mut url);
        assert_eq!(url.query(), Some("code_verifier=own"));
        url.set_query(None);
        verifier().add_to_query(&mut url);
        assert_eq!(url.query(), Some("code_verifier=v+v"));
    }
}

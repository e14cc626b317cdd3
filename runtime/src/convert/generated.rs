//! What the one-line impls of generated types call.

use std::fmt;

use serde_core::{Deserialize as _, Deserializer, Serialize as _, Serializer};

use super::{FromBundle, Secrets, ToObject};
use crate::value::Object;

/// `Debug` of a generated type: its name and fields, without secrets.
///
/// # Errors
/// Those of the formatter.
pub fn debug(name: &str, value: &dyn ToObject, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_struct(name);
    for (key, value) in &value.to_object(Secrets::Blotted) {
        out.field(key, value);
    }
    out.finish()
}

/// `PartialEq` of a generated type: the same fields with equal values.
pub fn equals(a: &dyn ToObject, b: &dyn ToObject) -> bool {
    a.to_object(Secrets::Shown) == b.to_object(Secrets::Shown)
}

/// `Clone` of a generated type that is read from a bundle.
pub fn cloned<T: ToObject + FromBundle>(value: &T) -> T {
    T::from_object(value.to_object(Secrets::Shown))
}

/// `Serialize` of a generated type, with its secrets: whoever asks for it means to keep them.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(value: &dyn ToObject, serializer: S) -> Result<S::Ok, S::Error> {
    value.to_object(Secrets::Shown).serialize(serializer)
}

/// `Deserialize` of a generated type.
///
/// # Errors
/// What is read is not a collection.
pub fn deserialize<'de, T: FromBundle, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    Object::deserialize(deserializer).map(T::from_object)
}

#[cfg(test)]
mod tests {
    use crate::convert::{FromBundle, FromValue, IntoValue, Secret, Secrets, ToObject, put, take};
    use crate::value::{Object, Value};

    #[derive(Default)]
    struct Address {
        city: Option<String>,
        extra: Object,
    }

    impl ToObject for Address {
        fn to_object(&self, secrets: Secrets) -> Object {
            let mut o = Object::with_capacity(1);
            put(&mut o, "city", &self.city, secrets);
            o.extend(self.extra.clone());
            o
        }
    }

    impl FromBundle for Address {
        fn from_object(mut o: Object) -> Self {
            Self { city: take(&mut o, "city"), extra: o }
        }
    }

    struct Account {
        password: Secret,
        homes: Vec<Address>,
    }

    impl ToObject for Account {
        fn to_object(&self, secrets: Secrets) -> Object {
            let mut o = Object::new();
            put(&mut o, "password", &self.password, secrets);
            put(&mut o, "homes", &self.homes, secrets);
            o
        }
    }

    impl std::fmt::Debug for Account {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            super::debug("Account", self, f)
        }
    }

    #[test]
    fn generated_types_convert_and_keep_what_they_do_not_name() {
        let value = Value::parse_json(br#"[{"city": "Oslo", "zip": 150}, {"city": ["x"]}]"#).unwrap();
        let homes = Vec::<Address>::from_value(value.clone()).unwrap_or_default();
        assert_eq!(homes[0].city.as_deref(), Some("Oslo"));
        assert_eq!(homes[1].city, None);
        assert_eq!(homes.into_value(), value);
        assert!(Address::from_value(Value::from(1)).is_err());
    }

    #[test]
    fn debug_hides_secrets_and_equality_sees_them() {
        let account = |password: &str| Account { password: password.into(), homes: vec![Address::default()] };
        assert_eq!(format!("{:?}", account("pw")), r#"Account { password: "***", homes: [{}] }"#);
        assert!(super::equals(&account("pw"), &account("pw")));
        assert!(!super::equals(&account("pw"), &account("other")));
    }
}

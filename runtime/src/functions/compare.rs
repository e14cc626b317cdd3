//! Functions that compare the items of arrays (iml.md 9.5).

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::args::Call;
use super::general::at_path;
use crate::error::Error;
use crate::scope::Site;
use crate::value::Value;

/// A hash that is the same for equal values.
fn hash(value: &Value) -> u64 {
    let mut state = DefaultHasher::new();
    std::mem::discriminant(value).hash(&mut state);
    match value {
        Value::Undefined | Value::Null | Value::EmptyText => {}
        Value::Bool(bool) => bool.hash(&mut state),
        // The zeros are equal, so they need one form; adding the positive one gives it.
        Value::Number(number) => (number.as_f64() + 0.0).to_bits().hash(&mut state),
        Value::Text(text) => text.hash(&mut state),
        Value::Date(date) => date.hash(&mut state),
        Value::Buffer(buffer) => buffer.hash(&mut state),
        Value::Array(items) => items.iter().for_each(|item| hash(item).hash(&mut state)),
        Value::Object(object) => {
            // A sum does not depend on the order of the keys, and neither does equality.
            let entry = |(key, value): (_, &Value)| {
                let mut state = DefaultHasher::new();
                (key, hash(value)).hash(&mut state);
                state.finish()
            };
            object.iter().map(entry).fold(0, u64::wrapping_add).hash(&mut state);
        }
    }
    state.finish()
}

/// A set of values, compared without conversion.
#[derive(Default)]
struct ValueSet<'a>(HashMap<u64, Vec<&'a Value>>);

impl<'a> ValueSet<'a> {
    fn contains(&self, value: &Value) -> bool {
        self.0.get(&hash(value)).is_some_and(|same| same.contains(&value))
    }

    /// Adds a value; false when it was there already.
    fn insert(&mut self, value: &'a Value) -> bool {
        let same = self.0.entry(hash(value)).or_default();
        let is_new = !same.contains(&value);
        if is_new {
            same.push(value);
        }
        is_new
    }
}

impl<'a> FromIterator<&'a Value> for ValueSet<'a> {
    fn from_iter<I: IntoIterator<Item = &'a Value>>(values: I) -> Self {
        let mut set = Self::default();
        for value in values {
            set.insert(value);
        }
        set
    }
}

/// `remove(array, value1, ..) → array`: without the items that are one of the values, compared without conversion.
/// Only booleans, numbers, texts and nullish items are ever removed (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::from_iter([Value::from(1), Value::from("1"), Value::Null]);
/// let rest = functions::remove(scope.at("doc"), &[&list, &Value::from(1), &Value::Null])?;
/// assert_eq!(rest, Value::from_iter([Value::from("1")]));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn remove(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "remove", args);
    let is_primitive = |value: &Value| {
        matches!(value, Value::Undefined | Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_))
    };
    let removed: ValueSet<'_> = call.rest(1).iter().copied().filter(|value| is_primitive(value)).collect();
    Ok(call.value(0).items().iter().filter(|item| !removed.contains(item)).cloned().collect())
}

/// `arrayDiff(a, b) → array`: the items of `a` that are not in `b`, compared without conversion (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let (a, b) = (Value::from_iter([1, 2, 3].map(Value::from)), Value::from_iter([2].map(Value::from)));
/// assert_eq!(functions::array_diff(scope.at("doc"), &[&a, &b])?.to_text(), "1,3");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn array_diff(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(filter_by_other(Call::new(site, "arrayDiff", args), false))
}

/// `arrayIntersect(a, b) → array`: the items of `a` that are also in `b`, compared without conversion (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let (a, b) = (Value::from_iter([1, 2, 3].map(Value::from)), Value::from_iter([3, 2].map(Value::from)));
/// assert_eq!(functions::array_intersect(scope.at("doc"), &[&a, &b])?.to_text(), "2,3");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn array_intersect(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(filter_by_other(Call::new(site, "arrayIntersect", args), true))
}

fn filter_by_other(call: Call<'_>, keep_common: bool) -> Value {
    let other: ValueSet<'_> = call.value(1).items().iter().collect();
    call.value(0).items().iter().filter(|item| other.contains(item) == keep_common).cloned().collect()
}

/// `distinct(array, [key]) → array`: the first of all items that are alike, by themselves or by what stands at a path.
/// Arrays and collections are alike when they are equal all the way down, anything else when the texts are the same
/// (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::from_iter([Value::from(1), Value::from("1"), Value::from(2)]);
/// assert_eq!(functions::distinct(scope.at("doc"), &[&list])?.to_text(), "1,2");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn distinct(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(first_of_each(Call::new(site, "distinct", args)))
}

/// `deduplicate(array, [key]) → array`: another name of [`distinct`] (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::from_iter(["x", "y", "x"].map(Value::from));
/// assert_eq!(functions::deduplicate(scope.at("doc"), &[&list])?.to_text(), "x,y");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn deduplicate(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(first_of_each(Call::new(site, "deduplicate", args)))
}

fn first_of_each(call: Call<'_>) -> Value {
    let key = call.value(1);
    let mut texts: HashSet<Cow<'_, str>> = HashSet::new();
    let mut others = ValueSet::default();
    let mut kept = Vec::new();
    for item in call.value(0).items() {
        let criterion = if key.is_blank() { item } else { at_path(item, key) };
        let is_new = match criterion {
            Value::Array(_) | Value::Object(_) => others.insert(criterion),
            primitive => texts.insert(primitive.string_form()),
        };
        if is_new {
            kept.push(item.clone());
        }
    }
    Value::array(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::args::{run, run_json};
    use crate::value::Date;

    fn json(function: crate::functions::Function, args: &str) -> String {
        run_json(function, args).to_json().unwrap()
    }

    #[test]
    fn removal_is_of_primitives_only() {
        assert_eq!(
            json(remove, r#"[["a", 1, "1", true, null, {"k": 1}], "1", {"k": 1}, true, null]"#),
            r#"["a",1,{"k":1}]"#
        );
        assert_eq!(json(remove, "[[1, 2]]"), "[1,2]");
        assert_eq!(json(remove, "[null, 1]"), "[]");
        let date = Value::from(Date::from_millis(1));
        let list = Value::array(vec![date.clone(), Value::Undefined]);
        let rest = run(remove, &[list, date.clone(), Value::Undefined]).unwrap();
        assert_eq!(rest, Value::array(vec![date]));
    }

    #[test]
    fn differences_and_intersections() {
        assert_eq!(json(array_diff, r#"[[1, "1", {"a": 1, "b": 2}, 1], [1, {"b": 2, "a": 1}]]"#), r#"["1"]"#);
        assert_eq!(json(array_intersect, r#"[[3, 1, "1", 1], [1, [3]]]"#), "[1,1]");
        assert_eq!(json(array_intersect, "[[-0.0, [0]], [0, [0.0]]]"), "[0,[0]]");
        assert_eq!(json(array_diff, "[[1], null]"), "[1]");
        assert_eq!(json(array_intersect, "[null, [1]]"), "[]");
    }

    #[test]
    fn distinct_items() {
        assert_eq!(
            json(distinct, r#"[[2, "2", true, "true", null, "null", "", []]]"#),
            r#"[2,true,null,"",[]]"#
        );
        assert_eq!(
            json(distinct, r#"[[{"a": 1, "b": [1]}, {"b": [1], "a": 1}, {"a": "1", "b": [1]}]]"#),
            r#"[{"a":1,"b":[1]},{"a":"1","b":[1]}]"#
        );
        let rows = r#"[[{"id": 1, "o": {"c": "x"}}, {"id": 2, "o": {"c": "y"}}, {"id": 3, "o": {"c": "x"}}, {"id": 4}, {"id": 5}], "o.c"]"#;
        let ids: Vec<_> =
            run_json(distinct, rows).items().iter().map(|row| row.key("id").to_text()).collect();
        assert_eq!(ids, ["1", "2", "4"]);
        assert_eq!(json(deduplicate, "[null]"), "[]");
    }
}

//! Functions of arrays, without `sort` and the comparing ones (iml.md 9.5).
//!
//! Where an array is expected, nullish counts as an empty one, and any other value as an array with that one item
//! (iml.md 7.5).

use super::args::{Call, to_integer};
use super::general::{at_path, entry};
use super::text::offset_from;
use crate::error::Error;
use crate::random;
use crate::scope::Site;
use crate::value::{Object, Value};

/// `first(array) → any`: the first item; undefined when there is none (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::from_iter(["a", "b"].map(Value::from));
/// assert_eq!(functions::first(scope.at("doc"), &[&list])?, Value::from("a"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn first(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(Call::new(site, "first", args).value(0).items().first().cloned().unwrap_or_default())
}

/// `last(array) → any`: the last item; undefined when there is none (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::from_iter(["a", "b"].map(Value::from));
/// assert_eq!(functions::last(scope.at("doc"), &[&list])?, Value::from("b"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn last(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(Call::new(site, "last", args).value(0).items().last().cloned().unwrap_or_default())
}

/// `add(array, value1, ..) → array`: with the values at the end, as they are (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = functions::add(scope.at("doc"), &[&Value::empty_array(), &Value::from(1), &Value::from("x")])?;
/// assert_eq!(list.to_text(), "1,x");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn add(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "add", args);
    let added = call.rest(1).iter().copied();
    Ok(call.value(0).items().iter().chain(added).cloned().collect())
}

/// `map(array, key, [filterKey], [filterValues]) → array`: what stands at a path of each item. With a filter, only of
/// items whose text at the filter's path is one of the values: a list between commas, or an array. What is not there
/// stays as undefined (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let tasks = Value::parse_json(br#"[{"id": 1, "is": "open"}, {"id": 2, "is": "done"}]"#).unwrap_or_default();
/// let args = [&tasks, &Value::from("id"), &Value::from("is"), &Value::from("done, late")];
/// assert_eq!(functions::map(scope.at("doc"), &args)?.to_text(), "2");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn map(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "map", args);
    let (key, filter_key) = (call.value(1), call.value(2));
    let allowed = allowed_texts(call.value(3));
    let passes = |item: &&Value| {
        filter_key.is_blank() || {
            let text = at_path(item, filter_key).text_form();
            allowed.iter().any(|allowed| *allowed == text)
        }
    };
    Ok(call.value(0).items().iter().filter(passes).map(|item| at_path(item, key).clone()).collect())
}

fn allowed_texts(values: &Value) -> Vec<String> {
    match values {
        Value::Undefined | Value::Null => Vec::new(),
        Value::Array(items) => items.iter().map(ToString::to_string).collect(),
        list => list.text_form().split(',').map(|item| crate::value::utf16::trim(item).to_owned()).collect(),
    }
}

/// `reverse(array) → array`: from the last item to the first (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::from_iter([1, 2, 3].map(Value::from));
/// assert_eq!(functions::reverse(scope.at("doc"), &[&list])?.to_text(), "3,2,1");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn reverse(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(Call::new(site, "reverse", args).value(0).items().iter().rev().cloned().collect())
}

/// `shuffle(array) → array`: in random order (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::from_iter([1, 2, 3].map(Value::from));
/// let shuffled = functions::shuffle(scope.at("doc"), &[&list])?;
/// assert_eq!(functions::sort(scope.at("doc"), &[&shuffled])?, list);
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn shuffle(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let mut items = Call::new(site, "shuffle", args).value(0).items().to_vec();
    for at in (1..items.len()).rev() {
        items.swap(at, random::below(site.scope.randomness(), at + 1));
    }
    Ok(Value::array(items))
}

/// `slice(array, start, [end]) → array`: the items from `start` up to `end`, counted from 0, or from the end where
/// negative (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::from_iter([1, 2, 3, 4].map(Value::from));
/// assert_eq!(functions::slice(scope.at("doc"), &[&list, &Value::from(1), &Value::from(-1)])?.to_text(), "2,3");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// `start` or `end` is not a number.
pub fn slice(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "slice", args);
    let items = call.value(0).items();
    let start = offset_from(to_integer(call.number(1)?.unwrap_or(0.0)), items.len());
    let end = call.number(2)?.map_or(items.len(), |end| offset_from(to_integer(end), items.len()));
    Ok(Value::array(items.get(start..end).unwrap_or(&[]).to_vec()))
}

/// `merge(array1, array2, ..) → array`: the items of all, one behind the other. What is no array is dropped (iml.md
/// 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let (a, b) = (Value::from_iter([1, 2].map(Value::from)), Value::from_iter([2, 3].map(Value::from)));
/// assert_eq!(functions::merge(scope.at("doc"), &[&a, &Value::from("x"), &b])?.to_text(), "1,2,2,3");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn merge(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let arrays = Call::new(site, "merge", args).rest(0).iter().filter_map(|value| value.as_array());
    Ok(arrays.flatten().cloned().collect())
}

/// `flatten(array, [depth]) → array`: with the items of nested arrays in their place, down to a depth, 1 by default
/// (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::parse_json(b"[1, [2, [3]]]").unwrap_or_default();
/// assert_eq!(functions::flatten(scope.at("doc"), &[&list])?.to_json().as_deref(), Some("[1,2,[3]]"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// The depth is not a number.
pub fn flatten(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "flatten", args);
    let depth = to_integer(call.number(1)?.unwrap_or(1.0));
    let mut flat = Vec::new();
    flatten_into(call.value(0).items(), depth, &mut flat);
    Ok(Value::array(flat))
}

fn flatten_into(items: &[Value], depth: i64, flat: &mut Vec<Value>) {
    for item in items {
        match item {
            Value::Array(nested) if depth > 0 => flatten_into(nested, depth - 1, flat),
            other => flat.push(other.clone()),
        }
    }
}

/// `keys(object | array) → array of text`: the keys in JavaScript's order, integers first; the positions of an array,
/// counted from 0; `[]` for anything else (iml.md 9.5, rulings 2).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::{Object, Value}};
/// # let scope = Scope::new();
/// let object: Object = [("b", 1), ("7", 2), ("a", 3)].into_iter().collect();
/// assert_eq!(functions::keys(scope.at("doc"), &[&Value::from(object)])?.to_text(), "7,b,a");
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn keys(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(match Call::new(site, "keys", args).value(0) {
        Value::Object(object) => {
            object.iter_like_javascript().map(|(key, _)| Value::Text(key.clone())).collect()
        }
        Value::Array(items) => (0..items.len()).map(|at| Value::from(at.to_string())).collect(),
        _ => Value::empty_array(),
    })
}

/// `toCollection(array, key, value) → collection`: of each item, what stands at the path `value` under the text at the
/// path `key`. Later keys win; items without a key, or that are no collections, are passed over (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let list = Value::parse_json(br#"[{"k": "size", "v": 3}, {"k": "color", "v": "red"}]"#).unwrap_or_default();
/// let object = functions::to_collection(scope.at("doc"), &[&list, &Value::from("k"), &Value::from("v")])?;
/// assert_eq!(object.to_json().as_deref(), Some(r#"{"size":3,"color":"red"}"#));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn to_collection(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "toCollection", args);
    let mut collection = Object::new();
    for item in call.value(0).items().iter().filter(|item| matches!(item, Value::Object(_))) {
        let key = at_path(item, call.value(1));
        if !key.is_nullish() {
            collection.insert_text(key.to_text(), at_path(item, call.value(2)).clone());
        }
    }
    Ok(Value::from(collection))
}

/// `toArray(collection) → array`: `{key, value}` for each key; for an array the key is the position, counted from 0;
/// `[]` for anything else (iml.md 9.5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::{Object, Value}};
/// # let scope = Scope::new();
/// let object: Object = [("size", 3)].into_iter().collect();
/// let list = functions::to_array(scope.at("doc"), &[&Value::from(object)])?;
/// assert_eq!(list.to_json().as_deref(), Some(r#"[{"key":"size","value":3}]"#));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn to_array(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let pair = |key: Value, value: &Value| Value::from(entry("key", key, "value", value.clone()));
    Ok(match Call::new(site, "toArray", args).value(0) {
        Value::Object(object) => {
            object.iter().map(|(key, value)| pair(Value::Text(key.clone()), value)).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(at, value)| pair(Value::from(at), value)).collect()
        }
        _ => Value::empty_array(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::functions::args::{run, run_json};

    fn json(function: crate::functions::Function, args: &str) -> String {
        run_json(function, args).to_json().unwrap_or_else(|| "undefined".to_owned())
    }

    #[test]
    fn ends_and_additions() {
        assert_eq!(json(first, "[[null, 1]]"), "null");
        assert_eq!(json(last, r#"[{"a": 1}]"#), r#"{"a":1}"#);
        assert_eq!(json(first, "[[]]"), "undefined");
        assert_eq!(json(last, "[null]"), "undefined");
        assert_eq!(json(add, "[[1], [2], null]"), "[1,[2],null]");
        assert_eq!(json(add, r#"["a", 1]"#), r#"["a",1]"#);
        assert_eq!(json(add, "[null, 1]"), "[1]");
    }

    #[test]
    fn mapping_with_and_without_filter() {
        let rows = r#"[{"n": "a", "t": 1, "d": {"x": 1}}, {"n": "b", "t": "2"}, {"n": "c"}]"#;
        for (rest, expected) in [
            (r#""n""#, r#"["a","b","c"]"#),
            (r#""d.x""#, "[1,null,null]"),
            (r#""n", "t", "1, 2""#, r#"["a","b"]"#),
            (r#""n", "t", [2, "x"]"#, r#"["b"]"#),
            (r#""n", "t", 1"#, r#"["a"]"#),
            (r#""n", "t", """#, r#"["c"]"#),
            (r#""n", "t""#, "[]"),
            (r#""n", "", "1""#, r#"["a","b","c"]"#),
        ] {
            assert_eq!(json(map, &format!("[{rows}, {rest}]")), expected, "{rest}");
        }
        assert_eq!(json(map, r#"[[[1, 2], [3]], 1]"#), "[1,3]");
        assert_eq!(json(map, r#"[null, "n"]"#), "[]");
        assert_eq!(json(map, r#"[{"n": 1}, "n"]"#), "[1]");
    }

    #[test]
    fn parts_and_unions() {
        for (args, part) in [
            ("[[1, 2, 3], 1]", "[2,3]"),
            ("[[1, 2, 3], -2, -1]", "[2]"),
            ("[[1, 2, 3], 2, 1]", "[]"),
            ("[[1, 2, 3], -9, 9]", "[1,2,3]"),
            ("[[1, 2, 3]]", "[1,2,3]"),
            ("[null, 1]", "[]"),
        ] {
            assert_eq!(json(slice, args), part, "{args}");
        }
        assert!(run(slice, &[Value::empty_array(), Value::from("x")]).is_err());
        assert_eq!(json(merge, r#"[[1], null, {"a": 1}, "x", [[2]]]"#), "[1,[2]]");
        assert_eq!(json(merge, "[]"), "[]");
        assert_eq!(json(reverse, "[[1, 2]]"), "[2,1]");
        assert_eq!(json(flatten, "[[1, [2, [3, [4]]]], 2]"), "[1,2,3,[4]]");
        assert_eq!(json(flatten, "[[1, [2]], 0]"), "[1,[2]]");
        assert_eq!(json(flatten, r#"[[[[1]]], "9"]"#), "[1]");
        assert_eq!(json(flatten, "[null]"), "[]");
    }

    #[test]
    fn shuffling_keeps_the_items_and_changes_their_order() {
        let mut scope = crate::scope::Scope::new();
        scope.set_random(Arc::new(random::SeededRandom::new(5)));
        let list = Value::from_iter((0..50).map(Value::from));
        let shuffled = shuffle(scope.at("test"), &[&list]).unwrap();
        assert_ne!(shuffled, list);
        assert_eq!(run(crate::functions::sort, &[shuffled]).unwrap(), list);
        assert_eq!(json(shuffle, "[null]"), "[]");
    }

    #[test]
    fn collections_and_arrays() {
        assert_eq!(json(keys, r#"[{"b": 1, "10": 2, "9": 3}]"#), r#"["9","10","b"]"#);
        assert_eq!(json(keys, r#"[["x", "y"]]"#), r#"["0","1"]"#);
        assert_eq!(json(keys, r#"["xy"]"#), "[]");
        let pairs = r#"[[{"k": "a", "v": 1}, {"v": 2}, "s", null, {"k": 5}, {"k": "a", "v": 3}], "k", "v"]"#;
        let collection = run_json(to_collection, pairs);
        assert_eq!(format!("{collection:?}"), r#"{"a": 3, "5": undefined}"#);
        assert_eq!(json(to_collection, "[null]"), "{}");
        assert_eq!(
            json(to_array, r#"[{"z": 1, "1": 2}]"#),
            r#"[{"key":"z","value":1},{"key":"1","value":2}]"#
        );
        assert_eq!(json(to_array, r#"[["a"]]"#), r#"[{"key":0,"value":"a"}]"#);
        assert_eq!(json(to_array, r#"["text"]"#), "[]");
    }
}

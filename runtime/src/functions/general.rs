//! General functions (iml.md 9.1).

use smol_str::SmolStr;

use super::args::{Call, value};
use crate::error::Error;
use crate::ops;
use crate::scope::Site;
use crate::value::{Object, Value};

/// `if(expression, value1, [value2]) → any`: `value1` when the expression is truthy, else `value2` (iml.md 9.1).
///
/// Templates do not call this: there the branch that is not taken is not computed.
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let word = functions::if_(scope.at("doc"), &[&Value::from(0), &Value::from("some"), &Value::from("none")])?;
/// assert_eq!(word, Value::from("none"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn if_(_: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(value(args, if value(args, 0).is_truthy() { 1 } else { 2 }).clone())
}

/// `ifempty(value1, value2) → any`: `value2` when `value1` is null, undefined or `''` (iml.md 9.1). `0`, `false`, `[]`
/// and `emptystring` are kept.
///
/// Templates do not call this: there a `value2` that is not needed is not computed.
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let name = functions::ifempty(scope.at("doc"), &[&Value::Null, &Value::from("untitled")])?;
/// assert_eq!(name, Value::from("untitled"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn ifempty(_: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(value(args, usize::from(value(args, 0).is_blank())).clone())
}

/// `switch(expression, value1, result1, [value2, result2, ..], [else]) → any`: the result behind the first value that
/// has the same `String()` form as the expression (iml.md 9.1). Without one, the odd argument at the end, else
/// undefined.
///
/// Templates do not call this: there only the result that is taken is computed.
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let [code, one, first, other] = [Value::from(1), Value::from("1"), Value::from("low"), Value::from("high")];
/// assert_eq!(functions::switch(scope.at("doc"), &[&code, &one, &first, &other])?, first);
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn switch(_: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let (pairs, rest) = args.get(1..).unwrap_or(&[]).as_chunks::<2>();
    let found = pairs.iter().find(|[candidate, _]| ops::switch_matches(value(args, 0), candidate));
    Ok(found.map_or_else(|| value(rest, 0).clone(), |[_, result]| (*result).clone()))
}

/// `get(object_or_array, path) → any`: what stands at a path (iml.md 9.1). The path is a number, counted from 1, or
/// text such as `rows[2].name`, with backticks around keys that hold points. Nothing found gives undefined.
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let body = Value::parse_json(br#"{"rows": [{"name": "a"}, {"name": "b"}]}"#).unwrap_or_default();
/// assert_eq!(functions::get(scope.at("doc"), &[&body, &Value::from("rows[2].name")])?, Value::from("b"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn get(_: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(at_path(value(args, 0), value(args, 1)).clone())
}

/// What stands at a path that an argument gives.
pub(super) fn at_path<'v>(subject: &'v Value, path: &Value) -> &'v Value {
    match path {
        path if path.is_blank() => &Value::UNDEFINED,
        // Empty as well, though not blank.
        Value::EmptyText => &Value::UNDEFINED,
        Value::Number(_) => subject.computed(path),
        Value::Text(path) => subject.get_path(path),
        other => subject.get_path(&other.text_form()),
    }
}

/// `pick(collection, key1, [key2, ..]) → collection`: the named keys, in the order of the collection (iml.md 9.1).
/// Arrays among the keys count by their items. What is no collection gives `{}`.
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::{Object, Value}};
/// # let scope = Scope::new();
/// let task: Object = [("id", 1), ("size", 2), ("rank", 3)].into_iter().collect();
/// let picked = functions::pick(scope.at("doc"), &[&Value::from(task), &Value::from("rank"), &Value::from("id")])?;
/// assert_eq!(picked.to_json().as_deref(), Some(r#"{"id":1,"rank":3}"#));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn pick(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(filter_keys(Call::new(site, "pick", args), true))
}

/// `omit(collection, key1, [key2, ..]) → collection`: all but the named keys (iml.md 9.1). Arrays among the keys count
/// by their items. What is no collection gives `{}`.
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::{Object, Value}};
/// # let scope = Scope::new();
/// let task: Object = [("id", 1), ("size", 2)].into_iter().collect();
/// let rest = functions::omit(scope.at("doc"), &[&Value::from(task), &Value::from("size")])?;
/// assert_eq!(rest.to_json().as_deref(), Some(r#"{"id":1}"#));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn omit(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(filter_keys(Call::new(site, "omit", args), false))
}

fn filter_keys(call: Call<'_>, keep_named: bool) -> Value {
    let mut names = Vec::new();
    for name in call.rest(1) {
        collect_names(name, &mut names);
    }
    let mut object = call.value(0).as_object().cloned().unwrap_or_default();
    object.retain(|key, _| names.iter().any(|name| name == key) == keep_named);
    Value::from(object)
}

fn collect_names(value: &Value, names: &mut Vec<SmolStr>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_names(item, names)),
        Value::Undefined | Value::Null => {}
        other => names.push(other.to_text()),
    }
}

/// `equal(a, b) → boolean`: the same as `a = b` (iml.md 9.1).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::equal(scope.at("doc"), &[&Value::from(2), &Value::from("2.0")])?, Value::TRUE);
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn equal(_: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    Ok(Value::from(ops::equal(value(args, 0), value(args, 1))))
}

/// An object out of a key and a value, as `toArray` and `toDataStructure` give them.
pub(super) fn entry(key: &'static str, first: Value, value: &'static str, second: Value) -> Object {
    let mut object = Object::with_capacity(2);
    object.insert(key, first);
    object.insert(value, second);
    object
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::args::{run, run_json};

    #[test]
    fn branches() {
        assert_eq!(run_json(if_, r#"[{}, 1, 2]"#), Value::from(1));
        assert_eq!(run_json(if_, r#"["", 1]"#), Value::Undefined);
        assert_eq!(run_json(ifempty, r#"["", 2]"#), Value::from(2));
        assert_eq!(run_json(ifempty, "[false, 2]"), Value::FALSE);
        assert_eq!(run(ifempty, &[Value::EmptyText, Value::from(2)]).unwrap(), Value::EmptyText);
        assert_eq!(run_json(switch, r#"["b", "a", 1, "b", 2, "b", 3]"#), Value::from(2));
        assert_eq!(run_json(switch, r#"["x", "a", 1, 9]"#), Value::from(9));
        assert_eq!(run_json(switch, r#"["x", "a", 1]"#), Value::Undefined);
        assert_eq!(run_json(switch, r#"["x"]"#), Value::Undefined);
        assert_eq!(run(switch, &[]).unwrap(), Value::Undefined);
    }

    #[test]
    fn get_takes_numbers_and_paths() {
        assert_eq!(run_json(get, r#"[["a", "b"], 2]"#), Value::from("b"));
        assert_eq!(run_json(get, r#"[["a", "b"], "-1"]"#), Value::from("b"));
        assert_eq!(run_json(get, r#"[{"5": "five"}, 5]"#), Value::from("five"));
        assert_eq!(run_json(get, r#"[{"a": {"b.c": [7]}}, "a.`b.c`[]"]"#), Value::from(7));
        assert_eq!(run_json(get, r#"[{"a": 1}, null]"#), Value::Undefined);
        assert_eq!(run_json(get, r#"[null, "a"]"#), Value::Undefined);
        assert_eq!(run_json(get, r#"["text", "length"]"#), Value::Undefined);
        assert_eq!(run(get, &[Value::from("text"), Value::EmptyText]).unwrap(), Value::Undefined);
    }

    #[test]
    fn pick_and_omit_share_their_arguments() {
        let both =
            |args: &str| (run_json(pick, args).to_json().unwrap(), run_json(omit, args).to_json().unwrap());
        let args = r#"[{"a": 1, "b": 2, "c": null}, ["c", ["a"]], null, "zzz"]"#;
        assert_eq!(both(args), (r#"{"a":1,"c":null}"#.to_owned(), r#"{"b":2}"#.to_owned()));
        assert_eq!(both(r#"["text", "a"]"#), ("{}".to_owned(), "{}".to_owned()));
        assert_eq!(both(r#"[{"1": 1}, 1]"#), (r#"{"1":1}"#.to_owned(), "{}".to_owned()));
    }
}

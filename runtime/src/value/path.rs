//! Reading paths (iml.md 5). A step that leads nowhere gives undefined, never an error.

use super::{Value, coerce};

impl Value {
    /// Whether arrays and collections are nested at most `levels` deep.
    pub(crate) fn is_within(&self, levels: usize) -> bool {
        let below = |value: &Self| levels.checked_sub(1).is_some_and(|levels| value.is_within(levels));
        match self {
            Self::Array(items) => levels > 0 && items.iter().all(below),
            Self::Object(object) => levels > 0 && object.iter().all(|(_, value)| below(value)),
            _ => true,
        }
    }

    /// The step `.name`: a property of a collection, or an item of an array when the name is its number, counted
    /// from 1.
    #[must_use]
    #[inline]
    pub fn key(&self, name: &str) -> &Self {
        match self {
            Self::Object(object) => object.get(name).unwrap_or(&Self::UNDEFINED),
            Self::Array(items) => item_named(items, name),
            _ => &Self::UNDEFINED,
        }
    }

    /// The first step behind `headers`: as [`Value::key`], and if there is no such key, one that differs only in
    /// the case of ASCII letters.
    #[must_use]
    pub fn header(&self, name: &str) -> &Self {
        match self {
            Self::Object(object) => object.get(name).unwrap_or_else(|| {
                let found = object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
                found.map_or(&Self::UNDEFINED, |(_, value)| value)
            }),
            _ => self.key(name),
        }
    }

    /// The step `[]`: the first item of an array; anything else stays as it is.
    #[must_use]
    #[inline]
    pub fn first(&self) -> &Self {
        self.index(1)
    }

    /// The step `[n]`: an item of an array, counted from 1, or from the end when `n` is negative. Anything that is
    /// no array stays as it is.
    #[must_use]
    #[inline]
    #[allow(clippy::should_implement_trait, reason = "positions count from 1 here, so Index would mislead")]
    pub fn index(&self, n: i64) -> &Self {
        match self {
            Self::Array(items) => item(items, n),
            Self::Undefined | Self::Null => &Self::UNDEFINED,
            _ => self,
        }
    }

    /// The step `[expression]`: the property named by the text of `key`, or the item with that number.
    #[must_use]
    pub fn computed(&self, key: &Self) -> &Self {
        match (self, key) {
            (_, Self::Undefined | Self::Null) => &Self::UNDEFINED,
            (Self::Object(object), Self::Text(name)) => object.get(name).unwrap_or(&Self::UNDEFINED),
            (Self::Object(object), key) => object.get(&key.to_text()).unwrap_or(&Self::UNDEFINED),
            (Self::Array(items), Self::Number(number)) => {
                number.as_i64().map_or(&Self::UNDEFINED, |n| item(items, n))
            }
            (Self::Array(items), Self::Text(text)) => {
                let number = super::Number::from_f64(coerce::parse_number(text).unwrap_or(0.0));
                number.as_i64().map_or(&Self::UNDEFINED, |n| item(items, n))
            }
            _ => &Self::UNDEFINED,
        }
    }

    /// Follows a path that is known only at run time, as `get` does: segments between points, each with indexes
    /// such as `[2]`, `[]`, `[-1]` behind it; a segment between backticks may hold anything (iml.md 9.1).
    ///
    /// ```
    /// use linchpin::value::Value;
    ///
    /// let body = Value::parse_json(br#"{ "rows": [{ "a.b": 1 }] }"#)?;
    /// assert_eq!(body.get_path("rows[].`a.b`"), &Value::from(1));
    /// # Ok::<(), linchpin::value::ParseJsonError>(())
    /// ```
    #[must_use]
    pub fn get_path(&self, path: &str) -> &Self {
        let mut value = self;
        let mut rest = path;
        while !rest.is_empty() {
            let (name, behind) = segment(rest);
            if let Some(name) = name {
                value = value.key(name);
            }
            (value, rest) = value.indexes(behind);
            rest = rest.strip_prefix('.').unwrap_or(rest);
        }
        value
    }

    /// Applies the indexes at the beginning of `path`, and gives what is behind them.
    fn indexes<'v, 'p>(&'v self, mut path: &'p str) -> (&'v Self, &'p str) {
        let mut value = self;
        while let Some((inside, rest)) = path.strip_prefix('[').and_then(|path| path.split_once(']')) {
            value = match inside.trim() {
                "" => value.first(),
                inside => inside.parse().map_or_else(|_| value.key(unquote(inside)), |n| value.index(n)),
            };
            path = rest;
        }
        // A bracket that is never closed is no index: the path leads nowhere.
        if path.starts_with('[') { (&Self::UNDEFINED, "") } else { (value, path) }
    }
}

/// The name at the beginning of a path, and the rest. There is none where an index comes first.
fn segment(path: &str) -> (Option<&str>, &str) {
    if let Some((name, rest)) = path.strip_prefix('`').and_then(|path| path.split_once('`')) {
        return (Some(name), rest);
    }
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (name, rest) = path.split_at(end);
    let is_index_only = name.is_empty() && rest.starts_with('[');
    ((!is_index_only).then_some(name), rest)
}

/// A name without the quotes or backticks around it.
fn unquote(name: &str) -> &str {
    let quoted = ['\'', '"', '`'].into_iter().find_map(|quote| name.strip_prefix(quote)?.strip_suffix(quote));
    quoted.unwrap_or(name)
}

fn item(items: &[Value], n: i64) -> &Value {
    let at = match n {
        1.. => usize::try_from(n - 1).ok(),
        0 => None,
        _ => usize::try_from(n.unsigned_abs()).ok().and_then(|back| items.len().checked_sub(back)),
    };
    at.and_then(|at| items.get(at)).unwrap_or(&Value::UNDEFINED)
}

/// An item by a name that is a number.
fn item_named<'v>(items: &'v [Value], name: &str) -> &'v Value {
    name.parse().map_or(&Value::UNDEFINED, |n| item(items, n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Object;

    fn sample() -> Value {
        Value::parse_json(
            br#"{ "rows": [{"n": "a"}, {"n": "b"}, {"n": "c"}], "deep": {"er": {"x-y": 1}}, "nil": null,
                  "text": "t", "Content-Type": "json", "a.b": 2, "2": "two" }"#,
        )
        .unwrap()
    }

    #[test]
    fn steps_into_collections_and_arrays() {
        let v = sample();
        assert_eq!(v.key("deep").key("er").key("x-y"), &Value::from(1));
        assert_eq!(v.key("rows").key("2").key("n"), &Value::from("b"));
        assert_eq!(v.key("rows").key("n"), &Value::Undefined);
        assert_eq!(v.key("rows").index(3).key("n"), &Value::from("c"));
        assert_eq!(v.key("rows").index(-1).key("n"), &Value::from("c"));
        assert_eq!(v.key("rows").index(-3).key("n"), &Value::from("a"));
        for nowhere in [0, 4, -4, i64::MIN, i64::MAX] {
            assert_eq!(v.key("rows").index(nowhere), &Value::Undefined);
        }
    }

    #[test]
    fn an_index_leaves_alone_what_is_no_array() {
        let v = sample();
        assert_eq!(v.key("text").index(1), &Value::from("t"));
        assert_eq!(v.key("text").first(), &Value::from("t"));
        assert_eq!(v.key("deep").index(0).key("er").key("x-y"), &Value::from(1));
        assert_eq!(v.key("nil").first(), &Value::Undefined);
        assert_eq!(v.key("text").key("length"), &Value::Undefined);
        assert_eq!(v.key("nil").key("x").key("y"), &Value::Undefined);
    }

    #[test]
    fn computed_steps() {
        let v = sample();
        assert_eq!(v.computed(&Value::from("a.b")), &Value::from(2));
        assert_eq!(v.computed(&Value::from(2)), &Value::from("two"));
        assert_eq!(v.computed(&Value::Null), &Value::Undefined);
        let rows = v.key("rows");
        assert_eq!(rows.computed(&Value::from("2")).key("n"), &Value::from("b"));
        assert_eq!(rows.computed(&Value::from(-1)).key("n"), &Value::from("c"));
        assert_eq!(rows.computed(&Value::from(1.5)), &Value::Undefined);
        assert_eq!(rows.computed(&Value::from("n")), &Value::Undefined);
        assert_eq!(rows.computed(&Value::TRUE), &Value::Undefined);
        assert_eq!(v.key("text").computed(&Value::from(1)), &Value::Undefined);
    }

    #[test]
    fn headers_are_found_in_any_case() {
        let v = sample();
        assert_eq!(v.header("content-type"), &Value::from("json"));
        let both: Object = [("X-ID", 1), ("x-id", 2)].into_iter().collect();
        assert_eq!(Value::from(both).header("x-id"), &Value::from(2));
        assert_eq!(v.key("content-type"), &Value::Undefined);
    }

    #[test]
    fn dynamic_paths() {
        let v = sample();
        for (path, expected) in [
            ("deep.er.x-y", Value::from(1)),
            ("rows[2].n", Value::from("b")),
            ("rows[].n", Value::from("a")),
            ("rows[-1].n", Value::from("c")),
            ("rows.2.n", Value::from("b")),
            ("`a.b`", Value::from(2)),
            ("['a.b']", Value::from(2)),
            ("deep[er][x-y]", Value::from(1)),
            ("rows[0].n", Value::Undefined),
            ("rows[2", Value::Undefined),
            ("nil.x", Value::Undefined),
            ("nil", Value::Null),
            ("..", Value::Undefined),
        ] {
            assert_eq!(v.get_path(path), &expected, "{path}");
        }
        assert_eq!(v.key("rows").get_path("[2].n"), &Value::from("b"));
        assert_eq!(v.get_path(""), &v);
    }
}

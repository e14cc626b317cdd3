//! The functions that IML and the app runtime bring along (iml.md 9, 10).

/// A built-in function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Builtin {
    /// Name in templates.
    pub name: &'static str,
    /// Name of the Rust function of the runtime.
    pub rust: &'static str,
    /// Fewest arguments that make sense. Missing ones are undefined, so fewer still run (iml.md 8).
    pub min: usize,
    /// Most arguments that it reads; `None` is any number.
    pub max: Option<usize>,
    /// Evaluates only the arguments that it needs, and is emitted as control flow.
    pub lazy: bool,
}

macro_rules! builtins {
    ($($name:literal $rust:literal $min:literal $max:tt $($lazy:ident)?;)*) => {
        /// Every built-in function, sorted by name.
        pub const BUILTINS: &[Builtin] = &[$(Builtin {
            name: $name, rust: $rust, min: $min, max: builtins!(@max $max), lazy: builtins!(@lazy $($lazy)?),
        },)*];
    };
    (@max *) => { None };
    (@max $max:literal) => { Some($max) };
    (@lazy lazy) => { true };
    (@lazy) => { false };
}

builtins! {
    "abs" "abs" 1 1;
    "add" "add" 1 *;
    "addDays" "add_days" 2 2;
    "addHours" "add_hours" 2 2;
    "addMinutes" "add_minutes" 2 2;
    "addMonths" "add_months" 2 2;
    "addSeconds" "add_seconds" 2 2;
    "addYears" "add_years" 2 2;
    "arrayDiff" "array_diff" 2 2;
    "arrayIntersect" "array_intersect" 2 2;
    "ascii" "ascii" 1 2;
    "average" "average" 1 *;
    "base64" "base64" 1 1;
    "capitalize" "capitalize" 1 1;
    "ceil" "ceil" 1 1;
    "contains" "contains" 2 3;
    "createJSON" "create_json" 1 1;
    "createXML" "create_xml" 1 1;
    "cryptoSign" "crypto_sign" 3 4;
    "dateDiff" "date_diff" 3 3;
    "decodeURL" "decode_url" 1 1;
    "deduplicate" "deduplicate" 1 2;
    "distinct" "distinct" 1 2;
    "encodeURL" "encode_url" 1 1;
    "equal" "equal" 2 2;
    "errorFactory" "error_factory" 2 2;
    "escapeHTML" "escape_html" 1 1;
    "escapeMarkdown" "escape_markdown" 1 1;
    "first" "first" 1 1;
    "flatten" "flatten" 1 2;
    "floor" "floor" 1 1;
    "formatDate" "format_date" 1 3;
    "formatNumber" "format_number" 1 4;
    "generateJwtWithKeyId" "generate_jwt_with_key_id" 2 5;
    "get" "get" 2 2;
    "if" "if" 2 3 lazy;
    "ifempty" "ifempty" 2 2 lazy;
    "indexOf" "index_of" 2 3;
    "isArray" "is_array" 1 1;
    "join" "join" 1 2;
    "jwt" "jwt" 2 4;
    "keys" "keys" 1 1;
    "last" "last" 1 1;
    "length" "length" 1 1;
    "lower" "lower" 1 1;
    "map" "map" 2 4;
    "max" "max" 1 *;
    "md5" "md5" 1 1;
    "median" "median" 1 *;
    "merge" "merge" 1 *;
    "mime" "mime" 1 1;
    "min" "min" 1 *;
    "omit" "omit" 1 *;
    "parseDate" "parse_date" 1 3;
    "parseJSON" "parse_json" 1 1;
    "parseNumber" "parse_number" 1 2;
    "parseXML" "parse_xml" 1 1;
    "pick" "pick" 1 *;
    "pop" "pop" 1 1;
    "remove" "remove" 1 *;
    "replace" "replace" 3 3;
    "replaceEmojiCharacters" "replace_emoji_characters" 2 2;
    "reverse" "reverse" 1 1;
    "round" "round" 1 1;
    "setDate" "set_date" 2 2;
    "setDay" "set_day" 2 2;
    "setHour" "set_hour" 2 2;
    "setMinute" "set_minute" 2 2;
    "setMonth" "set_month" 2 2;
    "setSecond" "set_second" 2 2;
    "setYear" "set_year" 2 2;
    "sha1" "sha1" 1 4;
    "sha256" "sha256" 1 4;
    "sha512" "sha512" 1 4;
    "shift" "shift" 1 1;
    "shuffle" "shuffle" 1 1;
    "slice" "slice" 2 3;
    "sort" "sort" 1 3;
    "split" "split" 2 3;
    "startcase" "startcase" 1 1;
    "stdevP" "stdev_p" 1 *;
    "stdevS" "stdev_s" 1 *;
    "stripHTML" "strip_html" 1 1;
    "substring" "substring" 2 3;
    "sum" "sum" 1 *;
    "switch" "switch" 3 * lazy;
    "toArray" "to_array" 1 1;
    "toBinary" "to_binary" 1 2;
    "toCollection" "to_collection" 3 3;
    "toDataStructure" "to_data_structure" 1 2;
    "toString" "to_string" 1 2;
    "trim" "trim" 1 1;
    "trunc" "trunc" 1 2;
    "upper" "upper" 1 1;
}

/// The built-in function with this name; names are case-sensitive (iml.md 3.2).
pub fn find(name: &str) -> Option<&'static Builtin> {
    BUILTINS.binary_search_by(|builtin| builtin.name.cmp(name)).ok().and_then(|at| BUILTINS.get(at))
}

/// Names by which people know functions from JavaScript, spreadsheets and the neighbours of IML, and what to write
/// instead. Only names that IML does not have itself (iml.md 14 lists those that are often expected).
const HABITS: &[(&str, &str)] = &[
    ("and", "the operator `&`"),
    ("append", "`add(array, value)`"),
    ("array", "`add(emptyarray, ..)`"),
    ("arrayDifference", "`arrayDiff(a, b)`"),
    ("arrayElement", "an index, such as `list[2]`"),
    ("avg", "`average(..)`"),
    ("btoa", "`base64(text)`"),
    ("atob", "`toString(toBinary(text, 'base64'))`"),
    ("case", "`switch(value, case, result, .., else)`"),
    ("coalesce", "`ifempty(value, default)`"),
    ("concat", "`+`, or pieces side by side, such as `first ' ' last`"),
    ("count", "`length(..)`"),
    ("date", "`parseDate(text, format)`"),
    ("dateDifference", "`dateDiff(end, start, unit)`"),
    ("dayOfWeek", "`formatDate(date, 'd')`"),
    ("default", "`ifempty(value, default)`"),
    ("decodeURIComponent", "`decodeURL(text)`"),
    ("encodeURIComponent", "`encodeURL(text)`"),
    ("equals", "the operator `=`"),
    ("filter", "`map(array, key, filterKey, values)`"),
    ("flat", "`flatten(array, depth)`"),
    ("fromJSON", "`parseJSON(text)`"),
    ("hmac", "`sha256(text, 'hex', key)`"),
    ("iif", "`if(condition, then, else)`"),
    ("in", "`contains(array, value)`"),
    ("includes", "`contains(text, value)`"),
    ("ifin", "`if(contains(array, value), then, else)`"),
    ("isBlank", "`value = null`, or `ifempty(value, default)`"),
    ("isEmpty", "`length(value) = 0`"),
    ("json", "`createJSON(value)`"),
    ("lowercase", "`lower(text)`"),
    ("mergeCollections", "the spread key `\"{{...}}\"` in an object"),
    ("mod", "the operator `%`"),
    ("not", "the operator `!`"),
    ("now", "the variable `now`, without parentheses"),
    ("number", "`parseNumber(text)`"),
    ("object", "the object as JSON, for instance in `temp`"),
    ("or", "the operator `|`"),
    ("parseFloat", "`parseNumber(text)`"),
    ("parseInt", "`floor(parseNumber(text))`"),
    ("push", "`add(array, value)`"),
    ("random", "the variable `random`, without parentheses"),
    ("set", "the object as JSON, for instance in `temp`"),
    ("size", "`length(..)`"),
    ("str", "`toString(value)`"),
    ("string", "`toString(value)`"),
    ("stringify", "`createJSON(value)`"),
    ("substr", "`substring(text, start, end)`"),
    ("text", "`toString(value)`"),
    ("timestamp", "the variable `timestamp`, without parentheses"),
    ("titlecase", "`startcase(text)`"),
    ("toDate", "`parseDate(text, format)`"),
    ("toJSON", "`createJSON(value)`"),
    ("toLowerCase", "`lower(text)`"),
    ("toNumber", "`parseNumber(text)`"),
    ("toText", "`toString(value)`"),
    ("toUpperCase", "`upper(text)`"),
    ("ucfirst", "`capitalize(text)`"),
    ("union", "`distinct(merge(a, b))`"),
    ("unique", "`distinct(array)`"),
    ("uppercase", "`upper(text)`"),
    ("urlEncode", "`encodeURL(text)`"),
    ("uuid", "the variable `uuid`, without parentheses"),
    ("values", "`map(toArray(collection), 'value')`"),
];

/// What to write in place of a function that does not exist: a known habit, else the nearest of `names`, else
/// nothing. `names` are the built-in functions and those of the connector.
pub fn advice<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    if let Some((_, instead)) = HABITS.iter().find(|(habit, _)| habit.eq_ignore_ascii_case(name)) {
        return Some(format!("write {instead}"));
    }
    crate::similar::nearest(name, names).map(|found| format!("did you mean `{found}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_named_in_snake_case() {
        assert!(BUILTINS.windows(2).all(|pair| pair[0].name < pair[1].name));
        for builtin in BUILTINS {
            assert_eq!(builtin.rust, heck::ToSnakeCase::to_snake_case(builtin.name), "{}", builtin.name);
            assert!(builtin.max.is_none_or(|max| builtin.min <= max));
            assert_eq!(find(builtin.name), Some(builtin));
        }
        assert_eq!(find("Upper"), None);
    }

    #[test]
    fn habits_are_no_functions_and_name_functions() {
        for (habit, instead) in HABITS {
            assert_eq!(find(habit), None, "{habit} exists");
            for (start, _) in instead.match_indices('(') {
                let before = &instead[..start];
                let name = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap();
                assert!(find(name).is_some(), "{instead} names `{name}`, which does not exist");
            }
        }
    }

    #[test]
    fn advice_knows_habits_cases_and_slips() {
        let names = || BUILTINS.iter().map(|builtin| builtin.name).chain(["getTasks"]);
        assert_eq!(advice("toUpperCase", names()).as_deref(), Some("write `upper(text)`"));
        assert_eq!(advice("Upper", names()).as_deref(), Some("did you mean `upper`?"));
        assert_eq!(advice("formatdate", names()).as_deref(), Some("did you mean `formatDate`?"));
        assert_eq!(advice("ifemtpy", names()).as_deref(), Some("did you mean `ifempty`?"));
        assert_eq!(advice("getTask", names()).as_deref(), Some("did you mean `getTasks`?"));
        assert_eq!(advice("zzzzqqq", names()), None);
    }
}

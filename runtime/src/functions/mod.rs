//! The functions of IML (iml.md 9 and 10), one file per group.
//!
//! Emitted code calls them by path; [`TABLE`] is for callers that know the name only at run time. A new function is
//! one documented `fn` in its group's file and one row of the table. Its Rust name is its own in snake case.
//!
//! All have the shape [`Function`]: they read the arguments that they know, take missing ones as undefined, ignore
//! further ones, and change none (iml.md 8). Their errors name the function, the argument and the template's place.

pub(crate) mod args;
mod array;
mod compare;
pub(crate) mod crypto;
mod date;
mod emoji;
mod encoding;
mod general;
mod markup;
mod math;
mod mime;
mod number_format;
pub(crate) mod pattern;
mod runtime;
mod sort;
mod statistics;
mod text;
mod url;
mod xml;

use crate::error::Error;
use crate::scope::Site;
use crate::value::Value;

pub use array::{
    add, first, flatten, keys, last, map, merge, reverse, shuffle, slice, to_array, to_collection,
};
pub use compare::{array_diff, array_intersect, deduplicate, distinct, remove};
pub use crypto::{crypto_sign, generate_jwt_with_key_id, jwt, md5, sha1, sha256, sha512};
#[cfg(feature = "js")]
pub(crate) use date::Zone;
pub(crate) use date::date_of;
pub use date::{
    DateFormat, add_days, add_hours, add_minutes, add_months, add_seconds, add_years, date_diff, format_date,
    format_date_with, parse_date, parse_date_with, set_date, set_day, set_hour, set_minute, set_month,
    set_second, set_year,
};
pub use emoji::replace_emoji_characters;
pub use encoding::{ascii, base64, to_binary, to_string};
pub use general::{equal, get, if_, ifempty, omit, pick, switch};
pub use markup::{escape_html, escape_markdown, strip_html};
pub use math::{abs, ceil, floor, round, trunc};
pub use mime::mime;
pub use number_format::{format_number, parse_number};
pub use pattern::{Pattern, replace, replace_with};
pub use runtime::{create_json, error_factory, is_array, parse_json, pop, shift, to_data_structure};
pub use sort::sort;
pub use statistics::{average, max, median, min, stdev_p, stdev_s, sum};
pub use text::{
    capitalize, contains, index_of, join, length, lower, split, startcase, substring, trim, upper,
};
pub use url::{decode_url, encode_url};
pub use xml::{create_xml, parse_xml};

/// A function of IML: it gets the place of the template and the arguments.
pub type Function = fn(Site<'_>, &[&Value]) -> Result<Value, Error>;

/// Every function by its name in IML.
pub const TABLE: &[(&str, Function)] = &[
    // General (iml.md 9.1); emitted code has control flow for the first three.
    ("if", if_),
    ("ifempty", ifempty),
    ("switch", switch),
    ("get", get),
    ("pick", pick),
    ("omit", omit),
    ("equal", equal),
    // Text and binary (iml.md 9.2).
    ("length", length),
    ("lower", lower),
    ("upper", upper),
    ("capitalize", capitalize),
    ("startcase", startcase),
    ("trim", trim),
    ("substring", substring),
    ("indexOf", index_of),
    ("contains", contains),
    ("replace", replace),
    ("replaceEmojiCharacters", replace_emoji_characters),
    ("stripHTML", strip_html),
    ("escapeHTML", escape_html),
    ("escapeMarkdown", escape_markdown),
    ("split", split),
    ("join", join),
    ("base64", base64),
    ("ascii", ascii),
    ("toString", to_string),
    ("toBinary", to_binary),
    ("encodeURL", encode_url),
    ("decodeURL", decode_url),
    ("md5", md5),
    ("sha1", sha1),
    ("sha256", sha256),
    ("sha512", sha512),
    // Math (iml.md 9.3).
    ("round", round),
    ("floor", floor),
    ("ceil", ceil),
    ("abs", abs),
    ("trunc", trunc),
    ("min", min),
    ("max", max),
    ("sum", sum),
    ("average", average),
    ("median", median),
    ("stdevS", stdev_s),
    ("stdevP", stdev_p),
    ("parseNumber", parse_number),
    ("formatNumber", format_number),
    // Dates and times (iml.md 9.4).
    ("formatDate", format_date),
    ("parseDate", parse_date),
    ("addSeconds", add_seconds),
    ("addMinutes", add_minutes),
    ("addHours", add_hours),
    ("addDays", add_days),
    ("addMonths", add_months),
    ("addYears", add_years),
    ("setSecond", set_second),
    ("setMinute", set_minute),
    ("setHour", set_hour),
    ("setDay", set_day),
    ("setDate", set_date),
    ("setMonth", set_month),
    ("setYear", set_year),
    ("dateDiff", date_diff),
    // Arrays (iml.md 9.5).
    ("first", first),
    ("last", last),
    ("add", add),
    ("remove", remove),
    ("map", map),
    ("sort", sort),
    ("reverse", reverse),
    ("shuffle", shuffle),
    ("slice", slice),
    ("merge", merge),
    ("flatten", flatten),
    ("distinct", distinct),
    ("deduplicate", deduplicate),
    ("keys", keys),
    ("toCollection", to_collection),
    ("toArray", to_array),
    ("arrayDiff", array_diff),
    ("arrayIntersect", array_intersect),
    // The app runtime's own (iml.md 10).
    ("createJSON", create_json),
    ("parseJSON", parse_json),
    ("createXML", create_xml),
    ("parseXML", parse_xml),
    ("mime", mime),
    ("jwt", jwt),
    ("generateJwtWithKeyId", generate_jwt_with_key_id),
    ("cryptoSign", crypto_sign),
    ("isArray", is_array),
    ("pop", pop),
    ("shift", shift),
    ("errorFactory", error_factory),
    ("toDataStructure", to_data_structure),
];

/// Finds a function by its name in IML, which is case-sensitive.
///
/// ```
/// use linchpin::{functions, scope::Scope, value::Value};
///
/// let scope = Scope::new();
/// let upper = functions::find("upper").ok_or("not found")?;
/// assert_eq!(upper(scope.at("example"), &[&Value::from("abc")])?, Value::from("ABC"));
/// assert!(functions::find("Upper").is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn find(name: &str) -> Option<Function> {
    TABLE.iter().find(|(known, _)| *known == name).map(|(_, function)| *function)
}

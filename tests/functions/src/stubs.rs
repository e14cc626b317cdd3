//! The custom functions of `sales`, in Rust. If they stand in `src/functions.rs`, the macro takes them as
//! `include_connector!(path = "..", functions = crate::functions)`.

use linchpin::{Error, ErrorKind, Scope, Value};

/// `mapFilters`
///
/// # Errors
/// Always: it is not written yet.
pub fn map_filters(scope: &Scope, args: &[Value]) -> Result<Value, Error> {
    // // Conditions of a form become the service's query: { "amount__gte": 5, "stage": "won" }.
    // const suffixes = { equal: "", more: "__gt", atLeast: "__gte", less: "__lt", contains: "__like" };
    // 
    // function mapFilters(filters) {
    //   if (!Array.isArray(filters)) return undefined;
    //   return filters.reduce((query, filter) => {
    //     const suffix = suffixes[filter && filter.operator];
    //     if (suffix === undefined || typeof filter.field !== "string" || filter.field === "") return query;
    //     const value = filter.operator === "contains" ? `%${filter.value}%` : filter.value;
    //     return { ...query, [filter.field + suffix]: value };
    //   }, {});
    // }
    let _ = (scope, args);
    Err(Error::new(ErrorKind::Runtime, "the function `mapFilters` is not written yet"))
}

/// `removeEmpty`
///
/// # Errors
/// Always: it is not written yet.
pub fn remove_empty(scope: &Scope, args: &[Value]) -> Result<Value, Error> {
    // // Drops null, undefined, empty text, and collections that hold nothing else.
    // function removeEmpty(value) {
    //   if (Array.isArray(value)) {
    //     const items = value.map(removeEmpty).filter((item) => item !== undefined);
    //     return items.length > 0 ? items : undefined;
    //   }
    //   if (value === null || value === "") return undefined;
    //   if (typeof value !== "object" || value instanceof Date || Buffer.isBuffer(value)) return value;
    //   const kept = Object.entries(value)
    //     .map(([key, member]) => [key, removeEmpty(member)])
    //     .filter(([, member]) => member !== undefined);
    //   return kept.length > 0 ? Object.fromEntries(kept) : undefined;
    // }
    let _ = (scope, args);
    Err(Error::new(ErrorKind::Runtime, "the function `removeEmpty` is not written yet"))
}

/// `errorText`
///
/// # Errors
/// Always: it is not written yet.
pub fn error_text(scope: &Scope, args: &[Value]) -> Result<Value, Error> {
    // // One line of text for every shape of error that the service answers with.
    // function errorText(body) {
    //   if (typeof body === "string") return body.trim() || "unknown error";
    //   if (!body || !Array.isArray(body.errors) || body.errors.length === 0) {
    //     return (body && body.message) || "unknown error";
    //   }
    //   return body.errors
    //     .map((error) => (error && error.field ? `${error.field}: ${error.message}` : String(error && error.message)))
    //     .join("; ");
    // }
    let _ = (scope, args);
    Err(Error::new(ErrorKind::Runtime, "the function `errorText` is not written yet"))
}

/// `customFields`
///
/// # Errors
/// Always: it is not written yet.
pub fn custom_fields(scope: &Scope, args: &[Value]) -> Result<Value, Error> {
    // // { "cf_12": "x", "name": "y" } becomes [{ id: 12, value: "x" }].
    // function customFields(record) {
    //   return Object.keys(record || {})
    //     .filter((key) => /^cf_\d{1,9}$/.test(key))
    //     .map((key) => ({ id: parseInt(key.slice(3), 10), value: record[key] === undefined ? null : record[key] }))
    //     .sort((one, other) => one.id - other.id);
    // }
    let _ = (scope, args);
    Err(Error::new(ErrorKind::Runtime, "the function `customFields` is not written yet"))
}

// { "cf_12": "x", "name": "y" } becomes [{ id: 12, value: "x" }].
function customFields(record) {
  return Object.keys(record || {})
    .filter((key) => /^cf_\d{1,9}$/.test(key))
    .map((key) => ({ id: parseInt(key.slice(3), 10), value: record[key] === undefined ? null : record[key] }))
    .sort((one, other) => one.id - other.id);
}

// Conditions of a form become the service's query: { "amount__gte": 5, "stage": "won" }.
const suffixes = { equal: "", more: "__gt", atLeast: "__gte", less: "__lt", contains: "__like" };

function mapFilters(filters) {
  if (!Array.isArray(filters)) return undefined;
  return filters.reduce((query, filter) => {
    const suffix = suffixes[filter && filter.operator];
    if (suffix === undefined || typeof filter.field !== "string" || filter.field === "") return query;
    const value = filter.operator === "contains" ? `%${filter.value}%` : filter.value;
    return { ...query, [filter.field + suffix]: value };
  }, {});
}

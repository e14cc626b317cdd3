function fieldType(property) {
  const { type, format } = property || {};
  if (format === "date-time" || format === "date") return "date";
  switch (Array.isArray(type) ? type.find((each) => each !== "null") : type) {
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "array":
      return "array";
    case "object":
      return "collection";
    default:
      return "text";
  }
}

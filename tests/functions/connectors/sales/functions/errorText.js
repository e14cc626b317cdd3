// One line of text for every shape of error that the service answers with.
function errorText(body) {
  if (typeof body === "string") return body.trim() || "unknown error";
  if (!body || !Array.isArray(body.errors) || body.errors.length === 0) {
    return (body && body.message) || "unknown error";
  }
  return body.errors
    .map((error) => (error && error.field ? `${error.field}: ${error.message}` : String(error && error.message)))
    .join("; ");
}

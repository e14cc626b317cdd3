// Drops null, undefined, empty text, and collections that hold nothing else.
function removeEmpty(value) {
  if (Array.isArray(value)) {
    const items = value.map(removeEmpty).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (value === null || value === "") return undefined;
  if (typeof value !== "object" || value instanceof Date || Buffer.isBuffer(value)) return value;
  const kept = Object.entries(value)
    .map(([key, member]) => [key, removeEmpty(member)])
    .filter(([, member]) => member !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

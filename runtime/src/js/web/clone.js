(function (native, load) {
  "use strict";
  const refuse = (what) => { throw new DOMException(what + " could not be cloned", "DataCloneError"); };
  const copy = (value, seen) => {
    if (typeof value === "function" || typeof value === "symbol") refuse(String(value));
    if (typeof value !== "object" || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const keep = (made) => { seen.set(value, made); return made; };
    if (value instanceof Date) return keep(new Date(value.getTime()));
    if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
    if (value instanceof ArrayBuffer) return keep(value.slice(0));
    if (ArrayBuffer.isView(value)) {
      const block = copy(value.buffer, seen);
      const maker = value instanceof DataView ? DataView : Object.getPrototypeOf(value).constructor;
      const made = new maker(block, value.byteOffset, value.length ?? value.byteLength);
      return keep(made);
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean) return keep(Object(value.valueOf()));
    if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) refuse("The object");
    if (value instanceof Map) {
      const made = keep(new Map());
      for (const [key, item] of value) made.set(copy(key, seen), copy(item, seen));
      return made;
    }
    if (value instanceof Set) {
      const made = keep(new Set());
      for (const item of value) made.add(copy(item, seen));
      return made;
    }
    if (value instanceof Error) {
      const kinds = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
      const made = keep(new (kinds[value.name] ?? Error)(value.message));
      if ("cause" in value) made.cause = copy(value.cause, seen);
      return made;
    }
    const made = keep(Array.isArray(value) ? new Array(value.length) : {});
    for (const key of Object.keys(value)) made[key] = copy(value[key], seen);
    return made;
  };
  return { structuredClone: (value) => copy(value, new Map()) };
})

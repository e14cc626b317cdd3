(function (native, load) {
  "use strict";
  const quote = (text) => "'" + text.replace(/\\/g, "\\\\").replace(/'/g, "\\'").replace(/\n/g, "\\n") + "'";
  const nameOf = (value) => {
    const prototype = Object.getPrototypeOf(value);
    if (prototype === null) return "[Object: null prototype]";
    const maker = prototype.constructor;
    return typeof maker === "function" && maker.name ? maker.name : "Object";
  };
  const key = (name) => (typeof name === "symbol" ? "[" + String(name) + "]" : /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name));
  const most = 100;

  const inspect = (value, options) => {
    const depth = options && options.depth !== undefined ? (options.depth === null ? Infinity : options.depth) : 2;
    return show(value, Math.min(depth, 50), []);
  };
  const show = (value, depth, above) => {
    switch (typeof value) {
      case "string": return quote(value);
      case "bigint": return String(value) + "n";
      case "number": return Object.is(value, -0) ? "-0" : String(value);
      case "function": return "[" + (String(value).startsWith("class") ? "class " : "Function: ") + (value.name || "(anonymous)") + "]";
      case "object": break;
      default: return String(value);
    }
    if (value === null) return "null";
    if (above.includes(value)) return "[Circular]";
    if (value instanceof Error) return (value.name || "Error") + ": " + value.message + (value.stack ? "\n" + String(value.stack).trimEnd() : "");
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof Promise) return "Promise {}";
    const name = nameOf(value), isList = Array.isArray(value);
    if (ArrayBuffer.isView(value) && name === "Buffer") {
      const hex = Array.from(value.subarray(0, 50), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
      return "<Buffer" + (hex && " " + hex) + (value.length > 50 ? " ... more bytes" : "") + ">";
    }
    if (depth < 0) return isList ? "[Array]" : "[" + name + "]";
    const inner = above.concat([value]);
    const each = (item) => show(item, depth - 1, inner);
    let parts = [], open = "{", close = "}", label = name === "Object" ? "" : name + " ";
    if (isList || ArrayBuffer.isView(value)) {
      [open, close, label] = ["[", "]", isList ? "" : name + "(" + value.length + ") "];
      const length = Math.min(value.length ?? 0, most);
      for (let at = 0; at < length; at += 1) parts.push(at in value ? each(value[at]) : "<empty>");
      if (value.length > most) parts.push("... " + (value.length - most) + " more items");
    } else if (value instanceof Map) {
      label = "Map(" + value.size + ") ";
      for (const [at, item] of value) parts.push(each(at) + " => " + each(item));
    } else if (value instanceof Set) {
      label = "Set(" + value.size + ") ";
      for (const item of value) parts.push(each(item));
    } else {
      const names = Reflect.ownKeys(value).filter((each) => Object.getOwnPropertyDescriptor(value, each)?.enumerable);
      for (const at of names.slice(0, most)) parts.push(key(at) + ": " + each(value[at]));
      if (names.length > most) parts.push("... " + (names.length - most) + " more");
    }
    if (parts.length === 0) return label + open + close;
    const line = parts.join(", ");
    if (line.length <= 72 && !line.includes("\n")) return label + open + " " + line + " " + close;
    return label + open + "\n" + parts.map((part) => "  " + part.replace(/\n/g, "\n  ")).join(",\n") + "\n" + close;
  };

  const format = (...args) => {
    let at = 0, text = "";
    if (typeof args[0] === "string") {
      at = 1;
      text = args[0].replace(/%[sdifjoOc%]/g, (mark) => {
        if (mark === "%%") return "%";
        if (at >= args.length) return mark;
        const arg = args[at];
        at += 1;
        switch (mark) {
          case "%s": return typeof arg === "object" && arg !== null ? inspect(arg, { depth: 0 }) : String(arg);
          case "%d": return typeof arg === "object" ? "NaN" : String(Number(arg));
          case "%i": return typeof arg === "object" ? "NaN" : String(Math.trunc(Number(arg)));
          case "%f": return String(Number(arg));
          case "%j": try { return String(JSON.stringify(arg)); } catch { return "[Circular]"; }
          case "%c": return "";
          default: return inspect(arg, { depth: 4 });
        }
      });
    }
    const rest = args.slice(at).map((arg) => (typeof arg === "string" ? arg : inspect(arg)));
    return [...(at > 0 ? [text] : []), ...rest].join(" ");
  };

  const isDeepStrictEqual = (a, b) => same(a, b, true, []);
  const same = (a, b, strict, above) => {
    if (strict ? Object.is(a, b) : a == b || (a !== a && b !== b)) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    if (above.some(([x, y]) => x === a && y === b)) return true;
    const inner = above.concat([[a, b]]);
    if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
    if (a instanceof RegExp && b instanceof RegExp) return String(a) === String(b);
    if (a instanceof Error && b instanceof Error && (a.message !== b.message || a.name !== b.name)) return false;
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    if (a instanceof Map && b instanceof Map) {
      return a.size === b.size && [...a].every(([at, item]) => b.has(at) && same(item, b.get(at), strict, inner));
    }
    if (a instanceof Set && b instanceof Set) {
      return a.size === b.size && [...a].every((item) => b.has(item) || [...b].some((other) => same(item, other, strict, inner)));
    }
    const [left, right] = [Object.keys(a), Object.keys(b)];
    return left.length === right.length && left.every((at) => Object.hasOwn(b, at) && same(a[at], b[at], strict, inner));
  };

  const promisify = (original) => (...args) =>
    new Promise((resolve, reject) => original(...args, (error, value) => (error ? reject(error) : resolve(value))));
  const callbackify = (original) => (...args) => {
    const done = args.pop();
    original(...args).then((value) => done(null, value), (error) => done(error ?? new Error("rejected")));
  };
  const inherits = (child, parent) => { Object.setPrototypeOf(child.prototype, parent.prototype); child.super_ = parent; };
  const types = {
    isDate: (value) => value instanceof Date, isRegExp: (value) => value instanceof RegExp,
    isPromise: (value) => value instanceof Promise, isMap: (value) => value instanceof Map,
    isSet: (value) => value instanceof Set, isNativeError: (value) => value instanceof Error,
    isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
    isUint8Array: (value) => value instanceof Uint8Array, isArrayBuffer: (value) => value instanceof ArrayBuffer,
  };
  const module = {
    format, inspect, isDeepStrictEqual, promisify, callbackify, inherits, types, isArray: Array.isArray,
    deprecate: (original) => original, stripVTControlCharacters: (text) => String(text).replace(/\u001b\[[0-9;]*m/g, ""),
    get TextEncoder() { return load("encoding").TextEncoder; },
    get TextDecoder() { return load("encoding").TextDecoder; },
  };
  return { module, format, inspect, same };
})

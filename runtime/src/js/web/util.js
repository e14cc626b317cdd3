(function (native, load) {
  "use strict";
  const { inspect, safely } = load("inspect");
  // Methods that are no text of an author's own.
  const builtIn = new Set([Object, Error, Date, Array, RegExp, Function].map((each) => each.prototype.toString));
  const fill = (mark, arg) => {
    const kind = typeof arg;
    switch (mark) {
      case "%s":
        if (kind === "bigint") return arg + "n";
        if (Object.is(arg, -0)) return "-0";
        return kind === "object" && arg !== null && builtIn.has(arg.toString) ? inspect(arg, { depth: 0 }) : String(arg);
      case "%d": return kind === "bigint" ? arg + "n" : kind === "symbol" ? "NaN" : inspect(Number(arg));
      case "%i": return kind === "bigint" ? arg + "n" : kind === "symbol" ? "NaN" : inspect(parseInt(arg, 10));
      case "%f": return kind === "symbol" ? "NaN" : inspect(parseFloat(arg));
      case "%j": try { return String(JSON.stringify(arg)); } catch { return "[Circular]"; }
      case "%c": return "";
      case "%o": return inspect(arg, { depth: 4, showHidden: true });
      default: return inspect(arg);
    }
  };
  const format = (...args) => {
    if (typeof args[0] !== "string") return args.map((arg) => (typeof arg === "string" ? arg : safely(arg))).join(" ");
    if (args.length === 1) return args[0];
    let at = 1;
    const text = args[0].replace(/%[sdifjoOc%]/g, (mark) => {
      if (mark === "%%") return "%";
      if (at >= args.length) return mark;
      at += 1;
      return fill(mark, args[at - 1]);
    });
    return [text, ...args.slice(at).map((arg) => (typeof arg === "string" ? arg : safely(arg)))].join(" ");
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

(function (native, load) {
  "use strict";
  const escape = (text) => encodeURIComponent(String(text));
  const unescape = (text) => { try { return decodeURIComponent(text); } catch { return String(text); } };
  const scalar = (value) => (["string", "number", "bigint", "boolean"].includes(typeof value) ? String(value) : "");
  const stringify = (object, separator = "&", equals = "=", { encodeURIComponent: encode = escape } = {}) =>
    Object.entries(object ?? {})
      .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((item) => encode(name) + equals + encode(scalar(item))))
      .join(separator);
  const parse = (text, separator = "&", equals = "=", { decodeURIComponent: decode = unescape, maxKeys = 1000 } = {}) => {
    const read = Object.create(null);
    let pairs = String(text).split(separator).filter((pair) => pair !== "");
    if (maxKeys > 0) pairs = pairs.slice(0, maxKeys);
    for (const pair of pairs) {
      const at = pair.indexOf(equals);
      const [name, value] = (at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + equals.length)]).map((part) => decode(part.replace(/\+/g, " ")));
      if (name in read) read[name] = [].concat(read[name], value);
      else read[name] = value;
    }
    return read;
  };
  return { module: { parse, stringify, escape, unescape, decode: parse, encode: stringify } };
})

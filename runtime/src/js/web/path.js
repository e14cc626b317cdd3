(function (native, load) {
  "use strict";
  const text = (path) => {
    if (typeof path !== "string") throw new TypeError("The path must be a string");
    return path;
  };
  const isAbsolute = (path) => text(path).startsWith("/");
  const normalize = (path) => {
    const kept = [], absolute = isAbsolute(path);
    for (const part of path.split("/")) {
      if (part === "" || part === ".") continue;
      if (part !== "..") kept.push(part);
      else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
      else if (!absolute) kept.push(part);
    }
    const plain = kept.join("/") + (kept.length > 0 && path.endsWith("/") ? "/" : "");
    return (absolute ? "/" : "") + plain || (path.endsWith("/") ? "./" : ".");
  };
  const join = (...parts) => normalize(parts.map(text).filter((part) => part !== "").join("/") || ".");
  const trimmed = (path) => (path.length > 1 ? path.replace(/\/+$/, "") || "/" : path);
  const resolve = (...parts) => {
    let path = "";
    for (const part of ["/", ...parts].map(text)) path = isAbsolute(part) ? part : part === "" ? path : path + "/" + part;
    return trimmed(normalize(path));
  };
  const dirname = (path) => {
    const plain = trimmed(text(path)), at = plain.lastIndexOf("/");
    return at < 0 ? "." : at === 0 ? "/" : trimmed(plain.slice(0, at));
  };
  const basename = (path, suffix = "") => {
    const plain = trimmed(text(path)), name = plain.slice(plain.lastIndexOf("/") + 1);
    return suffix !== name && name.endsWith(suffix) ? name.slice(0, name.length - suffix.length) : name;
  };
  const extname = (path) => {
    const name = basename(path), at = name.lastIndexOf(".");
    return at > 0 && !/^\.+$/.test(name) ? name.slice(at) : "";
  };
  const relative = (from, to) => {
    const [a, b] = [resolve(from), resolve(to)].map((path) => path.split("/").filter((part) => part !== ""));
    let same = 0;
    while (same < a.length && a[same] === b[same]) same += 1;
    return [...a.slice(same).map(() => ".."), ...b.slice(same)].join("/");
  };
  const parse = (path) => {
    const root = isAbsolute(path) ? "/" : "", base = basename(path), ext = extname(path), dir = dirname(path);
    return { root, dir: dir === "." && !path.startsWith(".") ? "" : dir, base: base === "/" ? "" : base, ext, name: base.slice(0, base.length - ext.length) };
  };
  const format = ({ dir, root = "", base, name = "", ext = "" }) => {
    const file = base ?? name + (ext === "" || ext.startsWith(".") ? ext : "." + ext);
    return dir ? (dir === root ? dir + file : dir + "/" + file) : root + file;
  };
  const module = { basename, delimiter: ":", dirname, extname, format, isAbsolute, join, normalize, parse, relative, resolve, sep: "/" };
  module.posix = module;
  return { module };
})

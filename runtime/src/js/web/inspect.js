(function (native, load) {
  "use strict";
  const quote = (text) => {
    const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes("`") ? "`" : "'";
    return mark + text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replaceAll(mark, "\\" + mark) + mark;
  };
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
    return show(value, Math.min(depth, 50), { above: [], circles: new Map(), showHidden: Boolean(options?.showHidden) });
  };
  const functionOf = (value) => {
    const kind = String(value).startsWith("class") ? "class" : "Function";
    return "[" + kind + (value.name ? (kind === "class" ? " " : ": ") + value.name : " (anonymous)") + "]";
  };
  const show = (value, depth, state) => {
    switch (typeof value) {
      case "string": return quote(value);
      case "bigint": return String(value) + "n";
      case "number": return Object.is(value, -0) ? "-0" : String(value);
      case "function": return functionOf(value);
      case "object": break;
      default: return String(value);
    }
    if (value === null) return "null";
    if (state.above.includes(value)) {
      const { circles } = state;
      if (!circles.has(value)) circles.set(value, circles.size + 1);
      return "[Circular *" + circles.get(value) + "]";
    }
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof Promise) return "Promise {}";
    const text = whole(value, depth, { ...state, above: [...state.above, value] });
    return state.circles.has(value) ? "<ref *" + state.circles.get(value) + "> " + text : text;
  };
  const member = (value, at, each) => {
    const { get, set } = Object.getOwnPropertyDescriptor(value, at) ?? {};
    return get && set ? "[Getter/Setter]" : get ? "[Getter]" : set ? "[Setter]" : each(value[at]);
  };
  const membersOf = (value, each) => {
    const names = Reflect.ownKeys(value).filter((name) => Object.getOwnPropertyDescriptor(value, name)?.enumerable);
    const parts = names.slice(0, most).map((name) => key(name) + ": " + member(value, name, each));
    if (names.length > most) parts.push("... " + (names.length - most) + " more");
    return parts;
  };
  const whole = (value, depth, state) => {
    const name = nameOf(value), isList = Array.isArray(value), each = (item) => show(item, depth - 1, state);
    if (value instanceof Error) {
      const text = (value.name || "Error") + ": " + value.message + (value.stack ? "\n" + String(value.stack).trimEnd() : "");
      const parts = depth < 0 ? [] : membersOf(value, each);
      if (depth >= 0 && Object.hasOwn(value, "cause")) parts.push("[cause]: " + each(value.cause));
      return parts.length === 0 ? text : text + " {\n  " + parts.map((part) => part.replace(/\n/g, "\n  ")).join(",\n  ") + "\n}";
    }
    if (ArrayBuffer.isView(value) && name === "Buffer") {
      const hex = Array.from(value.subarray(0, 50), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
      return "<Buffer" + (hex && " " + hex) + (value.length > 50 ? " ... more bytes" : "") + ">";
    }
    if (depth < 0) return isList ? "[Array]" : "[" + name + "]";
    let parts = [], open = "{", close = "}", label = name === "Object" ? "" : name + " ";
    if (isList || ArrayBuffer.isView(value)) {
      [open, close, label] = ["[", "]", isList ? "" : name + "(" + value.length + ") "];
      const length = Math.min(value.length ?? 0, most);
      for (let at = 0; at < length; at += 1) parts.push(at in value ? member(value, at, each) : "<empty>");
      if (value.length > most) parts.push("... " + (value.length - most) + " more items");
      if (isList && state.showHidden) parts.push("[length]: " + value.length);
    } else if (value instanceof Map) {
      label = "Map(" + value.size + ") ";
      for (const [at, item] of value) parts.push(each(at) + " => " + each(item));
    } else if (value instanceof Set) {
      label = "Set(" + value.size + ") ";
      for (const item of value) parts.push(each(item));
    } else parts = membersOf(value, each);
    if (parts.length === 0) return label + open + close;
    const line = parts.join(", ");
    if (line.length <= 72 && !line.includes("\n")) return label + open + " " + line + " " + close;
    return label + open + "\n" + parts.map((part) => "  " + part.replace(/\n/g, "\n  ")).join(",\n") + "\n" + close;
  };
  // For logs: a value that throws while it is read must not end the run.
  const safely = (value) => {
    try { return inspect(value); } catch (error) { return "[a value that cannot be shown: " + String(error?.message) + "]"; }
  };
  return { inspect, safely };
})

(function (native, load) {
  "use strict";
  // Modules with the piece, and the member of the piece, that each is.
  const buffer = () => {
    const { Buffer } = load("buffer"), { Blob, File } = load("form");
    return { Buffer, Blob, File, atob, btoa, constants: { MAX_LENGTH: 2 ** 31 - 1 } };
  };
  const timers = () => { const { fire, ...all } = load("timers"); return all; };
  const promises = () => ({
    setTimeout: (millis, value) => new Promise((done) => load("timers").setTimeout(done, millis, value)),
    setImmediate: (value) => new Promise((done) => load("timers").setImmediate(done, value)),
  });
  const modules = {
    assert: () => load("assert").module, buffer, crypto: () => load("crypto").module, events: () => load("events").module,
    path: () => load("path").module, process: () => load("process").module, querystring: () => load("querystring").module,
    string_decoder: () => load("string_decoder").module, timers, url: () => load("urls").module, util: () => load("util").module,
    zlib: () => load("zlib").module,
  };
  const inner = {
    "assert/strict": () => load("assert").module.strict, "path/posix": modules.path, "timers/promises": promises,
    "util/types": () => load("util").module.types,
  };
  const kept = new Map();
  const require = (name) => {
    const plain = String(name).replace(/^node:/, "");
    const make = Object.hasOwn(modules, plain) ? modules[plain] : Object.hasOwn(inner, plain) ? inner[plain] : undefined;
    if (make === undefined) {
      const error = new Error("Cannot find module '" + String(name) + "': there are " + Object.keys(modules).join(", "));
      error.code = "MODULE_NOT_FOUND";
      throw error;
    }
    if (!kept.has(plain)) kept.set(plain, make());
    return kept.get(plain);
  };
  return { require };
})

(function (native, load) {
  "use strict";
  const known = ["assert", "buffer", "crypto", "querystring", "url", "util"];
  const require = (name) => {
    const plain = String(name).replace(/^node:/, "");
    if (!known.includes(plain)) {
      const error = new Error("Cannot find module '" + String(name) + "': there are " + known.join(", "));
      error.code = "MODULE_NOT_FOUND";
      throw error;
    }
    if (plain === "buffer") {
      const { Buffer } = load("buffer");
      return { Buffer, atob, btoa, constants: { MAX_LENGTH: 2 ** 31 - 1 } };
    }
    return load(plain).module;
  };
  return { require };
})

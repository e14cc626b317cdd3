(function (native, load) {
  "use strict";
  const { adopt, bytesOf, encode } = load("buffer");
  const toBase64 = Uint8Array.prototype.toBase64;
  const run = (kind, input, options) => {
    const bytes = typeof input === "string" ? encode(input, "utf8") : bytesOf(input);
    const level = options?.level ?? -1, most = options?.maxOutputLength ?? Infinity;
    return adopt(native.run(kind, toBase64.call(bytes), level, most));
  };
  const module = { constants: { Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1 } };
  for (const kind of ["gzip", "gunzip", "deflate", "inflate", "deflateRaw", "inflateRaw", "unzip"]) {
    module[kind + "Sync"] = (input, options) => run(kind, input, options);
    module[kind] = (input, options, done = options) => {
      let error = null, made;
      try { made = run(kind, input, options === done ? undefined : options); } catch (thrown) { error = thrown; }
      load("timers").setImmediate(() => (error === null ? done(null, made) : done(error)));
    };
  }
  return { module };
})

(function (native, load) {
  "use strict";
  const { Buffer, bytesOf, encodingOf } = load("buffer"), { TextDecoder } = load("encoding");
  // Bytes that belong together, for encodings of which a character is more than one byte.
  const groups = { utf16le: 2, base64: 3, base64url: 3 };
  class StringDecoder {
    #decoder = null; #rest = Buffer.alloc(0);
    constructor(encoding) {
      this.encoding = encodingOf(encoding);
      if (this.encoding === "utf8") this.#decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    }
    write(bytes) {
      if (typeof bytes === "string") return bytes;
      if (this.#decoder !== null) return this.#decoder.decode(bytesOf(bytes), { stream: true });
      const all = Buffer.concat([this.#rest, bytesOf(bytes)]), group = groups[this.encoding] ?? 1;
      const whole = all.length - (all.length % group);
      this.#rest = all.subarray(whole);
      return all.toString(this.encoding, 0, whole);
    }
    end(bytes) {
      const text = bytes === undefined ? "" : this.write(bytes);
      if (this.#decoder !== null) return text + this.#decoder.decode();
      const rest = this.#rest;
      this.#rest = Buffer.alloc(0);
      return text + rest.toString(this.encoding);
    }
  }
  return { module: { StringDecoder } };
})

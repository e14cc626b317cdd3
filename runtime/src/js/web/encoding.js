(function (native, load) {
  "use strict";
  const { encode, decode, bytesOf } = load("buffer");
  class TextEncoder {
    get encoding() { return "utf-8"; }
    encode(text = "") { return encode(String(text), "utf8"); }
    encodeInto(text, target) {
      let read = 0, written = 0;
      for (const char of String(text)) {
        const bytes = encode(char, "utf8");
        if (written + bytes.length > target.length) break;
        target.set(bytes, written);
        written += bytes.length;
        read += char.length;
      }
      return { read, written };
    }
  }
  const labels = new Map([
    ["utf-8", "utf8"], ["utf8", "utf8"], ["unicode-1-1-utf-8", "utf8"], ["utf-16le", "utf16le"], ["utf-16", "utf16le"],
    ["latin1", "latin1"], ["iso-8859-1", "latin1"], ["ascii", "latin1"], ["us-ascii", "latin1"],
  ]);
  const names = { utf8: "utf-8", utf16le: "utf-16le", latin1: "windows-1252" };
  class TextDecoder {
    #kind; #fatal; #keepsMark; #rest = [];
    constructor(label = "utf-8", { fatal = false, ignoreBOM = false } = {}) {
      const kind = labels.get(String(label).trim().toLowerCase());
      if (kind === undefined) throw new RangeError("The encoding " + String(label) + " is not supported");
      [this.#kind, this.#fatal, this.#keepsMark] = [kind, Boolean(fatal), Boolean(ignoreBOM)];
    }
    get encoding() { return names[this.#kind]; }
    get fatal() { return this.#fatal; }
    get ignoreBOM() { return this.#keepsMark; }
    decode(input, { stream = false } = {}) {
      let bytes = input === undefined ? new Uint8Array(0) : bytesOf(input);
      if (this.#rest.length > 0) bytes = Uint8Array.from([...this.#rest, ...bytes]);
      this.#rest = [];
      if (stream && this.#kind === "utf8") {
        // The beginning of a character that is still to come waits for its end.
        let start = bytes.length;
        while (start > 0 && bytes.length - start < 3 && (bytes[start - 1] & 0xc0) === 0x80) start -= 1;
        const lead = bytes[start - 1];
        const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
        if (start > 0 && bytes.length - start + 1 < size) {
          this.#rest = Array.from(bytes.subarray(start - 1));
          bytes = bytes.subarray(0, start - 1);
        }
      }
      const text = decode(bytes, this.#kind, this.#fatal);
      return !this.#keepsMark && text.startsWith("\ufeff") ? text.slice(1) : text;
    }
  }
  return { TextEncoder, TextDecoder };
})

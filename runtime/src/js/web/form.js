(function (native, load) {
  "use strict";
  const { Buffer, bytesOf, encode, decode } = load("buffer");
  class Blob {
    #bytes; #type;
    constructor(parts = [], { type = "" } = {}) {
      const whole = [...parts].map((part) =>
        part instanceof Blob ? part.#bytes : part instanceof ArrayBuffer || ArrayBuffer.isView(part) ? bytesOf(part) : encode(String(part), "utf8"));
      this.#bytes = Uint8Array.from(Buffer.concat(whole));
      this.#type = /^[\x20-\x7e]*$/.test(type) ? String(type).toLowerCase() : "";
    }
    static held(blob) { return blob.#bytes; }
    get size() { return this.#bytes.length; }
    get type() { return this.#type; }
    slice(start, end, type = "") { return new Blob([this.#bytes.slice(start, end)], { type }); }
    async text() { return decode(this.#bytes, "utf8"); }
    async bytes() { return this.#bytes.slice(); }
    async arrayBuffer() { return this.#bytes.slice().buffer; }
    stream() { throw new TypeError("A Blob cannot be read as a stream here: use text(), arrayBuffer() or bytes()"); }
  }
  const { held } = Blob;
  delete Blob.held;
  class File extends Blob {
    #name; #modified;
    constructor(parts, name, options = {}) {
      super(parts, options);
      [this.#name, this.#modified] = [String(name), Number(options.lastModified ?? Date.now())];
    }
    get name() { return this.#name; }
    get lastModified() { return this.#modified; }
  }

  class FormData {
    #list = [];
    constructor(form) { if (form !== undefined) throw new TypeError("FormData takes no form here"); }
    static entry(name, value, file) {
      if (!(value instanceof Blob)) return [String(name).toWellFormed(), String(value).toWellFormed()];
      if (file === undefined && value instanceof File) return [String(name), value];
      return [String(name), new File([value], file ?? "blob", { type: value.type })];
    }
    append(name, value, file) { this.#list.push(entry(name, value, file)); }
    set(name, value, file) {
      const made = entry(name, value, file), at = this.#list.findIndex(([each]) => each === made[0]);
      if (at < 0) return void this.#list.push(made);
      this.#list = this.#list.filter(([each], place) => place <= at || each !== made[0]);
      this.#list[at] = made;
    }
    delete(name) { this.#list = this.#list.filter(([each]) => each !== String(name)); }
    get(name) { return this.#list.find(([each]) => each === String(name))?.[1] ?? null; }
    getAll(name) { return this.#list.filter(([each]) => each === String(name)).map(([, value]) => value); }
    has(name) { return this.#list.some(([each]) => each === String(name)); }
    forEach(visit, self) { for (const [name, value] of this.#list) visit.call(self, value, name, this); }
    *entries() { for (const pair of this.#list) yield [...pair]; }
    *keys() { for (const [name] of this.#list) yield name; }
    *values() { for (const [, value] of this.#list) yield value; }
    [Symbol.iterator]() { return this.entries(); }
  }
  const { entry } = FormData;
  delete FormData.entry;

  const lines = (text) => text.replace(/\r\n|\r|\n/g, "\r\n");
  const quoted = (text) => text.replace(/\r\n|\r|\n/g, "%0D%0A").replace(/"/g, "%22");
  // A form as the body of a request, with its type.
  const write = (form) => {
    const boundary = "----linchpin" + load("crypto").web.randomUUID().replace(/-/g, "");
    const parts = [];
    for (const [name, value] of form) {
      const isFile = value instanceof Blob;
      const file = isFile ? '; filename="' + quoted(value.name) + '"\r\ncontent-type: ' + (value.type || "application/octet-stream") : "";
      const head = "--" + boundary + '\r\ncontent-disposition: form-data; name="' + quoted(lines(name)) + '"' + file + "\r\n\r\n";
      parts.push(encode(head, "utf8"), isFile ? held(value) : encode(lines(value), "utf8"), encode("\r\n", "utf8"));
    }
    parts.push(encode("--" + boundary + "--\r\n", "utf8"));
    return [Uint8Array.from(Buffer.concat(parts)), "multipart/form-data; boundary=" + boundary];
  };
  // The other way round.
  const read = (bytes, type) => {
    const form = new FormData(), [essence] = type.toLowerCase().split(";");
    if (essence.trim() === "application/x-www-form-urlencoded") {
      for (const [name, value] of new (load("url").URLSearchParams)(decode(bytes, "utf8"))) form.append(name, value);
      return form;
    }
    const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
    if (essence.trim() !== "multipart/form-data" || boundary === null) throw new TypeError("The body is no form: its type is " + (type || "not given"));
    const mark = "\r\n--" + (boundary[1] ?? boundary[2]);
    for (const part of ("\r\n" + decode(bytes, "latin1")).split(mark).slice(1)) {
      if (part.startsWith("--")) break;
      const at = part.indexOf("\r\n\r\n");
      if (at < 0) throw new TypeError("The form is damaged");
      const utf8 = (text) => decode(encode(text, "latin1"), "utf8");
      const head = utf8(part.slice(0, at)), body = encode(part.slice(at + 4), "latin1");
      const named = (key) => new RegExp(";\\s*" + key + '="([^"]*)"', "i").exec(head)?.[1].replace(/%0D%0A/gi, "\r\n").replace(/%22/g, '"');
      const name = named("name"), file = named("filename");
      if (name === undefined) throw new TypeError("The form is damaged");
      const kind = /^content-type:\s*(.+)$/im.exec(head)?.[1].trim();
      form.append(name, file === undefined ? decode(body, "utf8") : new File([body], file, { type: kind ?? "text/plain" }));
    }
    return form;
  };
  return { Blob, File, FormData, held, read, write };
})

(function (native, load) {
  "use strict";
  const names = new Map([
    ["utf8", "utf8"], ["utf-8", "utf8"], ["ascii", "ascii"], ["latin1", "latin1"], ["binary", "latin1"],
    ["hex", "hex"], ["base64", "base64"], ["base64url", "base64url"], ["utf16le", "utf16le"],
    ["utf-16le", "utf16le"], ["ucs2", "utf16le"], ["ucs-2", "utf16le"],
  ]);
  const encodingOf = (name) => {
    if (name === undefined || name === null || name === "") return "utf8";
    const known = names.get(String(name).toLowerCase());
    if (known === undefined) throw new TypeError("Unknown encoding: " + String(name));
    return known;
  };
  const encode = (text, name) => {
    const encoding = encodingOf(name);
    return native.encode(text, encoding === "ascii" ? "latin1" : encoding === "base64url" ? "base64" : encoding);
  };
  const toBase64 = Uint8Array.prototype.toBase64;
  const bytesOf = (value) =>
    ArrayBuffer.isView(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : new Uint8Array(value);
  const decode = (bytes, encoding, fatal = false) => native.decode(toBase64.call(bytes), encoding, fatal);
  const clamp = (value, fallback, most) => {
    if (value === undefined) return fallback;
    const whole = Math.trunc(Number(value)) || 0;
    return whole < 0 ? 0 : whole > most ? most : whole;
  };
  const adopt = (bytes) => Object.setPrototypeOf(bytes, Buffer.prototype);
  const isBytes = (value) => value instanceof Uint8Array;
  const mustBeBytes = (value) => {
    if (!isBytes(value)) throw new TypeError("The argument must be a Buffer or a Uint8Array");
    return value;
  };

  class Buffer extends Uint8Array {
    constructor(value, offset, length) {
      if (typeof value === "string") super(encode(value, offset));
      else super(value, offset, length);
    }
    static get [Symbol.species]() { return Buffer; }
    static from(value, second, third) {
      if (typeof value === "string") return adopt(encode(value, second));
      if (value instanceof ArrayBuffer) return new Buffer(value, second, third);
      if (value === null || (typeof value !== "object" && typeof value !== "function")) {
        throw new TypeError("Buffer.from takes text, bytes or a list of numbers");
      }
      if (value.type === "Buffer" && Array.isArray(value.data)) return Buffer.from(value.data);
      const primitive = typeof value.valueOf === "function" ? value.valueOf() : value;
      if (primitive !== value && typeof primitive === "string") return Buffer.from(primitive, second);
      return adopt(Uint8Array.from(value));
    }
    static of(...items) { return Buffer.from(items); }
    static alloc(size, fill, encoding) {
      const made = new Buffer(Number(size));
      return fill === undefined || fill === 0 ? made : made.fill(fill, encoding);
    }
    static allocUnsafe(size) { return new Buffer(Number(size)); }
    static allocUnsafeSlow(size) { return new Buffer(Number(size)); }
    static isBuffer(value) { return value instanceof Buffer; }
    static isEncoding(name) { return names.has(String(name).toLowerCase()); }
    static byteLength(value, encoding) {
      return typeof value === "string" ? encode(value, encoding).length : value.byteLength;
    }
    static compare(a, b) {
      mustBeBytes(a);
      mustBeBytes(b);
      const least = Math.min(a.length, b.length);
      for (let at = 0; at < least; at += 1) if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1;
      return Math.sign(a.length - b.length);
    }
    static concat(list, length) {
      if (!Array.isArray(list)) throw new TypeError("Buffer.concat takes a list of buffers");
      const whole = length ?? list.reduce((sum, each) => sum + mustBeBytes(each).length, 0);
      const made = new Buffer(whole);
      let at = 0;
      for (const each of list) {
        if (at >= whole) break;
        const part = each.length > whole - at ? each.subarray(0, whole - at) : each;
        made.set(part, at);
        at += part.length;
      }
      return made;
    }
    get parent() { return this.buffer; }
    get offset() { return this.byteOffset; }
    toString(encoding, start, end) {
      const from = clamp(start, 0, this.length), to = clamp(end, this.length, this.length);
      return from >= to ? "" : decode(bytesOf(this).subarray(from, to), encodingOf(encoding));
    }
    toLocaleString(encoding, start, end) { return this.toString(encoding, start, end); }
    toJSON() { return { type: "Buffer", data: Array.from(this) }; }
    equals(other) { return Buffer.compare(this, other) === 0; }
    compare(other, otherStart = 0, otherEnd = other.length, start = 0, end = this.length) {
      return Buffer.compare(this.subarray(start, end), other.subarray(otherStart, otherEnd));
    }
    subarray(start, end) { return adopt(super.subarray(start, end)); }
    slice(start, end) { return this.subarray(start, end); }
    copy(target, targetStart = 0, start = 0, end = this.length) {
      const part = bytesOf(this).subarray(start, Math.min(end, start + Math.max(0, target.length - targetStart)));
      target.set(part, targetStart);
      return part.length;
    }
    write(text, offset, length, encoding) {
      if (typeof offset === "string") [offset, length, encoding] = [0, undefined, offset];
      else if (typeof length === "string") [length, encoding] = [undefined, length];
      const from = clamp(offset, 0, this.length);
      const room = Math.min(clamp(length, this.length - from, this.length), this.length - from);
      let bytes = encode(text, encoding).subarray(0, room);
      // A character that does not fit whole is not written.
      if (encodingOf(encoding) === "utf8" && bytes.length === room && room > 0) {
        let end = room;
        const whole = encode(text, "utf8");
        while (end > 0 && (whole[end] & 0xc0) === 0x80) end -= 1;
        bytes = whole.subarray(0, end);
      }
      this.set(bytes, from);
      return bytes.length;
    }
    fill(value, start, end, encoding) {
      if (typeof start === "string") [start, end, encoding] = [undefined, undefined, start];
      else if (typeof end === "string") [end, encoding] = [undefined, end];
      const from = clamp(start, 0, this.length), to = clamp(end, this.length, this.length);
      if (typeof value === "number" || typeof value === "boolean") return super.fill(Number(value) & 255, from, to);
      const bytes = typeof value === "string" ? encode(value, encoding) : bytesOf(value);
      if (bytes.length === 0) return super.fill(0, from, to);
      for (let at = from; at < to; at += 1) this[at] = bytes[(at - from) % bytes.length];
      return this;
    }
    indexOf(value, start, encoding) {
      if (typeof start === "string") [start, encoding] = [0, start];
      if (typeof value === "number") return super.indexOf(value & 255, start);
      const bytes = typeof value === "string" ? encode(value, encoding) : bytesOf(value);
      let from = Math.trunc(Number(start ?? 0)) || 0;
      if (from < 0) from = Math.max(0, this.length + from);
      for (let at = from; at + bytes.length <= this.length; at += 1) {
        let same = 0;
        while (same < bytes.length && this[at + same] === bytes[same]) same += 1;
        if (same === bytes.length) return at;
      }
      return -1;
    }
    lastIndexOf(value, start, encoding) {
      if (typeof start === "string") [start, encoding] = [undefined, start];
      const bytes = typeof value === "number" ? [value & 255] : typeof value === "string" ? encode(value, encoding) : bytesOf(value);
      let from = start === undefined ? this.length : Math.trunc(Number(start));
      if (from < 0) from = this.length + from;
      for (let at = Math.min(from, this.length - bytes.length); at >= 0; at -= 1) {
        let same = 0;
        while (same < bytes.length && this[at + same] === bytes[same]) same += 1;
        if (same === bytes.length) return at;
      }
      return -1;
    }
    includes(value, start, encoding) { return this.indexOf(value, start, encoding) !== -1; }
    #swap(size) {
      if (this.length % size !== 0) throw new RangeError("The length must be a multiple of " + size + " bytes");
      for (let at = 0; at < this.length; at += size) super.subarray(at, at + size).reverse();
      return this;
    }
    swap16() { return this.#swap(2); }
    swap32() { return this.#swap(4); }
    swap64() { return this.#swap(8); }
  }

  const method = (name, body) =>
    Object.defineProperty(Buffer.prototype, name, { value: body, writable: true, configurable: true });
  const viewOf = (bytes, offset, size) => {
    if (!Number.isInteger(offset) || offset < 0 || offset + size > bytes.length) {
      throw new RangeError("The offset " + String(offset) + " is outside of the buffer");
    }
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  const numbers = [
    ["UInt8", "Uint8", 1], ["Int8", "Int8", 1], ["UInt16", "Uint16", 2], ["Int16", "Int16", 2],
    ["UInt32", "Uint32", 4], ["Int32", "Int32", 4], ["BigUInt64", "BigUint64", 8], ["BigInt64", "BigInt64", 8],
    ["Float", "Float32", 4], ["Double", "Float64", 8],
  ];
  for (const [name, kind, size] of numbers) {
    for (const order of size === 1 ? [""] : ["LE", "BE"]) {
      const read = function (offset = 0) { return viewOf(this, offset, size)["get" + kind](offset, order === "LE"); };
      const write = function (value, offset = 0) {
        viewOf(this, offset, size)["set" + kind](offset, value, order === "LE");
        return offset + size;
      };
      method("read" + name + order, read);
      method("write" + name + order, write);
      if (name.includes("UInt")) {
        method("read" + name.replace("UInt", "Uint") + order, read);
        method("write" + name.replace("UInt", "Uint") + order, write);
      }
    }
  }
  const most = 6;
  const whole = (isSigned, order) => [
    function (offset, length) {
      if (length < 1 || length > most) throw new RangeError("The length must be from 1 to " + most);
      viewOf(this, offset, length);
      let value = 0;
      for (let at = 0; at < length; at += 1) {
        value = value * 256 + this[order === "BE" ? offset + at : offset + length - 1 - at];
      }
      const half = 2 ** (8 * length - 1);
      return isSigned && value >= half ? value - 2 * half : value;
    },
    function (value, offset, length) {
      if (length < 1 || length > most) throw new RangeError("The length must be from 1 to " + most);
      viewOf(this, offset, length);
      let rest = value < 0 ? value + 2 ** (8 * length) : value;
      for (let at = 0; at < length; at += 1) {
        this[order === "LE" ? offset + at : offset + length - 1 - at] = rest % 256;
        rest = Math.floor(rest / 256);
      }
      return offset + length;
    },
  ];
  for (const order of ["LE", "BE"]) {
    for (const [name, isSigned] of [["UInt", false], ["Uint", false], ["Int", true]]) {
      const [read, write] = whole(isSigned, order);
      method("read" + name + order, read);
      method("write" + name + order, write);
    }
  }
  Buffer.poolSize = 8192;
  return { Buffer, adopt, encode, decode, bytesOf, encodingOf };
})

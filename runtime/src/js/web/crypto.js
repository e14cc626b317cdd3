(function (native, load) {
  "use strict";
  const { Buffer, bytesOf, encode } = load("buffer");
  const toBase64 = Uint8Array.prototype.toBase64;
  const known = ["md5", "sha1", "sha256", "sha384", "sha512"];
  const nameOf = (name) => {
    const plain = String(name).toLowerCase().replace(/^rsa-/, "").replace(/^sha-/, "sha");
    if (!known.includes(plain)) throw new Error("Digest method not supported: " + String(name) + "; there are " + known.join(", "));
    return plain;
  };
  const bytes = (value, encoding) => (typeof value === "string" ? encode(value, encoding) : bytesOf(value));
  const base64 = (value) => toBase64.call(value);
  const digest = (name, data, key) => native.digest(name, base64(data), key === undefined ? undefined : base64(key));

  class Hash {
    #name; #key; #parts = []; #done = false;
    constructor(name, key) { [this.#name, this.#key] = [nameOf(name), key]; }
    update(data, encoding) {
      if (this.#done) throw new Error("Digest already called");
      this.#parts.push(Uint8Array.from(bytes(data, encoding)));
      return this;
    }
    digest(encoding) {
      if (this.#done) throw new Error("Digest already called");
      this.#done = true;
      const made = Buffer.from(digest(this.#name, Buffer.concat(this.#parts), this.#key));
      return encoding === undefined || encoding === "buffer" ? made : made.toString(encoding);
    }
  }
  class Hmac extends Hash {}
  const getRandomValues = (array) => {
    if (!ArrayBuffer.isView(array)) throw new TypeError("The argument must be an array of integers");
    if (array.byteLength > 65536) throw new DOMException("At most 65536 bytes at once", "QuotaExceededError");
    bytesOf(array).set(native.random(array.byteLength));
    return array;
  };
  const randomBytes = (size, done) => {
    const made = Buffer.from(native.random(Number(size)));
    if (done === undefined) return made;
    queueMicrotask(() => done(null, made));
  };
  const randomInt = (least, most) => {
    if (most === undefined) [least, most] = [0, least];
    const range = most - least;
    if (!Number.isSafeInteger(range) || range <= 0) throw new RangeError("The upper bound must be above the lower one");
    const limit = 2 ** 48 - ((2 ** 48) % range);
    for (;;) {
      const value = randomBytes(6).readUIntBE(0, 6);
      if (value < limit) return least + (value % range);
    }
  };
  const timingSafeEqual = (a, b) => {
    const [left, right] = [bytesOf(a), bytesOf(b)];
    if (left.length !== right.length) throw new RangeError("The buffers must have the same length");
    let difference = 0;
    for (let at = 0; at < left.length; at += 1) difference |= left[at] ^ right[at];
    return difference === 0;
  };

  const algorithmName = (value) => String(typeof value === "object" && value !== null ? value.name : value);
  const refuse = (message) => { throw new DOMException(message, "NotSupportedError"); };
  const secrets = new WeakMap();
  class CryptoKey {}
  const keyOf = (key, use) => {
    if (!secrets.has(key)) throw new TypeError("The key must be a CryptoKey");
    if (!key.usages.includes(use)) throw new DOMException("The key is not for " + use, "InvalidAccessError");
    return secrets.get(key);
  };
  const mac = (key, use, data) => digest(nameOf(key.algorithm.hash.name), bytesOf(data), keyOf(key, use));
  const toBlock = (view) => view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
  const subtle = {
    async digest(algorithm, data) {
      const name = algorithmName(algorithm).toUpperCase();
      if (!["SHA-1", "SHA-256", "SHA-384", "SHA-512"].includes(name)) refuse("There is no digest " + name);
      return toBlock(digest(nameOf(name), bytesOf(data)));
    },
    async importKey(format, data, algorithm, extractable, usages) {
      if (algorithmName(algorithm).toUpperCase() !== "HMAC") refuse("Only keys for HMAC can be imported");
      if (format !== "raw") refuse("Only raw keys can be imported");
      const hash = algorithmName(algorithm.hash).toUpperCase();
      nameOf(hash);
      const key = new CryptoKey();
      const secret = Uint8Array.from(bytesOf(data));
      secrets.set(key, secret);
      const about = { type: "secret", extractable: Boolean(extractable), usages: [...usages], algorithm: { name: "HMAC", hash: { name: hash }, length: secret.length * 8 } };
      return Object.freeze(Object.assign(key, about));
    },
    async generateKey(algorithm, extractable, usages) {
      const size = (algorithm.length ?? 512) / 8;
      return subtle.importKey("raw", native.random(size), algorithm, extractable, usages);
    },
    async exportKey(format, key) {
      if (!key.extractable) throw new DOMException("The key is not extractable", "InvalidAccessError");
      if (format !== "raw") refuse("Only raw keys can be exported");
      return toBlock(Uint8Array.from(secrets.get(key)));
    },
    async sign(algorithm, key, data) {
      if (algorithmName(algorithm).toUpperCase() !== "HMAC") refuse("Only HMAC can sign");
      return toBlock(mac(key, "sign", data));
    },
    async verify(algorithm, key, signature, data) {
      if (algorithmName(algorithm).toUpperCase() !== "HMAC") refuse("Only HMAC can verify");
      const [made, given] = [mac(key, "verify", data), bytesOf(signature)];
      return made.length === given.length && timingSafeEqual(made, given);
    },
  };
  const randomUUID = () => native.uuid();
  const web = { subtle, getRandomValues, randomUUID };
  const module = {
    createHash: (name) => new Hash(name), createHmac: (name, key) => new Hmac(name, Uint8Array.from(bytes(key))),
    hash: (name, data, encoding = "hex") => new Hash(name).update(data).digest(encoding),
    getHashes: () => [...known], randomBytes, randomInt, randomUUID, getRandomValues, timingSafeEqual, subtle,
    webcrypto: web, Hash, Hmac,
  };
  return { module, web, CryptoKey };
})

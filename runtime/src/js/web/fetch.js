(function (native, load) {
  "use strict";
  const host = load("host"), { Buffer, bytesOf, encode, decode } = load("buffer");
  const { URL, URLSearchParams } = load("url"), { AbortController } = load("abort");
  const toBase64 = Uint8Array.prototype.toBase64;
  const fail = (message, cause) => Object.assign(new TypeError(message), cause === undefined ? {} : { cause });

  class Headers {
    #list = [];
    constructor(init) {
      if (init === undefined || init === null) return;
      const pairs = typeof init[Symbol.iterator] === "function" ? init : Object.entries(init);
      for (const [name, value] of pairs) this.append(name, value);
    }
    static check(name) {
      const plain = String(name).toLowerCase();
      if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(plain)) throw new TypeError("Invalid header name: " + String(name));
      return plain;
    }
    static text(value) {
      const plain = String(value).trim();
      if (/[\0\r\n]/.test(plain)) throw new TypeError("Invalid header value");
      return plain;
    }
    append(name, value) { this.#list.push([check(name), text(value)]); }
    set(name, value) { const key = check(name); this.#list = this.#list.filter(([each]) => each !== key); this.append(key, value); }
    delete(name) { const key = check(name); this.#list = this.#list.filter(([each]) => each !== key); }
    get(name) {
      const key = check(name), found = this.#list.filter(([each]) => each === key).map(([, value]) => value);
      return found.length ? found.join(", ") : null;
    }
    getSetCookie() { return this.#list.filter(([name]) => name === "set-cookie").map(([, value]) => value); }
    has(name) { return this.get(name) !== null; }
    forEach(visit, self) { for (const [name, value] of this) visit.call(self, value, name, this); }
    *entries() {
      const names = [...new Set(this.#list.map(([name]) => name))].sort();
      for (const name of names) {
        if (name === "set-cookie") for (const value of this.getSetCookie()) yield [name, value];
        else yield [name, this.get(name)];
      }
    }
    *keys() { for (const [name] of this.entries()) yield name; }
    *values() { for (const [, value] of this.entries()) yield value; }
    [Symbol.iterator]() { return this.entries(); }
    toJSON() { return Object.fromEntries(this); }
  }
  const { check, text } = Headers;
  delete Headers.check;
  delete Headers.text;

  const bodyOf = (body) => {
    if (body === undefined || body === null) return [null, null];
    if (typeof body === "string") return [encode(body, "utf8"), "text/plain;charset=UTF-8"];
    if (body instanceof URLSearchParams) return [encode(body.toString(), "utf8"), "application/x-www-form-urlencoded;charset=UTF-8"];
    if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return [Uint8Array.from(bytesOf(body)), null];
    if (body instanceof Object && typeof body !== "function") {
      const { Blob, FormData, held, write } = load("form");
      if (body instanceof FormData) return write(body);
      if (body instanceof Blob) return [held(body), body.type || null];
    }
    return [encode(String(body), "utf8"), "text/plain;charset=UTF-8"];
  };

  class Body {
    #bytes = null; #read = null; #used = false;
    static give(target, bytes, read) { target.#bytes = bytes; target.#read = read; }
    static bytesOf(target) { return target.#bytes; }
    static isPresent(target) { return target.#bytes !== null || target.#read !== null; }
    get bodyUsed() { return this.#used; }
    get body() {
      if (!isPresent(this)) return null;
      throw new TypeError("A body cannot be read as a stream here: use text(), json(), arrayBuffer() or bytes()");
    }
    async bytes() {
      if (this.#used) throw new TypeError("Body is unusable: Body has already been read");
      this.#used = isPresent(this);
      if (this.#read !== null) this.#bytes = await this.#read();
      return this.#bytes ?? new Uint8Array(0);
    }
    async arrayBuffer() { const bytes = await this.bytes(); return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength); }
    async text() { return decode(await this.bytes(), "utf8").replace(/^\ufeff/, ""); }
    async blob() { return new (load("form").Blob)([await this.bytes()], { type: this.headers.get("content-type") ?? "" }); }
    async formData() { return load("form").read(await this.bytes(), this.headers.get("content-type") ?? ""); }
    async json() { return JSON.parse(await this.text()); }
  }
  const { give, bytesOf: held, isPresent } = Body;
  delete Body.give;
  delete Body.bytesOf;
  delete Body.isPresent;

  const methods = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH"];
  class Request extends Body {
    constructor(input, init = {}) {
      super();
      const from = input instanceof Request ? input : null;
      if (!from) {
        const url = new URL(String(input));
        if (url.username || url.password) throw new TypeError("Request cannot be constructed from a URL that includes credentials: " + url.host);
        this.url = url.href;
      } else this.url = from.url;
      const method = String(init.method ?? from?.method ?? "GET");
      this.method = methods.includes(method.toUpperCase()) ? method.toUpperCase() : method;
      if (["CONNECT", "TRACE", "TRACK"].includes(method.toUpperCase())) throw new TypeError("The method " + method + " is not allowed");
      if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method)) throw new TypeError("Invalid method: " + method);
      this.headers = new Headers(init.headers ?? from?.headers);
      this.redirect = init.redirect ?? from?.redirect ?? "follow";
      this.signal = init.signal ?? from?.signal ?? new AbortController().signal;
      let [bytes, type] = bodyOf(init.body);
      if (init.body === undefined && from) bytes = held(from);
      if (bytes !== null && (this.method === "GET" || this.method === "HEAD")) {
        throw new TypeError("Request with GET/HEAD method cannot have body");
      }
      if (type !== null && !this.headers.has("content-type")) this.headers.set("content-type", type);
      give(this, bytes, null);
    }
    clone() { return new Request(this); }
  }
  class Response extends Body {
    constructor(body = null, init = {}) {
      super();
      this.status = init.status ?? 200;
      if (!Number.isInteger(this.status) || this.status < 200 || this.status > 599) throw new RangeError("The status must be from 200 to 599");
      this.statusText = String(init.statusText ?? "");
      this.headers = new Headers(init.headers);
      this.type = "default";
      this.url = "";
      this.redirected = false;
      const [bytes, type] = bodyOf(body);
      if (type !== null && !this.headers.has("content-type")) this.headers.set("content-type", type);
      give(this, bytes, null);
    }
    get ok() { return this.status >= 200 && this.status <= 299; }
    static json(data, init = {}) {
      const response = new Response(JSON.stringify(data), init);
      response.headers.set("content-type", new Headers(init.headers).get("content-type") ?? "application/json");
      return response;
    }
    static error() { return Object.assign(new Response(), { type: "error" }); }
    static redirect(url, status = 302) { return new Response(null, { status, headers: { location: new URL(url).href } }); }
    clone() {
      if (this.bodyUsed) throw new TypeError("Response.clone: Body has already been consumed.");
      const copy = new Response(null, { status: this.status, statusText: this.statusText, headers: this.headers });
      if (held(this) !== null) give(copy, held(this), null);
      else if (isPresent(this)) {
        const whole = reads.get(this);
        let shared = null;
        const once = () => (shared ??= whole());
        give(this, null, once);
        give(copy, null, once);
        reads.set(this, once);
        reads.set(copy, once);
      }
      return Object.assign(copy, { url: this.url, type: this.type, redirected: this.redirected });
    }
  }
  const reads = new WeakMap();

  const waiting = new Map();
  let last = 0;
  const ask = (start) => new Promise((resolve, reject) => {
    const id = (last += 1);
    waiting.set(id, { resolve, reject });
    start(id);
  });

  const fetch = async (input, init) => {
    const request = new Request(input, init), { signal } = request;
    signal.throwIfAborted();
    const body = held(request);
    let stop, call;
    const aborted = new Promise((_, reject) => {
      stop = () => { if (call !== undefined) host.abort(call); reject(signal.reason); };
      signal.addEventListener("abort", stop);
    });
    aborted.catch(() => {});
    const head = await Promise.race([aborted, ask((id) => {
      call = id;
      host.send(id, request.method, request.url, [...request.headers], body === null ? undefined : toBase64.call(body), request.redirect);
    })]);
    const response = new Response(null, { headers: head.headers });
    Object.assign(response, { status: head.status, statusText: head.statusText, url: head.url, redirected: head.redirected, type: "basic" });
    const empty = request.method === "HEAD" || [101, 204, 205, 304].includes(head.status);
    // A body that nobody may read holds no connection.
    if (empty) host.abort(call);
    else {
      const read = () => Promise.race([aborted, ask((id) => host.read(call, id))]).finally(() => signal.removeEventListener("abort", stop));
      reads.set(response, read);
      give(response, null, read);
    }
    return response;
  };
  return {
    fetch, Headers, Request, Response,
    settle(id, value) { waiting.get(id)?.resolve(value); waiting.delete(id); },
    refuse(id, message) { waiting.get(id)?.reject(fail("fetch failed: " + message)); waiting.delete(id); },
  };
})

(function (native, load) {
  "use strict";
  const inspectTag = Symbol.for("nodejs.util.inspect.custom");
  class URLSearchParams {
    #list = [];
    #changed = () => {};
    constructor(init = "") {
      if (init !== null && typeof init === "object") {
        if (typeof init[Symbol.iterator] === "function") {
          for (const pair of init) {
            const [name, value, ...more] = pair;
            if (value === undefined || more.length) throw new TypeError("Each pair must be a name and a value");
            this.#list.push([String(name), String(value)]);
          }
        } else for (const name of Object.keys(init)) this.#list.push([name, String(init[name])]);
      } else this.#list = native.parseQuery(String(init).replace(/^\?/, ""));
    }
    static attach(params, changed) { params.#changed = changed; }
    static refresh(params, text) { params.#list = native.parseQuery(text); }
    get size() { return this.#list.length; }
    append(name, value) { this.#list.push([String(name), String(value)]); this.#changed(); }
    delete(name, value) {
      const drop = ([key, held]) => key === String(name) && (value === undefined || held === String(value));
      this.#list = this.#list.filter((pair) => !drop(pair));
      this.#changed();
    }
    get(name) { return this.#list.find(([key]) => key === String(name))?.[1] ?? null; }
    getAll(name) { return this.#list.filter(([key]) => key === String(name)).map(([, value]) => value); }
    has(name, value) {
      return this.#list.some(([key, held]) => key === String(name) && (value === undefined || held === String(value)));
    }
    set(name, value) {
      const at = this.#list.findIndex(([key]) => key === String(name));
      if (at < 0) return this.append(name, value);
      this.#list = this.#list.filter(([key], place) => place <= at || key !== String(name));
      this.#list[at] = [String(name), String(value)];
      this.#changed();
    }
    sort() { this.#list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)); this.#changed(); }
    forEach(visit, self) { for (const [name, value] of this.#list) visit.call(self, value, name, this); }
    *entries() { for (const pair of this.#list) yield [...pair]; }
    *keys() { for (const [name] of this.#list) yield name; }
    *values() { for (const [, value] of this.#list) yield value; }
    [Symbol.iterator]() { return this.entries(); }
    toString() { return native.formatQuery(this.#list); }
    toJSON() { return this.toString(); }
    [inspectTag]() { return this.toString(); }
  }
  const attach = URLSearchParams.attach, refresh = URLSearchParams.refresh;
  delete URLSearchParams.attach;
  delete URLSearchParams.refresh;

  const parts = ["href", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash", "origin"];
  class URL {
    #parts; #params;
    constructor(url, base) {
      const read = native.parse(String(url), base === undefined ? undefined : String(base));
      if (!read) {
        const error = new TypeError("Invalid URL: " + String(url));
        error.code = "ERR_INVALID_URL";
        throw error;
      }
      this.#parts = read;
    }
    static canParse(url, base) { return native.parse(String(url), base === undefined ? undefined : String(base)) != null; }
    static parse(url, base) { return URL.canParse(url, base) ? new URL(url, base) : null; }
    static part(url, at) { return url.#parts[at]; }
    static change(url, name, value) {
      const read = native.set(url.#parts[0], name, String(value));
      if (!read) {
        if (name === "href") throw new TypeError("Invalid URL: " + String(value));
        return;
      }
      url.#parts = read;
      if (url.#params && name !== "query") refresh(url.#params, read[8].replace(/^\?/, ""));
    }
    get searchParams() {
      if (!this.#params) {
        this.#params = new URLSearchParams(this.#parts[8]);
        attach(this.#params, () => change(this, "query", this.#params.toString()));
      }
      return this.#params;
    }
    toString() { return this.#parts[0]; }
    toJSON() { return this.#parts[0]; }
  }
  const { part, change } = URL;
  delete URL.part;
  delete URL.change;
  parts.forEach((name, at) => {
    const property = { get() { return part(this, at); }, enumerable: true, configurable: true };
    if (name !== "origin") property.set = function (value) { change(this, name, value); };
    Object.defineProperty(URL.prototype, name, property);
  });

  const parse = (text) => {
    const url = new URL(text);
    return {
      protocol: url.protocol, auth: url.username ? url.username + (url.password && ":" + url.password) : null,
      host: url.host, port: url.port || null, hostname: url.hostname, hash: url.hash || null, search: url.search || null,
      query: url.search.slice(1) || null, pathname: url.pathname, path: url.pathname + url.search, href: url.href,
    };
  };
  const module = { URL, URLSearchParams, parse, format: (url) => String(url.href ?? url), resolve: (base, url) => new URL(url, base).href };
  return { module, URL, URLSearchParams };
})

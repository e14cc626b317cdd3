(function (native, load) {
  "use strict";
  // The module `url`: the two classes, and the older functions, which know relative addresses.
  const { URL, URLSearchParams } = load("url"), querystring = load("querystring").module;
  const slashed = ["http:", "https:", "ftp:", "ws:", "wss:", "file:"];
  const parse = (text, asObject = false) => {
    const [, protocol, slashes, place, pathname, search, hash] =
      /^([a-z][a-z0-9+.-]*:)?(\/\/)?((?<=\/\/)[^/?#]*)?([^?#]*)(\?[^#]*)?(#[^]*)?$/i.exec(String(text).trim());
    const at = place === undefined ? -1 : place.lastIndexOf("@");
    const host = place === undefined ? null : place.slice(at + 1).toLowerCase();
    const port = host === null ? null : /:(\d+)$/.exec(host)?.[1] ?? null;
    const query = search === undefined ? (asObject ? "" : null) : search.slice(1);
    const url = {
      protocol: protocol?.toLowerCase() ?? null, slashes: slashes !== undefined || null,
      auth: at < 0 ? null : querystring.unescape(place.slice(0, at)), host, port,
      hostname: host === null ? null : port === null ? host : host.slice(0, -port.length - 1), hash: hash ?? null,
      search: search ?? (asObject ? "" : null), query: asObject ? querystring.parse(query) : query,
      pathname: pathname || (host ? "/" : null), path: null, href: "",
    };
    if (url.pathname !== null || url.search) url.path = (url.pathname ?? "") + (url.search ?? "");
    url.href = format(url);
    return url;
  };
  const format = (url) => {
    if (typeof url === "string") return parse(url).href;
    if (url instanceof URL) return url.href;
    const protocol = url.protocol ? url.protocol.replace(/:?$/, ":") : "";
    const host = url.host ?? (url.hostname ? url.hostname + (url.port ? ":" + url.port : "") : null);
    const auth = url.auth ? encodeURIComponent(url.auth).replace(/%3A/i, ":") + "@" : "";
    const place = host !== null && host !== undefined ? (url.slashes || slashed.includes(protocol) || protocol === "" ? "//" : "") + auth + host : url.slashes ? "//" : "";
    const path = url.pathname ?? "", query = url.query && typeof url.query === "object" ? querystring.stringify(url.query) : "";
    const search = url.search || (query ? "?" + query : ""), hash = url.hash ?? "";
    return protocol + place + (host && path && !path.startsWith("/") ? "/" : "") + path + (search && search.replace(/^\??/, "?")) + (hash && hash.replace(/^#?/, "#"));
  };
  const resolve = (from, to) => {
    const base = new URL(from, "resolve://"), made = new URL(to, base);
    if (made.protocol !== "resolve:") return made.href;
    const plain = made.pathname + made.search + made.hash;
    return from.startsWith("/") || to.startsWith("/") ? plain : plain.replace(/^\//, "");
  };
  return { module: { URL, URLSearchParams, parse, format, resolve } };
})

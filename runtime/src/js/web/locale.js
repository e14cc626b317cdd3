(function (native, load) {
  "use strict";
  // `Intl` knows one language, the one that code gets when it names none. Anything else is an error, not another text.
  const known = (locale) => /^en(-US)?(-u-.*)?$/i.test(locale);
  const list = (locales) => (locales === undefined ? [] : Array.isArray(locales) ? locales : [locales]).map(String);
  const read = (locales) => {
    const all = list(locales);
    if (all.length === 0 || all.some(known)) return;
    throw new RangeError("The locale " + all.join(", ") + " is not supported: there is en-US alone");
  };
  const refuse = (what) => { throw new RangeError("Intl: " + what + " is not supported"); };
  const supported = (locales) => list(locales).filter(known);

  // Words compare letter by letter first, then by accents, then small letters before large ones.
  const rank = (char) => (/\s/.test(char) ? 0 : /[\p{P}\p{S}]/u.test(char) ? 1 : /\d/.test(char) ? 2 : 3);
  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const letters = (a, b, isNumeric) => {
    const split = (text) => (isNumeric ? text.match(/\d+|[^]/gu) ?? [] : [...text]);
    const [left, right] = [split(a), split(b)];
    for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
      const [x, y] = [left[at], right[at]];
      if (x === y) continue;
      const isNumber = isNumeric && /^\d/.test(x) && /^\d/.test(y);
      const found = isNumber ? order(BigInt(x), BigInt(y)) : order(rank(x), rank(y)) || order(x, y);
      if (found !== 0) return found;
    }
    return order(left.length, right.length);
  };
  const swapped = (text) => text.replace(/\p{Lu}|\p{Ll}/gu, (char) => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase()));
  const compare = (a, b, locales, { numeric = false, sensitivity = "variant", ...options } = {}) => {
    read(locales);
    if (options.caseFirst === "upper" || options.ignorePunctuation) refuse("this order of words");
    const [left, right] = [String(a).normalize("NFC"), String(b).normalize("NFC")];
    if (left === right) return 0;
    const first = letters(bare(left), bare(right), numeric || list(locales).some((each) => /-u-.*kn(?!-false)/.test(each)));
    if (first !== 0 || sensitivity === "base") return first;
    const accents = (text) => text.normalize("NFD").toLowerCase();
    const second = order(accents(left), accents(right));
    if ((second !== 0 && sensitivity !== "case") || sensitivity === "accent") return second;
    return order(swapped(left), swapped(right));
  };
  class Collator {
    constructor(locales, options) { compare("", "", locales, options); this.compare = (a, b) => compare(a, b, locales, options); }
    resolvedOptions() { return { locale: "en-US", usage: "sort" }; }
    static supportedLocalesOf(locales) { return supported(locales); }
  }
  const Intl = {
    Collator,
    get DateTimeFormat() { return load("date").DateTimeFormat; },
    get NumberFormat() { return load("number").NumberFormat; },
    getCanonicalLocales: (locales) => list(locales),
  };
  for (const name of ["DisplayNames", "DurationFormat", "ListFormat", "Locale", "PluralRules", "RelativeTimeFormat", "Segmenter"]) {
    Object.defineProperty(Intl, name, { get: () => refuse(name), enumerable: false });
  }
  Object.defineProperty(Intl, Symbol.toStringTag, { value: "Intl" });
  return { Intl, read, refuse, supported, compare };
})

(function (native, load) {
  "use strict";
  // Numbers as `en-US` writes them.
  const { read, refuse } = load("locale");
  const fraction = { BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0, BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3 };
  const symbols = { USD: "$", EUR: "€", GBP: "£", JPY: "¥", INR: "₹", CNY: "CN¥", KRW: "₩", BRL: "R$", CAD: "CA$", AUD: "A$", MXN: "MX$", NZD: "NZ$", HKD: "HK$", TWD: "NT$", ILS: "₪", VND: "₫", XAF: "FCFA", XOF: "F\u202fCFA", XPF: "CFPF", PHP: "₱", XCD: "EC$" };

  // The digits of a number's shortest form: `digits` stand for `0.digits * 10^point`.
  const digitsOf = (number) => {
    const [, whole, part = "", exponent = "0"] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(number));
    const digits = (whole + part).replace(/^0+/, "");
    return { digits, point: whole.length + Number(exponent) - (whole.length + part.length - digits.length) };
  };
  // Rounds half away from zero behind `keep` digits.
  const cut = ({ digits, point }, keep) => {
    if (keep < 0) return { digits: "", point: 0 };
    if (keep >= digits.length) return { digits, point };
    const up = digits[keep] >= "5";
    const kept = digits.slice(0, keep);
    if (!up) return { digits: kept, point };
    const next = String(BigInt(kept || "0") + 1n).padStart(keep, "0");
    return { digits: next, point: point + (next.length - keep) };
  };
  const plain = ({ digits, point }, least, whole) => {
    const all = point > 0 ? digits.padEnd(point, "0") : "0".repeat(1 - point) + digits, at = Math.max(point, 1);
    const rest = all.slice(at).replace(/0+$/, "");
    return [(all.slice(0, at) || "0").padStart(whole, "0"), rest.padEnd(least, "0")];
  };

  class NumberFormat {
    #options;
    constructor(locales, options = {}) {
      read(locales);
      const { style = "decimal", currency, currencyDisplay = "symbol", currencySign = "standard", notation = "standard", signDisplay = "auto" } = options;
      if (!["decimal", "percent", "currency"].includes(style)) refuse("the style " + String(style));
      if (notation !== "standard") refuse("the notation " + String(notation));
      if (!["auto", "always", "never", "exceptZero", "negative"].includes(signDisplay)) throw new RangeError("Value " + String(signDisplay) + " out of range for signDisplay");
      if (style === "currency" && currency === undefined) throw new TypeError("Currency code is required with currency style.");
      if (style === "currency" && !/^[a-z]{3}$/i.test(currency)) throw new RangeError("Invalid currency code : " + String(currency));
      if (!["symbol", "narrowSymbol", "code"].includes(currencyDisplay)) refuse("the display of a currency as " + String(currencyDisplay));
      const code = currency === undefined ? undefined : String(currency).toUpperCase();
      const number = (name, value, least, most) => {
        if (value === undefined) return undefined;
        if (!(value >= least && value <= most)) throw new RangeError(name + " value is out of range.");
        return Math.floor(value);
      };
      const usual = style === "currency" ? [fraction[code] ?? 2, fraction[code] ?? 2] : style === "percent" ? [0, 0] : [0, 3];
      let least = number("minimumFractionDigits", options.minimumFractionDigits, 0, 100);
      let most = number("maximumFractionDigits", options.maximumFractionDigits, 0, 100);
      if (least !== undefined && most !== undefined && least > most) throw new RangeError("maximumFractionDigits value is out of range.");
      least ??= Math.min(usual[0], most ?? usual[0]);
      most ??= Math.max(usual[1], least);
      this.#options = {
        style, currency: code, currencyDisplay, currencySign, signDisplay, least, most,
        minimumIntegerDigits: number("minimumIntegerDigits", options.minimumIntegerDigits, 1, 21) ?? 1,
        leastSignificant: number("minimumSignificantDigits", options.minimumSignificantDigits, 1, 21),
        mostSignificant: number("maximumSignificantDigits", options.maximumSignificantDigits, 1, 21),
        useGrouping: options.useGrouping ?? true,
      };
      this.format = (value) => this.#format(value);
    }
    #digits(value) {
      const { style, least, most, leastSignificant, mostSignificant, minimumIntegerDigits, useGrouping } = this.#options;
      if (value === Infinity || value === -Infinity) return "∞";
      const found = digitsOf(typeof value === "bigint" ? (value < 0n ? -value : value) : Math.abs(value));
      if (style === "percent" && found.digits !== "") found.point += 2;
      const isSignificant = leastSignificant !== undefined || mostSignificant !== undefined;
      const rounded = isSignificant ? cut(found, mostSignificant ?? 21) : cut(found, found.point + most);
      const rest = isSignificant ? Math.max(0, (leastSignificant ?? 1) - Math.max(rounded.point, 1)) : least;
      const [whole, part] = plain(rounded, rest, minimumIntegerDigits);
      const grouped = useGrouping === false || useGrouping === "false" ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ",");
      return part === "" ? grouped : grouped + "." + part;
    }
    #format(given) {
      const value = typeof given === "bigint" ? given : Number(given);
      const { style, currency, currencyDisplay, currencySign, signDisplay } = this.#options;
      if (Number.isNaN(value)) return "NaN";
      const digits = this.#digits(value), isZero = !/[1-9∞]/.test(digits);
      const isNegative = (value < 0 || Object.is(value, -0)) && !(isZero && ["exceptZero", "negative"].includes(signDisplay));
      const shows = signDisplay !== "never" && (isNegative || signDisplay === "always" || (signDisplay === "exceptZero" && !isZero));
      let text = style === "percent" ? digits + "%" : digits;
      if (style === "currency") {
        const symbol = currencyDisplay === "code" ? currency : currencyDisplay === "narrowSymbol" ? (symbols[currency] ?? currency).replace(/^[A-Z]{1,2}(?=[$¥])/, "") : symbols[currency] ?? currency;
        text = symbol + (/[A-Za-z]$/.test(symbol) ? "\u00a0" : "") + digits;
      }
      if (shows && isNegative && style === "currency" && currencySign === "accounting") return "(" + text + ")";
      return shows ? (isNegative ? "-" : "+") + text : text;
    }
    resolvedOptions() {
      const { style, currency, least, most } = this.#options;
      return { locale: "en-US", numberingSystem: "latn", style, currency, minimumFractionDigits: least, maximumFractionDigits: most };
    }
    static supportedLocalesOf(locales) { return load("locale").supported(locales); }
  }
  const numberOf = (it) => (typeof it === "bigint" || it instanceof BigInt ? BigInt(it) : Number.prototype.valueOf.call(it));
  return { NumberFormat, format: (it, locales, options) => new NumberFormat(locales, options).format(numberOf(it)) };
})

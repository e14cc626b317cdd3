(function (native, load) {
  "use strict";
  // Dates as `en-US` writes them, in any time zone.
  const { read, refuse } = load("locale");
  const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
  const dateStyles = {
    full: { weekday: "long", month: "long", day: "numeric", year: "numeric" }, long: { month: "long", day: "numeric", year: "numeric" },
    medium: { month: "short", day: "numeric", year: "numeric" }, short: { month: "numeric", day: "numeric", year: "2-digit" },
  };
  const timeStyles = {
    full: { hour: "numeric", minute: "2-digit", second: "2-digit", timeZoneName: "short" }, long: { hour: "numeric", minute: "2-digit", second: "2-digit", timeZoneName: "short" },
    medium: { hour: "numeric", minute: "2-digit", second: "2-digit" }, short: { hour: "numeric", minute: "2-digit" },
  };
  const usual = {
    date: { month: "numeric", day: "numeric", year: "numeric" }, time: timeStyles.medium,
    get any() { return { ...this.date, ...this.time }; },
  };
  const fields = ["weekday", "year", "month", "day", "hour", "minute", "second", "fractionalSecondDigits"];
  const ofDate = ["weekday", "year", "month", "day"];

  // What is shown: the options, styles written out, and what stands for no options at all.
  const shown = (options, needs, defaults) => {
    const { dateStyle, timeStyle } = options;
    for (const name of ["era", "dayPeriod"]) if (options[name] !== undefined) refuse(name);
    if (dateStyle === undefined && timeStyle === undefined) {
      const asked = Object.fromEntries([...fields, "timeZoneName"].filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));
      const has = fields.some((name) => name in asked && (needs === "any" || ofDate.includes(name) === (needs === "date")));
      return has ? asked : { ...asked, ...usual[defaults] };
    }
    if ([...fields, "timeZoneName"].some((name) => options[name] !== undefined)) throw new TypeError("Can't set option " + fields.find((name) => options[name] !== undefined) + " when " + (dateStyle === undefined ? "timeStyle" : "dateStyle") + " is used");
    if (dateStyle !== undefined && needs === "time") throw new TypeError("Invalid option : dateStyle");
    if (timeStyle !== undefined && needs === "date") throw new TypeError("Invalid option : timeStyle");
    const pick = (styles, style) => {
      if (style === undefined) return {};
      if (styles[style] === undefined) throw new RangeError("Value " + String(style) + " out of range for a style");
      return styles[style];
    };
    return { ...pick(dateStyles, dateStyle), ...pick(timeStyles, timeStyle) };
  };
  const short = (name) => name.slice(0, 3);
  const word = (names, at, kind) => (kind === "narrow" ? names[at][0] : kind === "short" ? short(names[at]) : names[at]);
  const two = (number) => String(number).padStart(2, "0");

  class DateTimeFormat {
    #shown; #zone; #hour12; #joint;
    constructor(locales, options = {}, needs = "any", defaults = "date") {
      read(locales);
      this.#shown = shown(options, needs, defaults);
      this.#zone = options.timeZone === undefined ? "UTC" : String(options.timeZone);
      if (native.zone(0, this.#zone) === undefined) throw new RangeError("Invalid time zone specified: " + this.#zone);
      if (this.#shown.timeZoneName !== undefined && this.#shown.timeZoneName !== "short") refuse("the name of a time zone as " + String(this.#shown.timeZoneName));
      this.#hour12 = options.hour12 ?? !["h23", "h24"].includes(options.hourCycle);
      this.#joint = ["long"].includes(this.#shown.month) && options.timeStyle !== undefined ? " at " : ", ";
      this.format = (date) => this.formatToParts(date).map(({ value }) => value).join("");
    }
    formatToParts(given) {
      const millis = given === undefined ? Date.now() : Number(given);
      if (!(Math.abs(millis) <= 8.64e15)) throw new RangeError("Invalid time value");
      const [offset, name] = native.zone(millis, this.#zone);
      const at = new Date(millis + offset * 1000), { timeZoneName } = this.#shown;
      const [date, time] = [this.#date(at), this.#time(at)];
      const parts = [...date, ...(date.length && time.length ? [this.#joint] : []), ...time];
      if (timeZoneName !== undefined) parts.push(time.length ? " " : ", ", ["timeZoneName", name]);
      return parts.map((part) => (typeof part === "string" ? { type: "literal", value: part } : { type: part[0], value: part[1] }));
    }
    #date(at) {
      const { weekday, year, month, day } = this.#shown, number = at.getUTCFullYear(), parts = [];
      const of = {
        year: year && ["year", year === "2-digit" ? two(((number % 100) + 100) % 100) : String(number)],
        day: day && ["day", day === "2-digit" ? two(at.getUTCDate()) : String(at.getUTCDate())],
      };
      const isText = ["long", "short", "narrow"].includes(month), numeric = at.getUTCMonth() + 1;
      if (month) of.month = ["month", isText ? word(months, numeric - 1, month) : month === "2-digit" ? two(numeric) : String(numeric)];
      if (weekday) parts.push(["weekday", word(days, at.getUTCDay(), weekday)]);
      const rest = [of.month, of.day, of.year].filter(Boolean);
      const marks = !isText ? rest.map(() => "/") : rest.map((part, place) => (place + 1 < rest.length && rest[place + 1][0] === "year" && of.day ? ", " : " "));
      if (weekday && rest.length) parts.push(rest.length === 1 && of.day ? " " : ", ");
      rest.forEach((part, place) => parts.push(part, ...(place + 1 < rest.length ? [marks[place]] : [])));
      return weekday && rest.length === 1 && of.day ? [of.day, " ", parts[0]] : parts;
    }
    #time(at) {
      const { hour, minute, second, fractionalSecondDigits } = this.#shown, parts = [];
      const number = at.getUTCHours(), shownHour = this.#hour12 ? number % 12 || 12 : number;
      if (hour) parts.push(["hour", hour === "2-digit" || !this.#hour12 ? two(shownHour) : String(shownHour)]);
      const add = (name, text) => parts.push(...(parts.length ? [":"] : []), [name, text]);
      if (minute) add("minute", hour || second || minute === "2-digit" ? (hour || second ? two(at.getUTCMinutes()) : String(at.getUTCMinutes())) : String(at.getUTCMinutes()));
      if (second) add("second", minute ? two(at.getUTCSeconds()) : String(at.getUTCSeconds()));
      if (fractionalSecondDigits) parts.push(".", ["fractionalSecond", String(at.getUTCMilliseconds()).padStart(3, "0").slice(0, fractionalSecondDigits)]);
      if (hour && this.#hour12) parts.push(" ", ["dayPeriod", number < 12 ? "AM" : "PM"]);
      return parts;
    }
    resolvedOptions() { return { locale: "en-US", calendar: "gregory", numberingSystem: "latn", timeZone: this.#zone, hour12: this.#hour12, ...this.#shown }; }
    static supportedLocalesOf(locales) { return load("locale").supported(locales); }
  }
  class Public extends DateTimeFormat { constructor(locales, options) { super(locales, options); } }
  Object.defineProperty(Public, "name", { value: "DateTimeFormat" });
  const write = (needs, defaults) => (date, locales, options) => {
    const millis = Date.prototype.getTime.call(date);
    return Number.isNaN(millis) ? "Invalid Date" : new DateTimeFormat(locales, options, needs, defaults).format(millis);
  };
  return { DateTimeFormat: Public, format: write("any", "any"), formatDate: write("date", "date"), formatTime: write("time", "time") };
})

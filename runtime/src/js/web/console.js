(function (native, load) {
  "use strict";
  const host = load("host"), { format } = load("util");
  const write = (level) => (...args) => host.log(level, format(...args));
  const counts = new Map(), times = new Map();
  let indent = "";
  const line = (level) => (...args) => host.log(level, indent + format(...args).replace(/\n/g, "\n" + indent));
  const console = {
    log: line("info"), info: line("info"), debug: line("debug"), trace: line("trace"), warn: line("warn"),
    error: line("error"), dir: line("info"), table: line("info"),
    assert(condition, ...args) { if (!condition) line("error")("Assertion failed" + (args.length ? ":" : ""), ...args); },
    count(label = "default") {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      line("info")(label + ": " + counts.get(label));
    },
    countReset(label = "default") { counts.delete(label); },
    group(...args) { if (args.length) line("info")(...args); indent += "  "; },
    groupEnd() { indent = indent.slice(2); },
    time(label = "default") { times.set(label, performance.now()); },
    timeEnd(label = "default") {
      if (times.has(label)) line("info")(label + ": " + (performance.now() - times.get(label)).toFixed(3) + "ms");
      times.delete(label);
    },
  };
  console.groupCollapsed = console.group;
  const logger = {
    metric: write("metric"), trace: write("trace"), debug: write("debug"), info: write("info"), log: write("info"),
    warn: write("warn"), error: write("error"),
  };
  return { console, logger };
})

(function (native, load) {
  "use strict";
  const start = performance.now();
  const hrtime = (before) => {
    const nanos = Math.round(performance.now() * 1e6), now = [Math.floor(nanos / 1e9), nanos % 1e9];
    if (before === undefined) return now;
    const rest = now[1] - before[1];
    return rest < 0 ? [now[0] - before[0] - 1, rest + 1e9] : [now[0] - before[0], rest];
  };
  hrtime.bigint = () => BigInt(Math.round(performance.now() * 1e6));
  // There is no process to see: an empty environment, time, and the queue.
  const process = {
    env: {}, argv: [], platform: "linux", version: "", versions: {}, hrtime,
    uptime: () => (performance.now() - start) / 1000, cwd: () => "/",
    nextTick: (callback, ...args) => queueMicrotask(() => callback(...args)),
  };
  return { process, module: process };
})

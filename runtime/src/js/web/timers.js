(function (native, load) {
  "use strict";
  const host = load("host");
  const pending = new Map();
  let last = 0;
  class Timer {
    #id;
    constructor(id) { this.#id = id; }
    ref() { return this; }
    unref() { return this; }
    hasRef() { return true; }
    [Symbol.toPrimitive]() { return this.#id; }
  }
  const start = (repeats) => (callback, delay, ...args) => {
    if (typeof callback !== "function") throw new TypeError("The callback must be a function");
    const id = (last += 1);
    const wait = Math.max(1, Math.min(Number(delay) || 0, 0x7fffffff));
    pending.set(id, { callback, args, wait: repeats ? wait : 0 });
    host.schedule(id, wait);
    return new Timer(id);
  };
  const clear = (timer) => {
    const id = Number(timer);
    if (pending.delete(id)) host.cancel(id);
  };
  const soon = start(false);
  return {
    setTimeout: soon,
    setInterval: start(true),
    setImmediate: (callback, ...args) => soon(callback, 0, ...args),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
    fire(id) {
      const timer = pending.get(id);
      if (timer === undefined) return;
      if (timer.wait === 0) pending.delete(id);
      else host.schedule(id, timer.wait);
      timer.callback(...timer.args);
    },
  };
})

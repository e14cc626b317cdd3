(function (native, load) {
  "use strict";
  class EventEmitter {
    #listeners = new Map();
    static add(emitter, name, listener, once, first) {
      if (typeof listener !== "function") throw new TypeError("The listener must be a function");
      const own = emitter.#listeners.get(name) ?? [];
      const entry = { listener, once };
      if (name !== "newListener") emitter.emit("newListener", name, listener);
      emitter.#listeners.set(name, first ? [entry, ...own] : [...own, entry]);
      return emitter;
    }
    static drop(emitter, name, entry) {
      const own = emitter.#listeners.get(name)?.filter((each) => each !== entry) ?? [];
      own.length > 0 ? emitter.#listeners.set(name, own) : emitter.#listeners.delete(name);
    }
    static find(emitter, name) { return emitter.#listeners.get(name) ?? []; }
    on(name, listener) { return add(this, name, listener, false, false); }
    addListener(name, listener) { return this.on(name, listener); }
    once(name, listener) { return add(this, name, listener, true, false); }
    prependListener(name, listener) { return add(this, name, listener, false, true); }
    prependOnceListener(name, listener) { return add(this, name, listener, true, true); }
    off(name, listener) {
      const entry = find(this, name).findLast((each) => each.listener === listener);
      if (entry !== undefined) {
        drop(this, name, entry);
        if (name !== "removeListener") this.emit("removeListener", name, listener);
      }
      return this;
    }
    removeListener(name, listener) { return this.off(name, listener); }
    removeAllListeners(name) {
      name === undefined ? this.#listeners.clear() : this.#listeners.delete(name);
      return this;
    }
    emit(name, ...args) {
      const own = find(this, name);
      if (own.length === 0 && name === "error") throw args[0] instanceof Error ? args[0] : new Error("Unhandled error. (" + String(args[0]) + ")");
      for (const entry of own) {
        if (entry.once) drop(this, name, entry);
        entry.listener.apply(this, args);
      }
      return own.length > 0;
    }
    listeners(name) { return find(this, name).map(({ listener }) => listener); }
    rawListeners(name) { return this.listeners(name); }
    listenerCount(name) { return find(this, name).length; }
    eventNames() { return [...this.#listeners.keys()]; }
    setMaxListeners() { return this; }
    getMaxListeners() { return 10; }
    static once(emitter, name) {
      return new Promise((resolve, reject) => {
        const done = (...args) => { emitter.off("error", failed); resolve(args); };
        const failed = (error) => { emitter.off(name, done); reject(error); };
        emitter.once(name, done);
        if (name !== "error") emitter.once("error", failed);
      });
    }
  }
  const { add, drop, find } = EventEmitter;
  delete EventEmitter.add;
  delete EventEmitter.drop;
  delete EventEmitter.find;
  EventEmitter.EventEmitter = EventEmitter;
  EventEmitter.defaultMaxListeners = 10;
  return { module: EventEmitter };
})

(function (native, load) {
  "use strict";
  class Event {
    #type; #stopped = false; defaultPrevented = false; target = null; currentTarget = null;
    constructor(type, init = {}) { this.#type = String(type); this.cancelable = Boolean(init.cancelable); }
    get type() { return this.#type; }
    preventDefault() { if (this.cancelable) this.defaultPrevented = true; }
    stopPropagation() {}
    stopImmediatePropagation() { this.#stopped = true; }
    static isStopped(event) { return event.#stopped; }
  }
  const isStopped = Event.isStopped;
  delete Event.isStopped;
  class EventTarget {
    #listeners = [];
    addEventListener(type, listener, options) {
      if (listener === null || this.#listeners.some((each) => each.type === type && each.listener === listener)) return;
      this.#listeners.push({ type, listener, once: Boolean(options?.once) });
    }
    removeEventListener(type, listener) {
      this.#listeners = this.#listeners.filter((each) => each.type !== type || each.listener !== listener);
    }
    dispatchEvent(event) {
      event.target = event.currentTarget = this;
      const own = this["on" + event.type];
      if (typeof own === "function") own.call(this, event);
      for (const each of this.#listeners.filter(({ type }) => type === event.type)) {
        if (isStopped(event)) break;
        if (each.once) this.removeEventListener(each.type, each.listener);
        typeof each.listener === "function" ? each.listener.call(this, event) : each.listener.handleEvent(event);
      }
      return !event.defaultPrevented;
    }
  }
  class AbortSignal extends EventTarget {
    #aborted = false; #reason; onabort = null;
    get aborted() { return this.#aborted; }
    get reason() { return this.#reason; }
    throwIfAborted() { if (this.#aborted) throw this.#reason; }
    static end(signal, reason) {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason = reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
      signal.dispatchEvent(new Event("abort"));
    }
    static abort(reason) { const signal = new AbortSignal(); end(signal, reason); return signal; }
    static timeout(millis) {
      const signal = new AbortSignal();
      load("timers").setTimeout(() => end(signal, new DOMException("The operation timed out", "TimeoutError")), millis);
      return signal;
    }
    static any(signals) {
      const signal = new AbortSignal();
      for (const each of signals) {
        if (each.aborted) { end(signal, each.reason); break; }
        each.addEventListener("abort", () => end(signal, each.reason), { once: true });
      }
      return signal;
    }
  }
  const end = AbortSignal.end;
  delete AbortSignal.end;
  class AbortController {
    signal = new AbortSignal();
    abort(reason) { end(this.signal, reason); }
  }
  return { Event, EventTarget, AbortSignal, AbortController };
})

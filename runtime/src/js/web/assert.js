(function (native, load) {
  "use strict";
  const { inspect, same } = load("util");
  class AssertionError extends Error {
    constructor({ message, actual, expected, operator }) {
      super(message ?? inspect(actual) + " " + operator + " " + inspect(expected));
      Object.assign(this, { name: "AssertionError", code: "ERR_ASSERTION", actual, expected, operator });
    }
  }
  const check = (holds, actual, expected, operator, message) => {
    if (holds) return;
    throw message instanceof Error ? message : new AssertionError({ message, actual, expected, operator });
  };
  const fits = (error, expected) => {
    if (expected === undefined || typeof expected === "string") return true;
    if (expected instanceof RegExp) return expected.test(String(error));
    if (typeof expected === "function") return expected.prototype !== undefined && error instanceof expected ? true : expected(error) === true;
    return Object.keys(expected).every((name) => expected[name] instanceof RegExp && typeof error[name] === "string" ? expected[name].test(error[name]) : same(error[name], expected[name], true, []));
  };
  const assert = (value, message) => check(value, value, true, "==", message);
  Object.assign(assert, {
    AssertionError,
    ok: assert,
    fail: (message = "Failed") => check(false, undefined, undefined, "fail", message),
    equal: (a, b, message) => check(a == b || (a !== a && b !== b), a, b, "==", message),
    notEqual: (a, b, message) => check(a != b, a, b, "!=", message),
    strictEqual: (a, b, message) => check(Object.is(a, b), a, b, "strictEqual", message),
    notStrictEqual: (a, b, message) => check(!Object.is(a, b), a, b, "notStrictEqual", message),
    deepEqual: (a, b, message) => check(same(a, b, false, []), a, b, "deepEqual", message),
    notDeepEqual: (a, b, message) => check(!same(a, b, false, []), a, b, "notDeepEqual", message),
    deepStrictEqual: (a, b, message) => check(same(a, b, true, []), a, b, "deepStrictEqual", message),
    notDeepStrictEqual: (a, b, message) => check(!same(a, b, true, []), a, b, "notDeepStrictEqual", message),
    match: (text, pattern, message) => check(pattern.test(text), text, pattern, "match", message),
    doesNotMatch: (text, pattern, message) => check(!pattern.test(text), text, pattern, "doesNotMatch", message),
    throws(work, expected, message) {
      try { work(); } catch (error) { if (fits(error, expected)) return; throw error; }
      check(false, undefined, expected, "throws", message ?? "Missing expected exception");
    },
    doesNotThrow: (work) => void work(),
    async rejects(work, expected, message) {
      try { await (typeof work === "function" ? work() : work); } catch (error) { if (fits(error, expected)) return; throw error; }
      check(false, undefined, expected, "rejects", message ?? "Missing expected rejection");
    },
    ifError: (value) => { if (value !== null && value !== undefined) throw value; },
  });
  assert.strict = Object.assign((value, message) => assert(value, message), assert, {
    equal: assert.strictEqual, notEqual: assert.notStrictEqual, deepEqual: assert.deepStrictEqual, notDeepEqual: assert.notDeepStrictEqual,
  });
  return { module: assert };
})

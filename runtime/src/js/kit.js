(load) => {
  const { getPrototypeOf, preventExtensions, prototype: objectPrototype } = Object;
  const { toStringTag } = Symbol;
  const bytes = Uint8Array, view = getPrototypeOf(bytes), isView = ArrayBuffer.isView;
  const date = Date, datePrototype = Date.prototype, getTime = datePrototype.getTime;
  const text = String, textPrototype = String.prototype, textValue = textPrototype.valueOf;
  const numberPrototype = Number.prototype, numberValue = numberPrototype.valueOf;
  const truthPrototype = Boolean.prototype, truthValue = truthPrototype.valueOf;

  // The interpreter itself knows no languages: what it gives for them would be another text than elsewhere.
  numberPrototype.toLocaleString = function toLocaleString(locales, options) {
    return load("number").format(numberValue.call(this), locales, options);
  };
  BigInt.prototype.toLocaleString = function toLocaleString(locales, options) {
    return load("number").format(BigInt(this), locales, options);
  };
  textPrototype.localeCompare = function localeCompare(that, locales, options) {
    return load("locale").compare(this, that, locales, options);
  };
  const written = (needs, defaults) => function (locales, options) {
    return load("date").format(getTime.call(this), locales, options, needs, defaults);
  };
  datePrototype.toLocaleString = written("any", "any");
  datePrototype.toLocaleDateString = written("date", "date");
  datePrototype.toLocaleTimeString = written("time", "time");

  for (const it of [
    Object, Function, Array, Number, Boolean, String, Symbol, BigInt, Date, RegExp, Promise, Map, Set, WeakMap,
    WeakSet, WeakRef, Iterator, ArrayBuffer, DataView, view, bytes, Error, TypeError, RangeError, SyntaxError,
    ReferenceError, EvalError, URIError, AggregateError,
  ]) {
    preventExtensions(it);
    preventExtensions(it.prototype);
  }
  for (const it of [Math, JSON, Reflect, Atomics]) preventExtensions(it);

  const block = ArrayBuffer;

  // What an object is: 0 a collection, 1 a date, 2 a boxed text, 3 a boxed number, 4 a boxed boolean, 5 bytes,
  // 6 an array of numbers, 7 a block of memory. Only objects whose prototype is not the plain one come here.
  const classOf = (value) => {
    const prototype = getPrototypeOf(value);
    if (prototype === datePrototype || value instanceof date) return 1;
    if (prototype === textPrototype) return 2;
    if (prototype === numberPrototype) return 3;
    if (prototype === truthPrototype) return 4;
    if (isView(value)) return value instanceof bytes ? 5 : value instanceof view ? 6 : 7;
    return value instanceof block ? 7 : 0;
  };
  const unbox = function () {
    switch (getPrototypeOf(this)) {
      case textPrototype: return textValue.call(this);
      case numberPrototype: return numberValue.call(this);
      default: return truthValue.call(this);
    }
  };
  const bytesOf = (value) =>
    isView(value) ? new bytes(value.buffer, value.byteOffset, value.byteLength) : new bytes(value);
  const describe = (value) => text(value);
  return [
    objectPrototype, classOf, (millis) => new date(millis), getTime, unbox, bytes.prototype.toBase64, bytesOf,
    textPrototype.toWellFormed, () => new text(""), describe,
  ];
}

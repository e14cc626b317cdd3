(of) => {
  // What Rust needs of the intrinsics, made of them as they were before any other code ran. Nothing here looks one up
  // by its name: code may have replaced it since.
  const getPrototypeOf = of[0], date = of[1], datePrototype = of[2], getTime = of[3], text = of[4], textPrototype = of[5],
    textValue = of[6], toWellFormed = of[7], numberPrototype = of[8], numberValue = of[9], truthPrototype = of[10],
    truthValue = of[11], block = of[12], isView = of[13], bytes = of[14], toBase64 = of[15], isArray = of[16],
    view = getPrototypeOf(bytes);

  // What an object is: 0 a collection, 1 a date, 2 a boxed text, 3 a boxed number, 4 a boxed boolean, 5 bytes,
  // 6 an array of numbers, 7 a block of memory, 8 a proxy of an array. Only objects whose prototype is not the plain one come here.
  const classOf = (value) => {
    const prototype = getPrototypeOf(value);
    if (prototype === datePrototype || value instanceof date) return 1;
    if (prototype === textPrototype) return 2;
    if (prototype === numberPrototype) return 3;
    if (prototype === truthPrototype) return 4;
    if (isView(value)) return value instanceof bytes ? 5 : value instanceof view ? 6 : 7;
    return value instanceof block ? 7 : isArray(value) ? 8 : 0;
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
  return [
    classOf, (millis) => new date(millis), getTime, unbox, toBase64, bytesOf, toWellFormed, () => new text(""),
    (value) => text(value), async (value) => value,
  ];
}

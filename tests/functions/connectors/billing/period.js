// From a day to the same day some months later, without its last millisecond.
function period(start, months) {
  const end = iml.addMonths(start, months);
  return { from: start, to: new Date(end.getTime() - 1), days: Math.round((end - start) / 86400000) };
}

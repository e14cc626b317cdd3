// Sums the lines of an invoice by their rate of tax.
function totals(lines) {
  const byRate = new Map();
  for (const { price, quantity, rate } of lines || []) {
    const net = toCents(price) * (quantity === undefined ? 1 : quantity);
    byRate.set(rate || 0, (byRate.get(rate || 0) || 0) + net);
  }
  const rates = [...byRate].sort(([one], [other]) => one - other);
  return {
    net: rates.reduce((sum, [, net]) => sum + net, 0),
    taxes: rates.map(([rate, net]) => ({ rate, net, tax: Math.round((net * rate) / 100) })),
  };
}

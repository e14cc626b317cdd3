(function (native, load) {
  "use strict";
  // Calls another flow of the instance, and gives its answer as clients of HTTP in Node usually do.
  const invokerOf = (context) => async (flow, data, config = {}, source = undefined) => {
    const { webhookUrls = {}, webhookApiKeys = {}, executionFrame = {}, executionId } = context;
    const url = Object.hasOwn(webhookUrls, flow) ? webhookUrls[flow] : undefined;
    if (url === undefined) throw new Error("There is no flow '" + String(flow) + "': webhookUrls has " + (Object.keys(webhookUrls).join(", ") || "none"));
    const headers = new (load("fetch").Headers)(config.headers);
    const [key] = webhookApiKeys[flow] ?? [];
    if (key !== undefined) headers.set("Api-Key", key);
    headers.set("prismatic-invoked-by", JSON.stringify(source === undefined ? executionFrame : { ...executionFrame, customSource: source }));
    headers.set("prismatic-invoke-type", "Cross Flow");
    if (executionId !== undefined) headers.set("prismatic-executionid", executionId);
    let body;
    if (data !== undefined && data !== null) {
      const isJson = typeof data === "object" && !ArrayBuffer.isView(data);
      body = isJson ? JSON.stringify(data) : data;
      if (!headers.has("content-type")) headers.set("content-type", isJson ? "application/json" : "application/x-www-form-urlencoded");
    }
    const answer = await load("fetch").fetch(url, { method: "POST", headers, body });
    const text = await answer.text();
    let read = text;
    try { read = JSON.parse(text); } catch {}
    const response = { data: read, status: answer.status, statusText: answer.statusText, headers: Object.fromEntries(answer.headers) };
    if (!answer.ok) throw Object.assign(new Error("Request failed with status code " + answer.status), { response });
    return response;
  };
  // Measuring is off here; code that measures runs all the same.
  const debug = () => ({
    enabled: false, timeElapsed: { mark() {}, measure() {} }, memoryUsage() {},
    results: { timeElapsed: {}, memoryUsage: [], allowedMemory: 0 },
  });
  return { invokerOf, debug };
})

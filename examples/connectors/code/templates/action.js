/*
  Runs as a step of a flow.

  configVars    values of the config variables by their names, for instance configVars["Service URL"]
  stepResults   results of earlier steps by the names of the steps, in camel case: what the step "Load Orders" gave is
                stepResults.loadOrders.results

  Return { data }, which may hold text, numbers, lists, objects or a Buffer.
*/
module.exports = async ({ logger, configVars }, stepResults) => {
  return { data: null };
};

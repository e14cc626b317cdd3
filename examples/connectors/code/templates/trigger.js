/*
  Runs when a request arrives, and decides what the flow gets and what the caller is told.

  configVars    values of the config variables by their names, for instance configVars["Service URL"]
  payload       the request: headers, queryParameters, body.data, rawBody.data, pathFragment

  Return { payload }, which may hold text, numbers, lists or objects, and { response } if the caller is to be told
  something of your own.
*/
module.exports = async ({ logger, configVars }, payload) => {
  logger.debug("request received");
  const response = {
    statusCode: 200,
    contentType: "text/plain",
    body: "received",
  };
  return { payload, response };
};

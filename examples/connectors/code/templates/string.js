// Gives one text. To take it from a service, `await fetch(..)` here and pick what you need from its answer.
module.exports = async (context, { connection, contextValue }) => {
  const day = new Date().toISOString().slice(0, 10);
  const number = Math.floor(Math.random() * 1000 + 1);
  return { result: `${day}-${number}` };
};

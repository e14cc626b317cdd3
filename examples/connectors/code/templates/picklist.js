// Lists choices: what is stored is the key, what is shown is the label.
module.exports = async (context, { connection, contextValue }) => {
  const result = [
    { key: "low", label: "Low" },
    { key: "high", label: "High" },
  ];
  return { result };
};

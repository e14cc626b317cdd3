// Lists objects to choose from, each with the fields that it has.
module.exports = async (context, { connection, contextValue }) => {
  const result = [
    { object: { key: "contact", label: "Contact" }, fields: [{ key: "mail", label: "E-mail" }] },
    { object: { key: "order", label: "Order" } },
  ];
  return { result };
};

// Describes a form: `schema` says what it asks for, `uiSchema` how it is shown, `data` what it begins with.
module.exports = async (context, { connection, contextValue }) => {
  const schema = {
    type: "object",
    properties: {
      teamName: { type: "string" },
      notes: { type: "string", description: "As many lines as you like" },
      seats: { type: "integer", description: "Those of guests included" },
      region: { type: "string", enum: ["North", "East", "South", "West"] },
      sendsMail: { type: "boolean" },
    },
    required: ["teamName"],
  };

  const control = (name, more = {}) => ({ type: "Control", scope: `#/properties/${name}`, ...more });
  const uiSchema = {
    type: "VerticalLayout",
    elements: [
      control("teamName"),
      control("notes", { options: { multi: true } }),
      control("seats", { label: "Number of seats" }),
      control("region"),
      control("sendsMail", { label: "Send mail on changes?" }),
    ],
  };

  return { schema, uiSchema, data: { teamName: "My team" } };
};

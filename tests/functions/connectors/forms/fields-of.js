// The properties of a JSON schema as fields; the other functions are called by name.
function fieldsOf(schema) {
  const { properties, required } = schema || {};
  return Object.entries(properties || {}).map(([name, property]) => {
    const field = { name, type: fieldType(property), label: (property && property.title) || name };
    if (Array.isArray(required) && required.includes(name)) field.required = true;
    if (property && Array.isArray(property.enum)) {
      field.type = "select";
      field.options = optionsOf(property.enum, property.enumNames);
    }
    if (field.type === "collection") field.spec = fieldsOf(property);
    return field;
  });
}

type Schema = Readonly<Record<string, unknown>>

/** A kind's schema without the kind itself, which the node has already. */
export function settingsSchema(schema: Schema): Schema {
  const variants = schema['anyOf'] ?? schema['oneOf']
  // Kinds whose settings have several forms: the fields of all of them, each once.
  const properties = Array.isArray(variants)
    ? Object.assign({}, ...variants.map((variant: Schema) => variant['properties']))
    : schema['properties']
  const { type: _, ...fields }: Record<string, unknown> = { ...properties }
  const required = Array.isArray(schema['required']) ? schema['required'].filter((name) => name !== 'type') : []
  return { type: 'object', properties: fields, required }
}

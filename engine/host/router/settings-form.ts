import { z } from 'zod'
import type { Localized } from '../../contract/localized.ts'
import type { FieldText, SettingsForm } from '../../contract/settings-form.ts'

type JsonSchema = Record<string, unknown>

/**
 * A schema of settings as JSON Schema with the texts of its fields. The same field may stand in several variants of a schema.
 * @param texts by field; a field inside another is `tls.mode`
 */
export function settingsForm(schema: z.ZodType, texts: Readonly<Record<string, FieldText>>): SettingsForm {
  const { $schema: _$schema, ...form } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(withTexts(form, texts, ''))))
}

/** Every field of a form, fields inside others dotted, with its texts in one language; undefined where it has none. */
export function formFields(form: SettingsForm, language: keyof Localized): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>()
  visit(form, '', (path, field) => {
    const titles = objectOf(field['titles'])
    found.set(path, typeof titles[language] === 'string' ? titles[language] : undefined)
  })
  return found
}

function withTexts(schema: JsonSchema, texts: Readonly<Record<string, FieldText>>, path: string): JsonSchema {
  const properties = objectOf(schema['properties'])
  if (Array.isArray(schema['oneOf'])) {
    return { ...schema, oneOf: variantsOf(schema).map((variant) => withTexts(variant, texts, path)) }
  }
  if (Object.keys(properties).length === 0) return schema
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, field]) => {
        const inner = path === '' ? name : `${path}.${name}`
        return [name, { ...withTexts(objectOf(field), texts, inner), ...texts[inner] }]
      }),
    ),
  }
}

function visit(schema: JsonSchema, path: string, see: (path: string, field: JsonSchema) => void): void {
  for (const variant of variantsOf(schema)) visit(variant, path, see)
  for (const [name, field] of Object.entries(objectOf(schema['properties']))) {
    const inner = path === '' ? name : `${path}.${name}`
    see(inner, objectOf(field))
    visit(objectOf(field), inner, see)
  }
}

/** The forms of an object that a field of it tells apart. */
function variantsOf(schema: JsonSchema): JsonSchema[] {
  return Array.isArray(schema['oneOf']) ? schema['oneOf'].map(objectOf) : []
}

function objectOf(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

import { z } from 'zod'
import type { FieldText, SettingsForm } from '../../../contract/settings-form.ts'

type JsonSchema = Readonly<Record<string, unknown>>
type Texts = Readonly<Record<string, FieldText>>

/** The schema of a node's config as JSON Schema with the texts of its fields, also of those inside lists and variants. */
export function nodeForm(schema: z.ZodType, texts: Texts): SettingsForm {
  const { $schema: _$schema, ...form } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(withTexts(form, texts, ''))))
}

/** Every field of a form by its path; lists and variants count for nothing in it. */
export function* nodeFields(schema: unknown, path = ''): Generator<[path: string, field: JsonSchema]> {
  const here = objectOf(schema)
  for (const [name, property] of Object.entries(objectOf(here['properties']))) {
    const inner = path === '' ? name : `${path}.${name}`
    yield [inner, objectOf(property)]
    yield* nodeFields(property, inner)
  }
  for (const part of partsOf(here)) yield* nodeFields(part, path)
}

const VARIANTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const
const SINGLE = ['items', 'additionalProperties'] as const

function withTexts(schema: unknown, texts: Texts, path: string): unknown {
  if (Array.isArray(schema) || typeof schema !== 'object' || schema === null) return schema
  const here = objectOf(schema)
  const properties = Object.entries(objectOf(here['properties'])).map(([name, property]) => {
    const inner = path === '' ? name : `${path}.${name}`
    return [name, { ...objectOf(withTexts(property, texts, inner)), ...texts[inner] }]
  })
  const variants = VARIANTS.flatMap((key) => {
    const list = here[key]
    return Array.isArray(list) ? [[key, list.map((one: unknown) => withTexts(one, texts, path))]] : []
  })
  const single = SINGLE.flatMap((key) => (key in here ? [[key, withTexts(here[key], texts, path)]] : []))
  return {
    ...here,
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...Object.fromEntries([...variants, ...single]),
  }
}

function partsOf(schema: JsonSchema): unknown[] {
  return [
    ...VARIANTS.flatMap((key) => (Array.isArray(schema[key]) ? schema[key] : [])),
    ...SINGLE.flatMap((key) => (key in schema ? [schema[key]] : [])),
  ]
}

function objectOf(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object(value) : {}
}

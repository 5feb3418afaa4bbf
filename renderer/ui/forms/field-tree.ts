import { z } from 'zod'
import { type Language, localizedSchema } from '../../../engine/contract/localized.ts'

/** What a form draws for one value. */
export type FieldShape =
  | { readonly kind: 'text'; readonly isLong: boolean; readonly pattern?: string; readonly maxLength?: number }
  | { readonly kind: 'number'; readonly isInteger: boolean; readonly minimum?: number; readonly maximum?: number }
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  | { readonly kind: 'object'; readonly fields: readonly Field[] }
  | { readonly kind: 'list'; readonly item: FieldShape }
  /** Keys that the person names, each with a value. */
  | { readonly kind: 'record'; readonly item: FieldShape }
  | { readonly kind: 'variants'; readonly variants: readonly Variant[] }
  /** Anything else: edited as JSON text. */
  | { readonly kind: 'json' }

export interface Choice {
  readonly value: string | number | boolean | null
  readonly title: string
}

export interface Variant {
  /** Shown where the person chooses between the forms of a value. */
  readonly title: string
  readonly shape: FieldShape
  readonly schema: JsonObject
}

export interface Field {
  readonly name: string
  readonly title: string
  readonly description?: string
  readonly isRequired: boolean
  readonly defaultValue: unknown
  readonly shape: FieldShape
}

type JsonObject = Readonly<Record<string, unknown>>

/**
 * What to draw for the object that a JSON Schema describes, in the schema's order.
 *
 * A field that can only have one value (`const`) tells variants apart and is not drawn.
 */
export function fieldsOf(schema: JsonObject, language: Language): readonly Field[] {
  const required = new Set(z.array(z.string()).catch([]).parse(schema['required']))
  return Object.entries(objectOf(schema['properties'])).flatMap(([name, inner]): Field[] => {
    const property = objectOf(inner)
    if ('const' in property) return []
    const description = textOf(property['descriptions'], language) ?? plain(property['description'])
    return [
      {
        name,
        title: textOf(property['titles'], language) ?? plain(property['title']) ?? name,
        ...(description === undefined ? {} : { description }),
        isRequired: required.has(name) && !('default' in property),
        defaultValue: property['default'],
        shape: shapeOf(property, language),
      },
    ]
  })
}

export function shapeOf(schema: JsonObject, language: Language): FieldShape {
  const variants = z.array(z.unknown()).safeParse(schema['anyOf'] ?? schema['oneOf'] ?? byType(schema))
  // Any JSON at all is a union that refers to itself.
  if (variants.success && variants.data.some((variant) => '$ref' in objectOf(objectOf(variant)['items'])))
    return { kind: 'json' }
  if (variants.success) return variantsOf(variants.data.map(objectOf), schema, language)
  const choices = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).safeParse(schema['enum'])
  if (choices.success) {
    const titles = objectOf(schema['enumTitles'])
    return {
      kind: 'choice',
      choices: choices.data.map((value) => ({
        value,
        title: textOf(titles[String(value)], language) ?? String(value),
      })),
    }
  }
  switch (schema['type']) {
    case 'string':
      return textShape(schema)
    case 'number':
    case 'integer':
      return numberShape(schema)
    case 'boolean':
      return { kind: 'switch' }
    case 'array':
      return { kind: 'list', item: shapeOf(itemOf(schema), language) }
    case 'object':
      return objectShape(schema, language)
    default:
      return { kind: 'json' }
  }
}

/** Of a list; of a tuple what its first place holds, as all of ours hold the same. */
function itemOf(schema: JsonObject): JsonObject {
  const [first] = z.array(z.unknown()).catch([]).parse(schema['prefixItems'])
  return objectOf(first ?? schema['items'])
}

/** `type: [string, null]` as the variants that it stands for. */
function byType(schema: JsonObject): JsonObject[] | undefined {
  const types = schema['type']
  return Array.isArray(types) ? types.map((type) => ({ ...schema, type })) : undefined
}

function textShape(schema: JsonObject): FieldShape {
  const [pattern, maxLength] = [plain(schema['pattern']), schema['maxLength']]
  return {
    kind: 'text',
    isLong: schema['format'] === 'multiline',
    ...(pattern === undefined ? {} : { pattern }),
    ...(typeof maxLength === 'number' ? { maxLength } : {}),
  }
}

function numberShape(schema: JsonObject): FieldShape {
  const bound = (name: 'minimum' | 'maximum'): Record<string, number> => {
    const value = schema[name]
    // zod writes the bounds of safe integers on every integer; they are no bounds that a person meant.
    return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER
      ? { [name]: value }
      : {}
  }
  return { kind: 'number', isInteger: schema['type'] === 'integer', ...bound('minimum'), ...bound('maximum') }
}

function objectShape(schema: JsonObject, language: Language): FieldShape {
  if (Object.keys(objectOf(schema['properties'])).length > 0)
    return { kind: 'object', fields: fieldsOf(schema, language) }
  const additional = schema['additionalProperties']
  return typeof additional === 'object' && additional !== null
    ? { kind: 'record', item: shapeOf(objectOf(additional), language) }
    : { kind: 'json' }
}

/** Variants that are all single values are one choice; "a value or null" is the value. */
function variantsOf(all: readonly JsonObject[], schema: JsonObject, language: Language): FieldShape {
  const variants = all.filter((variant) => variant['type'] !== 'null')
  const [only] = variants
  if (only !== undefined && variants.length === 1) return shapeOf(only, language)
  if (variants.every((variant) => 'const' in variant)) {
    const values = variants.map((variant) => variant['const'])
    return shapeOf({ enum: values, enumTitles: schema['enumTitles'] }, language)
  }
  const titles = variants.map((variant) => variantTitle(variant, language))
  // The field's own title on each of them tells none apart.
  const isTold = new Set(titles).size === titles.length
  return {
    kind: 'variants',
    variants: variants.map((variant, index) => ({
      title: (isTold ? titles[index] : plain(variant['type'])) ?? '…',
      shape: shapeOf(variant, language),
      schema: variant,
    })),
  }
}

/** Its own title, else the value that tells it apart, else its type. */
function variantTitle(variant: JsonObject, language: Language): string {
  const titled = textOf(variant['titles'], language) ?? plain(variant['title'])
  if (titled !== undefined) return titled
  const tag = Object.values(objectOf(variant['properties']))
    .map(objectOf)
    .find((property) => 'const' in property)
  if (tag !== undefined) {
    const value = String(tag['const'])
    return textOf(objectOf(tag['enumTitles'])[value], language) ?? value
  }
  return 'const' in variant ? String(variant['const']) : (plain(variant['type']) ?? '…')
}

/** Which variant a value is of: the first whose fixed values and outer type fit. */
export function variantOf(variants: readonly Variant[], value: unknown): number {
  return variants.findIndex(({ schema }) => fits(schema, value))
}

function fits(schema: JsonObject, value: unknown): boolean {
  if ('const' in schema) return schema['const'] === value
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value)
  switch (schema['type']) {
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
      const given = objectOf(value)
      const required = z.array(z.string()).catch([]).parse(schema['required'])
      return (
        required.every((name) => name in given) &&
        Object.entries(objectOf(schema['properties'])).every(
          ([name, property]) => !('const' in objectOf(property)) || objectOf(property)['const'] === given[name],
        )
      )
    }
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case undefined:
      return true
    default:
      return typeof value === schema['type']
  }
}

/** The smallest value of a shape: what a new list item or a chosen variant begins with. */
export function emptyValue(schema: JsonObject): unknown {
  if ('const' in schema) return schema['const']
  if ('default' in schema) return schema['default']
  if (Array.isArray(schema['enum'])) return schema['enum'][0]
  switch (schema['type']) {
    case 'string':
      return ''
    case 'number':
    case 'integer':
      return typeof schema['minimum'] === 'number' && schema['minimum'] > 0 ? schema['minimum'] : 0
    case 'boolean':
      return false
    case 'array':
      return []
    default: {
      const required = z.array(z.string()).catch([]).parse(schema['required'])
      const properties = objectOf(schema['properties'])
      return Object.fromEntries(required.map((name) => [name, emptyValue(objectOf(properties[name]))]))
    }
  }
}

export function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function textOf(value: unknown, language: Language): string | undefined {
  return localizedSchema.safeParse(value).data?.[language]
}

function plain(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

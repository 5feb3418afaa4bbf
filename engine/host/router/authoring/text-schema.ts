import { z } from 'zod'
import type { Localized } from '../../../contract/localized.ts'
import type { NodeCatalogueEntry } from '../../../contract/node-catalogue.ts'
import { nodeKinds } from './kinds.ts'

/** A part of a JSON Schema; fields of nodes carry `titles`, `descriptions` and `enumTitles`. */
export type SchemaPart = Readonly<Record<string, unknown>>

const text = (en: string, zh: string): Localized => ({ en, zh })

const PARAMETER: SchemaPart = {
  type: 'object',
  properties: {
    type: {
      type: 'string',
      titles: text('Type', '类型'),
      descriptions: text('A DuckDB type: DATE, BIGINT, DECIMAL(18,2) …', 'DuckDB 类型：DATE、BIGINT、DECIMAL(18,2) 等'),
    },
    default: {
      titles: text('Default', '默认值'),
      descriptions: text('Taken when a run gives no value.', '运行未给出值时使用。'),
    },
    description: {
      type: 'string',
      titles: text('Description', '说明'),
      descriptions: text('What it is for.', '用途。'),
    },
  },
}

const KINDS: ReadonlyMap<string, NodeCatalogueEntry> = new Map(nodeKinds().map((entry) => [entry.kind, entry]))

const TYPE: SchemaPart = {
  enum: [...KINDS.keys()],
  enumTitles: Object.fromEntries([...KINDS].map(([kind, { title }]) => [kind, title])),
  titles: text('Type of the node', '节点类型'),
  descriptions: text('What the node does. Its other fields follow from it.', '节点的作用，其他字段由它决定。'),
}

const ROOT: SchemaPart = {
  type: 'object',
  properties: {
    version: {
      const: 1,
      titles: text('Version of the format', '格式版本'),
      descriptions: text('Always 1.', '固定为 1。'),
    },
    description: {
      type: 'string',
      titles: text('Description', '说明'),
      descriptions: text('What the pipeline is for.', '管道的用途。'),
    },
    parameters: {
      type: 'object',
      additionalProperties: PARAMETER,
      titles: text('Parameters', '参数'),
      descriptions: text(
        'Values that a run may be given; expressions name them as $name.',
        '运行时可传入的值，表达式中写作 $名称。',
      ),
    },
    nodes: {
      type: 'object',
      titles: text('Nodes', '节点'),
      descriptions: text('The steps of the pipeline, by name.', '管道的步骤，以名称为键。'),
    },
  },
}

/** The kind of the node that a path leads into; undefined outside of nodes and for kinds that do not exist. */
export function kindAt(path: readonly (string | number)[], root: unknown): NodeCatalogueEntry | undefined {
  const type = fieldOf(valueAt(root, path.slice(0, 2)), 'type')
  return path[0] === 'nodes' && path.length >= 2 && typeof type === 'string' ? KINDS.get(type) : undefined
}

/** Everything that the value at a path may be: several where there are variants. Empty where anything may stand. */
export function schemasAt(path: readonly (string | number)[], root: unknown): SchemaPart[] {
  let schemas: SchemaPart[] = [ROOT]
  for (const [at, step] of path.entries()) {
    const here = valueAt(root, path.slice(0, at))
    if (at === 1 && path[0] === 'nodes') schemas = [nodeSchema(path, root)]
    else schemas = schemas.flatMap((schema) => variantsOf(schema, here)).flatMap((schema) => stepInto(schema, step))
  }
  const value = valueAt(root, path)
  return schemas.flatMap((schema) => variantsOf(schema, value))
}

function nodeSchema(path: readonly (string | number)[], root: unknown): SchemaPart {
  const properties = objectOf(objectOf(kindAt(path, root)?.schema)['properties'])
  return { type: 'object', properties: { type: TYPE, ...properties } }
}

function stepInto(schema: SchemaPart, step: string | number): SchemaPart[] {
  if (typeof step === 'number') {
    const prefix = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : []
    return presentParts(prefix[step] ?? schema['items'])
  }
  return presentParts(objectOf(schema['properties'])[step] ?? schema['additionalProperties'])
}

/** The variants of a schema that what stands there already does not rule out. */
function variantsOf(schema: SchemaPart, value: unknown): SchemaPart[] {
  const variants = ['anyOf', 'oneOf', 'allOf'].flatMap((key) => {
    const list = schema[key]
    return Array.isArray(list) ? list.flatMap(presentParts) : []
  })
  if (variants.length === 0) return [schema]
  const { anyOf: _any, oneOf: _one, allOf: _all, ...own } = schema
  const inner = variants.flatMap((variant) => variantsOf(variant, value))
  const fitting = inner.filter((variant) => fits(variant, value))
  return (fitting.length > 0 ? fitting : inner).map((variant) => ({ ...own, ...variant }))
}

/** A variant is known by the constants in it: `check: range` rules out every other rule. */
function fits(schema: SchemaPart, value: unknown): boolean {
  return Object.entries(objectOf(schema['properties'])).every(([name, property]) => {
    const wanted = objectOf(property)['const']
    const given = fieldOf(value, name)
    return wanted === undefined || given === undefined || given === wanted
  })
}

export function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => fieldOf(value, step), root)
}

function fieldOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined
  return objectOf(value)[step]
}

const objectSchema = z.record(z.string(), z.unknown())

export function objectOf(value: unknown): SchemaPart {
  return objectSchema.safeParse(value).data ?? {}
}

function presentParts(value: unknown): SchemaPart[] {
  const part = objectSchema.safeParse(value)
  return part.success ? [part.data] : []
}

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { emptyOf } from './empty-of.ts'
import { emptyValue, type FieldShape, fieldsOf, shapeOf, variantOf } from './field-tree.ts'

const json = (schema: z.ZodType): Record<string, unknown> => ({ ...z.toJSONSchema(schema, { io: 'input' }) })

/** A shape in one line. */
const print = (shape: FieldShape): string => {
  switch (shape.kind) {
    case 'choice':
      return `choice ${shape.choices.map(({ value }) => value).join('|')}`
    case 'object':
      return `{${shape.fields.map((field) => `${field.name}${field.isRequired ? '' : '?'}: ${print(field.shape)}`).join(', ')}}`
    case 'list':
    case 'record':
      return `${shape.kind} of ${print(shape.item)}`
    case 'variants':
      return `(${shape.variants.map(({ title, shape: inner }) => `${title}: ${print(inner)}`).join(' | ')})`
    case 'number':
      return `number ${shape.minimum ?? ''}..${shape.maximum ?? ''}`
    case 'text':
    case 'switch':
    case 'json':
      return shape.kind
    default:
      return shape satisfies never
  }
}

describe('what is drawn for a schema', () => {
  it.each<[string, z.ZodType, string]>([
    ['text', z.string(), 'text'],
    ['an integer without bounds that anyone meant', z.int(), 'number ..'],
    ['a bounded number', z.number().min(1).max(9), 'number 1..9'],
    ['a choice', z.enum(['a', 'b']), 'choice a|b'],
    ['literals', z.union([z.literal('a'), z.literal(1)]), 'choice a|1'],
    ['a value or null', z.string().nullable(), 'text'],
    ['a list', z.array(z.boolean()), 'list of switch'],
    ['a record', z.record(z.string(), z.number()), 'record of number ..'],
    ['anything', z.json(), 'json'],
    [
      'an object with variants',
      z.object({
        name: z.string(),
        size: z.int().min(0).default(3),
        tls: z.union([z.boolean(), z.string()]).optional(),
        scope: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('all') }),
          z.object({ kind: z.literal('first'), rows: z.int() }),
        ]),
      }),
      '{name: text, size?: number 0.., tls?: (boolean: switch | string: text), scope: (all: json | first: {rows: number ..})}',
    ],
  ])('%s', (_case, schema, expected) => {
    const shape = shapeOf(json(schema), 'en')
    expect(print(shape).replace('all: {}', 'all: json')).toBe(expected)
  })

  it('takes its texts from the language, else from the schema, else from the name', () => {
    const fields = fieldsOf(
      {
        properties: {
          a: { type: 'string', titles: { en: 'Host', zh: '主机' }, descriptions: { en: 'where', zh: '位置' } },
          b: { type: 'string', title: 'Plain' },
          c: { type: 'string' },
        },
      },
      'zh',
    )
    expect(fields.map(({ title, description }) => [title, description])).toEqual([
      ['主机', '位置'],
      ['Plain', undefined],
      ['c', undefined],
    ])
  })
})

describe('variants', () => {
  const schema = z.union([
    z.boolean(),
    z.int(),
    z.object({ kind: z.literal('x'), a: z.string() }),
    z.object({ kind: z.literal('y') }),
  ])
  const shape = shapeOf(json(schema), 'en')
  if (shape.kind !== 'variants') throw new Error('expected variants')

  it.each([
    [true, 0],
    [3, 1],
    [{ kind: 'x', a: '' }, 2],
    [{ kind: 'y' }, 3],
    [{ kind: 'z' }, -1],
    ['text', -1],
  ])('%j is of variant %i', (value, expected) => {
    expect(variantOf(shape.variants, value)).toBe(expected)
  })

  it.each<[string, object, string[]]>([
    ['by titles of their own', { x: { en: 'Unique', zh: '唯一' } }, ['Unique', 'y']],
    ['by their values', {}, ['x', 'y']],
  ])('are told apart %s', (_case, enumTitles, expected) => {
    const kinds = ['x', 'y'].map((kind) => ({ type: 'object', properties: { kind: { const: kind, enumTitles } } }))
    const told = shapeOf({ anyOf: kinds }, 'en')
    expect(told.kind === 'variants' && told.variants.map(({ title }) => title)).toEqual(expected)
  })

  it('are told apart by their types where all have the title of the field', () => {
    const titles = { en: 'At least', zh: '最小' }
    const told = shapeOf(
      {
        anyOf: [
          { type: 'number', titles },
          { type: 'string', titles },
        ],
      },
      'en',
    )
    expect(told.kind === 'variants' && told.variants.map(({ title }) => title)).toEqual(['number', 'string'])
  })

  it('begin with a value of their own', () => {
    for (const [index, variant] of shape.variants.entries()) {
      const value = emptyValue(variant.schema)
      expect(schema.safeParse(value).success).toBe(true)
      expect(variantOf(shape.variants, value)).toBe(index)
    }
  })
})

it('begins a new item with what its schema accepts', () => {
  const schema = z.object({
    column: z.string(),
    width: z.int().min(1),
    kind: z.enum(['a', 'b']),
    tags: z.array(z.string()),
  })
  expect(schema.safeParse(emptyOf(shapeOf(json(schema), 'en'))).success).toBe(true)
})

import { describe, expect, it } from 'vitest'
import {
  fieldsOf,
  freeFieldName,
  type MapField,
  missingColumns,
  sourceOf,
  withMapping,
  withMoved,
  withName,
  withoutField,
  withParts,
} from './fields.ts'

const fields: readonly MapField[] = [
  { to: 'id', from: '编号' },
  { to: 'name' },
  { to: 'sum', expr: 'a + b', type: 'BIGINT' },
]

it.each([
  ['no config', undefined, []],
  ['no list', { type: 'map', fields: 'x' }, []],
  ['what is no field is left out', { type: 'map', fields: [{ to: 'a' }, null, 'b', { from: 'c' }] }, [{ to: 'a' }]],
])('%s', (_case, config, expected) => {
  expect(fieldsOf(config)).toEqual(expected)
})

it.each<[MapField, string | undefined]>([
  [{ to: 'a' }, 'a'],
  [{ to: 'a', from: 'b' }, 'b'],
  [{ to: 'a', expr: 'b' }, undefined],
  [{ to: 'a', value: null }, undefined],
])('%j takes %s', (field, source) => {
  expect(sourceOf(field)).toBe(source)
})

describe('a column mapped', () => {
  it.each<[string, string, string, readonly MapField[]]>([
    ['to a new field', 'x', 'y', [...fields, { to: 'y', from: 'x' }]],
    ['to one of its own name', 'x', 'x', [...fields, { to: 'x' }]],
    ['over a column', 'x', 'id', [{ to: 'id', from: 'x' }, ...fields.slice(1)]],
    [
      'over an expression, whose type stays',
      'x',
      'sum',
      [...fields.slice(0, 2), { to: 'sum', from: 'x', type: 'BIGINT' }],
    ],
  ])('%s', (_case, from, to, expected) => {
    expect(withMapping(fields, from, to)).toEqual(expected)
  })
})

describe('a field renamed', () => {
  it.each<[string, number, string, readonly MapField[]]>([
    ['keeps its column', 0, 'key', [{ to: 'key', from: '编号' }, ...fields.slice(1)]],
    [
      'keeps the column of its old name',
      1,
      'title',
      [fields[0] ?? { to: '' }, { to: 'title', from: 'name' }, fields[2] ?? { to: '' }],
    ],
    ['to its column needs no from', 0, '编号', [{ to: '编号' }, ...fields.slice(1)]],
    ['to a taken name stays', 0, 'name', fields],
    ['to nothing stays', 0, '', fields],
  ])('%s', (_case, place, to, expected) => {
    expect(withName(fields, place, to)).toEqual(expected)
  })
})

it.each([
  ['down', 0, 1, ['name', 'id', 'sum']],
  ['up', 2, -2, ['sum', 'id', 'name']],
  ['beyond the end', 0, 9, ['name', 'sum', 'id']],
  ['beyond the beginning', 0, -1, ['id', 'name', 'sum']],
  ['that is not there', 7, 1, ['id', 'name', 'sum']],
])('a field moved %s', (_case, place, by, names) => {
  expect(withMoved(fields, place, by).map(({ to }) => to)).toEqual(names)
})

it('takes a field out, sets parts and takes parts out', () => {
  expect(withoutField(fields, 1).map(({ to }) => to)).toEqual(['id', 'sum'])
  expect(withParts(fields, 2, { type: undefined, onError: 'null' })[2]).toEqual({
    to: 'sum',
    expr: 'a + b',
    onError: 'null',
  })
  expect(withParts(fields, 0, { from: undefined, expr: '1' })[0]).toEqual({ to: 'id', expr: '1' })
})

it.each([
  ['new', 'new'],
  ['id', 'id_2'],
])('a free name for %s is %s', (wish, name) => {
  expect(freeFieldName(fields, wish)).toBe(name)
})

it('lists what the target wants and nobody gives, the required first', () => {
  const wanted = [
    { name: 'note', type: 'VARCHAR' },
    { name: 'ID', type: 'BIGINT', nullable: false },
    { name: 'paid', type: 'DATE', nullable: false },
    { name: '_runnel_locator', type: 'VARCHAR', hidden: true },
  ]
  expect(missingColumns(wanted, ['id', 'other'])).toEqual([
    { name: 'paid', isRequired: true },
    { name: 'note', isRequired: false },
  ])
})

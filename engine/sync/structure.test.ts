import { expect, it } from 'vitest'
import { syncFileSchema } from '../contract/sync-file.ts'
import { isWidening, judgeStructure, refilled, structureChanges } from './structure.ts'

const columns = (text: string) =>
  text.split(', ').map((one) => {
    const [name = '', type = ''] = one.split(' ')
    return { name, type }
  })
const policy = (structure: object) =>
  syncFileSchema.parse({ version: 1, source: 's', target: 't', structure }).structure

it.each([
  ['nothing', 'id INT, a TEXT', 'id INT, a TEXT', {}, [], { ddl: 'never', leftOut: [], asked: [] }],
  ['only another order', 'id INT, a TEXT', 'a TEXT, id INT', {}, [], { ddl: 'never', leftOut: [], asked: [] }],
  ['a column more', 'id INT', 'id INT, b DATE', {}, ['+ b DATE'], { ddl: 'alter', leftOut: [], asked: [] }],
  [
    'one more that is left out',
    'id INT',
    'id INT, b DATE',
    { add: 'ignore' },
    ['+ b DATE'],
    { ddl: 'never', leftOut: ['b'], asked: [] },
  ],
  [
    'one more that is asked about',
    'id INT',
    'id INT, b DATE',
    { add: 'pause' },
    ['+ b DATE'],
    { ddl: 'never', leftOut: [], asked: ['b'] },
  ],
  ['a column less', 'id INT, a TEXT', 'id INT', {}, ['- a TEXT'], { ddl: 'never', leftOut: [], asked: [] }],
  [
    'one less that is asked about',
    'id INT, a TEXT',
    'id INT',
    { drop: 'pause' },
    ['- a TEXT'],
    { ddl: 'never', leftOut: [], asked: ['a'] },
  ],
  [
    'another name',
    'id INT, a TEXT',
    'id INT, z TEXT',
    {},
    ['- a TEXT', '+ z TEXT'],
    { ddl: 'alter', leftOut: [], asked: [] },
  ],
  ['another type', 'id INT', 'id BIGINT', {}, ['id INT → BIGINT'], { ddl: 'alter', leftOut: [], asked: [] }],
  [
    'another type that is asked about',
    'id INT',
    'id BIGINT',
    { type: 'pause' },
    ['id INT → BIGINT'],
    { ddl: 'never', leftOut: [], asked: ['id'] },
  ],
])('%s', (_case, before, after, structure, texts, verdict) => {
  const changes = structureChanges(columns(before), columns(after))
  expect(changes.map(({ text }) => text)).toEqual(texts)
  const { ddl, leftOut, asked } = judgeStructure(changes, policy(structure))
  expect({ ddl, leftOut: [...leftOut], asked: asked.map(({ column }) => column) }).toEqual(verdict)
})

it.each([
  ['INTEGER', 'BIGINT', true],
  ['BIGINT', 'INTEGER', false],
  ['DECIMAL(12,2)', 'DECIMAL(14,3)', true],
  ['DECIMAL(12,2)', 'DECIMAL(12,3)', false],
  ['DECIMAL(12,2)', 'DECIMAL(20,1)', false],
  ['FLOAT', 'DOUBLE', true],
  ['INTEGER', 'VARCHAR', false],
  ['DATE', 'TIMESTAMP', false],
])('%s to %s keeps every value for certain: %s', (before, after, keeps) => {
  expect(isWidening(before, after)).toBe(keeps)
})

it.each([
  ['nothing', 'id BIGINT', 'id BIGINT', { certain: false, asked: [] }],
  ['a column more, if the source says so', 'id BIGINT', 'id BIGINT, a DATE', { certain: false, asked: ['a'] }],
  ['a column less', 'id BIGINT, a DATE', 'id BIGINT', { certain: false, asked: [] }],
  ['another name', 'id BIGINT, a DATE', 'id BIGINT, b DATE', { certain: true, asked: ['b'] }],
  ['a wider type', 'id INTEGER', 'id BIGINT', { certain: false, asked: [] }],
  ['another type', 'id BIGINT, a DATE', 'id BIGINT, a VARCHAR', { certain: true, asked: [] }],
])('rows nobody changed may have other values after: %s', (_case, before, after, expected) => {
  expect(refilled(structureChanges(columns(before), columns(after)), columns(before), columns(after))).toEqual(expected)
})

import { expect, it } from 'vitest'
import { syncFileSchema } from '../contract/sync-file.ts'
import { judgeStructure, structureChanges } from './structure.ts'

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

import { expect, it } from 'vitest'
import { compareSettings } from './compare-settings.ts'

const pipeline = (nodes: string): string => `version: 1\nnodes:\n${nodes}`
const A = '  a: { type: source, dataset: x }\n'
const B = '  b: { type: filter, input: a, where: n > 1 }\n'

it.each<[string, string, string, string[]]>([
  ['the same', pipeline(A), `# said differently\n${pipeline('  a:\n    type: source\n    dataset: x\n')}`, []],
  ['a node more', pipeline(A), pipeline(A + B), ['added nodes.b  {"type":"filter","input":"a","where":"n > 1"}']],
  ['a node less', pipeline(A + B), pipeline(A), ['removed nodes.b {"type":"filter","input":"a","where":"n > 1"} ']],
  [
    'another condition',
    pipeline(A + B),
    pipeline(A + B.replace('n > 1', 'n > 2')),
    ['changed nodes.b.where n > 1 n > 2'],
  ],
  [
    'a field by its name',
    'fields: [{ to: x, expr: a }, { to: y }]',
    'fields: [{ to: y }, { to: x, expr: b }]',
    ['changed fields.x.expr a b', 'changed fields x, y y, x'],
  ],
  [
    'steps by their place where they have one name',
    'steps: [{ pipeline: a }, { pipeline: a }]',
    'steps: [{ pipeline: a }]',
    ['removed steps.2 {"pipeline":"a"} '],
  ],
  ['items of a list', 'keys: [a, b]', 'keys: [a, c]', ['changed keys.2 b c']],
  ['another kind of value', 'limits: 5', 'limits: { rows: 5 }', ['changed limits 5 {"rows":5}']],
  ['NULL apart from nothing', 'a: null', 'b: 1', ['added b  1', 'removed a null ']],
  ['no YAML', 'a: [', 'a: 1', []],
  ['no map', 'SELECT 1', 'SELECT 2', []],
])('%s', (_case, before, after, expected) => {
  const lines = compareSettings(before, after).map(
    ({ change, path, before: old = '', after: now = '' }) => `${change} ${path.join('.')} ${old} ${now}`,
  )
  expect(lines).toEqual(expected)
})

it('stays short for a file that is all other', () => {
  const many = (prefix: string): string => Array.from({ length: 900 }, (_, index) => `${prefix}${index}: 1`).join('\n')
  expect(compareSettings(many('a'), many('b'))).toHaveLength(500)
  expect(compareSettings('a: 1', `a: ${'x'.repeat(5_000)}`)[0]?.after).toHaveLength(301)
})

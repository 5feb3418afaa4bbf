import { expect, it } from 'vitest'
import { edgeMark, type Highlights, nodeMark, withMarks } from './highlighted.ts'

const none: Highlights = { path: undefined, found: new Set(), over: undefined }
const path: Highlights = {
  ...none,
  path: { nodes: new Set(['a', 'b', 'c']), columns: new Map(), wires: new Set(['a>b', 'b.rejects>c']) },
}
const edge = (from: string, to: string) => ({ id: `${from}>${to}`, target: to, data: { from, to, field: 'input' } })

it.each([
  ['nothing is chosen', 'a', none, undefined],
  ['the column passes it', 'a', path, undefined],
  ['the column does not', 'z', path, 'aside'],
  ['it is found', 'z', { ...path, found: new Set(['z']) }, 'found'],
])('a node when %s', (_case, id, marks, expected) => {
  expect(nodeMark({ id, type: 'step' }, marks)).toBe(expected)
})

it.each([
  ['nothing is chosen', edge('a', 'b'), none, undefined],
  ['the column comes along it', edge('b.rejects', 'c'), path, 'passed'],
  // Both its nodes are on the way, by other edges.
  ['the column does not come along it', edge('a', 'c'), path, 'aside'],
  ['a node would be put into it', edge('a', 'b'), { ...path, over: 'a>b' }, 'found'],
])('an edge when %s', (_case, drawn, marks, expected) => {
  expect(edgeMark(drawn, marks)).toBe(expected)
})

it('leaves items as they are when none is marked, and those that are not', () => {
  const items = [{ id: 'a' }, { id: 'b' }]
  expect(withMarks(items, () => undefined, {})).toBe(items)
  const marked = withMarks(items, ({ id }) => (id === 'b' ? 'found' : undefined), { found: 'x' })
  expect([marked[0] === items[0], marked[1]]).toEqual([true, { id: 'b', className: 'x' }])
})

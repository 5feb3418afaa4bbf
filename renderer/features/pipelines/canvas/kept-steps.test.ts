import { expect, it } from 'vitest'
import type { DrawnNode } from './graph.ts'
import { type Shown, stepKeeper } from './kept-steps.ts'

const node = (id: string): DrawnNode => ({
  id,
  type: 'step',
  position: { x: 0, y: 0 },
  data: { name: id, kind: 'filter', ports: [], outputs: [], state: 'ok', problem: undefined, columns: undefined },
})
const [a, b] = [node('a'), node('b')]
const still = ({ position }: DrawnNode): Shown => ({ position, selected: false, hidden: false, measured: undefined })

it('gives what did not change as the same object', () => {
  const keep = stepKeeper()
  const [a1, b1] = keep([a, b], still)
  expect(keep([a, b], still)).toEqual([a1, b1])
  expect(keep([a, b], still)[0]).toBe(a1)
  expect(keep([b], still)[0]).toBe(b1)
})

it.each<[string, Partial<Shown>]>([
  ['moved', { position: { x: 10, y: 0 } }],
  ['selected', { selected: true }],
  ['hidden', { hidden: true }],
  ['measured', { measured: { width: 190, height: 44 } }],
])('gives the one that was %s anew, and only that', (_case, change) => {
  const keep = stepKeeper()
  const [a1, b1] = keep([a, b], still)
  const [a2, b2] = keep([a, b], (one) => (one === a ? { ...still(one), ...change } : still(one)))
  expect(a2).not.toBe(a1)
  expect(a2).toMatchObject(change)
  expect(b2).toBe(b1)
})

it('gives a node anew when the graph has another of that name', () => {
  const keep = stepKeeper()
  keep([a], still)
  const other = { ...a, data: { ...a.data, state: 'error' as const } }
  expect(keep([other], still)[0]?.data.state).toBe('error')
})

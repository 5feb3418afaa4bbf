import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyHistory, type History, redone, remembered, undone } from './history.ts'

/** An editor of one number, changed by these acts. */
function play(acts: readonly ({ set: number; group?: string; at?: number } | 'undo' | 'redo')[]): number[] {
  let [value, history]: [number, History<number>] = [0, emptyHistory()]
  return acts.map((act, index) => {
    if (typeof act === 'object') {
      history = remembered(history, value, act.group, act.at ?? index * 10_000)
      value = act.set
      return value
    }
    const moved = act === 'undo' ? undone(history, value) : redone(history, value)
    if (moved !== undefined) [value, history] = [moved.value, moved.history]
    return value
  })
}

describe('undo and redo', () => {
  it.each<[string, Parameters<typeof play>[0], number[]]>([
    ['nothing to undo', ['undo', 'redo'], [0, 0]],
    ['there and back', [{ set: 1 }, { set: 2 }, 'undo', 'undo', 'redo', 'redo'], [1, 2, 1, 0, 1, 2]],
    [
      'a change after an undo forgets what was ahead',
      [{ set: 1 }, 'undo', { set: 5 }, 'redo', 'undo'],
      [1, 0, 5, 5, 0],
    ],
    ['typing is one step', [{ set: 1, group: 'a', at: 0 }, { set: 2, group: 'a', at: 500 }, 'undo'], [1, 2, 0]],
    [
      'a pause begins another step',
      [{ set: 1, group: 'a', at: 0 }, { set: 2, group: 'a', at: 5_000 }, 'undo'],
      [1, 2, 1],
    ],
    [
      'another field begins another step',
      [{ set: 1, group: 'a', at: 0 }, { set: 2, group: 'b', at: 10 }, 'undo'],
      [1, 2, 1],
    ],
  ])('%s', (_case, acts, expected) => {
    expect(play(acts)).toEqual(expected)
  })

  it('undoing everything gives back the beginning, redoing everything the end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 50 }), (values) => {
        const acts = values.map((set) => ({ set }))
        const undos = values.map(() => 'undo' as const)
        const redos = values.map(() => 'redo' as const)
        const seen = play([...acts, ...undos, ...redos])
        expect(seen[values.length * 2 - 1] ?? 0).toBe(0)
        expect(seen.at(-1) ?? 0).toBe(values.at(-1) ?? 0)
      }),
    )
  })
})

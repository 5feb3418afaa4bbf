import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepMemory, layoutOf, memoryOf, readMemory } from './grid-memory.ts'

const columns = (...names: string[]) => names.map((name) => ({ name, type: 'VARCHAR' }))

describe('a grid', () => {
  it.each([
    ['nothing', {}, ['a', 'b'], [0, 1]],
    ['an order', { order: ['b', 'a'] }, ['a', 'b'], [1, 0]],
    ['a hidden column', { order: ['a'], hidden: ['b'] }, ['a', 'b'], [0]],
    ['a column that came since', { order: ['c', 'a'], hidden: [] }, ['a', 'b', 'c'], [2, 0, 1]],
    ['a column that went', { order: ['gone', 'b'], hidden: ['a'] }, ['a', 'b'], [1]],
    ['columns that all went', { order: ['x', 'y'], hidden: ['a'] }, ['a'], [0]],
    ['two of one name', { order: ['a\u00002', 'a'] }, ['a', 'a'], [1, 0]],
  ])('with %s is laid out by it', (_case, memory, names, expected) => {
    expect(layoutOf(memory, columns(...names))).toEqual(expected)
  })

  it('comes back as any layout it was given, whatever the names', () => {
    const names = fc.array(fc.string(), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(names, fc.array(fc.nat()), (all, picks) => {
        const data = columns(...all.map((name) => name.replaceAll('\0', '')))
        const layout = [...new Set(picks.map((pick) => pick % data.length))]
        fc.pre(layout.length > 0)
        const stored = new Map<string, string>()
        keepMemory({ setItem: (key, value) => void stored.set(key, value) }, 'k', memoryOf(layout, data))
        const memory = readMemory({ getItem: (key) => stored.get(key) ?? null }, 'k')
        expect(layoutOf(memory, data)).toEqual(layout)
      }),
    )
  })

  it.each(['', '{', '[]', '{"order":1}', '{"widths":{"a":-1}}', '{"sort":[{"column":"a","direction":"up"}]}'])(
    'is as usual when what is kept is not to be read: %s',
    (text) => {
      expect(readMemory({ getItem: () => text }, 'k')).toEqual({})
    },
  )

  it('goes on without room to be remembered', () => {
    const full = (): never => {
      throw new Error('QuotaExceededError')
    }
    expect(() => keepMemory({ setItem: full }, 'k', {})).not.toThrow()
  })
})

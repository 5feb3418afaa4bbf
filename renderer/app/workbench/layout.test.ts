import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  EMPTY_LAYOUT,
  isInFront,
  isShown,
  type Layout,
  layoutSchema,
  withActive,
  withMoved,
  withNeighbour,
  withoutTab,
  withTab,
} from './layout.ts'
import { type Tab, tabOf } from './tab.ts'
import { restoreLayout } from './workbench.ts'

const tab = (name: string): Tab => ({ id: name, kind: 'test', params: {} })
const [a, b, c] = [tab('a'), tab('b'), tab('c')]

/** `g1[a *b] g2[c]`: groups with their tabs, the active one starred; the active group first named at the end. */
const print = ({ groups, activeGroup }: Layout): string =>
  `${groups
    .map(
      ({ id, tabs, activeId }) =>
        `${id}[${tabs.map((one) => (one.id === activeId ? `*${one.id}` : one.id)).join(' ')}]`,
    )
    .join(' ')} ${activeGroup}`

const two = withTab(withTab(EMPTY_LAYOUT, a, false), b, false)
const split = withTab(two, c, true)

describe('tabs', () => {
  it.each<[string, Layout, string]>([
    ['one opened', withTab(EMPTY_LAYOUT, a, false), 'g1[*a] g1'],
    ['a second', two, 'g1[a *b] g1'],
    ['the first again: it comes forward', withTab(two, a, false), 'g1[*a b] g1'],
    ['one beside', split, 'g1[a *b] g2[*c] g2'],
    ['one that is open in another group comes forward there', withTab(split, a, false), 'g1[*a b] g2[*c] g1'],
    ['another beside the new group', withTab(split, b, true), 'g1[a *b] g2[*c] g3[*b] g3'],
    ['the last of a group closed: the group goes', withoutTab(split, 'g2', 'c'), 'g1[a *b] g1'],
    ['the active one closed: its neighbour comes', withoutTab(two, 'g1', 'b'), 'g1[*a] g1'],
    ['the very last closed', withoutTab(withoutTab(two, 'g1', 'b'), 'g1', 'a'), 'g1[] g1'],
    ['one that is not there closed', withoutTab(two, 'g1', 'z'), 'g1[a *b] g1'],
    ['moved within', withMoved(two, b, 'g1', 0), 'g1[*b a] g1'],
    ['moved to another group', withMoved(split, a, 'g2', 1), 'g1[*b] g2[c *a] g2'],
    ['the last moved away: its group goes', withMoved(split, c, 'g1', 0), 'g1[*c a b] g1'],
    ['the next', withNeighbour(two, 1), 'g1[*a b] g1'],
    ['the one before', withNeighbour(two, -1), 'g1[*a b] g1'],
    ['focused', withActive(split, 'g1', 'a'), 'g1[*a b] g2[*c] g1'],
  ])('%s', (_case, layout, expected) => {
    expect(print(layout)).toBe(expected)
  })

  it('has the same id for the same document, however its params are ordered', () => {
    expect(tabOf({ kind: 'x', params: { b: 1, a: 2 } })).toEqual(tabOf({ kind: 'x', params: { a: 2, b: 1 } }))
  })

  it('holds together whatever is done', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e')
    const group = fc.constantFrom('g1', 'g2', 'g3', 'g4')
    const act = fc.oneof(
      fc.record({ act: fc.constant('open' as const), name, beside: fc.boolean() }),
      fc.record({ act: fc.constant('close' as const), name, group }),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        let layout = EMPTY_LAYOUT
        for (const one of acts)
          layout =
            one.act === 'open' ? withTab(layout, tab(one.name), one.beside) : withoutTab(layout, one.group, one.name)
        expect(layoutSchema.safeParse(layout).success).toBe(true)
        expect(layout.groups.some(({ id }) => id === layout.activeGroup)).toBe(true)
        expect(new Set(layout.groups.map(({ id }) => id)).size).toBe(layout.groups.length)
        for (const { tabs, activeId } of layout.groups) {
          expect(new Set(tabs.map(({ id }) => id)).size).toBe(tabs.length)
          expect(tabs.length === 0 || tabs.some(({ id }) => id === activeId)).toBe(true)
        }
      }),
    )
  })
})

it.each([
  ['no JSON', '{'],
  ['another shape', '{"groups":[]}'],
])('begins anew from %s', (_case, stored) => {
  expect(restoreLayout(stored)).toEqual(EMPTY_LAYOUT)
})

it.each([
  ['the tab that is shown in the active group', 'g1', 'a', true, true],
  ['a tab behind it', 'g1', 'b', false, false],
  ['the tab that is shown in another group', 'g2', 'c', false, true],
  ['the same document in another group', 'g2', 'a', false, false],
])('keys go to %s: %s %s %s; it is seen: %s', (_case, group, shown, wanted, isSeen) => {
  const layout: Layout = {
    groups: [
      { id: 'g1', tabs: [tab('a'), tab('b')], activeId: 'a' },
      { id: 'g2', tabs: [tab('c'), tab('a')], activeId: 'c' },
    ],
    activeGroup: 'g1',
  }
  expect(isInFront(layout, { group, tab: shown })).toBe(wanted)
  expect(isShown(layout, { group, tab: shown })).toBe(isSeen)
})

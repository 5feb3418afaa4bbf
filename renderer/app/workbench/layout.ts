import { z } from 'zod'
import { type Tab, tabSchema } from './tab.ts'

export const groupSchema = z.object({ id: z.string(), tabs: z.array(tabSchema), activeId: z.string().optional() })
export type TabGroup = z.infer<typeof groupSchema>

/** What is open and where. At least one group; every id of a tab once in a group. */
export const layoutSchema = z.object({
  groups: z.array(groupSchema).min(1).max(4),
  activeGroup: z.string(),
  activity: z.string().optional(),
})
export type Layout = z.infer<typeof layoutSchema>

export const EMPTY_LAYOUT: Layout = { groups: [{ id: 'g1', tabs: [] }], activeGroup: 'g1' }

const MOST_GROUPS = 4

/** The layout with the tab in front: where it is open already, else at the end of the active group (or of a new one beside it). */
export function withTab(layout: Layout, tab: Tab, beside: boolean): Layout {
  const holder = layout.groups.find(({ tabs }) => tabs.some(({ id }) => id === tab.id))
  if (holder !== undefined && !beside) return withActive(layout, holder.id, tab.id)
  if (beside && layout.groups.length < MOST_GROUPS) return withGroup(layout, tab)
  const group = beside ? (layout.groups.at(-1)?.id ?? layout.activeGroup) : layout.activeGroup
  return {
    ...layout,
    activeGroup: group,
    groups: layout.groups.map((one) =>
      one.id === group ? { ...one, tabs: [...one.tabs.filter(({ id }) => id !== tab.id), tab], activeId: tab.id } : one,
    ),
  }
}

export function withActive(layout: Layout, group: string, tab: string): Layout {
  return {
    ...layout,
    activeGroup: group,
    groups: layout.groups.map((one) => (one.id === group ? { ...one, activeId: tab } : one)),
  }
}

/** Without the tab; its right neighbour (else its left one) comes forward, and a group without tabs goes away unless it is the last. */
export function withoutTab(layout: Layout, group: string, tab: string): Layout {
  const groups = layout.groups.map((one) => (one.id === group ? closeIn(one, tab) : one))
  const kept = groups.filter(({ tabs }) => tabs.length > 0)
  const [first] = kept.length > 0 ? kept : groups
  if (first === undefined) return layout
  const left = kept.length > 0 ? kept : [first]
  const isThere = left.some(({ id }) => id === layout.activeGroup)
  return { ...layout, groups: left, activeGroup: isThere ? layout.activeGroup : first.id }
}

/** The tab at another place: before `index` in `to`. */
export function withMoved(layout: Layout, tab: Tab, to: string, index: number): Layout {
  const groups = layout.groups.map((group) => {
    const without = group.tabs.some(({ id }) => id === tab.id) ? closeIn(group, tab.id) : group
    if (group.id !== to) return without
    const before = group.tabs.slice(0, index).filter(({ id }) => id !== tab.id)
    const after = group.tabs.slice(index).filter(({ id }) => id !== tab.id)
    return { ...group, tabs: [...before, tab, ...after], activeId: tab.id }
  })
  const kept = groups.filter(({ tabs }) => tabs.length > 0)
  return { ...layout, groups: kept, activeGroup: to }
}

/** The neighbour of the active tab of the active group, around the end. */
export function withNeighbour(layout: Layout, step: 1 | -1): Layout {
  const group = layout.groups.find(({ id }) => id === layout.activeGroup)
  if (group === undefined || group.tabs.length === 0) return layout
  const at = group.tabs.findIndex(({ id }) => id === group.activeId)
  const next = group.tabs[(at + step + group.tabs.length) % group.tabs.length]
  return next === undefined ? layout : withActive(layout, group.id, next.id)
}

function withGroup(layout: Layout, tab: Tab): Layout {
  const used = new Set(layout.groups.map(({ id }) => id))
  const id = ['g1', 'g2', 'g3', 'g4', 'g5'].find((free) => !used.has(free)) ?? 'g0'
  const at = layout.groups.findIndex((group) => group.id === layout.activeGroup) + 1
  return {
    ...layout,
    activeGroup: id,
    groups: layout.groups.toSpliced(at, 0, { id, tabs: [tab], activeId: tab.id }),
  }
}

function closeIn(group: TabGroup, tab: string): TabGroup {
  const at = group.tabs.findIndex(({ id }) => id === tab)
  if (at < 0) return group
  const tabs = group.tabs.toSpliced(at, 1)
  if (group.activeId !== tab) return { ...group, tabs }
  const next = tabs[at] ?? tabs[at - 1]
  return next === undefined ? { id: group.id, tabs } : { ...group, tabs, activeId: next.id }
}

export interface TabPlace {
  readonly group: string
  readonly tab: string
}

/** Whether a tab is the one of its group that is seen: there is one in each group. */
export function isShown({ groups }: Pick<Layout, 'groups'>, { group, tab }: TabPlace): boolean {
  return groups.some(({ id, activeId }) => id === group && activeId === tab)
}

/** Whether a tab is the one that is worked in: shown, and in the active group. */
export function isInFront({ groups, activeGroup }: Layout, { group, tab }: TabPlace): boolean {
  return group === activeGroup && isShown({ groups }, { group, tab })
}

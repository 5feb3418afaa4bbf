import type { LayoutFile } from '../../../../engine/contract/layout-file.ts'

export type Note = LayoutFile['notes'][number]
export type NodeGroup = LayoutFile['groups'][number]

export interface Point {
  readonly x: number
  readonly y: number
}

/** A new note with an id that none has. */
export function withNote(
  layout: LayoutFile,
  note: Omit<Note, 'id'>,
): { readonly layout: LayoutFile; readonly id: string } {
  const id = freeId(layout.notes, 'note')
  return { layout: { ...layout, notes: [...layout.notes, { id, ...note }] }, id }
}

/** The note with other parts; the same layout when there is no such note or nothing differs. */
export function withNoteParts(layout: LayoutFile, id: string, parts: Partial<Omit<Note, 'id'>>): LayoutFile {
  const before = layout.notes.find((note) => note.id === id)
  if (before === undefined) return layout
  const after = { ...before, ...parts }
  if (JSON.stringify(after) === JSON.stringify(before)) return layout
  return { ...layout, notes: layout.notes.map((note) => (note.id === id ? after : note)) }
}

/** A frame round the nodes. A node stands in one frame: it leaves the one it was in, and a frame that loses its last node goes. */
export function withGroup(
  layout: LayoutFile,
  { title, nodes }: Pick<NodeGroup, 'title' | 'nodes'>,
): { readonly layout: LayoutFile; readonly id: string } {
  const id = freeId(layout.groups, 'group')
  const others = leaving(layout.groups, new Set(nodes))
  return { layout: { ...layout, groups: [...others, { id, title, nodes, isCollapsed: false }] }, id }
}

export function withGroupTitle(layout: LayoutFile, id: string, title: string): LayoutFile {
  if (!layout.groups.some((group) => group.id === id && group.title !== title)) return layout
  return { ...layout, groups: layout.groups.map((group) => (group.id === id ? { ...group, title } : group)) }
}

/** Frames closed, or all of them opened when none is open any more. */
export function withFolded(layout: LayoutFile, ids: ReadonlySet<string>): LayoutFile {
  const concerned = layout.groups.filter(({ id }) => ids.has(id))
  if (concerned.length === 0) return layout
  const isCollapsed = concerned.some((group) => !group.isCollapsed)
  return { ...layout, groups: layout.groups.map((group) => (ids.has(group.id) ? { ...group, isCollapsed } : group)) }
}

/** Without these notes and frames; the nodes in a frame stay where they are. */
export function withoutMarks(layout: LayoutFile, ids: ReadonlySet<string>): LayoutFile {
  const notes = layout.notes.filter(({ id }) => !ids.has(id))
  const groups = layout.groups.filter(({ id }) => !ids.has(id))
  return notes.length === layout.notes.length && groups.length === layout.groups.length
    ? layout
    : { ...layout, notes, groups }
}

/** Without what it says of these nodes. */
export function withoutPlaces(layout: LayoutFile, names: readonly string[]): LayoutFile {
  const gone = new Set(names)
  const isConcerned =
    names.some((name) => name in layout.nodes) ||
    layout.groups.some(({ nodes }) => nodes.some((name) => gone.has(name)))
  if (!isConcerned) return layout
  const nodes = Object.fromEntries(Object.entries(layout.nodes).filter(([name]) => !gone.has(name)))
  return { ...layout, nodes, groups: leaving(layout.groups, gone) }
}

/** The node under another name, where it stood. */
export function withRenamedPlace(layout: LayoutFile, from: string, to: string): LayoutFile {
  const { [from]: place, ...others } = layout.nodes
  const isGrouped = layout.groups.some(({ nodes }) => nodes.includes(from))
  if (place === undefined && !isGrouped) return layout
  return {
    ...layout,
    nodes: place === undefined ? layout.nodes : { ...others, [to]: place },
    groups: layout.groups.map((group) => ({
      ...group,
      nodes: group.nodes.map((name) => (name === from ? to : name)),
    })),
  }
}

/** Nodes and notes where they were moved to, by what each is. */
export function withPlaces(
  layout: LayoutFile,
  places: { readonly nodes: ReadonlyMap<string, Point>; readonly notes: ReadonlyMap<string, Point> },
): LayoutFile {
  if (places.nodes.size === 0 && places.notes.size === 0) return layout
  return {
    ...layout,
    nodes: { ...layout.nodes, ...Object.fromEntries(places.nodes) },
    notes: layout.notes.map((note) => ({ ...note, ...places.notes.get(note.id) })),
  }
}

function leaving(groups: readonly NodeGroup[], gone: ReadonlySet<string>): NodeGroup[] {
  return groups.flatMap((group) => {
    const nodes = group.nodes.filter((name) => !gone.has(name))
    if (nodes.length === group.nodes.length) return [group]
    return nodes.length === 0 ? [] : [{ ...group, nodes }]
  })
}

function freeId(taken: readonly { readonly id: string }[], kind: string): string {
  const ids = new Set(taken.map(({ id }) => id))
  for (let number = 1; ; number++) if (!ids.has(`${kind}-${number}`)) return `${kind}-${number}`
}

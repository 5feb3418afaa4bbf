import type { Cell, Page } from '../../../../engine/contract/page.ts'
import type { NodeConfig } from '../document/inputs.ts'

/** What a node does with rows, as far as one row of its output can be put beside one of its input. */
export type Correspondence = 'same' | 'some' | 'none'

const CORRESPONDENCES: Readonly<Record<string, Correspondence>> = {
  map: 'same',
  parse: 'same',
  flatten: 'same',
  target: 'same',
  filter: 'some',
  validate: 'some',
  dedupe: 'some',
  limit: 'some',
  split: 'some',
}

export function correspondenceOf(type: string | undefined): Correspondence {
  return type === undefined ? 'none' : (CORRESPONDENCES[type] ?? 'none')
}

/** The input column that each output column was: its own name, or what a field of a map takes. */
export function originsOf(config: NodeConfig | undefined, columns: readonly string[]): Map<string, string> {
  const origins = new Map(columns.map((name) => [name, name]))
  const fields: unknown = config?.type === 'map' ? config['fields'] : undefined
  if (!Array.isArray(fields)) return origins
  for (const field of fields as unknown[]) {
    const { to, from, expr, value } = Object(field) as Record<string, unknown>
    if (typeof to !== 'string') continue
    if (typeof from === 'string') origins.set(to, from)
    else if (expr !== undefined || value !== undefined) origins.delete(to)
  }
  return origins
}

/** Output columns whose values are their input column's, untouched; undefined where that is not known of the kind. */
function copiesOf(config: NodeConfig | undefined, columns: readonly string[]): readonly string[] {
  if (correspondenceOf(config?.type) === 'some') return columns
  const fields: unknown = config?.type === 'map' ? config['fields'] : undefined
  if (!Array.isArray(fields)) return []
  const touched = new Set(
    fields.flatMap((field: unknown) => {
      const { to, expr, value, type, default: instead } = Object(field) as Record<string, unknown>
      const isCopy = [expr, value, type, instead].every((part) => part === undefined)
      return isCopy || typeof to !== 'string' ? [] : [to]
    }),
  )
  return columns.filter((name) => !touched.has(name))
}

/**
 * For each row of the output the place of its row in the input, undefined where none is known.
 *
 * The two were read by two statements, whose rows may come in another order behind a join: rows are found by the values that
 * the node leaves as they are, equal rows in turn. Only where there are none does the order decide.
 */
function alignedRows(
  before: Page,
  after: Page,
  copies: readonly Pair[],
  correspondence: Correspondence,
): (number | undefined)[] {
  if (correspondence === 'none') return after.rows.map(() => undefined)
  if (copies.length === 0) {
    return after.rows.map((_, row) => (correspondence === 'same' && row < before.rows.length ? row : undefined))
  }
  const places = Map.groupBy(before.rows.keys(), (row) => JSON.stringify(copies.map(([b]) => before.rows[row]?.[b])))
  return after.rows.map((row) => places.get(JSON.stringify(copies.map(([, a]) => row[a])))?.shift())
}

/** Places of a column before and after. */
export type Pair = readonly [before: number, after: number]

function pairs(before: Page, after: Page, origins: ReadonlyMap<string, string>): Pair[] {
  return after.columns.flatMap(({ name }, a): Pair[] => {
    const b = before.columns.findIndex((column) => column.name === origins.get(name))
    return b < 0 ? [] : [[b, a]]
  })
}

export function isSame(one: Cell | undefined, other: Cell | undefined): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  return JSON.stringify(one) === JSON.stringify(other)
}

/** The place of each row of a node's output in the rows of its first input. */
export function placesBefore(config: NodeConfig | undefined, before: Page, after: Page): (number | undefined)[] {
  const names = after.columns.map(({ name }) => name)
  const copies = new Set(copiesOf(config, names))
  const untouched = pairs(before, after, originsOf(config, names)).filter(([, a]) => copies.has(names[a] ?? ''))
  return alignedRows(before, after, untouched, correspondenceOf(config?.type))
}

export interface ShownColumn {
  readonly name: string
  readonly type: string
  readonly side: 'before' | 'after'
}

export interface SideBySide {
  readonly columns: readonly ShownColumn[]
  readonly rows: readonly (readonly Cell[])[]
  /** `row:column` of `rows` whose value is not what it was. */
  readonly changed: ReadonlySet<string>
}

/**
 * The output with, before each column that differs in name or in any value, what it was in the input. Columns that did not
 * change stand once.
 */
export function sideBySide(
  before: Page,
  after: Page,
  origins: ReadonlyMap<string, string>,
  places: readonly (number | undefined)[],
): SideBySide {
  const shared = new Map(pairs(before, after, origins).map(([b, a]) => [a, b]))
  const plan = after.columns.flatMap((column, a): Planned[] => {
    const own: Planned = { name: column.name, type: column.type, side: 'after', place: a, was: shared.get(a) }
    const b = shared.get(a)
    const was = b === undefined ? undefined : before.columns[b]
    if (b === undefined || was === undefined) return [own]
    const differs = after.rows.some((row, r) => {
      const place = places[r]
      return place !== undefined && !isSame(before.rows[place]?.[b], row[a])
    })
    if (was.name === column.name && !differs) return [own]
    return [{ name: was.name, type: was.type, side: 'before', place: b, was: undefined }, own]
  })
  const changed = new Set<string>()
  const rows = after.rows.map((row, r) => {
    const place = places[r]
    const old = place === undefined ? undefined : before.rows[place]
    return plan.map((column, c): Cell => {
      if (column.side === 'before') return old?.[column.place] ?? null
      const value = row[column.place] ?? null
      if (column.was !== undefined && old !== undefined && !isSame(old[column.was], value)) changed.add(`${r}:${c}`)
      return value
    })
  })
  return { columns: plan.map(({ name, type, side }) => ({ name, type, side })), rows, changed }
}

interface Planned extends ShownColumn {
  /** In its page. */
  readonly place: number
  /** Of a column after: its place before. */
  readonly was: number | undefined
}

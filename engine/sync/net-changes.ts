import type { NetRow, NetTable } from '../connectors/api/change-applier.ts'
import type { ChangedTable, RowChange, RowLine } from '../connectors/api/changes.ts'

/** Tables whose changes do not depend on one another; a wave is applied after the one before. */
export type NetWave = readonly NetTable[]

type State = NetRow | 'deleted'

interface Open {
  readonly table: ChangedTable
  readonly wave: number
  isTruncated: boolean
  readonly states: Map<string, State>
  readonly moved: Map<string, NetRow>
  readonly copies: Map<string, number>
}

const NONE: readonly number[] = []

/**
 * The net effect of changes, last image per key: what `changes` applied one by one would leave, with each row touched once.
 *
 * Tables do not depend on one another. One comes again in a later wave where the net effect cannot be told from the changes alone: when
 * it gets another shape, and when a row gets another key while some of its values were left out by the source.
 */
export function netChanges(changes: readonly RowChange[]): NetWave[] {
  const waves: NetTable[][] = []
  const open = new Map<string, Open>()
  const close = (at: Open): void => {
    waves[at.wave] = [...(waves[at.wave] ?? []), finished(at)]
  }
  for (const change of changes) {
    const { table } = change
    let at = open.get(table.dataset)
    if (at === undefined || isOver(at, change)) {
      if (at !== undefined) close(at)
      const wave = at === undefined ? 0 : at.wave + 1
      at = { table, wave, isTruncated: false, states: new Map(), moved: new Map(), copies: new Map() }
      open.set(table.dataset, at)
    }
    if (table.keys.length === 0) count(at, change)
    else note(at, change)
  }
  for (const at of open.values()) close(at)
  return waves
}

/** Whether a change belongs into the next wave of its table. */
function isOver(at: Open, change: RowChange): boolean {
  return at.table !== change.table || (at.moved.size > 0 && change.kind !== 'truncate') || isUnknownMove(at, change)
}

/** Whether a row gets another key and this wave does not know all of its values. */
function isUnknownMove({ states }: Open, change: RowChange): boolean {
  if (change.kind !== 'update' || change.oldKey === undefined || change.unchanged.length === 0) return false
  const before = states.get(change.oldKey)
  return before === undefined || before === 'deleted' || before.unchanged.some((i) => change.unchanged.includes(i))
}

function note(at: Open, change: RowChange): void {
  const { states } = at
  switch (change.kind) {
    case 'truncate':
      at.isTruncated = true
      states.clear()
      at.moved.clear()
      return
    case 'delete':
      states.set(change.key, 'deleted')
      return
    case 'insert':
      states.set(change.key, { line: change.line, unchanged: NONE })
      return
    case 'update': {
      const { key, oldKey, line, unchanged } = change
      if (oldKey !== undefined && isUnknownMove(at, change)) {
        at.moved.set(oldKey, { line, unchanged })
        return
      }
      const before = states.get(oldKey ?? key)
      if (oldKey !== undefined) states.set(oldKey, 'deleted')
      states.set(
        key,
        before === undefined || before === 'deleted' ? { line, unchanged } : merged(before, line, unchanged),
      )
    }
  }
}

/** The later image, with what it left out taken from the one before. */
function merged(before: NetRow, line: RowLine, unchanged: readonly number[]): NetRow {
  if (unchanged.length === 0) return { line, unchanged }
  const known = before.line.toString('latin1').split('\t')
  const cells = line.toString('latin1').split('\t')
  const still = unchanged.filter((i) => before.unchanged.includes(i))
  for (const i of unchanged) cells[i] = known[i] ?? '\\N'
  return { line: Buffer.from(cells.join('\t'), 'latin1'), unchanged: still }
}

function count(at: Open, change: RowChange): void {
  const { copies } = at
  const add = (row: string, more: number): void => {
    const sum = (copies.get(row) ?? 0) + more
    if (sum === 0) copies.delete(row)
    else copies.set(row, sum)
  }
  switch (change.kind) {
    case 'truncate':
      at.isTruncated = true
      copies.clear()
      return
    case 'delete':
      return add(change.key, -1)
    case 'insert':
      return add(change.key, 1)
    case 'update':
      add(change.oldKey ?? change.key, -1)
      return add(change.key, 1)
  }
}

function finished({ table, isTruncated, states, moved, copies }: Open): NetTable {
  const deleted: string[] = []
  const written = new Map<string, NetRow>()
  for (const [key, state] of states) {
    if (state === 'deleted') deleted.push(key)
    else written.set(key, state)
  }
  return { table, isTruncated, deleted, written, moved, copies }
}

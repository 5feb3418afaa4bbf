import type { Column } from '../../../contract/column.ts'
import type { NetRow, NetTable } from '../../api/change-applier.ts'
import type { OutgoingMessage } from '../client/messages.ts'
import { envelope, type Operation, UNAVAILABLE } from '../write/envelope.ts'
import { cellJson, cellsOf } from './cell-json.ts'

interface Topic {
  readonly topic: string
  /** Who tells the changes. */
  readonly reader: string
  readonly leftOut: ReadonlySet<string>
}

/** What is left to do for a table as messages in Debezium's form; a deleted key is followed by a message without value. */
export function* changeMessages(changes: NetTable, to: Topic): Generator<OutgoingMessage> {
  const { topic } = to
  const { table, isTruncated, deleted, written, moved, copies } = changes
  if (isTruncated) yield { topic, key: null, value: valueOf('t', '', to) }
  for (const key of [...deleted, ...moved.keys()]) {
    const name = keyOf(changes, key)
    yield { topic, key: name, value: valueOf('d', name.toString(), to) }
    yield { topic, key: name, value: null }
  }
  for (const row of [...written.values(), ...moved.values()]) {
    const cells = cellsOf(row.line)
    const key = Buffer.from(record(table.keys, cells, table.columns))
    yield { topic, key, value: valueOf('u', rowJson(cells, row, { columns: table.columns, leftOut: to.leftOut }), to) }
  }
  for (const [line, count] of copies) {
    const cells = cellsOf(line)
    const row = rowJson(cells, { unchanged: [] }, { columns: table.columns, leftOut: to.leftOut })
    const value = valueOf(count > 0 ? 'c' : 'd', row, to)
    for (let copy = 0; copy < Math.abs(count); copy++) yield { topic, key: null, value }
  }
}

function valueOf(op: Operation, row: string, { topic, reader }: Topic): Buffer {
  const { head, tail } = envelope(op, { name: reader, table: topic })
  return Buffer.from(`${head}${row}${tail}`)
}

function keyOf({ table: { keys, columns } }: NetTable, key: string): Buffer {
  const parts = cellsOf(key)
  return Buffer.from(`{${keys.map((position, i) => field(columns[position], parts[i] ?? '\\N')).join(',')}}`)
}

function record(positions: readonly number[], cells: readonly string[], columns: readonly Column[]): string {
  return `{${positions.map((position) => field(columns[position], cells[position] ?? '\\N')).join(',')}}`
}

function rowJson(
  cells: readonly string[],
  { unchanged }: Pick<NetRow, 'unchanged'>,
  { columns, leftOut }: { readonly columns: readonly Column[]; readonly leftOut: ReadonlySet<string> },
): string {
  const fields = columns.flatMap((column, i) => {
    if (leftOut.has(column.name)) return []
    const isSent = !unchanged.includes(i)
    return [isSent ? field(column, cells[i] ?? '\\N') : `${JSON.stringify(column.name)}:"${UNAVAILABLE}"`]
  })
  return `{${fields.join(',')}}`
}

function field(column: Column | undefined, cell: string): string {
  return `${JSON.stringify(column?.name ?? '')}:${cellJson(cell, column?.type ?? 'VARCHAR')}`
}

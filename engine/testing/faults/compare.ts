import { createHash } from 'node:crypto'
import type { FaultDatabase } from './fault-database.ts'

/** What source and target do not have in common; empty when every row of every table is there, once, with the same values. */
export async function differences(
  source: FaultDatabase,
  target: FaultDatabase,
  tables: readonly string[],
): Promise<string[]> {
  const found: string[] = []
  for (const table of tables) {
    const columns = await columnsOf(source, table)
    const [there, here] = [await rowsOf(source, table, columns), await rowsOf(target, table, columns)]
    if (hash(there) === hash(here)) continue
    found.push(`${table}: ${there.length} rows at the source, ${here.length} in the target`)
    found.push(...sample('missing', without(there, here)), ...sample('too much', without(here, there)))
  }
  return found
}

async function columnsOf(database: FaultDatabase, table: string): Promise<string[]> {
  const schema = database.kind === 'postgresql' ? 'public' : database.name
  const rows = await database.query(
    `SELECT column_name FROM information_schema.columns WHERE table_schema = '${schema}' AND table_name = '${table}' ORDER BY ordinal_position`,
  )
  return rows.map(([name]) => name ?? '')
}

/** Canonical: one text for each row, in the order of the texts. */
async function rowsOf(database: FaultDatabase, table: string, columns: readonly string[]): Promise<string[]> {
  const rows = await database.query(`SELECT ${columns.join(', ')} FROM ${table}`)
  return rows.map((row) => JSON.stringify(row)).toSorted()
}

function hash(rows: readonly string[]): string {
  return createHash('sha256').update(rows.join('\n')).digest('hex')
}

/** As bags: a row that is there twice is missed once when the other side has it once. */
function without(rows: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const row of others) left.set(row, (left.get(row) ?? 0) + 1)
  return rows.filter((row) => {
    const count = left.get(row) ?? 0
    left.set(row, count - 1)
    return count <= 0
  })
}

function sample(what: string, rows: readonly string[]): string[] {
  return rows.length === 0
    ? []
    : [
        `  ${what} ${rows.length}: ${rows
          .slice(0, 3)
          .map((row) => row.slice(0, 160))
          .join(' ')}`,
      ]
}

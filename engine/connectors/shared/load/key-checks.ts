import { Failure } from '../../../contract/failure.ts'
import type { Cell } from '../../../contract/page.ts'
import { KEYED_MODES, type WriteMode } from '../../../contract/write-mode.ts'
import { id, join, type Sql, sql, trusted } from '../../../sql/sql.ts'

const EXAMPLES = 5

/** @throws Failure `write.key_missing` when a keyed mode has no keys, or a key is not among the columns written. */
export function assertKeysGiven(request: {
  readonly dataset: string
  readonly mode: WriteMode
  readonly keys: readonly string[]
  readonly columns: readonly { readonly name: string }[]
}): void {
  const { dataset, mode, keys, columns } = request
  if (!KEYED_MODES.has(mode)) return
  if (keys.length === 0) throw new Failure('write.key_missing', { dataset, mode, reason: 'no key columns are given' })
  const absent = keys.filter((key) => columns.every((column) => column.name !== key))
  if (absent.length > 0) {
    throw new Failure('write.key_missing', { dataset, mode, reason: `the rows have no column ${absent.join(', ')}` })
  }
}

export interface StagedKeys {
  readonly dataset: string
  readonly stage: Sql
  /** Key columns as the stage names them. */
  readonly keys: readonly string[]
  /** Runs a query (plain SQL that every dialect takes) where the stage lives, in the transaction of the merge. */
  readonly rows: (query: Sql) => Promise<readonly (readonly Cell[])[]>
}

/**
 * Checks the keys of a full stage; call before the merge, in keyed modes.
 * @throws Failure `write.null_key`, `write.duplicate_key` with examples.
 */
export async function assertStagedKeys({ dataset, stage, keys, rows }: StagedKeys): Promise<void> {
  const columns = keys.map((key) => id(key))
  const list = keys.join(', ')
  const isNull = join(
    columns.map((key) => sql`${key} IS NULL`),
    ' OR ',
  )
  const [withNull] = await rows(sql`SELECT count(*) FROM ${stage} WHERE ${isNull}`)
  const nulls = shown(withNull?.[0] ?? 0)
  if (nulls !== '0') throw new Failure('write.null_key', { dataset, keys: list, rows: nulls })
  const doubles = await rows(
    sql`SELECT ${join(columns)}, count(*) FROM ${stage} GROUP BY ${join(columns)} HAVING count(*) > 1 LIMIT ${trusted(String(EXAMPLES))}`,
  )
  if (doubles.length === 0) return
  const examples = doubles
    .map((row) => `(${row.slice(0, -1).map(shown).join(', ')}) × ${shown(row.at(-1) ?? 0)}`)
    .join('; ')
  throw new Failure('write.duplicate_key', { dataset, keys: list, examples })
}

function shown(cell: Cell): string {
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}

import type { Reading } from '../connectors/api/reading.ts'
import type { Column } from '../contract/column.ts'
import { Failure } from '../contract/failure.ts'
import type { PolicyFile } from '../contract/policy-file.ts'
import type { PolicyRef } from '../contract/snapshot-policy.ts'
import type { Duck } from '../duck/duck.ts'
import { digestOfPolicy, masksOfPolicy } from '../govern/masking/policy.ts'
import { maskColumns, shuffledColumns } from '../pipeline/masking/mask-columns.ts'
import { id, join, type Sql, sql, trusted } from '../sql/sql.ts'

/** How rows are changed on their way into a snapshot. */
export interface Taking {
  /** Of the rows that are taken. */
  readonly columns: readonly Column[]
  /** Rows of the source as they may be written down. */
  readonly masked: (rows: Sql) => Sql
  /** All rows that were written down as they come into the snapshot. */
  readonly shuffled: (rows: Sql) => Sql
  /** Whether what is written down on the way may lie on a disk: values of shuffled columns are still in their rows then. */
  readonly mayRest: boolean
  readonly policy?: PolicyRef
}

export interface TakingRequest {
  /** `connection:name` */
  readonly dataset: string
  readonly policy?: { readonly name: string; readonly file: PolicyFile }
  readonly duck: Duck
}

const asItIs = (rows: Sql): Sql => rows

/** @throws Failure `mask.unfit` when the policy names a mask that a column cannot have. */
export async function planTaking({ policy, dataset, duck }: TakingRequest, reading: Reading): Promise<Taking> {
  const { columns } = reading
  if (policy === undefined) return { columns, masked: asItIs, shuffled: asItIs, mayRest: false }
  const masks = masksOfPolicy(policy.file, dataset, columns)
  const { list, shuffled, problems } = maskColumns(columns, masks)
  const [problem] = problems
  if (problem !== undefined) {
    throw new Failure('mask.unfit', { policy: policy.name, column: problem.column, reason: problem.reason })
  }
  const masked = (rows: Sql): Sql => sql`SELECT ${list} FROM (${rows}) AS unmasked_rows`
  const types = await duck.columns(masked(noRows(columns)))
  const taken = columns.map((column, i) => maskedColumn(column, types[i]))
  return {
    columns: taken,
    masked,
    shuffled: (rows) =>
      shuffled.length === 0
        ? rows
        : sql`WITH taken_rows AS MATERIALIZED (${rows}) SELECT * FROM ${shuffledColumns(sql`taken_rows`, taken, shuffled)}`,
    mayRest: shuffled.length === 0,
    policy: {
      name: policy.name,
      sha256: digestOfPolicy(policy.file),
      columns: masks.map(({ column, mask }) => ({ column, method: mask.method })),
    },
  }
}

export function noRows(columns: readonly Column[]): Sql {
  return sql`SELECT ${join(columns.map(({ name, type }) => sql`NULL::${trusted(type)} AS ${id(name)}`))} WHERE false`
}

/** What was known about the column does not hold for another type. */
function maskedColumn(column: Column, masked: Column | undefined): Column {
  return masked === undefined || masked.type === column.type ? column : masked
}

import { z } from 'zod'
import { materialise } from '../../connectors/api/materialise.ts'
import type { ReadRequest } from '../../connectors/api/reading.ts'
import type { Session } from '../../connectors/api/session.ts'
import type { Shown } from '../../contract/api/data.ts'
import type { Column } from '../../contract/column.ts'
import { REJECT_COLUMNS, rejectSchema } from '../../contract/reject.ts'
import type { Duck } from '../../duck/duck.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { id, join, literal, type Sql, sql } from '../../sql/sql.ts'

export interface ShowRequest {
  readonly session: Session
  readonly dataset: string
  /** Parsed by the connector's `source` schema. */
  readonly options: unknown
  readonly limitRows: number
  /** Whether reading to the end is cheap enough to count the rows and to find every reject. */
  readonly isSmall: boolean
  readonly signal?: AbortSignal
}

const MEMORY_MB = 512
const REJECT_LIMIT = 1_000

/** The first rows of a dataset, with its rejects, what was detected, and how many rows it has where that is cheap to know. */
export async function showDataset(request: ShowRequest): Promise<Shown> {
  const { session, dataset, options, limitRows, isSmall, signal } = request
  const call = signal === undefined ? {} : { signal }
  await using duck = await openDuck({ memoryLimitMb: MEMORY_MB })
  const described = await session.describe(dataset, options, signal)
  const read: ReadRequest = { dataset, options, duck, ...call, ...(isSmall ? {} : { limitRows: limitRows + 1 }) }
  await using reading = await session.read(read)
  const { relation, rejects } = await materialise(duck, reading, 'shown', signal)
  const columns = reading.columns.filter(({ hidden }) => hidden !== true)
  const page = await duck.rows(sql`SELECT ${names(columns)} FROM ${relation} LIMIT ${literal(limitRows)}`, call)
  const counted = Number(await duck.value(sql`SELECT count(*) FROM ${relation}`, call))
  const encoding = detectedText(described.detected?.['encoding'])
  return {
    columns,
    rows: page.rows,
    rowCount: isSmall || counted <= limitRows ? counted : null,
    rejects: await rejectsOf(duck, rejects),
    ...(encoding === undefined ? {} : { encoding }),
    ...(described.detected === undefined ? {} : { detected: described.detected }),
    warnings: [...new Set([...described.warnings, ...reading.warnings])],
  }
}

/** A dataset with no columns (an empty file) has no rows to select either. */
function names(columns: readonly Column[]): Sql {
  return columns.length === 0 ? sql`NULL` : join(columns.map(({ name }) => id(name)))
}

async function rejectsOf(duck: Duck, rejects: Sql): Promise<Shown['rejects']> {
  const columns = join(REJECT_COLUMNS.map((name) => id(name)))
  const { rows } = await duck.rows(sql`SELECT ${columns} FROM ${rejects} LIMIT ${literal(REJECT_LIMIT)}`)
  return rows.map((row) => rejectSchema.parse(Object.fromEntries(REJECT_COLUMNS.map((name, i) => [name, row[i]]))))
}

const detectedSchema = z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])

/** Connectors say what they detected as a value, or as a value with its confidence. */
function detectedText(found: unknown): string | undefined {
  return detectedSchema.safeParse(found).data
}

import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { columnSchema } from '../column.ts'
import { openedSchema } from '../cursor.ts'
import { procedure } from './procedure.ts'

/**
 * One read-only statement of DuckDB's SQL over the datasets of the workspace. A dataset is written `connection."name"`; a table of
 * a database also `connection.schema.table`. Only datasets that the statement names are opened.
 */
const query = z.object({
  sql: z.string().min(1).max(1_000_000),
  /** From snapshots instead of the systems. */
  offline: z.boolean().optional(),
  environment: z.string().optional(),
})

/** Offsets count UTF-16 units from the beginning of the text. */
const problemSchema = z.object({
  message: z.string(),
  severity: z.enum(['error', 'warning']),
  start: z.int(),
  end: z.int(),
})
export type SqlProblem = z.infer<typeof problemSchema>

const completionSchema = z.object({
  label: z.string(),
  /** Replaces the text from `start` to the place asked about. */
  insert: z.string(),
  start: z.int(),
  kind: z.enum(['keyword', 'function', 'connection', 'schema', 'dataset', 'column', 'type']),
  /** A column's type, a dataset's comment. */
  detail: z.string().optional(),
})
export type SqlCompletion = z.infer<typeof completionSchema>

const historyEntrySchema = z.object({
  sql: z.string(),
  /** ISO 8601. */
  at: z.string(),
  elapsedMs: z.number(),
  outcome: z.enum(['ok', 'failed']),
  /** Why it failed. */
  message: z.string().optional(),
})
export type SqlHistoryEntry = z.infer<typeof historyEntrySchema>

export const sqlProcedures = {
  /** Opens a cursor over the result, read with `data.rows`. */
  run: procedure
    .input(
      query.extend({
        /** A name made up by the caller, under which `progress` tells how far reading is. */
        watch: z.string().min(1).max(100).optional(),
      }),
    )
    .output(openedSchema),
  /** Rows that a run has read of each dataset of a server so far, whenever more have come; ends when the run is open or failed. */
  progress: procedure
    .input(z.object({ watch: z.string().min(1).max(100) }))
    .output(eventIterator(z.record(z.string(), z.string()))),
  /** What may be typed at an offset, best first. */
  complete: procedure
    .input(query.extend({ sql: z.string().max(1_000_000), offset: z.int().min(0) }))
    .output(z.array(completionSchema)),
  /** What is wrong with a statement, without running it, and the columns it would have when nothing is. */
  check: procedure
    .input(query.extend({ sql: z.string().max(1_000_000) }))
    .output(z.object({ problems: z.array(problemSchema), columns: z.array(columnSchema).optional() })),
  /** DuckDB's plan as it prints it; with `analyze` after running the statement. */
  explain: procedure.input(query.extend({ analyze: z.boolean().optional() })).output(z.object({ text: z.string() })),
  /** Statements that were run in this workspace, newest first. */
  history: procedure
    .input(z.object({ search: z.string().optional(), limit: z.int().min(1).max(1_000).default(100) }))
    .output(z.array(historyEntrySchema)),
}

import { z } from 'zod'
import { columnSchema } from './column.ts'
import { cellSchema } from './page.ts'

const sortSchema = z.object({ column: z.string(), direction: z.enum(['ascending', 'descending']) })

/** Operators of a structured condition. The text ones compare the value as text and ignore case. */
const FILTER_OPERATORS = [
  'equal',
  'not_equal',
  'less',
  'at_most',
  'greater',
  'at_least',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'matches',
  'in',
  'is_null',
  'is_not_null',
  'is_empty',
  'is_not_empty',
] as const

const filterValueSchema = z.union([z.string(), z.number(), z.boolean()])

/** All conditions of a list must hold. */
export const filterSchema = z.union([
  z.strictObject({
    column: z.string(),
    operator: z.enum(FILTER_OPERATORS),
    /** A list for `in`; none for the `is_` operators. `equal` and its kin compare by the column's type, so text is fine for all types. */
    value: z.union([filterValueSchema, z.array(filterValueSchema)]).optional(),
  }),
  /** A condition in SQL over the columns; checked to be one expression before it is used. */
  z.strictObject({ sql: z.string().min(1) }),
])
export type Filter = z.infer<typeof filterSchema>

/** How the rows of a cursor are ordered and chosen. */
export const arrangementSchema = z.object({
  sort: z.array(sortSchema).optional(),
  filter: z.array(filterSchema).optional(),
})
export type Arrangement = z.infer<typeof arrangementSchema>

/** An open result that is read page by page. Closed by `data.close`, when idle for long, or with the connection to the engine. */
export const openedSchema = z.object({
  cursor: z.string(),
  columns: z.array(columnSchema),
  /** Under the filter; null while it is not known yet. */
  rowCount: z.number().nullable(),
  warnings: z.array(z.string()),
  /** Of text files. */
  encoding: z.string().optional(),
  /** What else was detected and can be overridden, with its confidence. */
  detected: z.record(z.string(), z.unknown()).optional(),
  /** Set when the rows come from a snapshot: when it was taken. */
  snapshotTakenAt: z.string().optional(),
  elapsedMs: z.number(),
})
export type Opened = z.infer<typeof openedSchema>

export const cursorPageSchema = z.object({
  /** The rows from `offset` on; fewer than asked for at the end, or where reading has not come so far yet. */
  rows: z.array(z.array(cellSchema)),
  /** Cells of which only the beginning is in `rows`; `data.cell` gives the whole. `row` counts from the page's first. */
  cut: z.array(z.object({ row: z.int(), column: z.int(), characters: z.number() })),
  rowCount: z.number().nullable(),
  /** Rows that can be paged to now. Grows while the source is still being read. */
  availableRows: z.number(),
  /** Rows of the source that could not be read so far; see `data.rejects`. */
  rejected: z.number(),
  /** Still being read or sorted. */
  isReading: z.boolean(),
  /** What came up since opening. */
  warnings: z.array(z.string()),
})
export type CursorPage = z.infer<typeof cursorPageSchema>

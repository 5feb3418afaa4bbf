import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { columnSchema } from '../column.ts'
import { arrangementSchema, cursorPageSchema, openedSchema } from '../cursor.ts'
import { datasetRefSchema } from '../dataset.ts'
import { cellSchema } from '../page.ts'
import { rejectSchema } from '../reject.ts'
import { procedure } from './procedure.ts'

/** The first rows of a dataset and all that is known about how it was read. */
export const shownSchema = z.object({
  columns: z.array(columnSchema),
  rows: z.array(z.array(cellSchema)),
  /** Rows of the whole dataset without rejects; null where counting would mean reading a large source to its end. */
  rowCount: z.number().nullable(),
  /** Of the part that was read; at most 1,000. */
  rejects: z.array(rejectSchema),
  /** Of text files. */
  encoding: z.string().optional(),
  /** What else was detected and can be overridden, with its confidence. */
  detected: z.record(z.string(), z.unknown()).optional(),
  warnings: z.array(z.string()),
})
export type Shown = z.infer<typeof shownSchema>

const options = z.record(z.string(), z.json()).optional()
const environment = z.string().optional()
const cursor = z.string()

const fromDatasetSchema = z.strictObject({ dataset: datasetRefSchema })

/** A file of the engine's machine by its absolute path; needs no workspace. */
const fromFileSchema = z.strictObject({
  file: z.string(),
  kind: z.string().optional(),
  /** Which table of a database file. */
  dataset: z.string().optional(),
})

const fromStoredSchema = z.union([fromDatasetSchema, fromFileSchema])

/** Where rows come from. SQL is read like that of `sql.run`. */
export const rowsFromSchema = z.union([fromDatasetSchema, fromFileSchema, z.strictObject({ sql: z.string().min(1) })])
export type RowsFrom = z.infer<typeof rowsFromSchema>

/** One option of an import with what was found out about it. */
const detectedOptionSchema = z.object({
  /** Of the kind's `sourceOptions`. */
  name: z.string(),
  /** What is used now. */
  value: z.json(),
  origin: z.enum(['given', 'detected', 'default']),
  /** What detection says; absent for options that are not detected. */
  detected: z.json().optional(),
  /** 0 to 1. */
  confidence: z.number().optional(),
  alternatives: z.array(z.object({ value: z.json(), confidence: z.number().optional() })),
})
export type DetectedOption = z.infer<typeof detectedOptionSchema>

export const detectionSchema = z.object({
  kind: z.string(),
  options: z.array(detectedOptionSchema),
  columns: z.array(columnSchema),
  rows: z.array(z.array(cellSchema)),
  /** Among the rows that were read for the preview; `raw` is the line's bytes in hex where it could not be split. */
  rejects: z.array(rejectSchema),
  warnings: z.array(z.string()),
})
export type Detection = z.infer<typeof detectionSchema>

export const EXPORT_FORMATS = ['csv', 'json', 'ndjson', 'parquet', 'xlsx', 'sql', 'markdown'] as const

const exportEventSchema = z.object({
  rows: z.number(),
  rowCount: z.number().nullable(),
  /** The last event; then `file` or `text` is set. */
  isDone: z.boolean(),
  file: z.string().optional(),
  sizeBytes: z.number().optional(),
  text: z.string().optional(),
})
export type ExportEvent = z.infer<typeof exportEventSchema>

export const dataProcedures = {
  /** Shows a dataset of a connection, or a file of the engine's machine by its absolute path, with no workspace needed. */
  show: procedure
    .input(
      z.object({ from: fromStoredSchema, options, limitRows: z.int().min(0).max(100_000).default(50), environment }),
    )
    .output(shownSchema),
  /** Opens a cursor. Reading goes on in the background: the first page does not wait for the last row. */
  open: procedure
    .input(arrangementSchema.extend({ from: rowsFromSchema, options, environment, offline: z.boolean().optional() }))
    .output(openedSchema),
  /** Other order or filter of an open cursor, over what was read already. Ends what the cursor was doing. */
  arrange: procedure.input(arrangementSchema.extend({ cursor })).output(openedSchema),
  /** A page. At most four calls on one cursor are under way: a newer one ends the oldest with `work.cancelled`. */
  rows: procedure
    .input(z.object({ cursor, offset: z.number().min(0), limit: z.int().min(0).max(10_000) }))
    .output(cursorPageSchema),
  /** One value, whole. `row` counts from the cursor's first row. */
  cell: procedure.input(z.object({ cursor, row: z.number().min(0), column: z.int().min(0) })).output(
    z.object({
      value: cellSchema,
      /** DuckDB's. */
      type: z.string(),
    }),
  ),
  /** Rows of the source that could not be read, in the order found. */
  rejects: procedure
    .input(z.object({ cursor, offset: z.int().min(0).default(0), limit: z.int().min(1).max(10_000).default(200) }))
    .output(z.object({ rejects: z.array(rejectSchema), total: z.number() })),
  close: procedure.input(z.object({ cursor })).output(z.object({ closed: z.boolean() })),
  /**
   * All rows of a cursor, or a range of them, in its order, to a file or (without `file`, at most 10,000 rows) as text.
   * `csv`, `json`, `ndjson`, `sql` and `markdown` can be text. The file must not exist unless `overwrite` is set.
   */
  export: procedure
    .input(
      z.object({
        cursor,
        format: z.enum(EXPORT_FORMATS),
        file: z.string().optional(),
        overwrite: z.boolean().optional(),
        columns: z.array(z.string()).min(1).optional(),
        range: z.object({ offset: z.number().min(0), limit: z.int().min(0) }).optional(),
        /** The table named by INSERT statements. */
        table: z.string().optional(),
        /** CSV: puts an apostrophe before texts that a spreadsheet would take for a formula. They are then not what they were. */
        escapeFormulas: z.boolean().optional(),
      }),
    )
    .output(eventIterator(exportEventSchema)),
  /** How a text file, a workbook or JSON would be read with these options: every option, and what comes out. */
  detect: procedure
    .input(
      z.object({ from: fromStoredSchema, options, limitRows: z.int().min(0).max(1_000).default(100), environment }),
    )
    .output(detectionSchema),
}

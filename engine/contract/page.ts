import { z } from 'zod'
import { columnSchema } from './column.ts'

/**
 * One value as it travels. Booleans, 32-bit integers and finite doubles are JSON's own; BIGINT and wider, DECIMAL,
 * dates and times, NaN and infinities are text; LIST is an array and STRUCT an object of the same.
 */
export const cellSchema = z.json()
export type Cell = z.infer<typeof cellSchema>

/** Some rows of a result: `rows[r][c]` belongs to `columns[c]`. */
export const pageSchema = z.object({ columns: z.array(columnSchema), rows: z.array(z.array(cellSchema)) })
export type Page = z.infer<typeof pageSchema>

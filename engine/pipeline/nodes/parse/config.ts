import { z } from 'zod'
import { columnNameSchema, oneInput } from '../../node-ports.ts'

export const parseFieldSchema = z.strictObject({
  column: columnNameSchema,
  /** The name of the parsed column; it replaces the text by default. */
  to: columnNameSchema.optional(),
  /** What the text is to become. STRUCT, LIST, MAP and JSON are read as JSON text. */
  type: z.string(),
  /** For dates and times: strptime formats, tried in this order. DuckDB's own form when there are none. */
  formats: z.array(z.string().min(1)).optional(),
  /** For numbers. */
  decimal: z.enum(['.', ',']).default('.'),
  thousands: z.enum(['', ',', '.', ' ', "'", '_']).default(''),
  /** What a blank text is. */
  blank: z.enum(['null', 'reject']).default('null'),
})
export type ParseField = z.infer<typeof parseFieldSchema>

/** Texts to typed values. A row with a text that does not fit goes to `rejects`. */
export const parseConfig = z.strictObject({ ...oneInput, fields: z.array(parseFieldSchema).min(1) })
export type ParseConfig = z.infer<typeof parseConfig>

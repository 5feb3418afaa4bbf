import { z } from 'zod'

const delimiterSchema = z
  .string()
  .min(1)
  .max(8)
  .refine((text) => !/["\r\n]/.test(text), 'a delimiter holds no quote and no line end')

const oneByteSchema = z.string().regex(/^[\x20-\x7e]?$/, 'one ASCII character, or empty')

const compressionSchema = z.enum(['none', 'gzip', 'zstd'])
export type Compression = z.infer<typeof compressionSchema>

/** A DuckDB type, or one with the strptime format its values have. */
const declaredTypeSchema = z.union([z.string(), z.strictObject({ type: z.string(), format: z.string().optional() })])

/** What a source node may say about a delimited file. Everything left out is detected; `describe` shows what was found. */
export const textSourceSchema = z.strictObject({
  encoding: z.string().optional(),
  compression: compressionSchema.optional(),
  delimiter: delimiterSchema.optional(),
  /** Empty: nothing is quoted. */
  quote: oneByteSchema.optional(),
  /** What makes a quote inside a quoted value plain: the quote itself (doubled) or a backslash. */
  escape: oneByteSchema.optional(),
  /** A quote inside a value that is not quoted: refuse the row, or take it as it is. */
  strayQuotes: z.enum(['reject', 'keep']).default('reject'),
  /** Lines before the header. */
  skipRows: z.int().min(0).optional(),
  /** Header lines: true is 1, false 0. Several are joined into one name. */
  header: z.union([z.boolean(), z.int().min(0).max(20)]).optional(),
  /** Lines after the last row. */
  footerRows: z.int().min(0).max(1_000).optional(),
  /** Names instead of the file's own. */
  columns: z.array(z.string().min(1)).min(1).optional(),
  /** Unquoted texts that mean NULL. */
  nullValues: z.array(z.string()).default(['']),
  /** What `""` is. */
  quotedEmpty: z.enum(['text', 'null']).default('text'),
  /** By column. Other columns are typed from the first rows, or are all text when `inferTypes` is off. */
  types: z.record(z.string(), declaredTypeSchema).default({}),
  inferTypes: z.boolean().default(true),
  /** Take away the apostrophe that `escapeFormulas` of a target put before values a spreadsheet would run. */
  formulaEscapes: z.enum(['keep', 'remove']).default('keep'),
  /** When a value does not fit its column: refuse the row, read the whole column as text, or stop. */
  onTypeError: z.enum(['reject', 'widen', 'stop']).default('reject'),
  /** Rows that types are inferred from. */
  sampleRows: z.int().min(1).max(1_000_000).default(20_000),
})
export type TextSourceOptions = z.infer<typeof textSourceSchema>

/** How a target node wants its file written. */
export const textTargetSchema = z.strictObject({
  encoding: z.string().default('utf-8'),
  compression: compressionSchema.optional(),
  delimiter: delimiterSchema.optional(),
  quote: z
    .string()
    .regex(/^[\x21-\x7e]$/, 'one ASCII character')
    .default('"'),
  quoting: z.enum(['minimal', 'all', 'non_numeric']).default('minimal'),
  header: z.boolean().default(true),
  lineEnd: z.enum(['lf', 'crlf']).default('lf'),
  /** Text of NULL, never quoted. The empty text is written quoted where this is empty. */
  nullText: z.string().default(''),
  /** Puts an apostrophe before values that a spreadsheet would run: those that start with = + - @ tab or CR. */
  escapeFormulas: z.boolean().default(false),
})
export type TextTargetOptions = z.infer<typeof textTargetSchema>

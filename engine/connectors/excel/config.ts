import { z } from 'zod'
import { parseNestedType } from '../shared/nested-type.ts'

export const EXTENSIONS: readonly string[] = ['.xlsx', '.xlsm', '.xlsb', '.xls']

const isLeaf = (text: string): boolean => parseNestedType(text)?.kind === 'leaf'

export const sourceSchema = z.strictObject({
  /** The row that holds the column names, as Excel numbers it; `none`: columns are named by their letters. */
  headerRow: z.union([z.literal('auto'), z.literal('none'), z.int().min(1)]).default('auto'),
  /** Types that replace the inferred ones. */
  columns: z.record(z.string().min(1), z.string().refine(isLeaf, 'not a type Runnel reads from a cell')).optional(),
  /** Cells with an error (#REF! …) or a formula without a stored result: the row is refused, or the cell read as NULL. */
  errors: z.enum(['reject', 'null']).default('reject'),
  /** Rows and columns that are hidden in Excel. They are flagged in either case. */
  hidden: z.enum(['include', 'skip']).default('include'),
  /** How many rows are looked at to infer the types. */
  sampleRows: z.int().min(1).max(1_048_576).default(20_000),
})
export type ExcelSourceOptions = z.infer<typeof sourceSchema>

export const targetSchema = z.strictObject({
  /** The sheet's name, where the dataset does not name one. */
  sheet: z
    .string()
    .min(1)
    .max(31)
    .regex(/^[^\\/?*[\]:]+$/, 'a sheet name must not hold \\ / ? * [ ] :')
    .optional(),
  /** Rows beyond Excel's 1,048,576: the load is refused, or goes on in further sheets. */
  overflow: z.enum(['refuse', 'split']).default('refuse'),
  /** A workbook that holds other sheets may be replaced as a whole. */
  replaceWorkbook: z.boolean().default(false),
})
export type ExcelTargetOptions = z.infer<typeof targetSchema>

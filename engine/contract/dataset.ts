import { z } from 'zod'
import { columnSchema } from './column.ts'

/** `connection:name`. The name is the connector's own: `public.orders`, `orders.csv`, `Sheet1!A1:F20`. */
export const datasetRefSchema = z.string().regex(/^[^:\s][^:]*:.+$/s, 'a dataset is written connection:name')

export interface DatasetRef {
  readonly connection: string
  readonly name: string
}

/** Splits at the first colon; names may contain more. */
export function parseDatasetRef(text: string): DatasetRef {
  const colon = text.indexOf(':')
  return { connection: text.slice(0, colon), name: text.slice(colon + 1) }
}

/** Parts of a dotted name; a part in double quotes may contain dots, `""` is one quote. */
export function parseQualifiedName(name: string): string[] {
  const parts: string[] = []
  for (const match of name.matchAll(/(?:^|\.)(?:"((?:[^"]|"")*)"|([^."]*))/gy)) {
    parts.push(match[1] !== undefined ? match[1].replaceAll('""', '"') : (match[2] ?? ''))
  }
  return parts
}

/** The inverse of `parseQualifiedName`; quotes only where needed. */
export function printQualifiedName(parts: readonly string[]): string {
  return parts.map((part) => (/^[^".\s]+$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`)).join('.')
}

export const datasetKindSchema = z.enum(['table', 'view', 'file', 'sheet', 'range'])

/** One line of a listing. */
export const datasetSummarySchema = z.object({
  name: z.string(),
  kind: datasetKindSchema,
  schema: z.string().optional(),
  /** What the system's own statistics say; may be far off. Text: it may exceed 2^53. */
  rowEstimate: z.string().optional(),
  sizeBytes: z.number().optional(),
  comment: z.string().optional(),
})
export type DatasetSummary = z.infer<typeof datasetSummarySchema>

const datasetKeySchema = z.object({
  name: z.string(),
  kind: z.enum(['primary', 'unique', 'foreign']),
  columns: z.array(z.string()),
  references: z.object({ dataset: z.string(), columns: z.array(z.string()) }).optional(),
})

/** Everything known about a dataset without reading its rows. */
export const datasetSchemaSchema = z.object({
  columns: z.array(columnSchema),
  keys: z.array(datasetKeySchema),
  comment: z.string().optional(),
  rowEstimate: z.string().optional(),
  /** What was detected and can be overridden (encoding, dialect, header): shown with its confidence. */
  detected: z.record(z.string(), z.unknown()).optional(),
  warnings: z.array(z.string()),
})
export type DatasetSchema = z.infer<typeof datasetSchemaSchema>

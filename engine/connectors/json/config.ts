import { z } from 'zod'
import { parseNestedType } from '../shared/nested-type.ts'

export const EXTENSIONS: readonly string[] = ['.json', '.ndjson', '.jsonl', '.geojson'].flatMap((plain) => [
  plain,
  `${plain}.gz`,
  `${plain}.zst`,
])

const formatSchema = z.enum(['json', 'ndjson'])
export type JsonFormat = z.infer<typeof formatSchema>

const typeSchema = z.string().refine((text) => parseNestedType(text) !== undefined, 'not a type Runnel reads from JSON')

export const sourceSchema = z
  .strictObject({
    /** One document, or one value per line. Default: by the file's name. */
    format: formatSchema.optional(),
    /** Where the records lie: `$.data.items`. */
    path: z.string().regex(/^\$/, 'a path begins with $').optional(),
    /** Types that replace the inferred ones. A column named here that no record has is NULL. */
    columns: z.record(z.string().min(1), typeSchema).optional(),
    /** How many records are looked at to infer the types. */
    sampleRows: z.int().min(1).max(1_000_000).default(20_000),
    /** What happens to a key that no sampled record had. */
    unknownKeys: z.enum(['reject', 'ignore']).default('reject'),
    /** A record that has a key twice: refused, or its last value taken. */
    duplicateKeys: z.enum(['reject', 'last']).default('reject'),
  })
  .refine(({ format, path }) => format !== 'ndjson' || path === undefined, 'a path needs the format json')
export type JsonSourceOptions = z.infer<typeof sourceSchema>

export const targetSchema = z.strictObject({
  format: formatSchema.optional(),
  /** Indents the document; only for the format json. */
  pretty: z.boolean().default(false),
  /** BIGINT, HUGEINT and DECIMAL as JSON numbers with all their digits, or as text for readers that would round them. */
  numbers: z.enum(['exact', 'text']).default('exact'),
  /** NaN and infinities, which JSON does not have: refused, null, or text. */
  nonFinite: z.enum(['refuse', 'null', 'text']).default('refuse'),
})
export type JsonTargetOptions = z.infer<typeof targetSchema>

/** The format of a file by its name, unless it was said. */
export function formatOf(fileName: string, said: JsonFormat | undefined): JsonFormat {
  return said ?? (/\.(?:ndjson|jsonl)(?:\.(?:gz|zst))?$/i.test(fileName) ? 'ndjson' : 'json')
}

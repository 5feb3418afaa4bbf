import { z } from 'zod'
import { parseNestedType } from '../shared/nested-type.ts'
import { isName } from './names.ts'
import { parseRecordPath } from './record-path.ts'

export const EXTENSIONS: readonly string[] = ['.xml', '.xml.gz', '.xml.zst']

const typeSchema = z.string().refine((text) => parseNestedType(text) !== undefined, 'not a type Runnel reads from XML')
const pathSchema = z
  .string()
  .refine(
    (text) => parseRecordPath(text) !== undefined,
    'not a path to elements like /orders/order or //item[@kind="a"]',
  )

export const sourceSchema = z.strictObject({
  /** Which elements are the records: `/orders/order`, `//item[@kind="a"]`. Default: the outermost element that repeats. */
  path: pathSchema.optional(),
  /** What a prefix in the path stands for. A prefix that is not here is taken as the file writes it. */
  namespaces: z.record(z.string().min(1), z.string().min(1)).optional(),
  /** Adds the attributes of the elements around a record, as `orders@date`. */
  ancestors: z.boolean().default(false),
  /** Default: by byte order mark or declaration. */
  encoding: z.string().optional(),
  /** Types that replace the inferred ones. A column named here that no record has is NULL. */
  columns: z.record(z.string().min(1), typeSchema).optional(),
  /** How many records are looked at to infer the types. */
  sampleRows: z.int().min(1).max(1_000_000).default(20_000),
  /** What happens to an element or attribute that no sampled record had. */
  unknownFields: z.enum(['reject', 'ignore']).default('reject'),
})
export type XmlSourceOptions = z.infer<typeof sourceSchema>

const nameSchema = z.string().refine(isName, 'not a name of an element')

export const targetSchema = z.strictObject({
  /** The element around all records. */
  root: nameSchema.default('rows'),
  /** The element of a record. */
  record: nameSchema.default('row'),
  /** Columns that become attributes of the record's element; the others become elements in it. */
  attributes: z.array(z.string().min(1)).default([]),
  /** One element per line, indented. */
  pretty: z.boolean().default(true),
})
export type XmlTargetOptions = z.infer<typeof targetSchema>

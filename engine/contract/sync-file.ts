import { z } from 'zod'

/** What is done when the source changes the structure of a table. Dropped columns stay in the target, without new values. */
const structureSchema = z.strictObject({
  /** A new column is added to the target, left out, or the sync waits for a decision. */
  add: z.enum(['apply', 'ignore', 'pause']).default('apply'),
  drop: z.enum(['ignore', 'pause']).default('ignore'),
  /** Another type: the target's column is widened where every value fits, or the sync waits. */
  type: z.enum(['apply', 'pause']).default('apply'),
})

/** `syncs/<name>.yaml`: tables of one system that follow those of another. */
export const syncFileSchema = z.strictObject({
  version: z.literal(1),
  description: z.string().optional(),
  /** Whose values the connections have; the workspace's default when absent. */
  environment: z.string().optional(),
  /** Names of connections. */
  source: z.string(),
  target: z.string(),
  tables: z
    .strictObject({
      /** Qualified names; `*` stands for any text. */
      include: z.array(z.string().min(1)).min(1).default(['*']),
      exclude: z.array(z.string().min(1)).default([]),
    })
    .prefault({}),
  /** How a table of the source is called in the target. */
  rename: z
    .strictObject({
      /** Instead of the source's schema; absent: the schema that the target's connection names. */
      schema: z.string().optional(),
      prefix: z.string().default(''),
      suffix: z.string().default(''),
      case: z.enum(['keep', 'lower', 'upper']).default('keep'),
    })
    .prefault({}),
  /** A target table that holds rows before the first copy: not touched, or emptied, or its rows are kept beside and under those that come. */
  existing: z.enum(['refuse', 'replace', 'keep']).default('refuse'),
  structure: structureSchema.prefault({}),
  /** A table that fails in a way that does not pass by itself stops the sync, or is left out until it is copied again. */
  failedTable: z.enum(['stop', 'leave_out']).default('stop'),
  /** Rows of a table that are copied at once; each such piece is a place to resume at. */
  chunkRows: z.int().min(1_000).max(50_000_000).default(500_000),
  /** Changes are applied this long after the first of them, or sooner when many wait. */
  flushMs: z.int().min(1).max(60_000).default(10),
})
export type SyncFile = z.infer<typeof syncFileSchema>
export type StructurePolicy = SyncFile['structure']

import { z } from 'zod'

/** What is done when the source changes the structure of a table. Dropped columns stay in the target, without new values. */
const structureSchema = z.strictObject({
  /** A new column is added to the target, left out, or the sync waits for a decision. */
  add: z.enum(['apply', 'ignore', 'pause']).default('apply'),
  drop: z.enum(['ignore', 'pause']).default('ignore'),
  /** Another type: the target's column is widened where every value fits, or the sync waits. */
  type: z.enum(['apply', 'pause']).default('apply'),
})

export const BATCH_MODES = ['full', 'incremental', 'mirror'] as const

/** How a table is kept up without its changes being told. */
const loadSettings = {
  /**
   * Of a table that holds rows. `swap`: readers see the old ones until all new ones are there, in one load; `truncate`: the table is emptied
   * and fills before their eyes, in pieces that an interrupted load goes on behind.
   */
  load: z.enum(['swap', 'truncate']).optional(),
  /** Of `incremental`: the column that grows with every change of a row; of several names the first that a table has. */
  cursor: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  /** How far before the last cursor rows are read once more: a time for dates and times, else a number. */
  lookBack: z.union([z.string().regex(/^\d+(ms|s|m|h|d)$/), z.number().min(0)]).optional(),
  /** What tells rows apart where the source names no primary key. */
  keys: z.array(z.string().min(1)).min(1).optional(),
  deletes: z
    .strictObject({
      /** SQL over a row of the source, true for one that is gone: a soft-delete flag, a tombstone. */
      when: z.string().min(1).optional(),
      /** What becomes of it in the target; `mark` keeps it and notes the time in `column`. */
      as: z.enum(['delete', 'keep', 'mark']).default('delete'),
      column: z.string().min(1).default('deleted_at'),
    })
    .optional(),
  /** The target keeps every version of a row (SCD type 2), with the time from which and up to which it held. */
  history: z
    .strictObject({
      validFrom: z.string().min(1).default('valid_from'),
      validTo: z.string().min(1).default('valid_to'),
      isCurrent: z.string().min(1).default('is_current'),
    })
    .optional(),
}

const overrideSchema = z.strictObject({
  /** Patterns as under `tables`. */
  tables: z.array(z.string().min(1)).min(1),
  mode: z.enum(BATCH_MODES).optional(),
  ...loadSettings,
})

const querySchema = z.strictObject({
  /** What the result is called in the target, before `rename`. */
  name: z.string().min(1),
  /** One SELECT in the source's own SQL. Of `incremental`, `$since` and `$until` stand for the range of the cursor that is read. */
  query: z.string().min(1),
  mode: z.enum(BATCH_MODES).default('full'),
  /** Where the first load of `incremental` begins. */
  from: z.string().min(1).optional(),
  ...loadSettings,
})

const ONLY_IN_BATCHES = ['load', 'cursor', 'lookBack', 'keys', 'deletes', 'history', 'overrides', 'queries'] as const

/** `syncs/<name>.yaml`: tables of one system that follow those of another. */
export const syncFileSchema = z
  .strictObject({
    version: z.literal(1),
    description: z.string().optional(),
    /** Whose values the connections have; the workspace's default when absent. */
    environment: z.string().optional(),
    /** Names of connections. */
    source: z.string(),
    target: z.string(),
    /**
     * `changes` follows the source's log; `full` copies everything each time; `incremental` what has a newer cursor; `mirror` what
     * differs, and deletes what is gone.
     */
    mode: z.enum(['changes', ...BATCH_MODES]).default('changes'),
    ...loadSettings,
    /** Other settings for some tables; the first that fits a table counts. Not with `changes`. */
    overrides: z.array(overrideSchema).default([]),
    /** Results of queries that are kept up like tables. Not with `changes`. */
    queries: z.array(querySchema).default([]),
    /** A table that comes to the source later: copied, left alone, or the sync waits. Not with `changes`, which copies it. */
    newTables: z.enum(['copy', 'ignore', 'pause']).default('copy'),
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
        /** Regular expressions and what takes the place of each match (`$1` is a group), before prefix and suffix. */
        replace: z
          .array(
            z.strictObject({ pattern: z.string().min(1).refine(isRegExp, 'not a regular expression'), by: z.string() }),
          )
          .default([]),
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
    /** What tables of databases get in the target once their rows are in. Tables copied whole each time get no foreign keys. */
    carry: z
      .strictObject({
        /** Unique keys, too. */
        indexes: z.boolean().default(true),
        foreignKeys: z.boolean().default(true),
        comments: z.boolean().default(true),
      })
      .prefault({}),
    /** What is read from the source at the same time: tables, and chunks of one table. Not with `changes`. */
    parallel: z
      .strictObject({
        tables: z.int().min(1).max(16).default(2),
        chunks: z.int().min(1).max(8).default(2),
      })
      .prefault({}),
    /** How much the source may be asked for; all tables together. Not with `changes`. */
    throttle: z
      .strictObject({
        rowsPerSecond: z.int().min(1).optional(),
        megabytesPerSecond: z.number().positive().optional(),
        /** Times of day at which it may be read: `22:00-06:00`. At any time when there is none. */
        windows: z.array(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/)).default([]),
        timeZone: z.string().refine(isTimeZone, 'not a time zone').optional(),
      })
      .prefault({}),
    /** Where the source's clocks are whose times name no zone. */
    timeZone: z.string().refine(isTimeZone, 'not a time zone').default('UTC'),
    /** Changes are applied this long after the first of them, or sooner when many wait. */
    flushMs: z.int().min(1).max(60_000).default(10),
  })
  .superRefine((file, context) => {
    if (file.mode !== 'changes') return
    const set = ONLY_IN_BATCHES.filter(
      (name) => file[name] !== undefined && !(Array.isArray(file[name]) && file[name].length === 0),
    )
    for (const name of set) context.addIssue({ code: 'custom', path: [name], message: 'not with mode "changes"' })
  })
export type SyncFile = z.infer<typeof syncFileSchema>
export type StructurePolicy = SyncFile['structure']

function isRegExp(text: string): boolean {
  try {
    return new RegExp(text, 'gu') instanceof RegExp
  } catch {
    return false
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

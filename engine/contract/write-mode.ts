import { z } from 'zod'

/**
 * How rows meet what is already in the target.
 *
 * - `append` adds; `truncate` empties and adds in one transaction; `replace` swaps a staged table in;
 * - `upsert` updates by key and inserts the rest; `insert_new` only inserts keys not there; `update` only updates;
 * - `delete` removes the keys given; `mirror` upserts and deletes every key that is gone.
 *
 * In keyed modes two rows of one load with the same key, or NULL in a key, fail the load before anything is changed. `update`
 * and `delete` pass over keys the target does not have. Columns of the target that the load does not bring keep their values
 * on update and take their default on insert; `delete` looks at the keys only. `replace` keeps the definition of an existing
 * table. Counts of an outcome are exact: `updated` are matched rows of which at least one value really differed;
 * `truncate` and `replace` count what they insert, not what was there.
 */
export const writeModeSchema = z.enum([
  'append',
  'replace',
  'truncate',
  'upsert',
  'insert_new',
  'update',
  'delete',
  'mirror',
])
export type WriteMode = z.infer<typeof writeModeSchema>

/** Modes that match rows by key and therefore need `keys`. */
export const KEYED_MODES: ReadonlySet<WriteMode> = new Set(['upsert', 'insert_new', 'update', 'delete', 'mirror'])

/** What may be done to the target's structure: create it, also add columns and widen types, or nothing. */
export const ddlPolicySchema = z.enum(['create', 'alter', 'never'])
export type DdlPolicy = z.infer<typeof ddlPolicySchema>

/** How a load is verified before it is committed. `checksum` reads the staged rows back and compares every column. */
export const verifyLevelSchema = z.enum(['checksum', 'counts'])
export type VerifyLevel = z.infer<typeof verifyLevelSchema>

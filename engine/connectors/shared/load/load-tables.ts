import { createHash } from 'node:crypto'

/**
 * Table in the schema of the target that remembers every committed load. `load_id` is its primary key and its row is written
 * in the transaction that merges the stage: a row is there exactly when the load took effect.
 */
export const STATE_TABLE = '_runnel_state'

/** Columns of STATE_TABLE in order. Counts are 64-bit integers; `state` is JSON text; `committed_at` is UTC. */
export const STATE_COLUMNS = [
  'load_id',
  'dataset',
  'mode',
  'state',
  'inserted',
  'updated',
  'deleted',
  'target_rows',
  'committed_at',
] as const

/** Runnel's own tables, which listings leave out. */
export function isRunnelTable(name: string): boolean {
  return name.toLowerCase().startsWith('_runnel_')
}

/** Every stage of a dataset starts with this, so that the next writer finds what a killed one left. At most 27 characters. */
export function stagePrefix(dataset: string): string {
  return `_runnel_stage_${shortHash(dataset)}_`
}

/** The stage of one load; a valid bare identifier everywhere, at most 39 characters. */
export function stageName(dataset: string, loadId: string): string {
  return `${stagePrefix(dataset)}${shortHash(loadId)}`
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

import type { Snapshot } from '../../../../engine/contract/api/snapshots.ts'

export interface SnapshotWish {
  readonly kind: Snapshot['scope']['kind']
  readonly rows: number
  readonly seed: number
  readonly where: string
  /** Name of the masking policy; values stay as they are without one. */
  readonly policy?: string | undefined
  /** The workspace's default one when absent. */
  readonly environment?: string | undefined
}

export const USUAL_WISH: SnapshotWish = { kind: 'first', rows: 100_000, seed: 1, where: '' }

/** What `snapshots.take` is asked for. */
export function takeInput({ kind, rows, seed, where, policy, environment }: SnapshotWish): {
  scope: Snapshot['scope']
  where?: string
  policy?: string
  environment?: string
} {
  const condition = where.trim()
  return {
    scope: scopeOf(kind, rows, seed),
    ...(condition === '' ? {} : { where: condition }),
    ...(policy === undefined ? {} : { policy }),
    ...(environment === undefined ? {} : { environment }),
  }
}

function scopeOf(kind: SnapshotWish['kind'], rows: number, seed: number): Snapshot['scope'] {
  if (kind === 'all') return { kind }
  return kind === 'first' ? { kind, rows } : { kind, rows, seed }
}

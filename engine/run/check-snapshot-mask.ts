import { join as joinPath } from 'node:path'
import type { Session } from '../connectors/api/session.ts'
import { parseDatasetRef } from '../contract/dataset.ts'
import { Failure } from '../contract/failure.ts'
import type { MaskCheck, MaskFinding } from '../contract/mask-finding.ts'
import type { Duck } from '../duck/duck.ts'
import { looksPersonal } from '../govern/masking/check-masked.ts'
import { compareWithOriginal } from '../govern/masking/equal-originals.ts'
import { literal, sql } from '../sql/sql.ts'
import type { SnapshotManifest } from './snapshot-file.ts'

export interface MaskCheckRequest {
  readonly manifest: SnapshotManifest
  /** Where the snapshot lies. */
  readonly directory: string
  readonly session: Session
  /** Parsed by the connector's `source` schema. */
  readonly options: unknown
  /** Spills to a folder in memory: the source is read once more, unmasked. */
  readonly duck: Duck
  readonly signal?: AbortSignal
}

const ORDER = { leak: 0, chance: 1, expected: 2 } as const

/**
 * Looks a second time at a masked snapshot: for values that still have the form of personal data, and for masked values that
 * equal one of the source.
 * @throws Failure `mask.snapshot_unmasked`; those of the connector; `work.cancelled`
 */
export async function checkSnapshotMask(request: MaskCheckRequest): Promise<MaskCheck> {
  const { manifest, directory, session, options, duck, signal } = request
  const { dataset, policy, columns, takenAt } = manifest
  if (policy === undefined) throw new Failure('mask.snapshot_unmasked', { dataset })
  const call = signal === undefined ? {} : { signal }
  const rows = sql`read_parquet(${literal(joinPath(directory, manifest.file))})`
  const masked = { rows, columns, policy, duck, call }
  const personal = await looksPersonal(masked)
  const comparison = await compareWithOriginal(masked)
  await using reading = await session.read({ dataset: parseDatasetRef(dataset).name, options, duck, ...call })
  if (reading.relation !== undefined) await comparison.compare(reading.relation)
  for await (const part of reading.parts ?? []) await comparison.compare(part.relation)
  const { compared, findings } = await comparison.findings()
  return {
    dataset,
    takenAt,
    policy: policy.name,
    rows: manifest.rows,
    compared: String(compared),
    findings: [...personal, ...findings].toSorted((a, b) => rank(a) - rank(b)),
  }
}

function rank({ verdict }: MaskFinding): number {
  return ORDER[verdict]
}

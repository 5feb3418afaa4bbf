import { join as joinPath } from 'node:path'
import type { Session } from '../connectors/api/session.ts'
import { parseDatasetRef } from '../contract/dataset.ts'
import { Failure } from '../contract/failure.ts'
import type { MaskCheck, MaskFinding } from '../contract/mask-finding.ts'
import type { ConfirmedClasses } from '../contract/personal-class.ts'
import type { Duck } from '../duck/duck.ts'
import { leftUnmasked, looksPersonal } from '../govern/masking/check-masked.ts'
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
  /** What persons said about the columns. */
  readonly confirmed: ConfirmedClasses
  readonly signal?: AbortSignal
}

const ORDER = { leak: 0, chance: 1, expected: 2 } as const

/**
 * Looks a second time at a masked snapshot: for values that still have the form of personal data, and for masked values that
 * equal one of the source.
 * @throws Failure `mask.snapshot_unmasked`; those of the connector; `work.cancelled`
 */
export async function checkSnapshotMask(request: MaskCheckRequest): Promise<MaskCheck> {
  const { manifest, directory, session, options, duck, confirmed, signal } = request
  const { dataset, policy, columns, takenAt } = manifest
  if (policy === undefined) throw new Failure('mask.snapshot_unmasked', { dataset })
  const call = signal === undefined ? {} : { signal }
  const rows = sql`read_parquet(${literal(joinPath(directory, manifest.file))})`
  const masked = { rows, columns, policy, confirmed, duck, call }
  const left = await leftUnmasked(masked)
  // What is wholly unmasked need not be told twice.
  const personal = (await looksPersonal(masked)).filter(({ column }) => left.every((one) => one.column !== column))
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
    findings: [...left, ...personal, ...findings].toSorted((a, b) => rank(a) - rank(b)),
  }
}

function rank({ verdict }: MaskFinding): number {
  return ORDER[verdict]
}

import type { ByteReading } from '../connectors/api/reading.ts'
import { Failure } from '../contract/failure.ts'
import { addCount, type FlowCounts } from './row-counts.ts'
import type { OpenTarget } from './targets.ts'

/**
 * Passes all streams of a source into the stage at once.
 * @throws Failure `run.rows_unaccounted` when the target staged another number of rows than the source sent.
 */
export async function moveAsBytes(
  reading: ByteReading,
  open: OpenTarget,
  { counts, source }: { readonly counts: FlowCounts; readonly source: string },
): Promise<void> {
  const stageBytes = open.writer.stageBytes?.bind(open.writer)
  if (stageBytes === undefined) throw new RangeError('the writer takes no bytes')
  const staged = await Promise.all(
    reading.streams.map((stream) => stageBytes(reading.format, reading.columns, stream())),
  )
  const rows = staged.reduce((sum, count) => sum + count, 0n)
  const sent = reading.counts().rows
  if (rows !== sent) {
    throw new Failure('run.rows_unaccounted', { where: open.target.node, expected: String(sent), found: String(rows) })
  }
  open.staged = rows
  addCount(counts.delivered, source, sent)
  addCount(counts.staged, open.target.node, rows)
}

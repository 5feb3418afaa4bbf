import type { Receipt } from '../../contract/run.ts'
import type { Output } from './output.ts'
import { grouped } from './progress-line.ts'
import { printTable } from './table.ts'
import { visibleText } from './width.ts'

const text = (name: string): { name: string; type: string } => ({ name, type: 'VARCHAR' })
const number = (name: string): { name: string; type: string } => ({ name, type: 'BIGINT' })

/** A receipt as a person reads it: what became of the rows, what each target holds, and whether both were proved equal. */
export function printReceipt(receipt: Receipt, output: Output): string {
  const { counts, targets, warnings } = receipt
  const seconds =
    (receipt.durationsMs['total'] ?? Date.parse(receipt.finishedAt) - Date.parse(receipt.startedAt)) / 1000
  const losses = targets.flatMap(({ node, typeLosses }) =>
    typeLosses.map(({ column, from, to }) => `${node}.${column}: ${from} → ${to}`),
  )
  return [
    output.say('receiptTitle', { pipeline: receipt.pipeline, runId: receipt.runId, state: receipt.state }),
    printTable(
      [number('read'), number('generated'), number('written'), number('rejected'), number('filtered')],
      [[counts.read, counts.generated, counts.written, counts.rejected, counts.filtered].map(grouped)],
      output,
    ),
    '',
    printTable(
      [text('target'), text('mode'), number('inserted'), number('updated'), number('deleted'), text('verified')],
      targets.map((target) => [
        target.dataset,
        target.mode,
        ...[target.inserted, target.updated, target.deleted].map(grouped),
        target.verified === 'checksum'
          ? output.say('receiptVerified', { columns: target.targetChecksums.length })
          : target.verified,
      ]),
      output,
    ),
    '',
    output.say('receiptCost', {
      seconds: seconds.toFixed(1),
      cpu: receipt.cpuSeconds.toFixed(1),
      memory: Math.round(receipt.peakRssMb),
    }),
    ...losses.map((loss) => output.say('warning', { text: visibleText(loss) })),
    ...warnings.map((warning) => output.say('warning', { text: visibleText(output.told(warning)) })),
  ].join('\n')
}

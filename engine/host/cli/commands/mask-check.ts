import type { MaskCheck } from '../../../contract/mask-finding.ts'
import type { CommandCall } from '../command.ts'
import type { Output } from '../output.ts'
import { grouped } from '../progress-line.ts'
import { printTable } from '../table.ts'

const COLUMNS = [
  { name: 'verdict', type: 'VARCHAR' },
  { name: 'column', type: 'VARCHAR' },
  { name: 'method', type: 'VARCHAR' },
  { name: 'found', type: 'VARCHAR' },
  { name: 'values', type: 'BIGINT' },
  { name: 'share', type: 'VARCHAR' },
  { name: 'examples', type: 'VARCHAR' },
]

/** @returns 1 when anything leaks */
export async function run({ values, output, engine, signal }: CommandCall): Promise<1 | void> {
  const { masking } = await engine()
  const environment = values.text('env')
  const dataset = values.at(0)
  const check = await masking.check({ dataset, ...(environment === undefined ? {} : { environment }) }, { signal })
  await output.document(check, () => printed(check, output))
  if (leaksOf(check) > 0) return 1
}

function leaksOf({ findings }: MaskCheck): number {
  return findings.filter(({ verdict }) => verdict === 'leak').length
}

function printed(check: MaskCheck, output: Output): string {
  const rows = check.findings.map((finding) => [
    finding.verdict,
    finding.column,
    finding.method ?? null,
    finding.kind === 'looks_personal' ? finding.semantic : finding.kind,
    grouped(finding.values),
    `${(finding.share * 100).toFixed(1)} %`,
    finding.examples.join(' '),
  ])
  const leaks = leaksOf(check)
  const verdict =
    leaks > 0
      ? output.say('maskLeaks', { count: leaks, findings: check.findings.length })
      : output.say('maskClean', { rows: grouped(check.rows), compared: grouped(check.compared) })
  return rows.length === 0 ? verdict : `${printTable(COLUMNS, rows, output)}\n${verdict}`
}

import type { Preflight, PreflightFix } from '../../../contract/preflight.ts'
import type { CommandCall } from '../command.ts'
import type { Output } from '../output.ts'
import { parametersOf } from '../parameters.ts'
import { grouped } from '../progress-line.ts'
import { printTable } from '../table.ts'

const COLUMNS = [
  { name: 'effect', type: 'VARCHAR' },
  { name: 'column', type: 'VARCHAR' },
  { name: 'from', type: 'VARCHAR' },
  { name: 'to', type: 'VARCHAR' },
  { name: 'what', type: 'VARCHAR' },
  { name: 'rows', type: 'BIGINT' },
  { name: 'examples', type: 'VARCHAR' },
  { name: 'fix', type: 'VARCHAR' },
]

/** @returns 1 when a value would be refused or changed */
export async function run(call: CommandCall): Promise<1 | void> {
  const { values, output, engine, signal } = call
  const [pipeline, environment, limitRows] = [values.at(0), values.text('env'), values.count('first', 1)]
  const { pipelines } = await engine()
  const found = await pipelines.preflight(
    {
      pipeline,
      offline: values.flag('offline'),
      parameters: parametersOf(call),
      ...(environment === undefined ? {} : { environment }),
      ...(limitRows === undefined ? {} : { limitRows }),
    },
    { signal },
  )
  await output.document(found, () => printed(found, output))
  if (found.findings.length > 0) return 1
}

function printed({ findings, targets }: Preflight, output: Output): string {
  if (findings.length === 0) {
    const rows = targets.reduce((sum, target) => sum + BigInt(target.rows), 0n)
    return output.say('preflightClean', {
      rows: grouped(String(rows)),
      targets: targets.map(({ dataset }) => dataset).join(', '),
    })
  }
  const rows = findings.map((finding) => [
    finding.effect,
    `${finding.node}.${finding.column}`,
    finding.from,
    finding.to,
    finding.kind,
    grouped(finding.count),
    finding.examples.join(' · '),
    finding.fixes[0] === undefined ? null : fixText(finding.fixes[0]),
  ])
  return printTable(COLUMNS, rows, output)
}

function fixText(fix: PreflightFix): string {
  return fix.kind === 'widen' ? `widen to ${fix.type}` : `${fix.kind}: ${fix.node}`
}

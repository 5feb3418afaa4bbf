import { type Deviation, deviationText } from '../../../contract/deviation.ts'
import type { Language } from '../../../contract/localized.ts'
import type { CommandCall } from '../command.ts'
import type { Output } from '../output.ts'
import { printTable } from '../table.ts'
import { usage } from '../usage.ts'

const COLUMNS = [
  { name: 'place', type: 'VARCHAR' },
  { name: 'standard', type: 'VARCHAR' },
  { name: 'deviation', type: 'VARCHAR' },
  { name: 'rows', type: 'BIGINT' },
  { name: 'fix', type: 'VARCHAR' },
]

/** @returns 1 when anything departs from a standard, after mending with `--fix` */
export async function run({ values, output, engine, signal, language }: CommandCall): Promise<1 | void> {
  const of = values.positionals[0]
  const { standards } = await engine()
  const request = { environment: values.text('env'), offline: values.flag('offline') }
  if (values.flag('fix')) {
    if (of === undefined || of.includes(':')) throw usage('fixNeedsPipeline', language, {})
    const result = await standards.fix({ ...request, pipeline: of }, { signal })
    const { fixed, left } = result
    await output.document(result, () =>
      [
        ...(fixed.length === 0 ? [] : [printed(fixed, output, language)]),
        output.say('standardsFixed', { fixed: fixed.length, left: left.length }),
        ...(left.length === 0 ? [] : [printed(left, output, language)]),
      ].join('\n'),
    )
    return left.length > 0 ? 1 : undefined
  }
  const deviations = await standards.check({ ...request, of }, { signal })
  await output.document(deviations, () =>
    deviations.length === 0 ? output.say('standardsKept', {}) : printed(deviations, output, language),
  )
  if (deviations.length > 0) return 1
}

function printed(deviations: readonly Deviation[], output: Output, language: Language): string {
  const rows = deviations.map((deviation) => [
    'dataset' in deviation.place ? deviation.place.dataset : `${deviation.place.pipeline}.${deviation.place.node}`,
    deviation.standard,
    deviationText(deviation, language),
    deviation.count ?? null,
    fixText(deviation, output),
  ])
  return printTable(COLUMNS, rows, output)
}

function fixText({ fix }: Deviation, output: Output): string | null {
  if (fix === undefined) return null
  switch (fix.kind) {
    case 'rename':
      return `→ ${fix.to}`
    case 'cast':
      return `CAST AS ${fix.type}`
    case 'codes':
      return output.say('fixCodes', {})
  }
}

import type { Preview } from '../../../contract/api/pipelines.ts'
import type { CommandCall } from '../command.ts'
import type { Output } from '../output.ts'
import { parametersOf } from '../parameters.ts'
import { printRejects } from '../print-rejects.ts'
import { printTable } from '../table.ts'
import { visibleText } from '../width.ts'

export async function run(call: CommandCall): Promise<void> {
  const { values, output, signal } = call
  const [environment, limitRows] = [values.text('env'), values.count('limit')]
  const preview = await (await call.engine()).pipelines.preview(
    {
      pipeline: values.at(0),
      output: values.at(1),
      offline: values.flag('offline'),
      parameters: parametersOf(call),
      ...(limitRows === undefined ? {} : { limitRows }),
      ...(environment === undefined ? {} : { environment }),
    },
    { signal },
  )
  await output.document(preview, () => printPreview(preview, output))
}

function printPreview(preview: Preview, output: Output): string {
  const { columns, rows, rowCount, rejects, warnings, elapsedMs, snapshotTakenAt } = preview
  const counted =
    rowCount === undefined
      ? output.say('shownFirst', { shown: rows.length })
      : output.say('shownPart', { shown: rows.length, count: rowCount })
  const basis = {
    source: output.say('basisSource'),
    sample: output.say('basisSample'),
    snapshot: output.say('basisSnapshot', { at: snapshotTakenAt }),
  }[preview.basis]
  return [
    printTable(columns, rows, output),
    '',
    [counted, basis, output.say('elapsed', { ms: elapsedMs })].join(' · '),
    ...warnings.map((text) => output.say('warning', { text: visibleText(output.told(text)) })),
    ...(rejects.length === 0 ? [] : ['', printRejects(rejects, output)]),
  ].join('\n')
}

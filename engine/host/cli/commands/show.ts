import { z } from 'zod'
import type { Shown } from '../../../contract/api/data.ts'
import type { CommandCall } from '../command.ts'
import type { Output } from '../output.ts'
import { printRejects } from '../print-rejects.ts'
import { printTable } from '../table.ts'
import { whatToShow } from '../what-to-show.ts'
import { visibleText } from '../width.ts'

const OPTION_NAMES = ['encoding', 'delimiter', 'sheet'] as const

export async function run(call: CommandCall): Promise<void> {
  const { values, output, signal } = call
  const environment = values.text('env')
  const limitRows = values.count('limit')
  const shown = await (await call.engine()).data.show(
    {
      from: await whatToShow(call),
      options: sourceOptions(call),
      ...(limitRows === undefined ? {} : { limitRows }),
      ...(environment === undefined ? {} : { environment }),
    },
    { signal },
  )
  await output.document(document(shown), () => printShown(shown, output))
}

function sourceOptions({ values }: CommandCall): ReturnType<CommandCall['values']['pairs']> {
  const options = values.pairs('option')
  for (const name of OPTION_NAMES) {
    const text = values.text(name)
    // A shell makes it hard to type a tab.
    if (text !== undefined) options[name] = text === String.raw`\t` ? '\t' : text
  }
  return options
}

/** The shape that scripts rely on: columns are name and type. */
function document({ columns, rows, rowCount, rejects, encoding, warnings }: Shown): unknown {
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows,
    rowCount,
    rejects,
    ...(encoding === undefined ? {} : { encoding }),
    warnings,
  }
}

function printShown(shown: Shown, output: Output): string {
  const { columns, rows, rowCount, rejects, detected, warnings } = shown
  const lines = columns.length === 0 ? [output.say('shownEmpty')] : [printTable(columns, rows, output)]
  if (columns.length > 0) lines.push('', countLine(rows.length, rowCount, output))
  const found = Object.entries(detected ?? {}).filter(([, value]) => !Array.isArray(value) || value.length > 0)
  if (found.length > 0) {
    const text = found.map(([name, value]) => `${name} ${detectedText(value)}`)
    lines.push(output.say('detected', { text: visibleText(text.join(', ')) }))
  }
  for (const text of warnings) lines.push(output.say('warning', { text: visibleText(output.told(text)) }))
  if (rejects.length > 0) lines.push('', printRejects(rejects, output))
  return lines.join('\n')
}

function countLine(shown: number, count: number | null, output: Output): string {
  if (count === null) return output.say('shownFirst', { shown })
  return count === shown ? output.say('shownAll', { count }) : output.say('shownPart', { shown, count })
}

const certainSchema = z.object({ value: z.json(), confidence: z.number().optional() })

/** `gb18030 (93 %)` for what has a confidence; anything else as it is. */
function detectedText(value: unknown): string {
  const certain = certainSchema.safeParse(value)
  if (!certain.success) return plainText(value)
  const { value: found, confidence } = certain.data
  return confidence === undefined ? plainText(found) : `${plainText(found)} (${Math.round(confidence * 100)} %)`
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

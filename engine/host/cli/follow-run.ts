import type { CommandCall } from './command.ts'
import { progressLine } from './progress-line.ts'
import { visibleText } from './width.ts'

/** Shows the progress of a run until it is over, and its warnings as they come. */
export async function followRun(call: CommandCall, runId: string): Promise<void> {
  const { terminal, output } = call
  const line = progressLine(terminal, output.isJson)
  try {
    for await (const event of await (await call.engine()).runs.events({ runId })) {
      line.show(event)
      if (event.kind !== 'warning' || event.message === undefined) continue
      line.clear()
      output.note(output.say('warning', { text: visibleText(output.told(event.message)) }))
    }
  } finally {
    line.clear()
  }
}

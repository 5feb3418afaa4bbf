import type { CommandCall } from '../command.ts'
import { printRejects } from '../print-rejects.ts'
import { runNamed } from '../run-named.ts'

export async function run(call: CommandCall): Promise<void> {
  const { values, output, engine, signal } = call
  const limit = values.count('limit', 1)
  const input = { runId: await runNamed(call), ...(limit === undefined ? {} : { limit }) }
  const page = await (await engine()).runs.rejects(input, { signal })
  await output.document(page, () =>
    page.rejects.length === 0 ? output.say('noRejects') : printRejects(page.rejects, output, page.total),
  )
}

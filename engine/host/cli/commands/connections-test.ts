import type { ExitCode } from '../../../contract/failure-spec.ts'
import type { CommandCall } from '../command.ts'
import { visibleText } from '../width.ts'

const MARK = { ok: '✓', failed: '✗', skipped: '–' } as const

/** Prints every stage as it ends. Exit code 3 when one failed. */
export async function run({ values, output, engine, signal }: CommandCall): Promise<ExitCode | undefined> {
  const environment = values.text('env')
  const stages = await (await engine()).connections.diagnose(
    { connection: values.at(0), ...(environment === undefined ? {} : { environment }) },
    { signal },
  )
  let hasFailed = false
  for await (const stage of stages) {
    hasFailed ||= stage.outcome === 'failed'
    const parts = [MARK[stage.outcome], stage.stage.padEnd(14), `${Math.round(stage.elapsedMs)} ms`.padStart(8)]
    const notes = [stage.cause, stage.next].filter((text) => text !== undefined)
    await output.event(stage, () =>
      visibleText([...parts, notes.map((text) => output.told(text)).join(' → ')].join('  ').trimEnd()),
    )
  }
  return hasFailed ? 3 : undefined
}

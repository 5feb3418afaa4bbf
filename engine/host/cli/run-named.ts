import { Failure } from '../../contract/failure.ts'
import type { CommandCall } from './command.ts'

/** The run a person named; `last` is the newest. */
export async function runNamed({ values, engine, signal }: CommandCall): Promise<string> {
  const named = values.at(0)
  if (named !== 'last') return named
  const [newest] = await (await engine()).runs.list({ limit: 1 }, { signal })
  if (newest === undefined) throw new Failure('run.unknown', { runId: named })
  return newest.runId
}

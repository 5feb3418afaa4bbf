import type { TargetPlan } from '../../../contract/api/plan.ts'
import { Failure, failureFromData } from '../../../contract/failure.ts'
import type { RunLimits } from '../../../contract/job-file.ts'
import type { RunSummary } from '../../../contract/run.ts'
import type { CommandCall } from '../command.ts'
import { followRun } from '../follow-run.ts'
import type { Output } from '../output.ts'
import { parametersOf } from '../parameters.ts'
import { printReceipt } from '../print-receipt.ts'
import { usage } from '../usage.ts'
import { visibleText } from '../width.ts'

/** Runs a pipeline and follows it to its end. Ctrl+C cancels the run, not only the watching. */
export async function run(call: CommandCall): Promise<void> {
  const { values, output, signal } = call
  if (values.flag('plan')) return showPlan(call)
  const engine = await call.engine()
  const environment = values.text('env')
  const { runId } = await engine.runs.start({
    pipeline: values.at(0),
    parameters: parametersOf(call),
    limits: limitsOf(call),
    ...(environment === undefined ? {} : { environment }),
  })
  const cancel = (): void => void engine.runs.cancel({ runId }).catch(() => undefined)
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  await followRun(call, runId)
  const summary = await engine.runs.get({ runId })
  requireSuccess(summary)
  const receipt = await engine.runs.receipt({ runId })
  await output.document(receipt, () => printReceipt(receipt, output))
}

/** The DDL as it would be sent, and every type that changes on the way. */
async function showPlan(call: CommandCall): Promise<void> {
  const { values, output, signal } = call
  const environment = values.text('env')
  const targets = await (await call.engine()).pipelines.plan(
    {
      pipeline: values.at(0),
      parameters: parametersOf(call),
      ...(environment === undefined ? {} : { environment }),
    },
    { signal },
  )
  await output.document({ targets }, () => targets.flatMap((target) => planLines(target, output)).join('\n'))
}

function planLines({ node, dataset, exists, statements, mappings, warnings }: TargetPlan, output: Output): string[] {
  return [
    `-- ${visibleText(`${node} → ${dataset}`)}`,
    ...(statements.length === 0 ? [`-- ${output.say(exists ? 'planFits' : 'planCreates')}`] : statements),
    ...mappings
      .filter(({ fidelity }) => fidelity.kind !== 'exact')
      .map(({ column, from, to, fidelity }) => `-- ${visibleText(column)}: ${from} → ${to} (${fidelity.kind})`),
    ...warnings.map((text) => output.say('warning', { text: visibleText(output.told(text)) })),
  ]
}

function requireSuccess({ state, failure, pipeline }: RunSummary): void {
  if (state === 'succeeded') return
  if (failure !== undefined) throw failureFromData(failure)
  if (state === 'cancelled') throw new Failure('work.cancelled', { what: pipeline })
  throw new Failure('internal.unexpected', { reason: `the run is ${state}` })
}

function limitsOf({ values, language }: CommandCall): RunLimits {
  const [maxRejects, memoryMb, threads] = [
    values.count('max-rejects'),
    values.count('memory', 128),
    values.count('threads', 1),
  ]
  const timeout = values.text('timeout')
  return {
    ...(maxRejects === undefined ? {} : { maxRejects }),
    ...(memoryMb === undefined ? {} : { memoryMb }),
    ...(threads === undefined ? {} : { threads }),
    ...(timeout === undefined ? {} : { timeout }),
    ...shareOf(values.text('max-reject-share'), language),
  }
}

function shareOf(text: string | undefined, language: CommandCall['language']): { maxRejectShare?: number } {
  if (text === undefined) return {}
  const share = Number(text)
  if (text.trim() === '' || !(share >= 0 && share <= 1)) throw usage('notAShare', language, { text })
  return { maxRejectShare: share }
}

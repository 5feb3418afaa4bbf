import { DIAGNOSIS_STAGES, type DiagnosisStage } from '../../contract/diagnosis.ts'
import { describeFailure, toFailure } from '../../contract/failure.ts'

type Stage = DiagnosisStage['stage']

/** What a stage does; gives what it found. A stage without an entry does not apply to the system. */
export type DiagnosisSteps = Partial<Record<Stage, () => Promise<string>>>

/** Runs a self-test stage by stage; the first failure skips what follows. Never throws. */
export async function* stagedDiagnosis(steps: DiagnosisSteps): AsyncGenerator<DiagnosisStage> {
  let failed: Stage | undefined
  for (const stage of DIAGNOSIS_STAGES) {
    const step = steps[stage]
    if (step === undefined) {
      yield { stage, outcome: 'skipped', elapsedMs: 0, cause: 'does not apply to this kind of system' }
      continue
    }
    if (failed !== undefined) {
      yield { stage, outcome: 'skipped', elapsedMs: 0, cause: `${failed} failed` }
      continue
    }
    const result = await outcomeOf(stage, step)
    if (result.outcome === 'failed') failed = stage
    yield result
  }
}

async function outcomeOf(stage: Stage, step: () => Promise<string>): Promise<DiagnosisStage> {
  const started = performance.now()
  const elapsedMs = (): number => Math.round(performance.now() - started)
  try {
    const cause = await step()
    return { stage, outcome: 'ok', elapsedMs: elapsedMs(), cause }
  } catch (error) {
    const { message, next } = describeFailure(toFailure(error), 'en')
    return { stage, outcome: 'failed', elapsedMs: elapsedMs(), cause: message, next }
  }
}

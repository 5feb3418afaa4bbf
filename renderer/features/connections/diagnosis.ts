import { DIAGNOSIS_STAGES, type DiagnosisStage } from '../../../engine/contract/diagnosis.ts'

export interface ShownStage {
  readonly stage: DiagnosisStage['stage']
  /** `waiting` until the stages before it are over; `blocked` when it was skipped because one of them failed. */
  readonly outcome: DiagnosisStage['outcome'] | 'running' | 'waiting' | 'blocked'
  readonly detail?: DiagnosisStage
}

/** Every stage of the self-test with what is known of it so far; the first that has not ended is running until the test is over. */
export function shownStages(found: readonly DiagnosisStage[], isOver: boolean): ShownStage[] {
  const byName = new Map(found.map((stage) => [stage.stage, stage]))
  const hasFailed = found.some(({ outcome }) => outcome === 'failed')
  const running = isOver ? undefined : DIAGNOSIS_STAGES.find((stage) => !byName.has(stage))
  return DIAGNOSIS_STAGES.flatMap((stage): ShownStage[] => {
    const detail = byName.get(stage)
    if (detail !== undefined) {
      const isBlocked = detail.outcome === 'skipped' && hasFailed
      return [{ stage, outcome: isBlocked ? 'blocked' : detail.outcome, detail }]
    }
    // Some systems have fewer stages (a file has no DNS): those that never came are left out at the end.
    return isOver ? [] : [{ stage, outcome: stage === running ? 'running' : 'waiting' }]
  })
}

/** Failed when a stage did; undefined while it goes on. */
export function verdict(found: readonly DiagnosisStage[], isOver: boolean): 'ok' | 'failed' | undefined {
  if (found.some(({ outcome }) => outcome === 'failed')) return 'failed'
  return isOver ? 'ok' : undefined
}

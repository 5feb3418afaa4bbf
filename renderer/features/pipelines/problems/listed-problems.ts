import type { PipelineState, TextProblem } from '../../../../engine/contract/api/authoring.ts'

/** One thing that is wrong with a pipeline. */
export interface ListedProblem {
  readonly severity: 'error' | 'warning'
  /** Absent when it belongs to the whole pipeline. */
  readonly node?: string | undefined
  /** `line:column` of the text. */
  readonly place?: string | undefined
  readonly message: string
  readonly nextStep?: string | undefined
}

/**
 * Everything that is wrong, errors first, in the order of the file. Of text that is no pipeline its own problems are told: what is
 * known of the nodes is of before.
 */
export function listedProblems(
  state: PipelineState | undefined,
  textProblems: readonly TextProblem[],
  isBroken: boolean,
): ListedProblem[] {
  const ofText = textProblems.map(
    ({ severity, node, line, column, message }): ListedProblem => ({
      severity,
      node,
      place: `${line}:${column}`,
      message,
    }),
  )
  const ofNodes = (state?.nodes ?? []).flatMap(({ node, problems }) =>
    problems.map(({ severity, message, nextStep }): ListedProblem => ({ severity, node, message, nextStep })),
  )
  const whole = (state?.problems ?? []).map(
    ({ severity, message, nextStep }): ListedProblem => ({ severity, message, nextStep }),
  )
  const all = isBroken ? ofText : [...whole, ...ofNodes]
  return [...all.filter(({ severity }) => severity === 'error'), ...all.filter(({ severity }) => severity !== 'error')]
}

import { statementsOf } from './statements.ts'

export interface SqlResult {
  readonly id: number
  /** From 1 within its run. */
  readonly number: number
  readonly kind: 'rows' | 'plan'
  readonly sql: string
}

let counter = 0

/** What a run of this text shows: one result for each statement, or the plan of the first. */
export function resultsOf(text: string, kind: SqlResult['kind']): readonly SqlResult[] {
  const statements = kind === 'plan' ? statementsOf(text).slice(0, 1) : statementsOf(text)
  return statements.map(({ sql }, index) => ({ id: ++counter, number: index + 1, kind, sql }))
}

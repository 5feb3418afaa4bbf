export interface StepResult {
  /** What a person has to correct; none means that the step passed. */
  readonly problems: readonly string[]
  /** What was looked at, in a few words. */
  readonly note: string
}

export interface Step {
  readonly name: string
  readonly run: () => Promise<StepResult>
}

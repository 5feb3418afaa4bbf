import { z } from 'zod'
import { FAILURES } from './failure-catalogue.ts'
import type { FailureSpec } from './failure-spec.ts'
import { fill, type Language } from './localized.ts'
import { toldIn } from './told.ts'

export type FailureCode = keyof typeof FAILURES
export type FailureDetail<Code extends FailureCode> = z.input<(typeof FAILURES)[Code]['parameters']>

/** What crosses a process: only the code and what it carries. The reader builds the text in its own language. */
export const failureDataSchema = z.object({ code: z.string(), detail: z.record(z.string(), z.unknown()) })
export type FailureData = z.infer<typeof failureDataSchema>

/** The one error class of Runnel. Its message is English; `describeFailure` gives either language. */
export class Failure<Code extends FailureCode = FailureCode> extends Error {
  readonly code: Code
  readonly detail: FailureDetail<Code>

  constructor(code: Code, detail: FailureDetail<Code>, options?: ErrorOptions) {
    super(fill(FAILURES[code].message.en, detail), options)
    this.name = 'Failure'
    this.code = code
    this.detail = detail
  }

  get spec(): FailureSpec {
    return FAILURES[this.code]
  }

  toJSON(): FailureData {
    return { code: this.code, detail: { ...this.detail } }
  }
}

/** Whether `error` is a failure, of one of `codes` when any are named. */
export function isFailure(error: unknown, ...codes: FailureCode[]): error is Failure {
  return error instanceof Failure && (codes.length === 0 || codes.some((code) => code === error.code))
}

/** The failure itself, or `internal.unexpected` around anything else that was thrown. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new Failure('internal.unexpected', { reason }, { cause: error })
}

/** Rebuilds a failure that crossed a process. An unknown code (a newer engine) becomes `internal.unexpected`. */
export function failureFromData(data: FailureData): Failure {
  if (isFailureCode(data.code)) {
    const parsed = FAILURES[data.code].parameters.safeParse(data.detail)
    if (parsed.success) return new Failure(data.code, parsed.data)
  }
  return new Failure('internal.unexpected', { reason: `${data.code} ${JSON.stringify(data.detail)}` })
}

/** Message and next step of a failure in one language. */
export function describeFailure(failure: Failure, language: Language): { message: string; next: string } {
  const { message, next } = failure.spec
  const detail = Object.fromEntries(
    Object.entries(failure.detail).map(([name, value]) => [name, TOLD.has(name) ? toldEach(value, language) : value]),
  )
  return { message: fill(message[language], detail), next: fill(next[language], detail) }
}

/** What of a failure is said by us rather than named by data. */
const TOLD = new Set(['reason', 'losses', 'actual', 'limit'])

function toldEach(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((one) => toldEach(one, language))
  return typeof value === 'string' ? toldIn(value, language) : value
}

function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(FAILURES, code)
}

import type { Finding } from '../contract/api/server.ts'
import { describeFailure, toFailure } from '../contract/failure.ts'
import type { Language, Localized } from '../contract/localized.ts'

export function finding(severity: Finding['severity'], subject: string, { en, zh }: Localized): Finding {
  return { severity, subject, message: { en, zh } }
}

/** A finding that says what a failure says, with its next step. */
export function failureFinding(severity: Finding['severity'], subject: string, error: unknown): Finding {
  const failure = toFailure(error)
  const text = (language: Language): string => {
    const { message, next } = describeFailure(failure, language)
    return `${message} ${next}`
  }
  return { severity, subject, message: { en: text('en'), zh: text('zh') }, failure: failure.toJSON() }
}

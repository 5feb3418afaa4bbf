import { Failure } from '../../contract/failure.ts'
import { fill, type Language } from '../../contract/localized.ts'
import { CLI_TEXT } from './text.ts'

/** @returns what to throw: a usage failure with one of the command line's own texts */
export function usage(
  key: keyof typeof CLI_TEXT,
  language: Language,
  parameters: Readonly<Record<string, unknown>>,
): Failure {
  return new Failure('usage.invalid', { reason: fill(CLI_TEXT[key][language], parameters) })
}

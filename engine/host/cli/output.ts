import { z } from 'zod'
import { describeFailure, type Failure, failureDataSchema, failureFromData } from '../../contract/failure.ts'
import { fill, type Language } from '../../contract/localized.ts'
import { toldIn } from '../../contract/told.ts'
import type { Terminal } from './terminal.ts'
import { CLI_TEXT } from './text.ts'
import { visibleText } from './width.ts'

/** Where a command's results go: standard output for results, standard error for everything said along the way. */
export interface Output {
  readonly isJson: boolean
  /** Colour on standard output. */
  readonly color: boolean
  /** The one result of a command. */
  document(value: unknown, human: () => string): Promise<void>
  /** One of several results, as it comes. */
  event(value: unknown, human: () => string): Promise<void>
  /** One of the command line's own sentences, for people only. */
  say(key: keyof typeof CLI_TEXT, parameters?: Readonly<Record<string, unknown>>): string
  /** A warning, a reason or a finding of the engine in the language of the command line. */
  told(text: string): string
  note(text: string): void
}

export function createOutput(terminal: Terminal, isJson: boolean, language: Language): Output {
  const print = async (value: unknown, human: () => string): Promise<void> => {
    const text = isJson ? JSON.stringify(value) : human()
    if (text !== '') await terminal.writeOut(`${text}\n`)
  }
  return {
    isJson,
    color: terminal.isOutTerminal && !isJson && terminal.variables['NO_COLOR'] === undefined,
    document: print,
    event: print,
    say: (key, parameters = {}) => fill(CLI_TEXT[key][language], parameters),
    told: (text) => toldIn(text, language),
    note: (text) => terminal.writeError(`${text}\n`),
  }
}

/** Reports a failure: with --json as a document on standard output, else message and next step on standard error. */
export async function reportFailure(
  failure: Failure,
  { terminal, isJson, language }: { terminal: Terminal; isJson: boolean; language: Language },
): Promise<void> {
  const { message, next } = describeFailure(failure, language)
  if (isJson) {
    const { code, detail } = failure.toJSON()
    await terminal.writeOut(`${JSON.stringify({ error: { code, message, next, detail } })}\n`)
    return
  }
  const suggestion = 'suggestion' in failure.detail ? failure.detail.suggestion : undefined
  const hint = suggestion === undefined ? '' : ` ${fill(CLI_TEXT.didYouMean[language], { suggestion })}`
  const red = terminal.isErrorTerminal && terminal.variables['NO_COLOR'] === undefined
  const shown = [message + hint, ...problemsOf(failure, language)].map(visibleText).join('\n')
  terminal.writeError(`${red ? `\u001b[31m${shown}\u001b[39m` : shown}\n`)
  terminal.writeError(`${visibleText(fill(CLI_TEXT.nextStep[language], { next }))}\n`)
}

const problemsSchema = z.object({ problems: z.array(failureDataSchema) })

/** A failure that gathers others says each of them on a line of its own. */
function problemsOf(failure: Failure, language: Language): string[] {
  const gathered = problemsSchema.safeParse(failure.detail)
  if (!gathered.success) return []
  return gathered.data.problems.map((problem) => `  ${describeFailure(failureFromData(problem), language).message}`)
}

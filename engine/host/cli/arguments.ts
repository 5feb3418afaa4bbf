import { parseArgs } from 'node:util'
import { Failure } from '../../contract/failure.ts'
import { fill, type Language } from '../../contract/localized.ts'
import type { CommandSpec, OptionSpec } from './command.ts'
import { CLI_TEXT } from './text.ts'

/** Options that every command takes. */
export const GLOBAL_OPTIONS = {
  json: { type: 'boolean', summary: CLI_TEXT.optionJson },
  lang: { type: 'string', value: 'en|zh', summary: CLI_TEXT.optionLang },
  workspace: { type: 'string', short: 'w', value: 'DIR', summary: CLI_TEXT.optionWorkspace },
  env: { type: 'string', short: 'e', value: 'NAME', summary: CLI_TEXT.optionEnv },
  help: { type: 'boolean', short: 'h', summary: CLI_TEXT.optionHelp },
} as const satisfies Readonly<Record<string, OptionSpec>>

/** The arguments of one command, read by name. */
export class ArgumentValues {
  readonly positionals: readonly string[]
  readonly #values: ReadonlyMap<string, unknown>
  readonly #language: Language

  constructor(
    parsed: { positionals: readonly string[]; values: Readonly<Record<string, unknown>> },
    language: Language,
  ) {
    this.positionals = parsed.positionals
    this.#values = new Map(Object.entries(parsed.values))
    this.#language = language
  }

  /** A positional that the command requires. */
  at(index: number): string {
    return this.positionals[index] ?? ''
  }

  text(option: string): string | undefined {
    const value = this.#values.get(option)
    return typeof value === 'string' ? value : undefined
  }

  flag(option: string): boolean {
    return this.#values.get(option) === true
  }

  list(option: string): string[] {
    const value = this.#values.get(option)
    return Array.isArray(value) ? value.map(String) : []
  }

  /** @throws Failure `usage.invalid` when it is not a whole number of at least `least`. */
  count(option: string, least = 0): number | undefined {
    const text = this.text(option)
    if (text === undefined) return undefined
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (Number.isSafeInteger(value) && value >= least) return value
    throw usage('notACount', this.#language, { option, text, least })
  }

  /** `NAME=VALUE` pairs of a repeatable option; a value that is JSON is taken as such, anything else as text. */
  pairs(option: string): Record<string, Parsed> {
    const pairs = this.list(option).map((pair): [string, Parsed] => {
      const equals = pair.indexOf('=')
      if (equals < 1) throw usage('notAPair', this.#language, { option, text: pair })
      return [pair.slice(0, equals), jsonOrText(pair.slice(equals + 1))]
    })
    return Object.fromEntries(pairs)
  }
}

type Parsed = string | number | boolean | null | Parsed[] | { [key: string]: Parsed }

/**
 * Parses what follows a command's name.
 * @throws Failure `usage.invalid` in the language given: unknown option, missing or spare argument.
 */
export function parseArguments(spec: CommandSpec, args: readonly string[], language: Language): ArgumentValues {
  const values = new ArgumentValues(parseStrictly(spec, args, language), language)
  if (values.flag('help')) return values
  const required = spec.positionals.filter(({ optional }) => optional !== true)
  const missing = required[values.positionals.length]
  if (missing !== undefined) throw usage('argumentMissing', language, { name: missing.name, command: spec.name })
  const takesAny = spec.positionals.at(-1)?.several === true
  const spare = values.positionals[spec.positionals.length]
  if (spare !== undefined && !takesAny) throw usage('argumentSpare', language, { text: spare, command: spec.name })
  return values
}

/** @returns what to throw: a usage failure with one of the command line's own texts */
export function usage(
  key: keyof typeof CLI_TEXT,
  language: Language,
  parameters: Readonly<Record<string, unknown>>,
): Failure {
  return new Failure('usage.invalid', { reason: fill(CLI_TEXT[key][language], parameters) })
}

function parseStrictly(
  spec: CommandSpec,
  args: readonly string[],
  language: Language,
): { positionals: string[]; values: Record<string, unknown> } {
  const options = Object.entries({ ...GLOBAL_OPTIONS, ...spec.options }).map(
    ([name, { type, short, multiple }]: [string, OptionSpec]) => [
      name,
      { type, ...(short === undefined ? {} : { short }), ...(multiple === true ? { multiple } : {}) },
    ],
  )
  try {
    return parseArgs({ args: [...args], options: Object.fromEntries(options), allowPositionals: true, strict: true })
  } catch (error) {
    const option = args.find((arg) => error instanceof Error && error.message.includes(`'${arg.split('=')[0]}`))
    const key = isMissingValue(error) ? 'optionValue' : 'optionUnknown'
    throw usage(key, language, { option: option ?? args.join(' '), command: spec.name })
  }
}

function isMissingValue(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE'
}

function jsonOrText(text: string): Parsed {
  try {
    const value: Parsed = JSON.parse(text)
    return value
  } catch {
    return text
  }
}

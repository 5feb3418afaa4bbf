import type { Language } from '../../contract/localized.ts'
import { usage } from './usage.ts'

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

function jsonOrText(text: string): Parsed {
  try {
    const value: Parsed = JSON.parse(text)
    return value
  } catch {
    return text
  }
}

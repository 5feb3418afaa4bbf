import type { EngineClient } from '../../contract/api.ts'
import type { ExitCode } from '../../contract/failure-spec.ts'
import type { Language, Localized } from '../../contract/localized.ts'
import type { ArgumentValues } from './argument-values.ts'
import type { Output } from './output.ts'
import type { Terminal } from './terminal.ts'

export interface OptionSpec {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: boolean
  /** What the value stands for in help: `N`, `FILE`. */
  readonly value?: string
  readonly required?: boolean
  readonly summary: Localized
}

export interface PositionalSpec {
  readonly name: string
  readonly optional?: boolean
  readonly several?: boolean
}

/** A command as data: help, completion and parsing all come from this. */
export interface CommandSpec {
  /** One or two words: `show`, `connections test`. */
  readonly name: string
  readonly summary: Localized
  readonly positionals: readonly PositionalSpec[]
  readonly options: Readonly<Record<string, OptionSpec>>
  readonly examples: readonly string[]
  /** Loads the command's code, so that starting one does not pay for the others. */
  readonly load: () => Promise<CommandModule>
}

export interface CommandModule {
  /** @returns the exit code when it is neither 0 nor that of a thrown failure */
  readonly run: (call: CommandCall) => Promise<ExitCode | void>
}

/** Everything a command works with. */
export interface CommandCall {
  readonly values: ArgumentValues
  readonly output: Output
  readonly terminal: Terminal
  readonly language: Language
  /** Aborted by Ctrl+C. Pass it to every call. */
  readonly signal: AbortSignal
  /** The workspace named or found above the current folder; undefined when there is none. */
  readonly workspaceDirectory: string | undefined
  /** The engine: in this process, or the server named by --server. */
  readonly engine: () => Promise<EngineClient>
}

import { parseArgs } from 'node:util'
import type { Language } from '../../contract/localized.ts'
import { ArgumentValues } from './argument-values.ts'
import type { CommandSpec, OptionSpec } from './command.ts'
import { CLI_TEXT } from './text.ts'
import { usage } from './usage.ts'

/** Options that every command takes. */
export const GLOBAL_OPTIONS = {
  json: { type: 'boolean', summary: CLI_TEXT.optionJson },
  lang: { type: 'string', value: 'en|zh', summary: CLI_TEXT.optionLang },
  workspace: { type: 'string', short: 'w', value: 'DIR', summary: CLI_TEXT.optionWorkspace },
  env: { type: 'string', short: 'e', value: 'NAME', summary: CLI_TEXT.optionEnv },
  help: { type: 'boolean', short: 'h', summary: CLI_TEXT.optionHelp },
} as const satisfies Readonly<Record<string, OptionSpec>>

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
  for (const [option, { required: isRequired }] of Object.entries<OptionSpec>(spec.options)) {
    if (isRequired !== true || values.text(option) !== undefined) continue
    throw usage('argumentMissing', language, { name: `--${option}`, command: spec.name })
  }
  return values
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

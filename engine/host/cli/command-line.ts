import { nearestName } from '../../base/suggest.ts'
import { failureOf } from '../../contract/api/failure-of.ts'
import { Failure } from '../../contract/failure.ts'
import type { Language } from '../../contract/localized.ts'
import { parseArguments } from './arguments.ts'
import type { CommandCall, CommandSpec } from './command.ts'
import { COMMANDS } from './commands.ts'
import { commandHelp, generalHelp } from './help.ts'
import { chooseLanguage } from './language.ts'
import { createOutput, reportFailure } from './output.ts'
import type { Terminal } from './terminal.ts'
import { usage } from './usage.ts'

export type CommandExit = 0 | 1 | 2 | 3 | 130

/**
 * Runs one command line. Never throws: a failure is reported where the caller reads and becomes the exit code.
 * @param signal aborted by Ctrl+C; whatever then fails counts as cancelled
 */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<CommandExit> {
  const isJson = args.includes('--json')
  const asked = optionValue(args, '--lang')
  const language = chooseLanguage(asked, terminal.variables)
  try {
    if (language === undefined) throw usage('languageUnknown', 'en', { text: asked })
    return await dispatch(args, { terminal, signal, isJson, language })
  } catch (error) {
    const failure = signal.aborted ? new Failure('work.cancelled', { what: 'runnel' }) : failureOf(error)
    await reportFailure(failure, { terminal, isJson, language: language ?? 'en' })
    return failure.spec.exit
  }
}

interface Invocation {
  readonly terminal: Terminal
  readonly signal: AbortSignal
  readonly isJson: boolean
  readonly language: Language
}

async function dispatch(args: readonly string[], invocation: Invocation): Promise<CommandExit> {
  const { terminal, language } = invocation
  const found = findCommand(args)
  if (found === undefined) {
    const words = args.filter((arg) => !arg.startsWith('-'))
    const isHelp = args.length === 0 || args.includes('--help') || args.includes('-h') || words[0] === 'help'
    if (!isHelp) throw unknownCommand(args[firstWord(args)] ?? args.join(' '), language)
    await terminal.writeOut(`${generalHelp(COMMANDS, language)}\n`)
    return args.length === 0 ? 2 : 0
  }
  const values = parseArguments(found.spec, found.rest, language)
  if (values.flag('help')) {
    await terminal.writeOut(`${commandHelp(found.spec, language)}\n`)
    return 0
  }
  const { run } = await found.spec.load()
  return (await run(await commandCall(values, invocation))) ?? 0
}

async function commandCall(values: CommandCall['values'], invocation: Invocation): Promise<CommandCall> {
  const { terminal, signal, isJson, language } = invocation
  const { locateWorkspace } = await import('./locate-workspace.ts')
  const workspaceDirectory = await locateWorkspace(values.text('workspace'), terminal.directory)
  const call = { values, terminal, signal, language, workspaceDirectory }
  return {
    ...call,
    output: createOutput(terminal, isJson, language),
    // Loading it is most of a start; commands such as `serve` never ask for it.
    engine: async () => (await import('./engine.ts')).connectEngine(call),
  }
}

/** The command with the longest matching name among the leading words; global options may come first. */
function findCommand(args: readonly string[]): { spec: CommandSpec; rest: string[] } | undefined {
  const start = firstWord(args)
  const words = args.slice(start, start + 2)
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ')
    const spec = words.length >= length ? COMMANDS.find((candidate) => candidate.name === name) : undefined
    if (spec !== undefined) return { spec, rest: [...args.slice(0, start), ...args.slice(start + length)] }
  }
  return undefined
}

const VALUED = new Set(['--lang', '--workspace', '-w', '--env', '-e'])

function firstWord(args: readonly string[]): number {
  let i = 0
  while (i < args.length && (args[i] ?? '').startsWith('-')) i += VALUED.has(args[i] ?? '') ? 2 : 1
  return i
}

function unknownCommand(command: string, language: Language): Failure {
  const suggestion = nearestName(
    command,
    COMMANDS.map(({ name }) => name),
  )
  return suggestion === undefined
    ? usage('commandUnknown', language, { command })
    : usage('commandUnknownNear', language, { command, suggestion })
}

function optionValue(args: readonly string[], option: string): string | undefined {
  const at = args.findIndex((arg) => arg === option || arg.startsWith(`${option}=`))
  const arg = args[at]
  return arg?.includes('=') === true ? arg.slice(option.length + 1) : args[at + 1 > 0 ? at + 1 : args.length]
}

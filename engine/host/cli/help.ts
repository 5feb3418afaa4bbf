import type { Language, Localized } from '../../contract/localized.ts'
import { GLOBAL_OPTIONS } from './arguments.ts'
import type { CommandSpec, OptionSpec } from './command.ts'
import { CLI_TEXT } from './text.ts'
import { displayWidth } from './width.ts'

/** Help for everything: every command with its summary. */
export function generalHelp(commands: readonly CommandSpec[], language: Language): string {
  const lines = commands.map((spec): [string, string] => [callForm(spec), spec.summary[language]])
  return [
    CLI_TEXT.about[language],
    '',
    `${CLI_TEXT.usage[language]}: runnel COMMAND [...]`,
    '',
    `${CLI_TEXT.commands[language]}:`,
    ...twoColumns(lines),
    '',
    `${CLI_TEXT.everywhere[language]}:`,
    ...twoColumns(optionLines(GLOBAL_OPTIONS, language)),
    '',
    CLI_TEXT.moreHelp[language],
  ].join('\n')
}

/** Help for one command, with an example. */
export function commandHelp(spec: CommandSpec, language: Language): string {
  const own = optionLines(spec.options, language)
  return [
    spec.summary[language],
    '',
    `${CLI_TEXT.usage[language]}: runnel ${callForm(spec)}`,
    ...(own.length === 0 ? [] : ['', `${CLI_TEXT.options[language]}:`, ...twoColumns(own)]),
    '',
    `${CLI_TEXT.everywhere[language]}:`,
    ...twoColumns(optionLines(GLOBAL_OPTIONS, language)),
    '',
    `${CLI_TEXT.examples[language]}:`,
    ...spec.examples.map((example) => `  ${example}`),
  ].join('\n')
}

function callForm({ name, positionals }: CommandSpec): string {
  const places = positionals.map(({ name: place, optional, several }) => {
    const text = several === true ? `${place}...` : place
    return optional === true ? `[${text}]` : text
  })
  return [name, ...places].join(' ')
}

function optionLines(options: Readonly<Record<string, OptionSpec>>, language: Language): [string, string][] {
  return Object.entries(options).map(([name, { short, value, summary }]: [string, OptionSpec]) => [
    `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
    localized(summary, language),
  ])
}

function localized(text: Localized, language: Language): string {
  return text[language]
}

function twoColumns(lines: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...lines.map(([left]) => displayWidth(left)))
  return lines.map(([left, right]) => `  ${left}${' '.repeat(width - displayWidth(left))}  ${right}`)
}

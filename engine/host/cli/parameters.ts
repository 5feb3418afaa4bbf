import type { ParameterValues } from '../../contract/pipeline-file.ts'
import type { CommandCall } from './command.ts'
import { usage } from './usage.ts'

/** Values given with `--param NAME=VALUE`; lists and objects are no parameters. */
export function parametersOf({ values, language }: CommandCall): Record<string, ParameterValues[string]> {
  const parameters: Record<string, ParameterValues[string]> = {}
  for (const [name, value] of Object.entries(values.pairs('param'))) {
    if (typeof value === 'object' && value !== null) throw usage('notAPair', language, { option: 'param', text: name })
    parameters[name] = value
  }
  return parameters
}

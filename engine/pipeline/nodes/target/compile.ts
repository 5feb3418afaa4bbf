import { KEYED_MODES } from '../../../contract/write-mode.ts'
import { duplicateName, visible } from '../../names.ts'
import type { CompileInput } from '../../node-kind.ts'
import type { TargetConfig } from './config.ts'

/** Checks what a target says about its input: its keys are columns, and keyed modes have some. Gives no output. */
export function compileTarget({ config, input, column, report }: CompileInput<TargetConfig>): [] {
  config.keys.forEach((key, i) => column(`keys.${i}`, key))
  if (KEYED_MODES.has(config.mode) && config.keys.length === 0) {
    report({ code: 'node.keys_missing', detail: { field: 'keys', reason: `mode ${config.mode} matches rows by key` } })
  }
  const twice = duplicateName(config.keys)
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'keys', name: twice } })
  if (visible(input.columns).length === 0) {
    report({ code: 'node.config_invalid', detail: { field: 'input', reason: 'the input has no columns' } })
  }
  return []
}

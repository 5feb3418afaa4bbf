import { duplicateName } from '../../names.ts'
import type { CompileInput } from '../../node-kind.ts'
import type { SourceConfig } from './config.ts'

/**
 * Checks the columns a source names; its only input is the dataset as it is. Gives no output: the run puts the rows under the
 * relation name of the node.
 */
export function compileSource({ config, column, report }: CompileInput<SourceConfig>): [] {
  config.columns?.forEach((name, i) => column(`columns.${i}`, name))
  const twice = duplicateName(config.columns ?? [])
  if (twice !== undefined) report({ code: 'node.duplicate_name', detail: { field: 'columns', name: twice } })
  return []
}

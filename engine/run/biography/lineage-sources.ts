import type { Cell } from '../../contract/page.ts'
import { relationName } from '../../pipeline/compiled.ts'
import { foldName } from '../../pipeline/names.ts'
import { outputOf, type Trace, type TracedOutput } from './open-trace.ts'

export interface WantedRows {
  readonly source: TracedOutput
  readonly wanted: Readonly<Record<string, Cell>>
}

/** Sources that have the columns of a key themselves, or under other names by way of unchanged columns of the output. */
export function lineageSources(trace: Trace, output: TracedOutput, key: Readonly<Record<string, Cell>>): WantedRows[] {
  const sources = trace.nodes.filter(({ node }) => node.type === 'source').flatMap(({ outputs }) => outputs)
  return sources.flatMap((source) => {
    const wanted = Object.entries(key).map(([name, value]) => {
      const behind = sourceColumn(trace, { output, name }, source) ?? columnOf(source, name)
      return behind === undefined ? undefined : ([behind, value] as const)
    })
    const known = wanted.filter((pair) => pair !== undefined)
    return known.length === wanted.length ? [{ source, wanted: Object.fromEntries(known) }] : []
  })
}

interface At {
  readonly output: TracedOutput
  readonly name: string
}

/** The column of the source whose value is unchanged in a column of the output. */
function sourceColumn(trace: Trace, { output, name }: At, source: TracedOutput): string | undefined {
  if (relationName(output.ref) === relationName(source.ref)) return columnOf(source, name)
  const node = trace.nodes.find((traced) => traced.node.name === output.ref.node)?.node
  if (columnOf(output, name) === undefined || node === undefined) return undefined
  const named = [...(output.lineage?.columns ?? [])].find(([known]) => foldName(known) === foldName(name))
  const [first] = node.inputs
  const origins =
    named?.[1].filter(({ kind }) => kind === 'direct') ?? (first === undefined ? [] : [{ input: first, column: name }])
  for (const { input, column } of origins) {
    const before = outputOf(trace.nodes, input)
    const found = before === undefined ? undefined : sourceColumn(trace, { output: before, name: column }, source)
    if (found !== undefined) return found
  }
  return undefined
}

function columnOf({ columns }: TracedOutput, name: string): string | undefined {
  return columns.find((column) => foldName(column.name) === foldName(name))?.name
}

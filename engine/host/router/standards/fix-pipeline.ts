import type { Column } from '../../../contract/column.ts'
import type { Deviation } from '../../../contract/deviation.ts'
import type { PipelineFile } from '../../../contract/pipeline-file.ts'
import type { CompiledTarget } from '../../../pipeline/compiled.ts'
import { findColumn, foldName } from '../../../pipeline/names.ts'
import {
  fieldNames,
  type PipelineColumns,
  type PipelineRequest,
  pipelineColumns,
  readersOf,
  targetColumns,
} from './pipeline-columns.ts'

export interface FixedPipeline {
  readonly file: PipelineFile
  readonly fixed: readonly Deviation[]
}

/**
 * The pipeline with what may be mended by itself: names and casts in a map node that only targets read, where the target is not
 * there yet or has such a column already. Of a pipeline that is wrong somewhere nothing is mended: who reads what is not known.
 */
export async function fixPipeline(
  name: string,
  file: PipelineFile,
  deviations: readonly Deviation[],
  request: PipelineRequest,
): Promise<FixedPipeline> {
  let now = await pipelineColumns(name, file, request)
  const fixed: Deviation[] = []
  if (now.problems > 0) return { file, fixed }
  let mended = file
  for (const deviation of renamesLast(deviations)) {
    const candidate = await changed(mended, deviation, now, request)
    if (candidate === undefined) continue
    const after = await pipelineColumns(name, candidate, request, now.schemas)
    if (after.problems > 0) continue
    mended = candidate
    now = after
    fixed.push(deviation)
  }
  return { file: mended, fixed }
}

/** A cast finds its field by the name that the deviation tells, which a rename takes away. */
function renamesLast(deviations: readonly Deviation[]): Deviation[] {
  const renamed = new Set<string>()
  return deviations
    .filter(({ fix, place }) => fix !== undefined && 'node' in place)
    .toSorted((a, b) => Number(isRename(a)) - Number(isRename(b)))
    .filter(({ fix, place, column }) => {
      const key = JSON.stringify([place, column, fix?.kind])
      return renamed.size !== renamed.add(key).size
    })
}

function isRename({ fix }: Deviation): boolean {
  return fix?.kind === 'rename'
}

async function changed(
  file: PipelineFile,
  { place, column, fix }: Deviation,
  { compiled }: PipelineColumns,
  request: PipelineRequest,
): Promise<PipelineFile | undefined> {
  if (fix === undefined || !('node' in place)) return undefined
  const { node } = place
  if (fix.kind === 'codes') return withCodes(file, node, fix.codes)
  const at = fieldNames(file, node).findIndex((name) => foldName(name) === foldName(column))
  const targets = compiled.targets.filter(({ input }) => input.node === node)
  if (at < 0 || targets.length === 0 || readersOf(file, node, compiled).length !== targets.length) return undefined
  for (const { dataset } of targets) {
    const there = await targetColumns(dataset, request)
    if (there === undefined) return undefined
    if (there.length > 0 && !suits(there, fix.kind === 'rename' ? fix.to : column, fix)) return undefined
  }
  const field = (old: Readonly<Record<string, unknown>>) =>
    fix.kind === 'cast' ? { ...old, type: fix.type } : renamedField(old, column, fix.to)
  const withFields = withField(file, node, at, field)
  return fix.kind === 'rename' ? withKeys(withFields, targets, column, fix.to) : withFields
}

function withCodes(
  file: PipelineFile,
  node: string,
  codes: Readonly<Record<string, string>>,
): PipelineFile | undefined {
  const config = file.nodes[node]
  return config === undefined ? undefined : { ...file, nodes: { ...file.nodes, [node]: { ...config, codes } } }
}

function suits(
  there: readonly Column[],
  name: string,
  fix: Extract<Deviation['fix'], { kind: 'rename' | 'cast' }>,
): boolean {
  const column = findColumn(there, name)
  return column !== undefined && (fix.kind === 'rename' || column.type === fix.type)
}

/** A field that says nothing else takes the column of its own name. */
function renamedField(old: Readonly<Record<string, unknown>>, from: string, to: string): Record<string, unknown> {
  const says = ['from', 'expr', 'value'].some((part) => old[part] !== undefined)
  return says ? { ...old, to } : { ...old, to, from }
}

function withField(
  file: PipelineFile,
  node: string,
  at: number,
  change: (field: Readonly<Record<string, unknown>>) => Record<string, unknown>,
): PipelineFile {
  const config = file.nodes[node]
  const fields: unknown = config?.['fields']
  if (config === undefined || !Array.isArray(fields)) return file
  const mended = fields.map((field: unknown, i) => (i === at ? change({ ...Object(field) }) : field))
  return { ...file, nodes: { ...file.nodes, [node]: { ...config, fields: mended } } }
}

function withKeys(file: PipelineFile, targets: readonly CompiledTarget[], from: string, to: string): PipelineFile {
  const nodes = { ...file.nodes }
  for (const { node } of targets) {
    const config = nodes[node]
    const keys: unknown = config?.['keys']
    if (config === undefined || !Array.isArray(keys)) continue
    nodes[node] = { ...config, keys: keys.map((key) => (foldName(String(key)) === foldName(from) ? to : key)) }
  }
  return { ...file, nodes }
}

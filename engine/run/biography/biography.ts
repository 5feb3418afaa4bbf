import type { Biography, TraceStep } from '../../contract/biography.ts'
import { Failure, isFailure } from '../../contract/failure.ts'
import type { Cell } from '../../contract/page.ts'
import { relationName } from '../../pipeline/compiled.ts'
import { liveSources } from '../live-sources.ts'
import type { RunPorts } from '../ports.ts'
import { snapshotSources } from '../snapshot-sources.ts'
import { lineageSources } from './lineage-sources.ts'
import { openTrace, outputOf, type Trace, type TracedOutput, type TraceRequest } from './open-trace.ts'
import { previewedRow } from './previewed-row.ts'
import { traceBack } from './trace-back.ts'
import { traceForward } from './trace-forward.ts'
import { findRows } from './traced-rows.ts'

export type WantedRow = { readonly index: number } | { readonly key: Readonly<Record<string, Cell>> }

export interface BiographyRequest extends TraceRequest {
  readonly offline: boolean
}

/**
 * What happened to one row of an output on its way.
 * @throws Failure `run.row_missing` when the output has no such row in the part that was looked at
 */
export async function tellBiography(
  request: BiographyRequest,
  wanted: WantedRow,
  { ports, signal }: { readonly ports: RunPorts; readonly signal: AbortSignal | undefined },
): Promise<Biography> {
  const shown = 'index' in wanted ? await previewedRow(request, wanted.index, { ports, signal }) : undefined
  const key = 'key' in wanted ? wanted.key : shown?.key
  const { sampleRows, nth = 0 } = shown ?? {}
  return withTrace(
    { ...request, ...(sampleRows === undefined ? {} : { sampleRows }) },
    { ports, signal },
    async (trace) => {
      const output = asked(trace)
      const row = key === undefined ? undefined : (await findRows(trace, output, key, nth + 1)).at(-1)
      if (row === undefined) throw new Failure('run.row_missing', { output: relationName(output.ref) })
      return traceBack(trace, output, row)
    },
  )
}

/** Where rows with these values went that are not in the output. A row that is in it has its biography told. */
export function tellWhyNot(
  request: BiographyRequest,
  key: Readonly<Record<string, Cell>>,
  { ports, signal }: { readonly ports: RunPorts; readonly signal: AbortSignal | undefined },
): Promise<Biography> {
  return withTrace(request, { ports, signal }, async (trace) => {
    const output = asked(trace)
    if (hasColumns(output, key)) {
      const [own] = await findRows(trace, output, key, 1)
      if (own !== undefined) return traceBack(trace, output, own)
    }
    const steps: TraceStep[][] = []
    for (const { source, wanted } of lineageSources(trace, output, key)) {
      const [own] = await findRows(trace, source, wanted, 1)
      steps.push(own === undefined ? [missing(source)] : await traceForward(trace, source, own))
    }
    // Of several sources the one whose row came furthest says most.
    return steps.toSorted((a, b) => b.length - a.length)[0] ?? []
  })
}

function missing({ ref, columns }: TracedOutput): TraceStep {
  const output = relationName(ref)
  const after = { output, columns: columns.map(({ name }) => name), rows: [], locators: [], rowCount: '0' }
  return { node: ref.node, type: 'source', output, outcome: 'not_found', before: [], after, changed: [] }
}

function asked({ nodes, ref }: Trace): TracedOutput {
  const output = outputOf(nodes, ref)
  if (output === undefined) throw new Failure('run.output_missing', { output: relationName(ref) })
  return output
}

function hasColumns({ columns }: TracedOutput, key: Readonly<Record<string, Cell>>): boolean {
  return Object.keys(key).every((name) => columns.some((column) => column.name === name))
}

interface Reach {
  readonly ports: RunPorts
  readonly signal: AbortSignal | undefined
}

async function withTrace(
  request: BiographyRequest,
  { ports, signal }: Reach,
  tell: (trace: Trace) => Promise<TraceStep[]>,
): Promise<Biography> {
  const told = async (kind: 'live' | 'snapshot', warnings: readonly string[]): Promise<Biography> => {
    await using stack = new AsyncDisposableStack()
    const trace = await openTrace(
      request,
      (sources) => (kind === 'live' ? Promise.resolve(liveSources(ports, signal)) : snapshotSources(ports, sources)),
      { stack, signal, keys: (names) => ports.keys(names) },
    )
    const steps = await tell(trace)
    return {
      output: relationName(request.ref),
      steps,
      basis: kind === 'snapshot' ? 'snapshot' : trace.isWhole ? 'source' : 'sample',
      ...(trace.takenAt === undefined ? {} : { snapshotTakenAt: trace.takenAt }),
      warnings: [...warnings, ...trace.warnings],
    }
  }
  if (request.offline) return told('snapshot', [])
  try {
    return await told('live', [])
  } catch (error) {
    if (!isFailure(error, 'source.unavailable') || signal?.aborted === true) throw error
    return told('snapshot', [error.message])
  }
}

import type { Reading, ReadRequest } from '../connectors/api/reading.ts'
import type { Column } from '../contract/column.ts'
import { parseDatasetRef } from '../contract/dataset.ts'
import type { Duck } from '../duck/duck.ts'
import type { CompiledPipeline, CompiledSource } from '../pipeline/compiled.ts'
import { id, join, type Sql, sql, trusted } from '../sql/sql.ts'
import type { RunPorts } from './ports.ts'
import type { RunSessions } from './sessions.ts'

export interface OpenSource {
  readonly source: CompiledSource
  readonly reading: Reading
}

export interface ReadingContext {
  readonly sessions: RunSessions
  readonly ports: Pick<RunPorts, 'parseOptions'>
  readonly duck: Duck
  readonly signal?: AbortSignal
}

/** Columns of a source node without reading its rows. */
export async function describeSource(
  { sessions, ports, signal }: Omit<ReadingContext, 'duck'>,
  source: Pick<CompiledSource, 'dataset' | 'options'>,
): Promise<readonly Column[]> {
  const { connection, name } = parseDatasetRef(source.dataset)
  const session = await sessions.of(source.dataset)
  const schema = await session.describe(name, ports.parseOptions(connection, 'source', source.options), signal)
  return schema.columns
}

/** What to ask a session for, to read the rows of a source node. */
export function readRequest(
  { ports, duck, signal }: ReadingContext,
  source: CompiledSource,
  more: Partial<ReadRequest> = {},
): ReadRequest {
  const { connection, name } = parseDatasetRef(source.dataset)
  return {
    dataset: name,
    options: ports.parseOptions(connection, 'source', source.options),
    duck,
    ...(signal === undefined ? {} : { signal }),
    ...more,
  }
}

/** Opens the readings of all sources; each is added to `stack` at once. No row is read yet. */
export async function openReadings(
  context: ReadingContext,
  pipeline: CompiledPipeline,
  stack: AsyncDisposableStack,
  more: (source: CompiledSource) => Partial<ReadRequest>,
): Promise<OpenSource[]> {
  const opened: OpenSource[] = []
  for (const source of pipeline.sources) {
    const session = await context.sessions.of(source.dataset)
    const reading = await session.read(readRequest(context, source, more(source)))
    stack.use(reading)
    opened.push({ source, reading })
  }
  return opened
}

/** What the compiled pipeline lets a reader leave out, and whether it must say where rows come from. */
export function pushedDown(source: CompiledSource): Partial<ReadRequest> {
  const { columns, needed, withLocator } = source
  const names = (columns ?? []).filter(({ hidden }) => hidden !== true).map(({ name }) => name)
  const wanted = needed === undefined ? names : names.filter((name) => needed.includes(name))
  return {
    // A reader cannot read no column at all, even when only the number of rows matters.
    ...(names.length === 0 ? {} : { columns: wanted.length === 0 ? names.slice(0, 1) : wanted }),
    ...(withLocator === true ? { withLocator } : {}),
  }
}

/** The described columns with the types that the readings really have. */
export function actualColumns(
  described: ReadonlyMap<string, readonly Column[]>,
  sources: readonly OpenSource[],
): Map<string, readonly Column[]> {
  const actual = new Map(described)
  for (const { source, reading } of sources) {
    const columns = described.get(source.node) ?? []
    actual.set(
      source.node,
      columns.map((column) => ({ ...column, ...reading.columns.find(({ name }) => name === column.name) })),
    )
  }
  return actual
}

/** Whether names and types are the same, in the same order. */
export function sameColumns(
  a: ReadonlyMap<string, readonly Column[]>,
  b: ReadonlyMap<string, readonly Column[]>,
): boolean {
  return [...a].every(([node, columns]) => {
    const others = b.get(node) ?? []
    return (
      columns.length === others.length &&
      columns.every(({ name, type }, i) => others[i]?.name === name && others[i]?.type === type)
    )
  })
}

/**
 * A relation of a reading with the columns the pipeline was compiled for, in their order: what the reader left out, and a
 * locator it cannot give, are typed NULLs.
 */
export function sourceRelation(source: CompiledSource, given: readonly Column[], relation: Sql): Sql {
  if (source.columns === undefined) return relation
  const list = source.columns.map(({ name, type }) =>
    given.some((column) => column.name === name) ? id(name) : sql`NULL::${trusted(type)} AS ${id(name)}`,
  )
  return sql`SELECT ${join(list)} FROM (${relation})`
}

/** No rows, with the columns the pipeline was compiled for. */
export function emptySource({ source, reading }: OpenSource): Sql {
  const columns = source.columns ?? reading.columns
  return sql`SELECT ${join(columns.map(({ name, type }) => sql`NULL::${trusted(type)} AS ${id(name)}`))} WHERE false`
}

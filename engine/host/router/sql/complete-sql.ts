import type { SqlCompletion } from '../../../contract/api/sql.ts'
import type { Column } from '../../../contract/column.ts'
import { printQualifiedName } from '../../../contract/dataset.ts'
import { isFailure } from '../../../contract/failure.ts'
import { connectionSource } from '../connection-source.ts'
import { listedDatasets } from '../connections/listed.ts'
import type { HostContext } from '../context.ts'
import {
  columnCompletions,
  connectionCompletions,
  datasetCompletions,
  duckCompletions,
  tablesNamed,
  typedAt,
} from './complete.ts'
import type { NamedDataset } from './datasets.ts'
import { describeDatasets, openChecker, type SqlScope } from './described.ts'

export interface CompleteRequest extends SqlScope {
  readonly sql: string
  readonly offset: number
}

const MOST = 200

/** Names of the workspace first, then what DuckDB knows. A system that does not answer gives no names, not an error. */
export async function completeSql(
  context: HostContext,
  { sql: text, offset, ...scope }: CompleteRequest,
  signal?: AbortSignal,
): Promise<SqlCompletion[]> {
  const typed = typedAt(text, offset)
  const { connections } = (await connectionSource(context, scope.environment)).workspace
  const [first, ...others] = typed.path
  if (first !== undefined && others.length < 2 && connections.has(first) && (typed.wantsTable || others.length > 0)) {
    const listed = await quiet(() => listedDatasets(context, first, scope.environment), [])
    return datasetCompletions(typed, listed, MOST)
  }
  if (typed.wantsTable) return connectionCompletions(typed, connections.keys())
  const tables = tablesNamed(text).filter(({ path }) => connections.has(path[0] ?? ''))
  const named =
    first === undefined ? tables : tables.filter(({ alias, path }) => alias === first || path.at(-1) === first)
  const described = await quiet(
    () =>
      describeDatasets(
        context,
        named.map(({ path }) => namedDataset(path)),
        scope,
        signal,
      ),
    new Map<NamedDataset, readonly Column[]>(),
  )
  const columns = columnCompletions(typed, [...described.values()].flat())
  if (first !== undefined) return columns.slice(0, MOST)
  await using checker = await openChecker(new Map())
  return [...columns, ...(await duckCompletions(checker, text, offset, MOST))].slice(0, MOST)
}

function namedDataset(path: readonly string[]): NamedDataset {
  const [connection = '', ...rest] = path
  const name = printedName(rest)
  const [schema = 'main'] = rest.length > 1 ? rest : []
  return { connection, name, ref: `${connection}:${name}`, schema, table: rest.at(-1) ?? '', start: 0 }
}

function printedName(parts: readonly string[]): string {
  const [only, ...more] = parts
  return more.length === 0 ? (only ?? '') : printQualifiedName(parts)
}

async function quiet<Result>(work: () => Promise<Result>, instead: Result): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (isFailure(error) && error.code !== 'work.cancelled') return instead
    throw error
  }
}

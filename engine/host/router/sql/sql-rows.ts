import type { Column } from '../../../contract/column.ts'
import { Failure, isFailure } from '../../../contract/failure.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import { connectionSource } from '../connection-source.ts'
import type { HostContext } from '../context.ts'
import type { OpenRows } from '../cursors/cursor.ts'
import { keptTable } from '../cursors/kept-table.ts'
import { Progress } from '../cursors/progress.ts'
import { resourcesOf } from '../resources.ts'
import { datasetsOf } from './datasets.ts'
import { fileStates } from './file-states.ts'
import { readySources } from './open-sources.ts'
import type { ReadySources } from './ready-sources.ts'
import { parseStatement } from './statement.ts'

export interface SqlRequest {
  readonly sql: string
  readonly environment?: string | undefined
  readonly offline?: boolean | undefined
}

export interface StatementRequest extends SqlRequest {
  /** Of each table of a server, for a plan that is only looked at. */
  readonly limitRows?: number
  /** Told of what a server has sent so far. */
  readonly onRead?: (dataset: string, rows: bigint) => void
}

/** A statement whose datasets are at hand. */
export interface ReadyStatement extends ReadySources {
  /** To be put in parentheses. */
  readonly query: Sql
}

/** Rows of a result that are kept. */
const MOST_ROWS = 1_000_000

let counter = 0

/** The rows of a statement; it runs in the background once its columns are known. */
export async function sqlRows(
  context: HostContext,
  request: StatementRequest,
  signal?: AbortSignal,
): Promise<OpenRows> {
  const stop = new AbortController()
  const endEarly = (): void => stop.abort()
  signal?.addEventListener('abort', endEarly, { once: true })
  await using stack = new AsyncDisposableStack()
  const ready = stack.use(await readyStatement(context, request, stop.signal))
  const { duck, query } = ready
  const columns = distinctNames(
    await duck.columns(sql`SELECT * FROM (${query}\n)`).catch((error: unknown) => {
      throw plainRefusal(error, request.sql)
    }),
  )
  const table = await keptTable(duck, `result_${counter++}`, columns)
  const progress = new Progress()
  const state = { isCut: false }
  const aliases = join(columns.map(({ name }) => id(name)))
  const rows = sql`SELECT * FROM (${query}\n) AS result(${aliases}) LIMIT ${literal(MOST_ROWS)}`
  const run = async (): Promise<void> => {
    try {
      const count = await table.add(duck, rows, { signal: stop.signal })
      state.isCut = count >= BigInt(MOST_ROWS)
      progress.finish(count)
    } catch (error) {
      progress.fail(plainRefusal(error, request.sql))
    }
    // A table that is only shown must not keep others from loading it.
    await ready.release()
  }
  const work = run()
  signal?.removeEventListener('abort', endEarly)
  const closing = stack.move()
  return {
    duck,
    store: table.store(progress),
    rejects: () => ({ query: undefined, count: 0n }),
    warnings: () => [
      ...ready.warnings,
      ...(state.isCut ? [`only the first ${MOST_ROWS} rows of the result are kept`] : []),
    ],
    limitRows: MOST_ROWS,
    facts: {},
    close: async () => {
      stop.abort()
      await work
      // Other statements may go on in the same DuckDB.
      await duck.run(sql`DROP TABLE IF EXISTS ${table.name}`).catch(() => undefined)
      await closing.disposeAsync()
    },
  }
}

/** Opens and reads every dataset that a statement names. @throws Failure `query.not_read_only`, `query.dataset_unknown`, `sql.invalid` */
export async function readyStatement(
  context: HostContext,
  { sql: text, environment, offline, ...more }: StatementRequest,
  signal: AbortSignal,
): Promise<ReadyStatement> {
  const source = await connectionSource(context, environment)
  const statement = await parsed(text)
  const datasets = datasetsOf(statement.tables, source.workspace.connections.keys())
  const query = trusted(statement.text)
  const open = (): Promise<ReadySources> =>
    readySources(context, { source, datasets, offline: offline === true, wish: statement.wish, ...more }, signal)
  const key = offline === true || datasets.length === 0 ? undefined : await fileStates(source, datasets)
  if (key === undefined) return { ...(await open()), query }
  const { sqlSources } = resourcesOf(context)
  const shared = await sqlSources.share(key, open).catch((error: unknown) => {
    // Whoever began to read went away; nobody else is to suffer for it.
    if (!isFailure(error, 'work.cancelled') || signal.aborted) throw error
    return sqlSources.share(key, open)
  })
  const duck = await shared.value.duck.connect()
  return {
    duck,
    query,
    warnings: shared.value.warnings,
    // They stay for the next statement.
    release: () => Promise.resolve(),
    [Symbol.asyncDispose]: async () => {
      await duck[Symbol.asyncDispose]()
      await shared[Symbol.asyncDispose]()
    },
  }
}

async function parsed(text: string): ReturnType<typeof parseStatement> {
  await using parser = await openDuck({ memoryLimitMb: 128, threads: 1, allowedDirectories: [] })
  return await parseStatement(parser, text)
}

/** DuckDB quotes the text it was given, which is not the one a person wrote; where the fault stands `sql.check` knows. */
function plainRefusal(error: unknown, text: string): unknown {
  if (!isFailure(error, 'sql.invalid') || !('reason' in error.detail)) return error
  const { reason } = error.detail
  return new Failure('sql.invalid', { reason: reason.split('\n\nLINE ', 1)[0] ?? reason, sql: text }, { cause: error })
}

/** A result may name two columns alike; a grid and a file need to tell them apart. */
function distinctNames(columns: readonly Column[]): Column[] {
  const seen = new Set<string>()
  return columns.map((column) => {
    let name = column.name === '' ? 'column' : column.name
    for (let i = 2; seen.has(name.toLowerCase()); i++) name = `${column.name}_${i}`
    seen.add(name.toLowerCase())
    return { ...column, name }
  })
}

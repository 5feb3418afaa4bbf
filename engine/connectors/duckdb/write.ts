import { Failure, isFailure } from '../../contract/failure.ts'
import { KEYED_MODES } from '../../contract/write-mode.ts'
import type { Duck, DuckCall } from '../../duck/duck.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../sql/sql.ts'
import type { WriteOutcome, WriteRequest, Writer } from '../api/writer.ts'
import { assertNotCancelled } from '../shared/cancellation.ts'
import { fromRelation } from '../shared/load/from-relation.ts'
import { assertStagedKeys } from '../shared/load/key-checks.ts'
import { STATE_TABLE, stageName, stagePrefix } from '../shared/load/load-tables.ts'
import { storedOutcome } from '../shared/load/outcome.ts'
import { standardMerge } from '../shared/load/standard-merge.ts'
import { type AttachedFile, attachFile, type DuckdbFile } from './attachment.ts'
import { splitDataset } from './catalogue.ts'
import { type DuckdbPlan, planDuckdb } from './write-plan.ts'

interface Load {
  readonly request: WriteRequest
  readonly plan: DuckdbPlan
  readonly alias: string
  readonly schema: string
  readonly target: Sql
  readonly stage: Sql
  readonly call: DuckCall
}

/** Stages into a table of the same file; the commit is one transaction there. */
export async function writeDuckdb(file: DuckdbFile, request: WriteRequest): Promise<Writer> {
  assertNotCancelled(request.signal, request.dataset)
  const attached = await attachFile(request.duck, file, 'write')
  try {
    const { schema, name } = splitDataset(request.dataset)
    const committed = await committedOutcome(request, attached.alias, schema)
    const plan = await planDuckdb(request.duck, attached.alias, request)
    const load: Load = {
      request,
      plan,
      alias: attached.alias,
      schema,
      target: id(attached.alias, schema, name),
      stage: id(attached.alias, schema, stageName(request.dataset, request.loadId)),
      call: request.signal === undefined ? {} : { signal: request.signal },
    }
    if (committed === undefined) await prepareStage(load)
    return writerOf(load, attached, committed)
  } catch (error) {
    await attached[Symbol.asyncDispose]()
    throw error
  }
}

function writerOf(load: Load, attached: AttachedFile, committed: WriteOutcome | undefined): Writer {
  const { duck } = load.request
  const { pairs } = load.plan.table
  let isStaged = committed === undefined
  return {
    plan: load.plan.shown,
    ...(committed === undefined ? {} : { committed }),
    byteFormats: [],
    stage: (relation) => stageRows(load, relation),
    readBack: () =>
      Promise.resolve({
        columns: pairs.map(({ column, target }) => ({ name: column.name, type: target.type })),
        relation: sql`SELECT ${join(pairs.map(({ column, target }) => sql`${id(target.name)} AS ${id(column.name)}`))} FROM ${load.stage}`,
        warnings: [],
        counts: () => ({ rejected: 0n, bytes: 0n }),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }),
    commit: async () => {
      const outcome = await commitLoad(load)
      isStaged = false
      return outcome
    },
    [Symbol.asyncDispose]: async () => {
      if (isStaged) await duck.run(sql`DROP TABLE IF EXISTS ${load.stage}`).catch(() => undefined)
      isStaged = false
      await attached[Symbol.asyncDispose]()
    },
  }
}

async function committedOutcome(
  { duck, loadId }: WriteRequest,
  alias: string,
  schema: string,
): Promise<WriteOutcome | undefined> {
  await duck.run(
    sql`CREATE SCHEMA IF NOT EXISTS ${id(alias, schema)}; CREATE TABLE IF NOT EXISTS ${id(alias, schema, STATE_TABLE)} (load_id VARCHAR PRIMARY KEY, dataset VARCHAR, mode VARCHAR, state VARCHAR, inserted BIGINT, updated BIGINT, deleted BIGINT, target_rows BIGINT, committed_at TIMESTAMP)`,
  )
  const { rows } = await duck.rows(
    sql`SELECT inserted, updated, deleted, target_rows FROM ${id(alias, schema, STATE_TABLE)} WHERE load_id = ${literal(loadId)}`,
  )
  return rows[0] === undefined ? undefined : storedOutcome(rows[0])
}

/** Removes what killed loads of this dataset left, and makes the stage with the target's types. */
async function prepareStage({ request, plan, alias, schema, stage }: Load): Promise<void> {
  const { duck, dataset } = request
  const { rows } = await duck.rows(
    sql`SELECT table_name FROM duckdb_tables() WHERE database_name = ${literal(alias)} AND schema_name = ${literal(schema)} AND starts_with(table_name, ${literal(stagePrefix(dataset))})`,
  )
  for (const [name] of rows) if (typeof name === 'string') await duck.run(sql`DROP TABLE ${id(alias, schema, name)}`)
  const columns = plan.table.pairs.map(({ target }) => sql`${id(target.name)} ${trusted(target.type)}`)
  await duck.run(sql`CREATE TABLE ${stage} (${join(columns)})`)
}

async function stageRows({ request, plan, stage, call }: Load, relation: Sql): Promise<bigint> {
  const columns = plan.table.pairs.map(({ target }) => id(target.name))
  const values = plan.table.pairs.map(({ column }) => id(column.name))
  try {
    return await request.duck.run(
      sql`INSERT INTO ${stage} (${join(columns)}) SELECT ${join(values)} FROM ${fromRelation(relation)} AS runnel_rows`,
      call,
    )
  } catch (error) {
    throw targetFailure(request.dataset, error)
  }
}

async function commitLoad(load: Load): Promise<WriteOutcome> {
  const { request, call } = load
  // A connection of its own: the transaction must not take in what others run on the shared one.
  await using duck = await request.duck.connect()
  // DuckDB does not let one transaction alter a table and change its rows. What is altered here only adds room.
  if (load.plan.table.exists) await applyStatements(load, duck)
  await duck.run(sql`BEGIN`)
  try {
    if (!load.plan.table.exists) await applyStatements(load, duck)
    const outcome = await mergeStage(load, duck)
    await duck.run(sql`COMMIT`, call)
    return outcome
  } catch (error) {
    await duck.run(sql`ROLLBACK`).catch(() => undefined)
    throw targetFailure(request.dataset, error)
  }
}

async function applyStatements({ plan, alias }: Load, duck: Duck): Promise<void> {
  if (plan.shown.statements.length === 0) return
  await duck.run(sql`USE ${id(alias)}`)
  for (const statement of plan.shown.statements) await duck.run(trusted(statement))
}

async function mergeStage(
  { request, plan, alias, schema, target, stage, call }: Load,
  duck: Duck,
): Promise<WriteOutcome> {
  const { dataset, mode, loadId } = request
  const name = (column: string): string =>
    plan.table.pairs.find((pair) => pair.column.name === column)?.target.name ?? column
  const keys = request.keys.map(name)
  if (KEYED_MODES.has(mode)) {
    await assertStagedKeys({ dataset, stage, keys, rows: async (query) => (await duck.rows(query, call)).rows })
  }
  const columns = plan.table.pairs.map((pair) => pair.target.name)
  const merge = standardMerge(mode, { target, stage, columns, keys })
  const changed = async (statement: Sql | undefined): Promise<bigint> =>
    statement === undefined ? 0n : duck.run(statement, call)
  const removed = await changed(merge.delete)
  const updated = await changed(merge.update)
  const inserted = await changed(merge.insert)
  const deleted = mode === 'delete' || mode === 'mirror' ? removed : 0n
  const targetRows = BigInt((await duck.value(sql`SELECT count(*) FROM ${target}`)) ?? '0')
  const state = request.state === undefined ? null : JSON.stringify(request.state)
  const counts = join([inserted, updated, deleted, targetRows].map((count) => literal(count)))
  await duck.run(
    sql`INSERT OR REPLACE INTO ${id(alias, schema, STATE_TABLE)} VALUES (${literal(loadId)}, ${literal(dataset)}, ${literal(mode)}, ${literal(state)}, ${counts}, now()::TIMESTAMP)`,
  )
  await duck.run(sql`DROP TABLE ${stage}`)
  return { inserted, updated, deleted, targetRows }
}

/** A value the target refused is the load's failure, not that of the pipeline's SQL. */
function targetFailure(target: string, error: unknown): unknown {
  if (!isFailure(error, 'sql.invalid')) return error
  const reason = error.cause instanceof Error ? error.cause.message : error.message
  return /^(Conversion|Constraint|Out of Range|Invalid Input|TransactionContext)/.test(reason)
    ? new Failure('target.rejected', { target, reason }, { cause: error })
    : error
}

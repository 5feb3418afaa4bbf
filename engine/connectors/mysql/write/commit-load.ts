import { setTimeout as sleep } from 'node:timers/promises'
import { isFailure } from '../../../contract/failure.ts'
import { KEYED_MODES } from '../../../contract/write-mode.ts'
import { id, join, literal, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { WriteOutcome, WriteRequest } from '../../api/writer.ts'
import { stageName } from '../../shared/load/load-tables.ts'
import { type MysqlAccess, MysqlConnection } from '../connection/mysql-connection.ts'
import { isConnectionLost } from '../connection/mysql-failure.ts'
import { mergeStatements } from './merge-statements.ts'
import type { LoadPlan } from './plan-load.ts'
import { checkStagedKeys, indexStage } from './stage-keys.ts'
import { copyName, dropTables, type Stage } from './stage-table.ts'
import { committedOutcome, confirmState, insertState, settlePending } from './state-table.ts'

/** How long the outcome of a commit whose reply was lost is looked for while the server is away. */
const LOOKUP_MS = 60_000

interface CommitRequest {
  readonly request: WriteRequest
  readonly plan: LoadPlan
  readonly stage: Stage
  readonly staged: bigint
}

/**
 * Makes a staged load visible: renames the stage when it is the new table, else merges it in one transaction with its note.
 *
 * When the connection breaks, whether the load took effect is looked up by its id, after the old connection's work has
 * ended on the server.
 */
export async function commitLoad(access: MysqlAccess, commit: CommitRequest): Promise<WriteOutcome> {
  const connection = await MysqlConnection.open(access, 'target')
  try {
    const outcome = commit.stage.isNewTable
      ? await swap(connection, commit, commit.stage.name)
      : await mergeOrCopy(connection, commit)
    await dropTables(connection, commit.plan.target.schema, [commit.stage.name]).catch(() => undefined)
    return outcome
  } catch (error) {
    const outcome = isConnectionLost(error) ? await lookUp(access, commit, connection.threadId) : undefined
    if (outcome === undefined) throw error
    return outcome
  } finally {
    await connection[Symbol.asyncDispose]()
  }
}

async function mergeOrCopy(connection: MysqlConnection, commit: CommitRequest): Promise<WriteOutcome> {
  const { request, plan, stage } = commit
  if (KEYED_MODES.has(request.mode)) {
    await indexStage(connection, plan, stage)
    await checkStagedKeys(connection, request.dataset, plan, stage)
  }
  const statements = plan.isEdited ? (request.ddlStatements ?? []).map(trusted) : plan.ddl(plan.target.path)
  for (const statement of statements) await connection.execute(statement, request.signal)
  if (request.mode !== 'replace' || plan.mustKeepTable) return merge(connection, commit)
  // A person's own CREATE TABLE names the target, so the new table is made like it and filled from the stage.
  const copy = copyName(request.dataset, stage)
  const path = id(plan.target.schema, copy)
  const columns = join(plan.columns.map(({ target }) => id(target.name)))
  await connection.execute(sql`CREATE TABLE ${path} LIKE ${plan.target.path}`)
  await connection.execute(sql`INSERT INTO ${path} (${columns}) SELECT ${columns} FROM ${stage.path}`, request.signal)
  return swap(connection, { ...commit, plan: { ...plan, table: { ...plan.table, exists: true } } }, copy)
}

async function merge(connection: MysqlConnection, { request, plan, stage }: CommitRequest): Promise<WriteOutcome> {
  const { schema, path: target } = plan.target
  const isEmptied = request.mode === 'truncate' || request.mode === 'replace'
  const steps = mergeStatements(isEmptied ? 'truncate' : request.mode, {
    target,
    stage: stage.path,
    columns: plan.columns,
    keys: plan.keys,
  })
  await connection.execute(sql`START TRANSACTION`)
  try {
    const deleted = await changedBy(connection, steps.delete, request.signal)
    const updated = await changedBy(connection, steps.update, request.signal)
    const inserted = await changedBy(connection, steps.insert, request.signal)
    // Emptying a table is part of the mode, not rows that someone deleted.
    const outcome = { inserted, updated, deleted: isEmptied ? 0n : deleted }
    await connection.execute(insertState(schema, request, outcome), request.signal)
    await connection.execute(sql`COMMIT`)
    return outcome
  } catch (error) {
    if (!isConnectionLost(error)) await connection.execute(sql`ROLLBACK`).catch(() => undefined)
    throw error
  }
}

async function changedBy(
  connection: MysqlConnection,
  statement: Sql | undefined,
  signal: AbortSignal | undefined,
): Promise<bigint> {
  return statement === undefined ? 0n : (await connection.execute(statement, signal)).affectedRows
}

/** One RENAME moves the old table out and the new one in: every other connection sees either. */
async function swap(
  connection: MysqlConnection,
  { request, plan, staged }: CommitRequest,
  newTable: string,
): Promise<WriteOutcome> {
  const { schema, path: target } = plan.target
  const outcome: WriteOutcome = { inserted: staged, updated: 0n, deleted: 0n }
  const old = stageName(request.dataset, `${newTable}:old`)
  await connection.execute(insertState(schema, request, outcome, newTable), request.signal)
  const moveIn = sql`${id(schema, newTable)} TO ${target}`
  const renames = plan.table.exists ? sql`${target} TO ${id(schema, old)}, ${moveIn}` : moveIn
  await connection.execute(sql`RENAME TABLE ${renames}`)
  await connection.execute(confirmState(schema, request.loadId))
  await dropTables(connection, schema, [old]).catch(() => undefined)
  return outcome
}

/** Undefined when the load did not take effect. @throws Failure `source.unavailable` when the server stays away. */
async function lookUp(
  access: MysqlAccess,
  { request, plan }: CommitRequest,
  threadId: number,
): Promise<WriteOutcome | undefined> {
  for (const started = Date.now(); ; await sleep(500)) {
    try {
      await using connection = await MysqlConnection.open(access, 'target')
      await endThread(connection, threadId)
      await settlePending(connection, plan.target.schema, request)
      return await committedOutcome(connection, plan.target.schema, request.loadId)
    } catch (error) {
      if (!isFailure(error, 'source.unavailable') || Date.now() - started > LOOKUP_MS) throw error
    }
  }
}

/** A server may still be working for a connection it does not know to be dead. */
async function endThread(connection: MysqlConnection, threadId: number): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    (await connection.value(
      sql`SELECT count(*) FROM information_schema.PROCESSLIST WHERE ID = ${literal(threadId)}`,
    )) !== '0'
  if (threadId === connection.threadId || !(await isThere())) return
  await connection.execute(sql`KILL ${literal(threadId)}`).catch(() => undefined)
  while (await isThere()) await sleep(100)
}

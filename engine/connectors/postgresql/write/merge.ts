import { KEYED_MODES } from '../../../contract/write-mode.ts'
import { id, join, type Sql, sql, trusted } from '../../../sql/sql.ts'
import type { WriteOutcome, WriteRequest } from '../../api/writer.ts'
import { assertStagedKeys } from '../../shared/load/key-checks.ts'
import { standardMerge } from '../../shared/load/standard-merge.ts'
import type { PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'
import { sqlState } from '../connection/postgres-failure.ts'
import type { LoadPlan } from './plan-load.ts'
import type { StageTable } from './stage-table.ts'
import { swapIn } from './swap.ts'

/** TRUNCATE is refused: another table refers to this one, or it is no plain table. */
const TRUNCATE_REFUSED = new Set(['0A000', '42809', '42501'])

/** Runs inside the transaction that commits the load; leaves no stage behind. */
export async function mergeStage(
  connection: PostgresConnection,
  { plan, stage, staged, request }: { plan: LoadPlan; stage: StageTable; staged: bigint; request: WriteRequest },
  call: PostgresCall,
): Promise<WriteOutcome> {
  const keys = request.keys.map((key) => plan.table.pairs.find(({ column }) => column.name === key)?.target.name ?? key)
  if (KEYED_MODES.has(request.mode)) {
    const rows = (query: Sql): Promise<(string | null)[][]> => connection.rows(query, call)
    await assertStagedKeys({ dataset: request.dataset, stage: stage.table, keys, rows })
  }
  if (stage.role === 'new') return becomeTarget(connection, { plan, stage, staged, keys, request }, call)
  if (stage.role === 'swap' && plan.found !== undefined) {
    const isSwapped = await swapIn(connection, { table: plan.found, stage: stage.table }, call)
    if (isSwapped) return { inserted: staged, updated: 0n, deleted: 0n, targetRows: staged }
  }
  for (const statement of plan.write.statements) await connection.run(trusted(statement), call)
  const target = id(plan.path.schema, plan.path.name)
  // Other writers wait, readers do not: no key can appear between the update and the insert.
  if (KEYED_MODES.has(request.mode)) await connection.run(sql`LOCK TABLE ${target} IN SHARE ROW EXCLUSIVE MODE`, call)
  const merge = standardMerge(request.mode, {
    target,
    stage: stage.table,
    columns: plan.table.pairs.map(({ target: { name } }) => name),
    keys,
    comparedAsText: plan.existing.filter(isWithoutEquality).map(({ name }) => name),
  })
  const isEmptied = request.mode === 'replace' || request.mode === 'truncate'
  if (KEYED_MODES.has(request.mode)) await connection.run(sql`ANALYZE ${stage.table}`, call)
  const deleted =
    merge.delete === undefined
      ? 0n
      : isEmptied
        ? await emptyTable(connection, { target, deletion: merge.delete }, call)
        : await connection.run(merge.delete, call)
  const updated = merge.update === undefined ? 0n : await connection.run(merge.update, call)
  const inserted = merge.insert === undefined ? 0n : await connection.run(merge.insert, call)
  await connection.run(sql`DROP TABLE ${stage.table}`, call)
  return { inserted, updated, deleted, ...(isEmptied ? { targetRows: inserted } : {}) }
}

/** The stage is the new table: nothing is copied. */
async function becomeTarget(
  connection: PostgresConnection,
  load: {
    plan: LoadPlan
    stage: StageTable
    staged: bigint
    keys: readonly string[]
    request: WriteRequest
  },
  call: PostgresCall,
): Promise<WriteOutcome> {
  const { plan, stage, staged, keys, request } = load
  const target = id(plan.path.schema, plan.path.name)
  await connection.run(sql`ALTER TABLE ${stage.table} RENAME TO ${id(plan.path.name)}`, call)
  await connection.run(sql`ALTER TABLE ${target} RESET (autovacuum_enabled)`, call)
  if (KEYED_MODES.has(request.mode)) {
    await connection.run(sql`ALTER TABLE ${target} ADD PRIMARY KEY (${join(keys.map((key) => id(key)))})`, call)
  }
  return { inserted: staged, updated: 0n, deleted: 0n, targetRows: staged }
}

/** Rows that were there do not count as deleted. TRUNCATE where it is allowed, else DELETE: both are seen only after the commit. */
async function emptyTable(
  connection: PostgresConnection,
  { target, deletion }: { target: Sql; deletion: Sql },
  call: PostgresCall,
): Promise<bigint> {
  await connection.run(sql`SAVEPOINT before_truncate`, call)
  try {
    await connection.run(sql`TRUNCATE TABLE ${target}`, call)
  } catch (error) {
    if (!TRUNCATE_REFUSED.has(sqlState(error) ?? '')) throw error
    await connection.run(sql`ROLLBACK TO SAVEPOINT before_truncate`, call)
    await connection.run(deletion, call)
  }
  return 0n
}

/** json and geometry have no equality, or one that calls different values equal; their texts are compared. */
function isWithoutEquality({ type, mapping }: LoadPlan['existing'][number]): boolean {
  return type.base === 'json' || (mapping.transport.kind === 'text' && type.kind === 'b') || type.isArray
}

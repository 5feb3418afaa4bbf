import { Failure } from '../../../contract/failure.ts'
import { id, join, literal, type Sql, sql } from '../../../sql/sql.ts'
import { assertStagedKeys } from '../../shared/load/key-checks.ts'
import type { MysqlConnection } from '../connection/mysql-connection.ts'
import type { LoadPlan } from './plan-load.ts'
import type { Stage } from './stage-table.ts'

/** Bytes of a text key that an index holds; longer keys are compared whole all the same. */
const PREFIX = 191

/** Indexes the keys of a full stage, without which a merge would compare every row with every row. */
export async function indexStage(connection: MysqlConnection, plan: LoadPlan, stage: Stage): Promise<void> {
  const types = new Map(plan.columns.map(({ target }) => [target.name, target.type]))
  const parts = plan.keys.map((key) =>
    /text|blob|json/i.test(types.get(key) ?? '') ? sql`${id(key)}(${literal(PREFIX)})` : sql`${id(key)}`,
  )
  await connection.execute(sql`ALTER TABLE ${stage.path} ADD INDEX runnel_keys (${join(parts)})`)
}

/**
 * Checks the keys of a full stage as the target would see them.
 * @throws Failure `write.null_key`, `write.duplicate_key`, `write.key_collision` for keys that differ here and not there.
 */
export async function checkStagedKeys(
  connection: MysqlConnection,
  dataset: string,
  plan: LoadPlan,
  stage: Stage,
): Promise<void> {
  await assertNoCollisions(connection, dataset, plan, stage)
  await assertStagedKeys({
    dataset,
    stage: stage.path,
    keys: plan.keys,
    rows: async (query) => (await connection.rows(query)).rows,
  })
}

async function assertNoCollisions(
  connection: MysqlConnection,
  dataset: string,
  { keys }: LoadPlan,
  { path }: Stage,
): Promise<void> {
  const columns = join(keys.map((key) => id(key)))
  const shown = sql`CONCAT_WS(', ', ${columns})`
  const bytes: Sql = sql`CONCAT_WS(${sql`0x00`}, ${join(keys.map((key) => sql`CAST(${id(key)} AS BINARY)`))})`
  const { rows } = await connection.rows(
    sql`SELECT GROUP_CONCAT(${shown} SEPARATOR ' = ') FROM ${path} GROUP BY ${columns} HAVING count(DISTINCT ${bytes}) > 1 LIMIT 5`,
  )
  if (rows.length === 0) return
  const examples = rows.map(([example]) => example).join('; ')
  throw new Failure('write.key_collision', { dataset, keys: keys.join(', '), examples })
}

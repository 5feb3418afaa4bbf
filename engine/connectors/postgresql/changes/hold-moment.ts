import { randomBytes } from 'node:crypto'
import { id, sql } from '../../../sql/sql.ts'
import type { HeldMoment } from '../../api/changes.ts'
import type { PostgresAccess } from '../connection/client-config.ts'
import { type PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'
import { lsnText, parseLsn } from './lsn.ts'

/**
 * The state of the database at an exact place of its log: a slot is the only thing that knows both (PostgreSQL documentation,
 * "CREATE_REPLICATION_SLOT"). The temporary slot and its snapshot go with their connection.
 */
export async function holdMoment(access: PostgresAccess, call: PostgresCall): Promise<HeldMoment> {
  await using stack = new AsyncDisposableStack()
  const connection = stack.use(await PostgresConnection.open(access, { ...call, forReplication: true }))
  const name = `runnel_moment_${randomBytes(8).toString('hex')}`
  const [row] = await connection.rows(
    sql`CREATE_REPLICATION_SLOT ${id(name)} TEMPORARY LOGICAL pgoutput EXPORT_SNAPSHOT`,
    call,
  )
  const [, point, snapshot] = row ?? []
  const held = stack.move()
  return {
    moment: snapshot ?? '',
    position: lsnText(parseLsn(point ?? '0/0')),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}

import { id, join, sql, trusted } from '../../../sql/sql.ts'
import type { ByteFormat } from '../../api/byte-format.ts'
import type { ByteReading, ReadRequest } from '../../api/reading.ts'
import { toColumn } from '../catalogue/table-columns.ts'
import { postgresSourceSchema } from '../config.ts'
import type { PostgresAccess } from '../connection/client-config.ts'
import { planRead } from './read-plan.ts'
import { SharedSnapshot } from './shared-snapshot.ts'

/** A dataset as COPY writes it, untouched: nothing is cast, so every type is exact. */
export async function openByteReading(
  access: PostgresAccess,
  request: ReadRequest,
  format: ByteFormat,
): Promise<ByteReading> {
  const source = postgresSourceSchema.parse(request.options ?? {})
  const stop = new AbortController()
  const signal = request.signal === undefined ? stop.signal : AbortSignal.any([request.signal, stop.signal])
  await using opening = new AsyncDisposableStack()
  const snapshot = opening.use(await SharedSnapshot.open(access, { signal: request.signal }, request.moment))
  const plan = await planRead(snapshot.first, access.config, { source, request })
  const connections = await snapshot.connections(plan.ranges.length, { signal: request.signal })
  const ranges = connections.length < plan.ranges.length ? [sql``] : plan.ranges
  const resources = opening.move()
  const totals = { rows: 0n, bytes: 0n }
  const names = join(plan.columns.map(({ name }) => id('t', name)))

  return {
    format,
    columns: plan.columns.map(toColumn),
    streams: connections.map(
      (connection, i) =>
        async function* bytes(): AsyncGenerator<Uint8Array> {
          const select = sql`SELECT ${names} FROM ${plan.from} ${ranges[i] ?? sql``}`
          const how = trusted(format === 'pg-binary' ? 'binary' : 'text')
          const chunks = connection.copyOut(sql`COPY (${select}) TO STDOUT (FORMAT ${how})`, { signal })
          let next = await chunks.next()
          try {
            for (; next.done !== true; next = await chunks.next()) {
              totals.bytes += BigInt(next.value.bytes.length)
              // In binary format header and trailer may count as rows here; the server's own count follows at the end.
              request.onProgress?.({ rows: totals.rows, bytes: totals.bytes })
              yield next.value.bytes
            }
            totals.rows += next.value
          } finally {
            await chunks.return(0n)
          }
        },
    ),
    counts: () => totals,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await resources.disposeAsync()
    },
  }
}

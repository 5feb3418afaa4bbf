import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultClient, FaultDatabase } from './fault-database.ts'
import type { Random } from './random.ts'

/** Somebody who works with the source all the time, whatever happens to it. */
export interface BusyWriter {
  /** Transactions that came through. */
  readonly done: () => number
  /** Stops after the transaction under way; fails with what a writer could not have expected. */
  stop(): Promise<void>
}

export interface WriterRequest {
  readonly source: FaultDatabase
  readonly random: Random
  /** Numbers the writer: several may work at once. */
  readonly number: number
  /** What it may do besides: statements for the structure, each at most once, in this order. */
  readonly ddl?: readonly string[]
  /** Between two transactions. */
  readonly pauseMs: number
}

/** Lock conflicts between writers, and what a server or a network that goes away leaves behind. */
const EXPECTED =
  /deadlock|lock wait|duplicate|connection|terminat|ECONN|EPIPE|shut|starting up|recovery|not queryable|closed|Record has changed/i

export function startWriter(request: WriterRequest): BusyWriter {
  const ending = new AbortController()
  let count = 0
  const work = async (): Promise<void> => {
    let client: FaultClient | undefined
    const ddl = [...(request.ddl ?? [])]
    while (!ending.signal.aborted) {
      try {
        client ??= await request.source.connect()
        await transaction(client, request, count)
        count++
        const statement = count % 15 === 0 ? ddl.shift() : undefined
        if (statement !== undefined) await client.query(statement)
      } catch (error) {
        const text =
          error instanceof Error ? `${error.message} ${'code' in error ? String(error.code) : ''}` : String(error)
        if (!EXPECTED.test(text)) throw error
        const gone = client
        client = undefined
        await gone?.query('ROLLBACK').catch(() => undefined)
        await gone?.[Symbol.asyncDispose]()
      }
      await sleep(request.pauseMs)
    }
    await client?.[Symbol.asyncDispose]()
  }
  const working = work()
  working.catch(() => undefined)
  return {
    done: () => count,
    stop: () => {
      ending.abort()
      return working
    },
  }
}

async function transaction(
  client: FaultClient,
  { source, random, number }: WriterRequest,
  count: number,
): Promise<void> {
  await client.query('BEGIN')
  // What was committed although its reply was lost has taken the number already.
  await client.query(`INSERT INTO ticks SELECT ${number}, coalesce(max(n), 0) + 1 FROM ticks WHERE writer = ${number}`)
  for (let i = random.int(4); i >= 0; i--) await client.query(change(source, random, number))
  const end = count > 3 && random.chance(0.1) ? 'ROLLBACK' : 'COMMIT'
  await client.query(end)
  if (source.kind === 'postgresql' && random.chance(0.02)) await client.query('TRUNCATE pairs')
}

function change({ kind }: FaultDatabase, random: Random, number: number): string {
  const id = 1 + random.int(3_000)
  const fresh = 10_000 + number * 1_000_000_000 + random.int(900_000_000)
  const text = `${random.pick(['plain', 'tab \t', "quote ''", 'back \\\\', '汇渠', ''])} ${random.int(1_000)}`
  const changes = [
    `INSERT INTO orders (id, name, amount) VALUES (${fresh}, '${text}', ${random.int(99_999)}.5)`,
    `UPDATE orders SET amount = amount + 1, name = NULL WHERE id BETWEEN ${id} AND ${id + random.int(30)}`,
    `UPDATE orders SET id = ${fresh} WHERE id = ${id}`,
    `DELETE FROM orders WHERE id = ${id}`,
    `UPDATE orders SET id = ${id} WHERE id = (SELECT m FROM (SELECT max(id) AS m FROM orders) AS x) AND NOT EXISTS (SELECT 1 FROM (SELECT id FROM orders) AS y WHERE y.id = ${id})`,
    `INSERT INTO pairs VALUES ('${text}', ${fresh % 2_000_000_000}, '${text}')`,
    `UPDATE pairs SET b = b + 1000000, v = '${text}' WHERE b = ${random.int(600)}`,
    `UPDATE wide SET n = n + 1 WHERE id = ${1 + random.int(40)}`,
    `UPDATE wide SET n = n + 1 WHERE id > 10000`,
    `UPDATE wide SET id = ${fresh}, n = n + 1 WHERE id = ${1 + random.int(40)}`,
    `UPDATE wide SET big = concat('new ', big) WHERE id = ${1 + random.int(40)}`,
    `INSERT INTO wide VALUES (${fresh}, repeat('x', ${random.int(9_000)}), 1)`,
    ...(kind === 'postgresql'
      ? [
          `INSERT INTO loose VALUES ('same', ${random.int(3)}), ('same', ${random.int(3)})`,
          `DELETE FROM loose WHERE ctid = (SELECT min(ctid) FROM loose)`,
          `UPDATE loose SET n = NULL WHERE ctid = (SELECT max(ctid) FROM loose)`,
        ]
      : []),
  ]
  return changes[random.int(changes.length)] ?? ''
}

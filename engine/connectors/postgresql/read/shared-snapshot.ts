import { literal, sql } from '../../../sql/sql.ts'
import type { PostgresAccess } from '../connection/client-config.ts'
import { type PostgresCall, PostgresConnection } from '../connection/postgres-connection.ts'

const BEGIN = sql`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`

/** Connections whose transactions all see the same state of the database. The first one opens it. */
export class SharedSnapshot implements AsyncDisposable {
  readonly first: PostgresConnection
  readonly #access: PostgresAccess
  readonly #others: PostgresConnection[] = []

  private constructor(access: PostgresAccess, first: PostgresConnection) {
    this.#access = access
    this.first = first
  }

  /** @param moment a snapshot that another transaction exported and that still is there */
  static async open(access: PostgresAccess, call: PostgresCall, moment?: string): Promise<SharedSnapshot> {
    const first = await PostgresConnection.open(access, call)
    try {
      await first.run(BEGIN, call)
      if (moment !== undefined) await first.run(sql`SET TRANSACTION SNAPSHOT ${literal(moment)}`, call)
      return new SharedSnapshot(access, first)
    } catch (error) {
      first.destroy()
      throw error
    }
  }

  /** All connections, as many as asked for; only the first where the server cannot export a snapshot (poolers, some compatibles). */
  async connections(count: number, call: PostgresCall): Promise<readonly PostgresConnection[]> {
    if (count <= 1) return [this.first]
    const snapshot = await this.first.value(sql`SELECT pg_export_snapshot()`, call).catch(() => null)
    if (snapshot === null) {
      // A snapshot cannot be exported under a savepoint, so the failed transaction is begun anew.
      await this.first.run(sql`ROLLBACK`, call)
      await this.first.run(BEGIN, call)
      return [this.first]
    }
    for (let i = 1; i < count; i++) {
      const connection = await PostgresConnection.open(this.#access, call)
      this.#others.push(connection)
      await connection.run(BEGIN, call)
      await connection.run(sql`SET TRANSACTION SNAPSHOT ${literal(snapshot)}`, call)
    }
    return [this.first, ...this.#others]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.first, ...this.#others].map((connection) => connection[Symbol.asyncDispose]()))
  }
}

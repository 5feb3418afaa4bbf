import pg from 'pg'
import { newId } from '../../base/ids.ts'
import type { ServerAddress } from './server-address.ts'

/** A PostgreSQL database of one test file's own. Dropped when disposed. */
export interface TestDatabase extends AsyncDisposable {
  readonly name: string
  /** Runs SQL; every value comes as text. Several statements in one text are allowed. */
  query(text: string): Promise<(string | null)[][]>
}

const AS_TEXT = { getTypeParser: () => (text: string) => text }

export async function createTestDatabase(server: ServerAddress): Promise<TestDatabase> {
  const name = `test_${newId()}`
  await runOn(server, 'postgres', `CREATE DATABASE ${name}`)
  const client = await connect(server, name)
  return {
    name,
    query: async (text) => (await client.query<(string | null)[]>({ text, rowMode: 'array', types: AS_TEXT })).rows,
    async [Symbol.asyncDispose]() {
      await client.end()
      await runOn(server, 'postgres', `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

async function runOn(server: ServerAddress, database: string, text: string): Promise<void> {
  const client = await connect(server, database)
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

async function connect({ host, port, user, password }: ServerAddress, database: string): Promise<pg.Client> {
  const client = new pg.Client({ host, port, user, password, database })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

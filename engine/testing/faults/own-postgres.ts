import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres, type TestPostgres } from '../servers/postgres.ts'
import type { ServerAddress } from '../servers/server-address.ts'

/** A PostgreSQL that a test may stop, crash and start again on the same port. */
export interface OwnPostgres extends AsyncDisposable {
  readonly address: ServerAddress
  /** Ends all processes at once, as a power cut does to the server's own memory, and starts again. */
  crash(): Promise<void>
  /** Stops in order and starts again. */
  restart(): Promise<void>
}

export async function openOwnPostgres(settings: readonly string[] = []): Promise<OwnPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'runnel-own-postgres-'))
  let server: TestPostgres = await startPostgres({ directory, settings })
  const { port } = server
  const again = async (): Promise<void> => {
    server = await startPostgres({ directory, port, settings })
  }
  return {
    address: server,
    crash: async () => {
      await server.crash()
      await again()
    },
    restart: async () => {
      await server.stop()
      await again()
    },
    async [Symbol.asyncDispose]() {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

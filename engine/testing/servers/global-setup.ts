import type { TestProject } from 'vitest/node'
import type { ServerAddress } from './server-address.ts'
import { keptServers, startTestServers } from './test-servers.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: ServerAddress
    mariadb: ServerAddress
  }
}

/**
 * Gives server tests their servers (`inject('postgres')`, `inject('mariadb')`), started once per run or kept by
 * `scripts/test-servers.ts`. A server that cannot be had fails the run: tests are never skipped for it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kept = await keptServers()
  const servers = kept === undefined ? await startTestServers() : undefined
  const addresses = kept ?? servers?.addresses
  if (addresses === undefined) throw new Error('no test servers')
  project.provide('postgres', addresses.postgres)
  project.provide('mariadb', addresses.mariadb)
  return async () => {
    await servers?.[Symbol.asyncDispose]()
  }
}

import { join } from 'node:path'

/** Where a server keeps what it knows, below its data folder. */
export interface ServerFiles {
  readonly store: string
  readonly deployments: string
  readonly runs: string
  readonly syncs: string
}

export function serverFiles(dataDirectory: string): ServerFiles {
  return {
    store: join(dataDirectory, 'state.sqlite'),
    deployments: join(dataDirectory, 'deployments'),
    runs: join(dataDirectory, 'runs'),
    syncs: join(dataDirectory, 'syncs'),
  }
}

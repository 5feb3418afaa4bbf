import type { PlaceConfig } from '../../connectors/shared/places/config.ts'

/** Stands in every secret that is handed out. */
export const CANARY = 'canary-8c1f'

/** A place of the tests, in which each test has a folder of its own. */
export interface TestPlace {
  /** An empty folder. */
  openFolder(): Promise<TestFolder>
  /** The secrets that let in. */
  readonly secrets: Readonly<Record<string, string>>
  /** Secrets that do not. */
  readonly wrongSecrets: Readonly<Record<string, string>>
  /** Settings of the server, and of one that is not there. */
  readonly somewhere: PlaceConfig
  readonly nowhere: PlaceConfig
}

/** A folder there, reached past our own code. */
export interface TestFolder {
  readonly config: PlaceConfig
  write(name: string, content: string | Uint8Array): Promise<void>
  read(name: string): Promise<Buffer>
  /** Names of all files, hidden ones too. */
  names(): Promise<readonly string[]>
  remove(): Promise<void>
}

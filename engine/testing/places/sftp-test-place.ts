import { join } from 'node:path'
import type { PlaceConfig } from '../../connectors/shared/places/config.ts'
import { diskFolder } from './disk-folder.ts'
import type { TestSshd } from './sshd.ts'
import { CANARY, type TestPlace } from './test-place.ts'

/** Folders below `directory`, reached by SFTP. */
export function sftpTestPlace({ port, user, hostKey, privateKey, strangeKey }: TestSshd, directory: string): TestPlace {
  const configOf = (path: string): PlaceConfig => ({
    kind: 'sftp',
    host: '127.0.0.1',
    port,
    user,
    hostKey,
    directory: path,
    connectTimeoutMs: 20_000,
  })
  return {
    openFolder: () => diskFolder(directory, configOf),
    // The key has no passphrase; one that is given all the same must be told nowhere either.
    secrets: { privateKey, password: CANARY },
    wrongSecrets: { privateKey: strangeKey, password: CANARY },
    somewhere: configOf(directory),
    nowhere: configOf(join(directory, 'nowhere')),
  }
}

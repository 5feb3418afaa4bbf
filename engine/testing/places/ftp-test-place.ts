import { chmod } from 'node:fs/promises'
import { basename, join, posix } from 'node:path'
import type { PlaceConfig } from '../../connectors/shared/places/config.ts'
import { diskFolder } from './disk-folder.ts'
import type { TestFtpd } from './pure-ftpd.ts'
import { CANARY, type TestFolder, type TestPlace } from './test-place.ts'

/** Folders of the account, reached by FTP over TLS. */
export function ftpTestPlace({ port, user, ca, root, password }: TestFtpd): TestPlace {
  const configOf = (directory: string): PlaceConfig => ({
    kind: 'ftp',
    host: 'localhost',
    port,
    user,
    encryption: 'explicit',
    ca,
    directory,
    connectTimeoutMs: 20_000,
  })
  const openFolder = async (): Promise<TestFolder> => {
    let path = ''
    const folder = await diskFolder(root, (made) => {
      path = made
      return configOf(`/${basename(made)}`)
    })
    // The account may be another user than the one that runs the tests.
    await chmod(path, 0o777)
    const write: TestFolder['write'] = async (name, content) => {
      await folder.write(name, content)
      for (let at = posix.dirname(name); at !== '.'; at = posix.dirname(at)) await chmod(join(path, at), 0o777)
    }
    return { ...folder, write }
  }
  return {
    openFolder,
    secrets: { password },
    wrongSecrets: { password: `not ${CANARY}` },
    somewhere: configOf('/'),
    nowhere: configOf('/nowhere'),
  }
}

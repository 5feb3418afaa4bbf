import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { describePlace } from '../../../testing/places/describe-place.ts'
import { ftpTestPlace } from '../../../testing/places/ftp-test-place.ts'
import { startStore } from '../../../testing/places/object-store.ts'
import { placeRequest } from '../../../testing/places/place-fixture.ts'
import { startPureFtpd } from '../../../testing/places/pure-ftpd.ts'
import { s3TestPlace } from '../../../testing/places/s3-test-place.ts'
import { sftpTestPlace } from '../../../testing/places/sftp-test-place.ts'
import { startSshd } from '../../../testing/places/sshd.ts'
import { CANARY } from '../../../testing/places/test-place.ts'
import { fileConfigSchema } from './config.ts'
import { openPlace } from './open-place.ts'

const servers = new AsyncDisposableStack()
const directory = await mkdtemp(join(tmpdir(), 'runnel-places-'))
servers.defer(() => rm(directory, { recursive: true, force: true }))
const sshd = servers.use(await startSshd(join(directory, 'sshd')))
const ftpd = servers.use(await startPureFtpd(join(directory, 'ftpd'), CANARY))
const store = servers.use(await startStore(join(directory, 's3'), CANARY))

afterAll(() => servers.disposeAsync())

const sftp = sftpTestPlace(sshd, directory)
describePlace('sftp', sftp)

it.each([
  ['with its line breaks', (key: string) => key],
  ['without, as a field of one line leaves it', (key: string) => key.replaceAll('\n', '')],
  ['with spaces in their place', (key: string) => key.trim().replaceAll('\n', ' ')],
])('takes a private key %s', async (_case, pasted) => {
  const secrets = { privateKey: pasted(sshd.privateKey) }
  await using place = await openPlace(sftp.somewhere, placeRequest(sftp.somewhere, secrets, directory))
  expect(await place.stat('none')).toBeUndefined()
})

it.each([
  ['none', undefined],
  ['another', `SHA256:${'A'.repeat(43)}`],
])('sends nothing to a server that is known by %s', async (_case, hostKey) => {
  const { hostKey: _known, ...config } = { hostKey: undefined, ...sftp.somewhere }
  const place = fileConfigSchema.parse({ place: { ...config, ...(hostKey === undefined ? {} : { hostKey }) } }).place
  if (place === undefined) throw new Error('it is a place')
  await expect(openPlace(place, placeRequest(place, sftp.secrets, directory))).rejects.toMatchObject({
    code: 'source.host_key',
    detail: { offered: sshd.hostKey },
  })
})

describePlace('ftp', ftpTestPlace(ftpd))
describePlace('s3', s3TestPlace(store))

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { describePlace } from '../../../testing/places/describe-place.ts'
import { ftpTestPlace } from '../../../testing/places/ftp-test-place.ts'
import { startStore } from '../../../testing/places/object-store.ts'
import { startPureFtpd } from '../../../testing/places/pure-ftpd.ts'
import { s3TestPlace } from '../../../testing/places/s3-test-place.ts'
import { sftpTestPlace } from '../../../testing/places/sftp-test-place.ts'
import { startSshd } from '../../../testing/places/sshd.ts'
import { CANARY } from '../../../testing/places/test-place.ts'

const servers = new AsyncDisposableStack()
const directory = await mkdtemp(join(tmpdir(), 'runnel-places-'))
servers.defer(() => rm(directory, { recursive: true, force: true }))
const sshd = servers.use(await startSshd(join(directory, 'sshd')))
const ftpd = servers.use(await startPureFtpd(join(directory, 'ftpd'), CANARY))
const store = servers.use(await startStore(join(directory, 's3'), CANARY))

afterAll(() => servers.disposeAsync())

describePlace('sftp', sftpTestPlace(sshd, directory))
describePlace('ftp', ftpTestPlace(ftpd))
describePlace('s3', s3TestPlace(store))

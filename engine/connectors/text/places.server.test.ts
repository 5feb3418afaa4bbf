import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { describeConnector } from '../../testing/conformance/describe-connector.ts'
import { placeFixture } from '../../testing/places/place-fixture.ts'
import { sftpTestPlace } from '../../testing/places/sftp-test-place.ts'
import { startSshd } from '../../testing/places/sshd.ts'
import { text } from './connector.ts'

const servers = new AsyncDisposableStack()
const directory = await mkdtemp(join(tmpdir(), 'runnel-places-'))
servers.defer(() => rm(directory, { recursive: true, force: true }))
const sshd = servers.use(await startSshd(join(directory, 'sshd')))

afterAll(() => servers.disposeAsync())

describeConnector('text over SFTP', placeFixture(text, sftpTestPlace(sshd, directory)))

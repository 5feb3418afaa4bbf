import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openDuck } from '../../duck/open-duck.ts'
import { literal, sql } from '../../sql/sql.ts'
import { describeConnector } from '../../testing/conformance/describe-connector.ts'
import type { ConnectorFixture, ConnectorSite } from '../../testing/conformance/fixture.ts'
import { relationOf } from '../../testing/conformance/rows.ts'
import { parquet } from './connector.ts'
import { MANIFEST_NAME, writeManifest } from './manifest.ts'

const secret = (): Promise<undefined> => Promise.resolve(undefined)

async function openSite(extension: string): Promise<ConnectorSite> {
  const folder = await mkdtemp(join(tmpdir(), 'runnel-parquet-'))
  return {
    request: { name: 'lake', config: { folder: '.' }, baseDirectory: folder, secret },
    datasetName: (word) => (/[/\\]|^\.|^$/.test(word) || word.length > 60 ? undefined : `${word}${extension}`),
    seed: async (word, table) => {
      const file = extension === '' ? `${word}/a.parquet` : `${word}${extension}`
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await using duck = await openDuck({ memoryLimitMb: 256, threads: 1 })
      await duck.run(sql`COPY (SELECT * FROM ${relationOf(table)}) TO ${literal(join(folder, file))} (FORMAT parquet)`)
      if (extension === '') {
        await writeManifest(join(folder, word), {
          version: 1,
          columns: [...table.columns],
          others: ['a.parquet'],
          loads: [],
        })
      }
      return `${word}${extension}`
    },
    everything: async () => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      return entries.filter((entry) => entry.isFile() && entry.name !== MANIFEST_NAME).map((entry) => entry.name)
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

const nowhere = { name: 'lake', config: { folder: 'nowhere' }, baseDirectory: '/nonexistent', secret }
const file: ConnectorFixture = {
  connector: parquet,
  openSite: () => openSite('.parquet'),
  modes: ['replace'],
  refusedModes: ['append', 'truncate', 'upsert', 'insert_new', 'update', 'delete', 'mirror'],
  unavailable: { request: nowhere },
}

describeConnector('parquet file', file)
describeConnector('parquet folder', {
  ...file,
  openSite: () => openSite(''),
  modes: ['append', 'replace'],
  refusedModes: ['truncate', 'upsert', 'insert_new', 'update', 'delete', 'mirror'],
})

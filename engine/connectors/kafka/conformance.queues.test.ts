import { randomBytes } from 'node:crypto'
import { afterAll, describe, inject } from 'vitest'
import { Secret } from '../../base/secret.ts'
import { registerFaultChecks } from '../../testing/conformance/fault-checks.ts'
import type { ConnectorFixture, ConnectorSite, SeedTable } from '../../testing/conformance/fixture.ts'
import { registerNameChecks } from '../../testing/conformance/name-checks.ts'
import { registerWriteChecks } from '../../testing/conformance/write-checks.ts'
import { openKafkaSite } from '../../testing/kafka/kafka-site.ts'
import { kafka } from './connector.ts'

const kafkaSite = await openKafkaSite(inject('kafka'))
afterAll(() => kafkaSite[Symbol.asyncDispose]())

const CANARY = 'kit-canary-9d1f'
const secret = (): Promise<Secret> => Promise.resolve(new Secret(CANARY))

function openSite(): Promise<ConnectorSite> {
  const tag = randomBytes(4).toString('hex')
  const named = (word: string): string => `${tag}.${word}`
  return Promise.resolve({
    request: { ...kafkaSite.request(), secret },
    datasetName: (word) => (/^[\w.-]{1,200}$/.test(word) ? named(word) : undefined),
    seed: async (word, table) => {
      await kafkaSite.client.create(named(word), { partitions: 1, replicas: 1 })
      await kafkaSite.put(named(word), messages(table))
      return named(word)
    },
    everything: async () => (await kafkaSite.client.topics()).filter((topic) => topic.startsWith(tag)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  })
}

/** Records of JSON; a column of numbers has numbers. */
function messages({ columns, rows }: SeedTable): { value: Buffer }[] {
  return rows.map((row) => {
    const fields = row.map((cell, i) => {
      const isNumber = cell !== null && columns[i]?.type === 'BIGINT'
      return `${JSON.stringify(columns[i]?.name)}:${isNumber ? cell : JSON.stringify(cell)}`
    })
    return { value: Buffer.from(`{${fields.join(',')}}`) }
  })
}

const fixture: ConnectorFixture = {
  connector: kafka,
  openSite,
  modes: ['append'],
  refusedModes: ['replace', 'truncate', 'insert_new', 'update', 'mirror'],
  sourceOptions: { metadata: false },
  unavailable: { request: { ...kafkaSite.request({ brokers: ['127.0.0.1:1'], patienceMs: 0 }), secret } },
  canary: CANARY,
  // JavaScript gives fields that are whole numbers before all others.
  refusesColumnName: (name) => /^\d+$/.test(name),
}

// Not the whole kit: a topic without messages has no columns, which the checks of reading expect of a table without rows.
describe('connector kafka', () => {
  registerWriteChecks(fixture)
  registerNameChecks(fixture)
  registerFaultChecks(fixture)
})

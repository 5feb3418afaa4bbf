import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeConnector } from '../../testing/conformance/describe-connector.ts'
import type { ConnectorFixture, ConnectorSite, TypeCase } from '../../testing/conformance/fixture.ts'
import { csvOf, csvOptions } from '../../testing/text/csv-table.ts'
import type { OpenRequest } from '../api/connector.ts'
import { cleanNames } from './column-names.ts'
import { text } from './connector.ts'

const exact = 'exact'
const kept = (literal: string): TypeCase => ({
  sourceType: 'text',
  literal,
  type: 'VARCHAR',
  cell: literal,
  fidelity: exact,
})

const TYPES: readonly TypeCase[] = [
  {
    sourceType: 'integer',
    literal: '9223372036854775807',
    type: 'BIGINT',
    cell: '9223372036854775807',
    fidelity: exact,
  },
  {
    sourceType: 'integer',
    literal: '9223372036854775808',
    type: 'DECIMAL(38,0)',
    cell: '9223372036854775808',
    fidelity: exact,
  },
  { sourceType: 'decimal', literal: '12.50', type: 'DECIMAL(18,2)', cell: '12.50', fidelity: exact },
  {
    sourceType: 'decimal',
    literal: '1234567890123456789012345678.0123456789',
    type: 'DECIMAL(38,10)',
    cell: '1234567890123456789012345678.0123456789',
    fidelity: exact,
  },
  { sourceType: 'double', literal: '0.123456', type: 'DOUBLE', cell: 0.123456, fidelity: exact },
  { sourceType: 'boolean', literal: 'true', type: 'BOOLEAN', cell: true, fidelity: exact },
  { sourceType: 'date', literal: '2024-02-29', type: 'DATE', cell: '2024-02-29', fidelity: exact },
  {
    sourceType: 'timestamp',
    literal: '2024-01-05 10:11:12.123456',
    type: 'TIMESTAMP',
    cell: '2024-01-05 10:11:12.123456',
    fidelity: exact,
  },
  kept('01234'),
  kept('+8613800138000'),
  kept('1E5'),
  kept('1e400'),
  kept('9'.repeat(66)),
  kept('2024-02-30'),
  kept('0000-00-00'),
  kept('24:00:00'),
  kept('NaN'),
]

function requestFor(folder: string): OpenRequest<unknown> {
  return { name: 'kit', config: { folder }, baseDirectory: '/', secret: () => Promise.resolve(undefined) }
}

const datasetName = (word: string): string | undefined =>
  /[/\0]/.test(word) || word.startsWith('.') || Buffer.byteLength(word) > 200 ? undefined : `${word}.csv`

/** Types are declared, because the kit's tables say what they are and a file cannot. */
function fixture(): ConnectorFixture {
  let sourceOptions: unknown = {}
  const openSite = async (): Promise<ConnectorSite> => {
    const folder = await mkdtemp(join(tmpdir(), 'runnel-text-'))
    const seedText = async (word: string, content: string): Promise<string> => {
      const name = datasetName(word) ?? 'unnamed.csv'
      await writeFile(join(folder, name), content)
      return name
    }
    return {
      request: requestFor(folder),
      datasetName,
      seed: (word, table) => {
        sourceOptions = csvOptions(table)
        return seedText(word, csvOf(table))
      },
      seedTyped: (word, _type, literal) => {
        sourceOptions = { header: true }
        return seedText(word, `v\n${literal}\n`)
      },
      everything: async () => (await readdir(folder)).filter((name) => !name.startsWith('.runnel-loads-')),
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
    }
  }
  return {
    connector: text,
    openSite,
    modes: ['append', 'replace', 'truncate'],
    refusedModes: ['upsert', 'insert_new', 'update', 'delete', 'mirror'],
    types: TYPES,
    get sourceOptions() {
      return sourceOptions
    },
    // Headers that would be awkward names are renamed when they are read (column-names.ts has its own tests).
    refusesColumnName: (name) => cleanNames([name]).names[0] !== name,
    unavailable: { request: requestFor('/nowhere/at/all') },
  }
}

describeConnector('text', fixture())

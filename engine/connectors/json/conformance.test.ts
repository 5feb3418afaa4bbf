import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describeConnector } from '../../testing/conformance/describe-connector.ts'
import type { ConnectorFixture, ConnectorSite, SeedTable, TypeCase } from '../../testing/conformance/fixture.ts'
import type { OpenRequest } from '../api/connector.ts'
import { json } from './connector.ts'

const exact = 'exact'
const big = '12345678901234567890123456789012345678'

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
    literal: '-9223372036854775809',
    type: 'DECIMAL(38,0)',
    cell: '-9223372036854775809',
    fidelity: exact,
  },
  { sourceType: 'integer', literal: `${big}00`, type: 'VARCHAR', cell: `${big}00`, fidelity: exact },
  { sourceType: 'number', literal: '0.1', type: 'DOUBLE', cell: 0.1, fidelity: exact },
  { sourceType: 'number', literal: '-0', type: 'DOUBLE', cell: -0, fidelity: exact },
  {
    sourceType: 'number',
    literal: '1.7976931348623157e308',
    type: 'DOUBLE',
    cell: 1.7976931348623157e308,
    fidelity: exact,
  },
  { sourceType: 'number', literal: '1e400', type: 'VARCHAR', cell: '1e400', fidelity: exact },
  {
    sourceType: 'number',
    literal: '0.12345678901234567890',
    type: 'DECIMAL(38,19)',
    cell: '0.1234567890123456789',
    fidelity: exact,
  },
  { sourceType: 'boolean', literal: 'true', type: 'BOOLEAN', cell: true, fidelity: exact },
  { sourceType: 'string', literal: '"01234"', type: 'VARCHAR', cell: '01234', fidelity: exact },
  { sourceType: 'string', literal: '"2024-02-30"', type: 'VARCHAR', cell: '2024-02-30', fidelity: exact },
  { sourceType: 'string', literal: '"a\\u0000b\\u2028😀"', type: 'VARCHAR', cell: 'a\0b\u2028😀', fidelity: exact },
  { sourceType: 'string', literal: '"\\ud800"', type: 'JSON', cell: { rejected: true }, fidelity: exact },
  { sourceType: 'list', literal: '[1,null,3]', type: 'BIGINT[]', cell: ['1', null, '3'], fidelity: exact },
  {
    sourceType: 'object',
    literal: '{"a b":1.5,"c":[{}]}',
    type: 'STRUCT("a b" DOUBLE, "c" JSON[])',
    cell: { 'a b': 1.5, c: ['{}'] },
    fidelity: exact,
  },
  { sourceType: 'object', literal: '{"A":1,"a":2}', type: 'JSON', cell: '{"A":1,"a":2}', fidelity: exact },
]

function requestFor(folder: string): OpenRequest<unknown> {
  return { name: 'kit', config: { folder }, baseDirectory: '/', secret: () => Promise.resolve(undefined) }
}

/** A format of the fixture. An empty file has no keys, so its columns have to be declared. */
function fixtureOf(extension: string): ConnectorFixture {
  let declared = {}
  const print = ({ columns, rows }: SeedTable): string => {
    const lines = rows.map(
      (row) =>
        `{${columns.map(({ name, type }, i) => `${JSON.stringify(name)}:${type === 'BIGINT' ? row[i] : JSON.stringify(row[i])}`).join(',')}}`,
    )
    declared = rows.length > 0 ? {} : { columns: Object.fromEntries(columns.map(({ name, type }) => [name, type])) }
    return extension === '.json' ? `[${lines.join(',')}]` : lines.join('\n')
  }
  const datasetName = (word: string): string | undefined =>
    /[/\0]/.test(word) || word.startsWith('.') || Buffer.byteLength(word) > 200 ? undefined : `${word}${extension}`
  const openSite = async (): Promise<ConnectorSite> => {
    const folder = await mkdtemp(join(tmpdir(), 'runnel-json-'))
    const seedText = async (word: string, text: string): Promise<string> => {
      const name = datasetName(word) ?? 'unnamed.json'
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), text)
      return name
    }
    return {
      request: requestFor(folder),
      datasetName,
      seed: (word, table) => seedText(word, print(table)),
      seedTyped: (word, _type, literal) => {
        declared = {}
        return seedText(word, `${extension === '.json' ? '[' : ''}{"v":${literal}}${extension === '.json' ? ']' : ''}`)
      },
      everything: async () =>
        (await readdir(folder, { recursive: true })).filter((name) => !name.startsWith('.runnel-loads-')),
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
    }
  }
  return {
    connector: json,
    openSite,
    modes: extension === '.json' ? ['replace'] : ['replace', 'append'],
    refusedModes:
      extension === '.json' ? ['append', 'truncate', 'upsert', 'mirror'] : ['update', 'delete', 'insert_new'],
    types: TYPES,
    get sourceOptions() {
      return declared
    },
    unavailable: { request: requestFor('/nowhere/at/all') },
  }
}

describeConnector('json', fixtureOf('.json'))
describeConnector('ndjson', fixtureOf('.ndjson'))

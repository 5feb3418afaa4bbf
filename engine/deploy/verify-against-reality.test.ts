import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { connectorOfKind } from '../connectors/all.ts'
import type { Column } from '../contract/column.ts'
import { openDuck } from '../duck/open-duck.ts'
import { trusted } from '../sql/sql.ts'
import { testPorts } from '../testing/run-ports.ts'
import { loadWorkspace } from '../workspace/load.ts'
import { compareSchemas } from './compare-schemas.ts'
import { type RealityPorts, verifyAgainstReality } from './verify-against-reality.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-reality-'))
afterAll(() => rm(root, { recursive: true }))

const FILES = {
  'runnel.yaml': 'version: 1\nname: shop\n',
  'connections/files.yaml': 'version: 1\nkind: text\nsettings: { folder: ROOT/data }\n',
  'connections/dw.yaml': 'version: 1\nkind: duckdb\nsettings: { file: ROOT/dw.duckdb }\n',
  'data/orders.csv': 'id,amount\n1,5\n2,7\n',
  'pipelines/load.yaml': `version: 1
nodes:
  orders: { type: source, dataset: "files:orders.csv" }
  large: { type: filter, input: orders, where: "amount > 5" }
  out: { type: target, input: large, dataset: "dw:main.orders" }
`,
  'pipelines/load.tests.yaml': `version: 1
tests:
  keeps large: { inputs: { orders: { rows: [{ id: 1, amount: 5 }, { id: 2, amount: 7 }] } }, expect: { large: { count: 1 } } }
`,
  'pipelines/sum.yaml': `version: 1
nodes:
  loaded: { type: source, dataset: "dw:main.orders" }
  copy: { type: target, input: loaded, dataset: "dw:main.copy" }
`,
  'jobs/nightly.yaml': 'version: 1\nsteps: [{ pipeline: load }]\n',
}

const noSecret = () => Promise.resolve(undefined)

let made = 0
async function verify(
  changed: Readonly<Record<string, string>>,
  sources: Readonly<Record<string, Column[]>> = {},
  acceptsLoss = false,
) {
  const directory = join(root, `w${made++}`)
  for (const [path, text] of Object.entries({ ...FILES, ...changed })) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), text.replace('ROOT', directory))
  }
  const setup = changed['setup.sql']
  if (setup !== undefined) {
    await using duck = await openDuck({ path: join(directory, 'dw.duckdb') })
    await duck.run(trusted(setup))
  }
  const workspace = await loadWorkspace(directory)
  const connections = Object.fromEntries(workspace.connections)
  const ports: RealityPorts = {
    ...(await testPorts(workspace.directory, connections)),
    diagnose: async function* (name) {
      const { kind = '', settings } = connections[name] ?? {}
      const connector = await connectorOfKind(kind)
      if (connector === undefined) throw new Error(`no connector ${kind}`)
      yield* connector.diagnose({
        name,
        config: connector.config.parse(settings),
        baseDirectory: directory,
        secret: noSecret,
      })
    },
  }
  const findings = await verifyAgainstReality({
    workspace,
    job: 'nightly',
    schemas: { version: 1, sources },
    ports,
    acceptsLoss,
  })
  return findings.map(({ severity, subject, failure }) => [severity, subject, failure?.code].filter(Boolean).join(' '))
}

const column = (name: string, type: string): Column => ({ name, type })
const KNOWN = { 'load/orders': [column('id', 'BIGINT'), column('amount', 'BIGINT')] }

describe('verifyAgainstReality', () => {
  it('finds no error in a job that works; a target file need not be there yet', async () => {
    expect(await verify({}, KNOWN)).toEqual(['warning dw'])
  })

  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, Column[]>>, string]>([
    [
      'a relative folder',
      { 'connections/files.yaml': 'version: 1\nkind: text\nsettings: { folder: data }\n' },
      KNOWN,
      'error files',
    ],
    [
      'a relative file of an environment',
      {
        'runnel.yaml': 'version: 1\nname: shop\nenvironment: prod\n',
        'environments/prod.yaml': 'version: 1\nconnections: { dw: { file: ../dw.duckdb } }\n',
      },
      KNOWN,
      'error dw',
    ],
    [
      'a folder that is not there',
      { 'connections/files.yaml': 'version: 1\nkind: text\nsettings: { folder: ROOT/gone }\n' },
      KNOWN,
      'error files',
    ],
    [
      'settings that cannot be read',
      { 'connections/files.yaml': 'version: 1\nkind: text\nsettings: {}\n' },
      KNOWN,
      'error files internal.unexpected',
    ],
    [
      'a dataset that is not there',
      { 'pipelines/load.yaml': FILES['pipelines/load.yaml'].replace('orders.csv', 'order.csv') },
      KNOWN,
      'error files:order.csv source.dataset_missing',
    ],
    ['a column gone', { 'data/orders.csv': 'amount\n5\n7\n' }, KNOWN, 'error files:orders.csv.id'],
    ['another type', { 'data/orders.csv': 'id,amount\na,5\nb,7\n' }, KNOWN, 'error files:orders.csv.id'],
    ['a column more', { 'data/orders.csv': 'id,amount,note\n1,5,a\n2,7,b\n' }, KNOWN, 'warning files:orders.csv.note'],
    [
      'a pipeline that does not compile here',
      { 'data/orders.csv': 'id,total\n1,5\n2,7\n' },
      {},
      'error load pipeline.invalid',
    ],
    [
      'a test that fails',
      { 'pipelines/load.tests.yaml': FILES['pipelines/load.tests.yaml'].replace('count: 1', 'count: 2') },
      KNOWN,
      'error load: keeps large',
    ],
    [
      'tests that cannot be read',
      { 'pipelines/load.tests.yaml': 'version: 1\ntests: 7\n' },
      KNOWN,
      'error pipelines/load.tests.yaml workspace.invalid',
    ],
  ])('finds %s', async (_what, changed, sources, expected) => {
    const findings = await verify(changed, sources)
    expect(findings.filter((text) => text !== 'warning dw')).toEqual([expected])
  })

  const steps = { 'jobs/nightly.yaml': 'version: 1\nsteps: [{ pipeline: load }, { pipeline: sum }]\n' }
  const later = 'warning dw:main.orders'
  it.each<[string, Readonly<Record<string, Column[]>>, string[]]>([
    ['knowing its columns', { ...KNOWN, 'sum/loaded': KNOWN['load/orders'] }, ['warning dw', later]],
    ['not knowing its columns', KNOWN, ['warning dw', later]],
  ])('lets a step read what an earlier step will write, %s', async (_what, sources, expected) => {
    expect(await verify(steps, sources)).toEqual(expected)
  })

  it('does not let a step read what no earlier step writes', async () => {
    const alone = { 'jobs/nightly.yaml': 'version: 1\nsteps: [{ pipeline: sum }, { pipeline: load }]\n' }
    expect(await verify(alone, KNOWN)).toEqual(['error dw'])
  })

  it('compiles against the columns it was made for where a dataset is not there yet', async () => {
    const filtered = FILES['pipelines/sum.yaml'].replace(
      'nodes:',
      'nodes:\n  big: { type: filter, input: loaded, where: "total > 1" }',
    )
    const changed = {
      ...steps,
      'pipelines/sum.yaml': filtered.replace('input: loaded, dataset', 'input: big, dataset'),
    }
    const findings = await verify(changed, { ...KNOWN, 'sum/loaded': KNOWN['load/orders'] })
    expect(findings).toEqual(['warning dw', later, 'error sum pipeline.invalid'])
  })
})

describe('compareSchemas', () => {
  it.each([
    ['nothing', 'INTEGER', 'INTEGER', []],
    ['wider', 'INTEGER', 'BIGINT', ['warning']],
    ['narrower', 'BIGINT', 'INTEGER', ['error']],
    ['text', 'BIGINT', 'VARCHAR', ['error']],
    ['unsigned', 'INTEGER', 'UBIGINT', ['error']],
    ['single to double', 'FLOAT', 'DOUBLE', ['warning']],
  ])('%s: %s to %s', (_name, before, now, expected) => {
    const found = compareSchemas('a:b', [column('c', before)], [column('c', now)])
    expect(found.map(({ severity }) => severity)).toEqual(expected)
  })

  it('ignores order and hidden columns', () => {
    const locator = { ...column('_runnel_locator', 'VARCHAR'), hidden: true }
    const [a, b] = [column('a', 'DATE'), column('b', 'DATE')]
    expect(compareSchemas('a:b', [a, b], [b, a, locator])).toEqual([])
  })
})

describe('values that a target would refuse', () => {
  const table = async (changed: Readonly<Record<string, string>>, acceptsLoss: boolean): Promise<string[]> =>
    verify(
      {
        'data/orders.csv': 'id,amount\n1,6\n2,300\n3,70000\n',
        'setup.sql': 'CREATE TABLE orders (id BIGINT, amount UTINYINT)',
        ...changed,
      },
      {},
      acceptsLoss,
    )

  it('refuse the push, unless losses are accepted', async () => {
    expect(await table({}, false)).toEqual(['error dw:main.orders'])
    expect(await table({}, true)).toEqual(['warning dw:main.orders'])
  })

  it('are none when the pipeline keeps them away', async () => {
    const load = FILES['pipelines/load.yaml'].replace('amount > 5', 'amount < 256')
    const tests = FILES['pipelines/load.tests.yaml'].replace('count: 1', 'count: 2')
    expect(await table({ 'pipelines/load.yaml': load, 'pipelines/load.tests.yaml': tests }, false)).toEqual([])
  })
})

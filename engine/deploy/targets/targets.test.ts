import { generateKeyPairSync } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { BundleSchemas } from '../../contract/bundle-file.ts'
import { openDuck } from '../../duck/open-duck.ts'
import { trusted } from '../../sql/sql.ts'
import { loadWorkspace } from '../../workspace/load.ts'
import { signingKeyOf } from '../keys.ts'
import { parseBundle } from '../parse-bundle.ts'
import { verifyBundle } from '../sign.ts'
import { EXPORT_TARGETS } from './all.ts'
import type { ExportedFile } from './target.ts'

const root = await mkdtemp(join(tmpdir(), 'runnel-export-'))
afterAll(() => rm(root, { recursive: true }))

const FILES = {
  'runnel.yaml': 'version: 1\nname: shop\n',
  'connections/erp.yaml': 'version: 1\nkind: sqlite\nsettings: { file: erp.db }\n',
  'connections/dw.yaml': 'version: 1\nkind: duckdb\nsettings: { file: dw.duckdb }\n',
  'environments/prod.yaml': 'version: 1\nparameters: { least: 100, unknown: 1 }\n',
  'pipelines/load.yaml': `version: 1
description: Large orders, with their customers.
parameters: { least: { type: INTEGER, default: 5 } }
nodes:
  orders: { type: source, dataset: "erp:orders" }
  checked: { type: validate, input: orders, rules: [{ column: amount, check: not_null }] }
  large: { type: filter, input: checked, where: "amount > $least" }
  out: { type: target, input: large, dataset: "dw:main.orders", mode: upsert, keys: [id] }
  bad: { type: target, input: checked.rejects, dataset: "dw:main.\\"bad\\nDROP TABLE orders; --\\"" }
`,
  'pipelines/copy.yaml': `version: 1
nodes:
  orders: { type: source, dataset: "dw:main.orders" }
  out: { type: target, input: orders, dataset: "dw:main.copy" }
`,
  'jobs/nightly.yaml': 'version: 1\ndescription: Every night.\nsteps: [{ pipeline: load }, { pipeline: copy }]\n',
}
const COLUMNS = [
  { name: 'id', type: 'BIGINT' },
  { name: 'amount', type: 'DECIMAL(10,2)' },
]
const SCHEMAS: BundleSchemas = { version: 1, sources: { 'load/orders': COLUMNS, 'copy/orders': COLUMNS } }
const NOW = Date.parse('2026-06-01T12:00:00Z')
const key = signingKeyOf(generateKeyPairSync('ed25519').privateKey)
const signingKey = () => Promise.resolve(key)

for (const [path, text] of Object.entries(FILES)) {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

async function exported(to: 'sql' | 'bundle', more: { environment?: string; schemas?: BundleSchemas } = {}) {
  const target = await EXPORT_TARGETS[to]()
  const workspace = await loadWorkspace(root)
  return await target.files({ workspace, job: 'nightly', schemas: SCHEMAS, nowMs: NOW, signingKey, ...more })
}

const textOf = (files: readonly ExportedFile[], name: string) => files.find((file) => file.name === name)?.text ?? ''

describe('sql', () => {
  it('writes one script for each step, as people read it', async () => {
    const files = await exported('sql')
    expect(files.map(({ name }) => name)).toEqual(['README.md', '01-load.sql', '02-copy.sql'])
    expect(textOf(files, '01-load.sql')).toMatchInlineSnapshot(`
      "-- Pipeline load, compiled to DuckDB SQL by Runnel.
      -- Source "orders": erp:orders
      --   "id" BIGINT
      --   "amount" DECIMAL(10,2)
      --   "_runnel_locator" VARCHAR

      -- Target "out": dw:main.orders, mode upsert, keys "id"
      WITH "checked" AS (SELECT * FROM "orders" WHERE NOT (("amount" IS NULL))),
      "large" AS (SELECT * FROM "checked" WHERE (amount > CAST('5' AS INTEGER)))
      SELECT "id", "amount" FROM "large";

      -- Target "bad": dw:main."bad DROP TABLE orders; --", mode append
      WITH "checked.rejects" AS (SELECT CAST(CASE WHEN ("amount" IS NULL) THEN 'amount.not_null' END AS VARCHAR) AS "rule", CAST(CASE WHEN ("amount" IS NULL) THEN 'amount' END AS VARCHAR) AS "column", CAST(CASE WHEN ("amount" IS NULL) THEN CAST("amount" AS VARCHAR) END AS VARCHAR) AS "value", concat_ws('; ', CASE WHEN ("amount" IS NULL) THEN 'amount is NULL' END) AS "reason", "_runnel_locator" AS "locator", CAST(to_json({'id': CAST("id" AS VARCHAR), 'amount': CAST("amount" AS VARCHAR)}) AS VARCHAR) AS "raw" FROM "orders" WHERE ("amount" IS NULL))
      SELECT "rule", "column", "value", "reason", "locator", "raw" FROM "checked.rejects";
      "
    `)
    expect(textOf(files, '02-copy.sql')).toMatchInlineSnapshot(`
      "-- Pipeline copy, compiled to DuckDB SQL by Runnel.
      -- Source "orders": dw:main.orders
      --   "id" BIGINT
      --   "amount" DECIMAL(10,2)

      -- Target "out": dw:main.copy, mode append
      SELECT "id", "amount" FROM "orders";
      "
    `)
    expect(textOf(files, 'README.md')).toMatchInlineSnapshot(`
      "# nightly

      Every night.

      Job nightly of workspace shop as DuckDB SQL.
      The files are the steps of the job, in their order:

      - \`01-load.sql\`: pipeline load. Large orders, with their customers.
      - \`02-copy.sql\`: pipeline copy

      Each begins with the relations it expects (one for each source, with its columns), then has one SELECT for each target.
      What a target does with the rows (its mode and keys) stands above its SELECT.
      "
    `)
  })

  it('applies the parameters of the environment that the pipeline declares', async () => {
    expect(textOf(await exported('sql', { environment: 'prod' }), '01-load.sql')).toContain(`CAST('100' AS INTEGER)`)
  })

  it('keeps a line break in a name inside its comment', async () => {
    const script = textOf(await exported('sql'), '01-load.sql')
    expect(script.split('\n').filter((line) => line.startsWith('DROP'))).toEqual([])
  })

  it('writes SQL that DuckDB runs over the relations it names', async () => {
    const script = textOf(await exported('sql'), '01-load.sql')
    await using duck = await openDuck({ memoryLimitMb: 128, threads: 1 })
    await duck.run(
      trusted(`CREATE TABLE orders AS SELECT * FROM (VALUES (1::BIGINT, 5::DECIMAL(10,2), 'a:1'), (2, 7, 'a:2'), (3, NULL, 'a:3'))
        AS t(id, amount, _runnel_locator)`),
    )
    const [large = '', rejected = ''] = script.split(';\n\n')
    expect((await duck.rows(trusted(large))).rows.map(([id]) => id)).toEqual(['2'])
    expect((await duck.rows(trusted(rejected.replace(/;\s*$/, '')))).rows).toHaveLength(1)
  })

  it('says what is missing when the columns of a source are not known', async () => {
    const schemas: BundleSchemas = { version: 1, sources: { 'copy/orders': COLUMNS } }
    await expect(exported('sql', { schemas })).rejects.toMatchObject({ code: 'pipeline.invalid' })
  })
})

describe('bundle', () => {
  it('writes one signed bundle that a server takes', async () => {
    const files = await exported('bundle', { environment: 'prod' })
    expect(files.map(({ name }) => name)).toEqual(['nightly.bundle.json'])
    const bundle = parseBundle(JSON.parse(textOf(files, 'nightly.bundle.json')))
    const trustedKeys = new Map([[key.keyId, key.publicKey]])
    expect(() => verifyBundle(bundle, { trustedKeys, nowMs: NOW + 1_000, useNonce: () => true })).not.toThrow()
    expect(Object.keys(bundle.files)).toContain('environments/prod.yaml')
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { pipelineFileSchema } from '../contract/pipeline-file.ts'
import { openDuck } from '../duck/open-duck.ts'
import { id, literal, sql } from '../sql/sql.ts'
import { testPorts } from '../testing/run-ports.ts'
import { executeRun } from './execute.ts'

const folder = await mkdtemp(join(tmpdir(), 'runnel-balance-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Node makers over an input with the columns n and t; every output has them too. */
const MAKERS: readonly ((input: string, other: string) => Record<string, unknown>)[] = [
  (input) => ({ type: 'filter', input, where: 'n % 3 <> 1' }),
  (input) => ({
    type: 'map',
    input,
    fields: [
      { to: 'n', expr: 'n + 1' },
      { to: 't', from: 't' },
    ],
  }),
  (input) => ({ type: 'validate', input, rules: [{ column: 't', check: 'not_null' }] }),
  (input) => ({ type: 'sql', inputs: [input], sql: `SELECT n, t FROM "${input}", range(2)` }),
  (input) => ({ type: 'sql', inputs: [input], sql: `SELECT n % 5 AS n, max(t) AS t FROM "${input}" GROUP BY 1` }),
  (input) => ({ type: 'sql', inputs: [input], sql: `SELECT n, t FROM "${input}" WHERE random() < 0.5` }),
  (input, other) => ({
    type: 'sql',
    inputs: [...new Set([input, other])],
    sql: `FROM "${input}" UNION ALL FROM "${other}"`,
  }),
]

it('accounts for every row of any small pipeline, and the target holds what was counted', async () => {
  await using duck = await openDuck({ memoryLimitMb: 256 })
  await duck.run(
    sql`COPY (SELECT range AS n, CASE WHEN range % 4 > 0 THEN 't' || range END AS t FROM range(60)) TO ${literal(join(folder, 's.parquet'))} (FORMAT parquet)`,
  )
  const ports = await testPorts(folder, {
    files: { kind: 'parquet', settings: { folder } },
    dw: { kind: 'duckdb', settings: { file: 'dw.duckdb' } },
  })
  const shape = fc.array(fc.tuple(fc.nat(MAKERS.length - 1), fc.nat(), fc.nat()), { minLength: 1, maxLength: 5 })
  let serial = 0
  await fc.assert(
    fc.asyncProperty(shape, fc.constantFrom('checksum', 'counts'), async (picks, verify) => {
      const nodes: Record<string, unknown> = { n0: { type: 'source', dataset: 'files:s.parquet' } }
      picks.forEach(([maker, input, other], i) => {
        nodes[`n${i + 1}`] = MAKERS[maker]?.(`n${input % (i + 1)}`, `n${other % (i + 1)}`)
      })
      const table = `t${serial++}`
      const last = `n${picks.length}`
      const target = (input: string, suffix: string): unknown => ({
        type: 'target',
        input,
        dataset: `dw:${table}${suffix}`,
        verify,
      })
      const file = pipelineFileSchema.parse({
        version: 1,
        nodes: { ...nodes, one: target(last, 'a'), two: target('n1', 'b') },
      })
      const { counts, targets } = await executeRun(
        {
          runId: table,
          attempt: 1,
          pipelineName: 'p',
          file,
          parameters: {},
          limits: { memoryMb: 256 },
          runDirectory: join(folder, table),
        },
        ports,
      )
      const { read, generated, written, rejected, filtered } = counts
      expect(BigInt(read) + BigInt(generated)).toBe(BigInt(written) + BigInt(rejected) + BigInt(filtered))
      await using stored = await openDuck({ path: join(folder, 'dw.duckdb'), memoryLimitMb: 256 })
      const held = await Promise.all(
        ['a', 'b'].map((suffix) => stored.value(sql`SELECT count(*) FROM ${id(`${table}${suffix}`)}`)),
      )
      expect(held).toEqual(targets.map(({ staged }) => staged))
      expect(String(held.reduce((sum, rows) => sum + BigInt(rows ?? '0'), 0n))).toBe(written)
    }),
    { numRuns: 25 },
  )
})

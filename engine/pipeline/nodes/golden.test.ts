import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../../sql/sql.ts'
import { FIXTURE_COLUMNS } from '../../testing/duck-sql-matcher.ts'
import { GOLDEN_COMBINING } from '../../testing/nodes/golden-combining.ts'
import { GOLDEN_SHAPING } from '../../testing/nodes/golden-shaping.ts'
import { PipelineBench } from '../../testing/pipeline-bench.ts'
import { NODES } from './all.ts'

const GOLDEN = [...GOLDEN_COMBINING, ...GOLDEN_SHAPING]

let bench: PipelineBench
beforeAll(async () => {
  bench = await PipelineBench.open()
  const list = FIXTURE_COLUMNS.map(({ name, type }) => `CAST(NULL AS ${type}) AS "${name.replaceAll('"', '""')}"`)
  for (const table of ['t1', 't2']) await bench.table(table, `SELECT ${list.join(', ')}`)
  await bench.table('small1', 'SELECT int1, text1 FROM t1')
  await bench.table('small2', 'SELECT int1, int2, text1 FROM t2')
  await bench.table('nested', 'SELECT int1, list1, struct1 FROM t1')
})
afterAll(() => bench[Symbol.asyncDispose]())

const NARROW =
  'WITH small1 AS (SELECT int1, text1, NULL::VARCHAR AS _runnel_locator FROM t1), small2 AS (SELECT int1, int2, text1 FROM t2), nested AS (SELECT int1, list1, struct1 FROM t1)'

describe('nodes compile to', () => {
  it.each(GOLDEN)('%s', async (_title, node, output, expected) => {
    const declared = { since: { type: 'DATE', default: '2026-01-01' } }
    const relation = await bench.relation({ n: node }, output, { declared })
    const narrow = { parts: [{ kind: 'text' as const, text: `${NARROW} ` }] }
    // Bound as a subquery, since a union does not begin with a SELECT of its own.
    await expect(sql`${narrow}SELECT * FROM (${relation}) AS bound`).toBeDuckSql(
      `${NARROW} SELECT * FROM (${expected}) AS bound`,
    )
  })

  it('cover every node type', () => {
    const covered = new Set(GOLDEN.map(([, { type }]) => type))
    expect(Object.keys(NODES).filter((type) => !covered.has(type))).toEqual(['source', 'target'])
  })

  it('the same text each time', async () => {
    for (const [, node, output] of GOLDEN) {
      const declared = { since: { type: 'DATE', default: '2026-01-01' } }
      const once = await bench.relation({ n: node }, output, { declared })
      expect(await bench.relation({ n: node }, output, { declared })).toEqual(once)
    }
  })
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PipelineFile, pipelineFileSchema } from '../contract/pipeline-file.ts'
import { openDuck } from '../duck/open-duck.ts'
import { parseOutputRef } from '../pipeline/names.ts'
import { literal, sql, trusted } from '../sql/sql.ts'
import { testPorts } from '../testing/run-ports.ts'
import type { RunPorts } from './ports.ts'
import { type PreviewRequest, type PreviewResult, previewOutput } from './preview.ts'

let folder: string
let ports: RunPorts

const connections = (): Parameters<typeof testPorts>[1] => ({
  files: { kind: 'parquet', settings: { folder } },
  text: { kind: 'text', settings: { folder } },
  gone: { kind: 'parquet', settings: { folder: join(folder, 'not-there') } },
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-preview-'))
  ports = await testPorts(folder, connections())
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function parquet(name: string, query: string): Promise<void> {
  await using duck = await openDuck()
  await duck.run(sql`COPY (${trusted(query)}) TO ${literal(join(folder, name))} (FORMAT parquet)`)
}

function preview(
  nodes: Record<string, unknown>,
  output: string,
  more: Partial<PreviewRequest> = {},
  signal?: AbortSignal,
): Promise<PreviewResult> {
  const file: PipelineFile = pipelineFileSchema.parse({ version: 1, nodes })
  const request = {
    pipelineName: 'test',
    file,
    ref: parseOutputRef(output),
    limitRows: 5,
    parameters: {},
    offline: false,
  }
  return previewOutput({ ...request, ...more }, ports, signal)
}

const NUMBERS = {
  numbers: { type: 'source', dataset: 'files:numbers.parquet' },
  late: { type: 'filter', input: 'numbers', where: 'n >= 30000' },
  sum: { type: 'sql', inputs: ['numbers'], sql: 'SELECT count(*) AS c FROM numbers' },
  broken: { type: 'filter', input: 'numbers', where: 'nonsense > 1' },
}

describe('previewOutput', () => {
  it('shows the first rows of a source as a sample', async () => {
    await parquet('numbers.parquet', 'SELECT range AS n FROM range(50000)')
    expect(await preview(NUMBERS, 'numbers')).toMatchObject({
      columns: [{ name: 'n', type: 'BIGINT' }],
      rows: [['0'], ['1'], ['2'], ['3'], ['4']],
      basis: 'sample',
    })
  })

  it('grows the sample until a filter gives enough rows', async () => {
    await parquet('numbers.parquet', 'SELECT range AS n FROM range(50000)')
    const result = await preview(NUMBERS, 'late')
    expect(result.rows).toHaveLength(5)
    expect(result.rows.every(([n]) => Number(n) >= 30_000)).toBe(true)
  })

  it('counts when the whole source was looked at', async () => {
    await parquet('numbers.parquet', 'SELECT range AS n FROM range(300)')
    expect(await preview(NUMBERS, 'numbers', { limitRows: 400 })).toMatchObject({ basis: 'source', rowCount: '300' })
    expect(await preview(NUMBERS, 'sum')).toMatchObject({ rows: [['300']], basis: 'source', rowCount: '1' })
  })

  it('is not stopped by a mistake in another node, and reports one of its own', async () => {
    await parquet('numbers.parquet', 'SELECT 1 AS n')
    await expect(preview(NUMBERS, 'numbers')).resolves.toMatchObject({ rows: [[1]] })
    await expect(preview(NUMBERS, 'broken')).rejects.toMatchObject({ code: 'pipeline.invalid' })
  })

  it('shows valid rows, rejects, and what a target would write', async () => {
    await writeFile(join(folder, 'a.csv'), 'id,v\n1,x\n2,\n3,z\n')
    const nodes = {
      a: { type: 'source', dataset: 'text:a.csv' },
      checked: { type: 'validate', input: 'a', rules: [{ column: 'v', check: 'not_null' }] },
      load: { type: 'target', input: 'checked', dataset: 'files:out.parquet' },
    }
    const expected = {
      columns: [{ name: 'id' }, { name: 'v' }],
      rows: [
        [expect.anything(), 'x'],
        [expect.anything(), 'z'],
      ],
    }
    expect(await preview(nodes, 'checked')).toMatchObject({
      ...expected,
      rejects: [{ column: 'v', locator: 'a.csv:3' }],
    })
    expect(await preview(nodes, 'load')).toMatchObject(expected)
    expect((await preview(nodes, 'checked.rejects')).rows).toHaveLength(1)
  })

  it('names the nearest output', async () => {
    await parquet('numbers.parquet', 'SELECT 1 AS n')
    await expect(preview(NUMBERS, 'numberz')).rejects.toMatchObject({
      code: 'run.output_missing',
      detail: { suggestion: 'numbers' },
    })
  })

  it('works from snapshots offline, and instead of a source that is away, and says so', async () => {
    await parquet('snap.parquet', 'SELECT range AS n FROM range(7)')
    const snapshot = {
      path: join(folder, 'snap.parquet'),
      takenAt: '2026-01-02T03:04:05Z',
      rows: '7',
      columns: [{ name: 'n', type: 'BIGINT' }],
    }
    ports = await testPorts(folder, connections(), { snapshots: { 'gone:n.parquet': snapshot } })
    const nodes = { n: { type: 'source', dataset: 'gone:n.parquet' } }
    const expected = { basis: 'snapshot', snapshotTakenAt: '2026-01-02T03:04:05Z', rowCount: '7' }
    expect(await preview(nodes, 'n', { offline: true })).toMatchObject({ ...expected, warnings: [] })
    expect(await preview(nodes, 'n')).toMatchObject({ ...expected, warnings: [expect.stringContaining('gone')] })
    ports = await testPorts(folder, connections())
    await expect(preview(nodes, 'n', { offline: true })).rejects.toMatchObject({ code: 'run.snapshot_missing' })
    await expect(preview(nodes, 'n')).rejects.toMatchObject({ code: 'source.unavailable' })
  })

  it.each([
    [
      'enough rows from anywhere in it, in order',
      'n >= 30000',
      ['30000', '30001', '30002', '30003', '30004'],
      undefined,
    ],
    ['all there are, and how many', 'n >= 49998', ['49998', '49999'], '2'],
    ['that there are none', 'n < 0', [], '0'],
  ])('finds in a snapshot: %s', async (_case, where, expected, rowCount) => {
    await parquet('snap.parquet', 'SELECT range AS n FROM range(50000)')
    const columns = [{ name: 'n', type: 'BIGINT' }]
    const snapshot = { path: join(folder, 'snap.parquet'), takenAt: '2026-01-02T03:04:05Z', rows: '50000', columns }
    ports = await testPorts(folder, connections(), { snapshots: { 'gone:n.parquet': snapshot } })
    const nodes = {
      n: { type: 'source', dataset: 'gone:n.parquet' },
      some: { type: 'filter', input: 'n', where },
    }
    const found = await preview(nodes, 'some', { offline: true })
    expect(found.rows).toEqual(expected.map((n) => [n]))
    expect(found.rowCount).toBe(rowCount)
  })

  it('stops when it is cancelled', async () => {
    await parquet('numbers.parquet', 'SELECT range AS n FROM range(2000)')
    const nodes = {
      ...NUMBERS,
      pairs: {
        type: 'sql',
        inputs: ['numbers'],
        sql: 'SELECT sum(a.n * b.n * c.n) AS s FROM numbers a, numbers b, numbers c',
      },
    }
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 300)
    await expect(preview(nodes, 'pairs', {}, stop.signal)).rejects.toMatchObject({ code: 'work.cancelled' })
  })

  it('lets neither SQL nor an expression reach files', async () => {
    await parquet('numbers.parquet', 'SELECT 1 AS n')
    const { numbers } = NUMBERS
    const reach = "(SELECT string_agg(content) FROM read_text('/etc/passwd'))"
    await expect(
      preview({ numbers, s: { type: 'sql', inputs: ['numbers'], sql: `SELECT ${reach} AS x FROM numbers` } }, 's'),
    ).rejects.toMatchObject({ code: 'pipeline.invalid' })
    await expect(
      preview({ numbers, m: { type: 'map', input: 'numbers', fields: [{ to: 'x', expr: reach }] } }, 'm'),
    ).rejects.toMatchObject({ code: 'pipeline.invalid' })
  })
})

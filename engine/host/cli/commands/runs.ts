import type { CommandCall } from '../command.ts'
import { grouped } from '../progress-line.ts'
import { printTable } from '../table.ts'

const COLUMNS = [
  { name: 'run', type: 'VARCHAR' },
  { name: 'pipeline', type: 'VARCHAR' },
  { name: 'state', type: 'VARCHAR' },
  { name: 'queued', type: 'VARCHAR' },
  { name: 'finished', type: 'VARCHAR' },
  { name: 'written', type: 'BIGINT' },
  { name: 'rejected', type: 'BIGINT' },
  { name: 'failure', type: 'VARCHAR' },
]

export async function run({ values, output, engine, signal }: CommandCall): Promise<void> {
  const [pipeline, limit] = [values.text('pipeline'), values.count('limit', 1)]
  const input = { ...(pipeline === undefined ? {} : { pipeline }), ...(limit === undefined ? {} : { limit }) }
  const runs = await (await engine()).runs.list(input, { signal })
  const rows = runs.map(({ runId, pipeline: name, state, queuedAt, finishedAt, counts, failure }) => [
    runId,
    name,
    state,
    queuedAt,
    finishedAt ?? '',
    counts === undefined ? '' : grouped(counts.written),
    counts === undefined ? '' : grouped(counts.rejected),
    failure?.code ?? '',
  ])
  await output.document({ runs }, () => (runs.length === 0 ? output.say('noRuns') : printTable(COLUMNS, rows, output)))
}

import type { CommandCall } from '../command.ts'
import { grouped } from '../progress-line.ts'
import { printTable } from '../table.ts'
import { usage } from '../usage.ts'

const COLUMNS = [
  { name: 'dataset', type: 'VARCHAR' },
  { name: 'taken', type: 'VARCHAR' },
  { name: 'scope', type: 'VARCHAR' },
  { name: 'environment', type: 'VARCHAR' },
  { name: 'policy', type: 'VARCHAR' },
  { name: 'rows', type: 'BIGINT' },
  { name: 'rejects', type: 'BIGINT' },
]

/** Takes a snapshot of the dataset named; without one, lists those there are. */
export async function run(call: CommandCall): Promise<void> {
  const { values, output, signal } = call
  const { snapshots } = await call.engine()
  const [dataset, where, environment] = [values.positionals[0], values.text('where'), values.text('env')]
  const policy = values.text('policy')
  const found =
    dataset === undefined
      ? await snapshots.list(undefined, { signal })
      : [
          await snapshots.take(
            {
              dataset,
              scope: scopeOf(call),
              ...(values.list('option').length === 0 ? {} : { options: values.pairs('option') }),
              ...(where === undefined ? {} : { where }),
              ...(policy === undefined ? {} : { policy }),
              ...(environment === undefined ? {} : { environment }),
            },
            { signal },
          ),
        ]
  const rows = found.map(({ dataset: name, takenAt, scope, environment: of, policy: by, rows: count, rejects }) => [
    name,
    takenAt,
    scope.kind === 'all' ? 'all' : `${scope.kind} ${scope.rows}`,
    of ?? null,
    by?.name ?? null,
    grouped(count),
    grouped(rejects),
  ])
  await output.document(dataset === undefined ? { snapshots: found } : found[0], () =>
    printTable(COLUMNS, rows, output),
  )
}

type Scope = { kind: 'all' } | { kind: 'first'; rows: number } | { kind: 'sample'; rows: number; seed: number }

function scopeOf({ values, language }: CommandCall): Scope {
  const [first, sample] = [values.count('first', 1), values.count('sample', 1)]
  if (first !== undefined && sample !== undefined) throw usage('firstOrSample', language, {})
  if (first !== undefined) return { kind: 'first', rows: first }
  return sample === undefined ? { kind: 'all' } : { kind: 'sample', rows: sample, seed: values.count('seed') ?? 1 }
}
